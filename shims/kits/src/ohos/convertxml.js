// @ohos:convertxml
(function (host, system) {
  'use strict';

  const { display, fail } = system.require('@concord:kits');
  const { EventType, read } = system.require('@concord:xml.reader');

  const DEFAULTS = {
    trim: false, declarationKey: '_declaration', instructionKey: '_instruction', attributesKey: '_attributes', textKey: '_text',
    cdataKey: '_cdata', doctypeKey: '_doctype', commentKey: '_comment', parentKey: '_parent', typeKey: '_type', nameKey: '_name',
    elementsKey: '_elements', ignoreDeclaration: false, ignoreInstruction: false, ignoreAttributes: false, ignoreComment: false,
    ignoreCDATA: false, ignoreDoctype: false, ignoreText: false,
  };

  function convert(xml, options) {
    if (typeof xml !== 'string') fail(401, `Parameter error. The type of ${display(xml)} must be string`);
    if (options !== undefined && options !== null && typeof options !== 'object') {
      fail(401, `Parameter error. The type of ${display(options)} must be object`);
    }
    const keys = { ...DEFAULTS, ...Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) };
    const document = {};
    const stack = [document];
    const add = (node) => {
      const holder = stack.at(-1);
      holder[keys.elementsKey] ??= [];
      holder[keys.elementsKey].push(node);
    };
    const leaf = (type, key, text) => add({ [keys.typeKey]: type, [key]: keys.trim ? text.trim() : text });
    for (const event of read(xml)) {
      switch (event.type) {
        case EventType.START_TAG: {
          const node = { [keys.typeKey]: 'element', [keys.nameKey]: event.name };
          if (!keys.ignoreAttributes && event.attributes.length > 0) node[keys.attributesKey] = Object.fromEntries(event.attributes);
          add(node);
          stack.push(node);
          break;
        }
        case EventType.END_TAG: stack.pop(); break;
        case EventType.TEXT: if (!keys.ignoreText) leaf('text', keys.textKey, event.text); break;
        case EventType.CDSECT: if (!keys.ignoreCDATA) leaf('cdata', keys.cdataKey, event.text); break;
        case EventType.COMMENT: if (!keys.ignoreComment) leaf('comment', keys.commentKey, event.text); break;
        case EventType.DOCDECL: if (!keys.ignoreDoctype) leaf('doctype', keys.doctypeKey, event.text); break;
        case EventType.INSTRUCTION:
          if (event.declaration) {
            if (!keys.ignoreDeclaration) document[keys.declarationKey] = { [keys.attributesKey]: Object.fromEntries(event.attributes) };
          } else if (!keys.ignoreInstruction) {
            add({ [keys.typeKey]: 'instruction', [keys.nameKey]: event.name, [keys.instructionKey]: event.text });
          }
          break;
        // Blank text between tags is layout.
        default: break;
      }
    }
    return document;
  }

  class ConvertXML {
    convert(xml, options) { return convert(xml, options); }
    convertToJSObject(xml, options) { return convert(xml, options); }
    fastConvertToJSObject(xml, options) { return convert(xml, options); }
    largeConvertToJSObject(xml, options) { return convert(xml, options); }
  }

  return { ConvertXML };
})
