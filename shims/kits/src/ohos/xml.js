// @ohos:xml
(function (host, system) {
  'use strict';

  const { display, parameterError } = system.require('@concord:kits');
  const { TextEncoder, TextDecoder } = system.require('@concord:util.text');
  const { EventType, read } = system.require('@concord:xml.reader');

  function bytesOf(buffer) {
    if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
    if (ArrayBuffer.isView(buffer)) return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    return parameterError(display(buffer), 'ArrayBuffer or DataView');
  }

  function checkEncoding(encoding) {
    if (encoding === undefined || encoding === null) return;
    if (typeof encoding !== 'string' || encoding.toLowerCase() !== 'utf-8') parameterError(display(encoding), "'utf-8'");
  }

  function checkName(value) {
    if (typeof value !== 'string' || value === '') parameterError(display(value), 'string and not empty');
    return value;
  }

  const escapeText = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const escapeValue = (text) => escapeText(text).replaceAll('"', '&quot;').replaceAll("'", '&apos;');

  /** Elements in progress. What is written goes to `write`. */
  class Writer {
    #write;
    #open = [];
    // A start tag without its `>` yet.
    #pending = false;
    #namespace;

    constructor(write) {
      this.#write = write;
    }

    #close() {
      if (this.#pending) this.#write('>');
      this.#pending = false;
    }

    /** A new line of indentation before an element inside another one. */
    #indent() {
      if (this.#open.length > 0) this.#write(`\r\n${'  '.repeat(this.#open.length)}`);
    }

    setAttributes(name, value) {
      checkName(name);
      if (!this.#pending) parameterError(name, 'an attribute of a started element');
      this.#write(` ${name}="${escapeValue(checkName(value))}"`);
    }

    #start(name) {
      this.#close();
      this.#indent();
      const { prefix, uri } = this.#namespace ?? {};
      const qualified = prefix === undefined ? name : `${prefix}:${name}`;
      this.#write(`<${qualified}${prefix === undefined ? '' : ` xmlns:${prefix}="${escapeValue(uri)}"`}`);
      this.#namespace = undefined;
      return qualified;
    }

    addEmptyElement(name) {
      this.#start(checkName(name));
      this.#write('/>');
      this.#markParent();
    }

    #markParent() {
      const parent = this.#open.at(-1);
      if (parent !== undefined) parent.hasElements = true;
    }

    startElement(name) {
      const qualified = this.#start(checkName(name));
      this.#markParent();
      this.#open.push({ name: qualified, hasElements: false });
      this.#pending = true;
    }

    endElement() {
      const element = this.#open.pop();
      if (element === undefined) return;
      if (this.#pending) {
        this.#write('/>');
        this.#pending = false;
        return;
      }
      if (element.hasElements) this.#write(`\r\n${'  '.repeat(this.#open.length)}`);
      this.#write(`</${element.name}>`);
    }

    setNamespace(prefix, namespace) {
      this.#namespace = { prefix: checkName(prefix), uri: checkName(namespace) };
    }

    setDeclaration() { this.#write('<?xml version="1.0" encoding="utf-8"?>'); }
    setText(text) { this.#close(); this.#write(escapeText(checkName(text))); }
    setComment(text) { this.#close(); this.#write(`<!--${checkName(text)}-->`); }
    setCDATA(text) { this.#close(); this.#write(`<![CDATA[${checkName(text)}]]>`); }
    setCdata(text) { this.setCDATA(text); }
    setDocType(text) { this.#close(); this.#write(`<!DOCTYPE ${checkName(text)}>`); }
  }

  class XmlSerializer extends Writer {
    constructor(buffer, encoding) {
      checkEncoding(encoding);
      const bytes = bytesOf(buffer);
      const encoder = new TextEncoder();
      let at = 0;
      super((text) => {
        const { written } = encoder.encodeIntoUint8Array(text, bytes.subarray(at));
        at += written;
      });
    }
  }

  class XmlDynamicSerializer extends Writer {
    #parts;

    constructor(encoding) {
      checkEncoding(encoding);
      const parts = [];
      super((text) => parts.push(text));
      this.#parts = parts;
    }

    getOutput() {
      return new TextEncoder().encode(this.#parts.join('')).slice().buffer;
    }
  }

  /** What a callback learns of the current event. */
  class ParseInfo {
    #event;
    #text;
    #namespaces;

    constructor(event, text, namespaces) {
      this.#event = event;
      this.#text = text;
      this.#namespaces = namespaces;
    }

    #before() { return this.#text.slice(0, this.#event.offset); }
    getColumnNumber() { return this.#event.offset - (this.#before().lastIndexOf('\n') + 1) + 1; }
    getLineNumber() { return this.#before().split('\n').length; }
    getDepth() { return this.#event.depth; }
    getName() { return this.#event.prefix === '' ? this.#event.name : this.#event.name.slice(this.#event.prefix.length + 1); }
    getNamespace() { return this.#namespaces.get(this.#event.prefix) ?? ''; }
    getPrefix() { return this.#event.prefix; }
    getText() { return this.#event.text; }
    isEmptyElementTag() { return this.#event.empty; }
    isWhitespace() { return this.#event.type === EventType.WHITESPACE; }
    getAttributeCount() { return this.#event.attributes.length; }
  }

  class XmlPullParser {
    #text;

    constructor(buffer, encoding) {
      checkEncoding(encoding);
      // A buffer that is larger than its text is filled up with zeros.
      this.#text = new TextDecoder().decodeToString(bytesOf(buffer)).replace(/\0+$/, '');
    }

    parseXml(option) {
      if (typeof option !== 'object' || option === null) parameterError(display(option), 'ParseOptions');
      const { tagValueCallbackFunction: onTag, attributeValueCallbackFunction: onAttribute } = option;
      const { attributeWithTagCallbackFunction: onTagAttribute, tokenValueCallbackFunction: onToken } = option;
      const namespaces = new Map();
      const tell = (callback, ...args) => callback === undefined || callback(...args) !== false;
      for (const event of read(this.#text)) {
        if (event.type === EventType.DOCDECL && option.supportDoctype !== true) continue;
        if (event.type === EventType.INSTRUCTION && event.declaration) continue;
        for (const [name, value] of event.attributes) {
          if (name === 'xmlns' || name.startsWith('xmlns:')) namespaces.set(name.slice(6), value);
        }
        if (option.ignoreNameSpace === true) event.prefix = '';
        if (!tell(onToken, event.type, new ParseInfo(event, this.#text, namespaces))) return;
        if (event.type === EventType.START_TAG || event.type === EventType.END_TAG) {
          if (!tell(onTag, event.name, '')) return;
        } else if (event.type === EventType.TEXT || event.type === EventType.CDSECT) {
          if (!tell(onTag, '', event.text)) return;
        }
        if (event.type !== EventType.START_TAG) continue;
        for (const [name, value] of event.attributes) {
          if (!tell(onAttribute, name, value) || !tell(onTagAttribute, event.name, name, value)) return;
        }
      }
    }

    parse(option) {
      this.parseXml(option);
    }
  }

  class XmlSAXParser {
    parse(source, handler) {
      const text = typeof source === 'string' ? source : new TextDecoder().decodeToString(bytesOf(source)).replace(/\0+$/, '');
      for (const event of read(text)) {
        switch (event.type) {
          case EventType.START_DOCUMENT: handler.startDocument?.(); break;
          case EventType.END_DOCUMENT: handler.endDocument?.(); break;
          case EventType.START_TAG: handler.startElement?.(event.name, new Map(event.attributes)); break;
          case EventType.END_TAG: handler.endElement?.(event.name); break;
          case EventType.TEXT: case EventType.CDSECT: handler.characters?.(event.text); break;
          default: break;
        }
      }
    }
  }

  return { EventType, XmlSerializer, XmlDynamicSerializer, XmlPullParser, XmlSAXParser };
})
