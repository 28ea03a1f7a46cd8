// Part of @ohos:util: Base64.
(function (host, system) {
  'use strict';

  const { parameterError, fail } = system.require('@concord:kits');

  const Type = { BASIC: 0, MIME: 1, BASIC_URL_SAFE: 2, MIME_URL_SAFE: 3 };
  const LINE = 76;

  function checkSource(src, allowText) {
    if (src instanceof Uint8Array || (allowText && typeof src === 'string')) return;
    parameterError(String(src), allowText ? 'Uint8Array or string' : 'Uint8Array');
  }

  function checkType(type, allowed) {
    if (type === undefined || type === null) return Type.BASIC;
    if (!allowed.includes(type)) {
      parameterError(String(type), allowed.length === 2 ? 'BASIC or BASIC_URL_SAFE' : 'one of the type enumerations');
    }
    return type;
  }

  const ONE_LINE = [Type.BASIC, Type.BASIC_URL_SAFE];
  const ALL = [Type.BASIC, Type.MIME, Type.BASIC_URL_SAFE, Type.MIME_URL_SAFE];

  function encodeText(src, type) {
    const urlSafe = type === Type.BASIC_URL_SAFE || type === Type.MIME_URL_SAFE;
    const text = host.base64Encode(src, urlSafe);
    if (type !== Type.MIME && type !== Type.MIME_URL_SAFE) return text;
    let lines = '';
    for (let i = 0; i < text.length; i += LINE) lines += `${text.slice(i, i + LINE)}\r\n`;
    return lines;
  }

  function bytesOf(text) {
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  function decode(src, type) {
    const urlSafe = type === Type.BASIC_URL_SAFE || type === Type.MIME_URL_SAFE;
    const bytes = host.base64Decode(src, urlSafe);
    if (bytes === null) fail(401, 'Parameter error. The input is not valid Base64');
    return bytes;
  }

  class Base64Helper {
    encodeSync(src, options) {
      checkSource(src, false);
      return bytesOf(encodeText(src, checkType(options, ONE_LINE)));
    }

    encodeToStringSync(src, options) {
      checkSource(src, false);
      return encodeText(src, checkType(options, ALL));
    }

    decodeSync(src, options) {
      checkSource(src, true);
      return decode(src, checkType(options, ALL));
    }

    encode(src, options) {
      checkSource(src, false);
      const type = checkType(options, ONE_LINE);
      return system.async(() => bytesOf(encodeText(src, type)));
    }

    encodeToString(src, options) {
      checkSource(src, false);
      const type = checkType(options, ALL);
      return system.async(() => encodeText(src, type));
    }

    decode(src, options) {
      checkSource(src, true);
      const type = checkType(options, ALL);
      return system.async(() => decode(src, type));
    }
  }

  /** Deprecated since API 9: the same without the choice of a form. */
  class Base64 {
    #helper = new Base64Helper();

    encodeSync(src) {
      return this.#helper.encodeSync(src);
    }

    encodeToStringSync(src) {
      return this.#helper.encodeToStringSync(src);
    }

    decodeSync(src) {
      return this.#helper.decodeSync(src);
    }

    encode(src) {
      return this.#helper.encode(src);
    }

    encodeToString(src) {
      return this.#helper.encodeToString(src);
    }

    decode(src) {
      return this.#helper.decode(src);
    }
  }

  return { Type, Base64Helper, Base64 };
})
