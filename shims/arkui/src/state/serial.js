// @concord:arkui/state/serial: objects of the second generation as text, for PersistenceV2.
//
// Properties are written without the prefix of their store. An object is read into one that its class made, so that what the
// text does not have keeps its default; @Type names the classes of properties.
(function (host, system) {
  'use strict';
  const kinds = system.require('@concord:arkui/state/kinds');
  const { PREFIX } = system.require('@concord:arkui/state/observe-v2');
  const decorators = system.require('@concord:arkui/state/decorators-v2');

  // Larger texts and deeper objects are mistakes.
  const DEPTH = 200;

  const nameOf = (key) => (key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key);

  function plain(value, depth) {
    if (depth > DEPTH) {
      throw new RangeError(`objects are nested more than ${DEPTH} levels deep, or hold themselves`);
    }
    if (!kinds.isObject(value)) {
      return typeof value === 'bigint' ? { $bigint: String(value) } : value;
    }
    const next = (item) => plain(item, depth + 1);
    switch (kinds.kindOf(kinds.unwrap(value))) {
      case 'array': return Array.from(value, next);
      case 'map': return { $map: Array.from(value.entries(), ([key, item]) => [next(key), next(item)]) };
      case 'set': return { $set: Array.from(value.values(), next) };
      case 'date': return { $date: value.getTime() };
      case 'object': break;
      default: return undefined;
    }
    const given = {};
    for (const key of Object.keys(value)) {
      const name = nameOf(key);
      // Read through the accessor: whoever writes the object follows it.
      const item = next(value[name]);
      if (typeof item !== 'function') {
        given[name] = item;
      }
    }
    return given;
  }

  // Fills `target`, which the class of the stored object has made.
  function fill(target, given, makeSub) {
    if (given && typeof given === 'object' && !Array.isArray(given)) {
      if (target instanceof Map && Array.isArray(given.$map)) {
        target.clear();
        given.$map.forEach(([key, item]) => target.set(revive(undefined, undefined, key), revive(undefined, makeSub, item)));
        return;
      }
      if (target instanceof Set && Array.isArray(given.$set)) {
        target.clear();
        given.$set.forEach((item) => target.add(revive(undefined, makeSub, item)));
        return;
      }
      if (target instanceof Date && '$date' in given) {
        target.setTime(given.$date);
        return;
      }
      for (const name of Object.keys(given)) {
        if (name !== '__proto__') {
          target[name] = revive(target[name], decorators.typeOf(target, name), given[name]);
        }
      }
      return;
    }
    if (Array.isArray(target) && Array.isArray(given)) {
      target.splice(0, target.length, ...given.map((item) => revive(undefined, makeSub, item)));
      return;
    }
    throw new TypeError('what is stored is of another kind than what the app has now');
  }

  // A value from its plain form: of the class that @Type says, into the default where there is one.
  function revive(fallback, Type, given) {
    if (!given || typeof given !== 'object') {
      return given;
    }
    const makes = (Class) => (Class.prototype ? new Class() : Class());
    if (Array.isArray(given)) {
      return given.map((item) => revive(undefined, Type, item));
    }
    if ('$map' in given || '$set' in given || '$date' in given) {
      const target = '$map' in given ? new Map() : '$set' in given ? new Set() : new Date(0);
      fill(target, given, Type);
      return target;
    }
    if ('$bigint' in given) {
      return BigInt(given.$bigint);
    }
    const target = Type ? makes(Type) : kinds.isObject(fallback) ? fallback : {};
    fill(target, given);
    return target;
  }

  return {
    encode: (value) => JSON.stringify(plain(value, 0)),
    decode: (text, target, makeSub) => fill(target, JSON.parse(text), makeSub),
  };
})
