// @ohos:util.json
(function (host, system) {
  'use strict';

  const { display, fail } = system.require('@concord:kits');
  // Apps may patch the global object; this module goes on working.
  const { parse: nativeParse, stringify: nativeStringify } = JSON;

  const BigIntMode = { DEFAULT: 0, PARSE_AS_BIGINT: 1, ALWAYS_PARSE_AS_BIGINT: 2 };
  const INTEGER = /^-?[0-9]+$/;

  /**
   * Parses with integers as BigInt: those beyond the safe range, or all of them with `always`. The text has passed the engine's own
   * parser before, so it is well-formed JSON.
   */
  function parseBigInt(text, always) {
    const token = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|([^\s{}[\],:"]+))/gy;
    const next = () => token.exec(text);

    function scalar([, , string, literal]) {
      if (string !== undefined) return nativeParse(string);
      if (INTEGER.test(literal)) {
        const number = Number(literal);
        return always || !Number.isSafeInteger(number) ? BigInt(literal) : number;
      }
      return nativeParse(literal);
    }

    // An explicit stack: nesting is limited by memory, not by the call depth.
    const root = {};
    const stack = [];
    let holder = root;
    let key = '';
    const place = (value) => {
      if (Array.isArray(holder)) holder.push(value);
      else Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
    };
    let expectKey = false;
    for (let match = next(); match !== null; match = next()) {
      const punctuation = match[1];
      if (punctuation === '{' || punctuation === '[') {
        const value = punctuation === '{' ? {} : [];
        place(value);
        stack.push(holder);
        holder = value;
        expectKey = punctuation === '{';
      } else if (punctuation === '}' || punctuation === ']') {
        holder = stack.pop();
        expectKey = false;
      } else if (punctuation === ',') {
        expectKey = !Array.isArray(holder);
      } else if (punctuation === ':') {
        expectKey = false;
      } else if (expectKey) {
        key = nativeParse(match[2]);
      } else {
        place(scalar(match));
      }
    }
    return root[''];
  }

  function revive(holder, key, reviver) {
    const value = holder[key];
    if (typeof value === 'object' && value !== null) {
      for (const name of Object.keys(value)) {
        const revived = revive(value, name, reviver);
        if (revived === undefined) delete value[name];
        else Object.defineProperty(value, name, { value: revived, writable: true, enumerable: true, configurable: true });
      }
    }
    return reviver.call(holder, key, value);
  }

  function parse(text, reviver, options) {
    if (typeof text !== 'string') fail(401, `Parameter error. The type of ${display(text)} must be string`);
    if (reviver && typeof reviver !== 'function') fail(401, `Parameter error. The type of ${display(reviver)} must be a method`);
    const mode = options?.bigIntMode ?? BigIntMode.DEFAULT;
    try {
      if (mode === BigIntMode.DEFAULT) return nativeParse(text, reviver ?? undefined);
      nativeParse(text);
      const value = parseBigInt(text, mode === BigIntMode.ALWAYS_PARSE_AS_BIGINT);
      return reviver ? revive({ '': value }, '', reviver) : value;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return fail(401, `e.message: ${error.message}, e.name: ${error.name}`);
    }
  }

  /** Writes BigInt values as numbers, as the platform does; the marks are taken out of the finished text. */
  function stringifyBigInt(value, replacer, space) {
    const mark = `\u0000bigint${Math.random()}:`;
    const allowed = Array.isArray(replacer) ? new Set(replacer.map(String)) : undefined;
    const text = nativeStringify(value, function (key, item) {
      if (allowed !== undefined && key !== '' && !Array.isArray(this) && !allowed.has(key)) return undefined;
      const replaced = typeof replacer === 'function' ? replacer.call(this, key, item) : item;
      return typeof replaced === 'bigint' ? `${mark}${replaced}` : replaced;
    }, space);
    return text?.split(`"${nativeStringify(mark).slice(1, -1)}`).map((part, i) => (i === 0 ? part : part.replace('"', ''))).join('');
  }

  /** BigInt is rare: the engine's own function first, which refuses it with a TypeError. */
  function write(value, replacer, space) {
    try {
      return nativeStringify(value, replacer, space);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return stringifyBigInt(value, replacer, space);
    }
  }

  function stringify(value, replacer, space) {
    if (value === undefined) fail(401, 'Parameter error. The type of undefined must be Object');
    if (value === null) fail(401, 'Parameter error. The type of null is null');
    if (replacer) {
      const isList = Array.isArray(replacer) && replacer.every((item) => typeof item === 'number' || typeof item === 'string');
      if (!isList && typeof replacer !== 'function') {
        fail(401, `Parameter error. The type of ${display(replacer)} must be a method or array`);
      }
    }
    if (space !== undefined && space !== null && typeof space !== 'string' && typeof space !== 'number') {
      fail(401, `Parameter error. The type of ${display(space)} must be a string or number`);
    }
    try {
      return write(value, replacer, space);
    } catch (error) {
      if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
      return fail(401, 'Parameter error. The object circular Reference');
    }
  }

  function checkObject(value, key) {
    if (typeof value !== 'object' || value === null) fail(401, `Parameter error. The type of ${display(value)} must be object`);
    if (Array.isArray(value)) fail(401, `Parameter error. The type of ${display(value)} must be json object`);
    if (typeof key !== 'string' || key === '') fail(401, `Parameter error. The type of ${display(key)} must be string and not empty`);
  }

  function has(value, key) {
    checkObject(value, key);
    return Object.hasOwn(value, key);
  }

  function remove(value, key) {
    checkObject(value, key);
    if (Object.hasOwn(value, key)) delete value[key];
  }

  return { BigIntMode, parse, stringify, has, remove };
})
