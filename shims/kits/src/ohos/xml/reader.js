// Part of @ohos:xml and @ohos:convertxml: reads XML text. Not validating; document types are skipped, not used.
(function (host, system) {
  'use strict';

  const EventType = {
    START_DOCUMENT: 0, END_DOCUMENT: 1, START_TAG: 2, END_TAG: 3, TEXT: 4, CDSECT: 5, COMMENT: 6, DOCDECL: 7, INSTRUCTION: 8,
    ENTITY_REFERENCE: 9, WHITESPACE: 10,
  };
  const ENTITIES = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };
  const NAME = /[A-Za-z_:\u0080-\uffff][\w:.\-\u00b7\u0080-\uffff]*/y;
  const SPACE = /[ \t\r\n]*/y;

  function resolve(text) {
    if (!text.includes('&')) return text;
    return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
  }

  /**
   * The events of a document, in order: {type, name, prefix, attributes, text, empty, depth, offset}. `name` is qualified.
   * Malformed text ends with an error of code 10200002.
   */
  function* read(text) {
    let at = 0;
    const open = [];

    const invalid = (what) => {
      throw new system.BusinessError(10200002, `Invalid xml string: ${what} at offset ${at}`);
    };
    const event = (type, fields) => ({
      type, name: '', prefix: '', attributes: [], text: '', empty: false, depth: open.length, offset: at, ...fields,
    });
    const take = (pattern) => {
      pattern.lastIndex = at;
      const found = pattern.exec(text)?.[0];
      if (found !== undefined) at += found.length;
      return found;
    };
    const until = (mark) => {
      const end = text.indexOf(mark, at);
      if (end < 0) invalid(`${mark} is missing`);
      const part = text.slice(at, end);
      at = end + mark.length;
      return part;
    };
    const starts = (mark) => {
      if (!text.startsWith(mark, at)) return false;
      at += mark.length;
      return true;
    };

    function attributes(end) {
      const list = [];
      for (;;) {
        take(SPACE);
        if (at >= text.length) invalid('a tag does not end');
        if (end.some((mark) => text.startsWith(mark, at))) return list;
        const name = take(NAME) ?? invalid('an attribute name is expected');
        take(SPACE);
        if (!starts('=')) invalid('= is expected');
        take(SPACE);
        const quote = starts('"') ? '"' : starts("'") ? "'" : invalid('a quoted value is expected');
        list.push([name, resolve(until(quote))]);
      }
    }

    const prefixOf = (name) => (name.includes(':') ? name.slice(0, name.indexOf(':')) : '');

    /** Past the document type, whose internal subset may hold > in brackets and quotes. */
    function documentType() {
      const start = at;
      for (let depth = 0; at < text.length; at++) {
        const c = text[at];
        if (c === '"' || c === "'") {
          at = text.indexOf(c, at + 1);
          if (at < 0) {
            at = text.length;
            break;
          }
        } else if (c === '[') depth += 1;
        else if (c === ']') depth -= 1;
        else if (c === '>' && depth <= 0) {
          at += 1;
          return text.slice(start, at - 1).trim();
        }
      }
      return invalid('the document type does not end');
    }

    if (text.startsWith('\ufeff')) at = 1;
    yield event(EventType.START_DOCUMENT);
    let roots = 0;
    while (at < text.length) {
      if (!starts('<')) {
        const end = text.indexOf('<', at);
        const raw = text.slice(at, end < 0 ? text.length : end);
        const blank = /^[ \t\r\n]*$/.test(raw);
        if (open.length === 0 && !blank) invalid('text outside of the root element');
        at += raw.length;
        yield event(blank ? EventType.WHITESPACE : EventType.TEXT, { text: resolve(raw) });
      } else if (starts('!--')) {
        yield event(EventType.COMMENT, { text: until('-->') });
      } else if (starts('![CDATA[')) {
        if (open.length === 0) invalid('CDATA outside of the root element');
        yield event(EventType.CDSECT, { text: until(']]>') });
      } else if (starts('!DOCTYPE')) {
        yield event(EventType.DOCDECL, { text: documentType() });
      } else if (starts('?')) {
        const name = take(NAME) ?? invalid('an instruction has no name');
        if (name.toLowerCase() === 'xml') {
          const list = attributes(['?>']);
          at += 2;
          yield event(EventType.INSTRUCTION, { name, attributes: list, declaration: true, text: '' });
        } else {
          yield event(EventType.INSTRUCTION, { name, text: until('?>').trim() });
        }
      } else if (starts('/')) {
        const name = take(NAME) ?? invalid('an element name is expected');
        take(SPACE);
        if (!starts('>')) invalid('> is expected');
        if (open.at(-1) !== name) invalid(`</${name}> does not match`);
        yield event(EventType.END_TAG, { name, prefix: prefixOf(name) });
        open.pop();
      } else {
        const name = take(NAME) ?? invalid('an element name is expected');
        if (open.length === 0 && ++roots > 1) invalid('a second root element');
        const list = attributes(['>', '/>']);
        const empty = starts('/');
        at += 1;
        open.push(name);
        yield event(EventType.START_TAG, { name, prefix: prefixOf(name), attributes: list, empty });
        if (empty) {
          yield event(EventType.END_TAG, { name, prefix: prefixOf(name), empty });
          open.pop();
        }
      }
    }
    if (open.length > 0) invalid(`<${open.at(-1)}> does not end`);
    if (roots === 0) invalid('there is no element');
    yield event(EventType.END_DOCUMENT);
  }

  return { EventType, read };
})
