// ArkTSUtils.ASON: JSON ↔ sendable objects.
(function (host, system) {
  'use strict';

  const { record } = system.sharing;
  const json = system.require('@ohos:util.json');
  const { ArkTSArray, isArray: isArkTSArray, arrayValues } = system.require('@concord:arkts/array');
  const tables = system.require('@concord:arkts/tables');
  const HashMap = system.require('@ohos:util.HashMap');
  const HashSet = system.require('@ohos:util.HashSet');
  const BigIntMode = { DEFAULT: 0, PARSE_AS_BIGINT: 1, ALWAYS_PARSE_AS_BIGINT: 2 };
  const ParseReturnType = { OBJECT: 0, MAP: 1 };
  const { keys } = Object;
  const { stringify: quote } = JSON;

  function toSendable(value, asMap) {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return ArkTSArray.from(value.map((item) => toSendable(item, asMap)));
    const names = keys(value);
    if (asMap) return new tables.Map(names.map((name) => [name, toSendable(value[name], asMap)]));
    return record(names, names.map((name) => toSendable(value[name], asMap)));
  }

  function parse(text, reviver, options) {
    if (text === null) return null;
    if (reviver !== undefined) throw new TypeError('reviver only supports undefined for SENDABLE_JSON');
    const bigIntMode = options?.bigIntMode ?? BigIntMode.DEFAULT;
    const plain = bigIntMode === BigIntMode.DEFAULT ? JSON.parse(`${text}`) : json.parse(`${text}`, undefined, { bigIntMode });
    return toSendable(plain, options?.parseReturnType === ParseReturnType.MAP);
  }

  const isClass = (value, Class) => typeof Class === 'function' && value instanceof Class;
  const pairsOf = (value) => {
    if (tables.isMap(value) || value instanceof Map || isClass(value, HashMap)) return [...value.entries()];
    return undefined;
  };
  const itemsOf = (value) => {
    if (isArkTSArray(value)) return arrayValues(value);
    if (Array.isArray(value)) return value;
    if (tables.isSet(value) || value instanceof Set || isClass(value, HashSet)) return [...value.values()];
    return undefined;
  };

  /** Text of a value; `undefined` for what has none. `above` is what it stands in. */
  function write(value, above) {
    switch (typeof value) {
      case 'bigint':
        return `${value}`;
      case 'object':
        break;
      default:
        return quote(value);
    }
    if (value === null) return 'null';
    if (above.includes(value)) throw new TypeError('stringify meet circular structure');
    if (value instanceof Number || value instanceof String || value instanceof Boolean) return quote(value);
    const within = [...above, value];
    const items = itemsOf(value);
    if (items !== undefined) return `[${items.map((item) => write(item, within) ?? 'null').join(',')}]`;
    const pairs = pairsOf(value);
    if (pairs === undefined && typeof value.toJSON === 'function') return write(value.toJSON(), within);
    const members = (pairs ?? keys(value).map((name) => [name, value[name]])).flatMap(([name, item]) => {
      const text = write(item, within);
      return text === undefined ? [] : [`${quote(`${name}`)}:${text}`];
    });
    return `{${members.join(',')}}`;
  }

  return { BigIntMode, ParseReturnType, parse, stringify: (value) => write(value, []) };
})
