// @concord:arkui/state/copy: the deep copy that @Prop makes of what it is given.
(function (host, system) {
  'use strict';
  const kinds = system.require('@concord:arkui/state/kinds');
  const { observe, isObserved } = system.require('@concord:arkui/state/observed-object');

  // Deeper than this is given by reference: the stack is not endless, and no view shows it.
  const DEPTH = 500;

  // Copies keep their class, what was observed stays observed, cycles stay cycles. Functions and objects of the system are
  // given by reference.
  function copy(value, seen, depth) {
    if (!kinds.isObject(value) || depth > DEPTH) {
      return value;
    }
    const raw = kinds.unwrap(value);
    const known = seen.get(raw);
    if (known) {
      return known;
    }
    const kind = kinds.isV2(value) ? undefined : kinds.kindOf(raw);
    if (!kind) {
      return value;
    }
    const made = blank(raw, kind);
    const given = isObserved(value) ? observe(made) : made;
    seen.set(raw, given);
    const next = (item) => copy(item, seen, depth + 1);
    if (kind === 'map') {
      for (const [key, item] of Map.prototype.entries.call(raw)) {
        Map.prototype.set.call(made, key, next(item));
      }
    } else if (kind === 'set') {
      for (const item of Set.prototype.values.call(raw)) {
        Set.prototype.add.call(made, next(item));
      }
    }
    for (const key of Reflect.ownKeys(raw)) {
      const property = Object.getOwnPropertyDescriptor(raw, key);
      if (key === 'length' && kind === 'array') {
        continue;
      }
      if ('value' in property) {
        property.value = next(property.value);
      }
      Object.defineProperty(made, key, property);
    }
    return given;
  }

  function blank(raw, kind) {
    const prototype = Object.getPrototypeOf(raw);
    switch (kind) {
      case 'array': return Object.setPrototypeOf(new Array(raw.length), prototype);
      case 'map': return Object.setPrototypeOf(new Map(), prototype);
      case 'set': return Object.setPrototypeOf(new Set(), prototype);
      case 'date': return Object.setPrototypeOf(new Date(Date.prototype.getTime.call(raw)), prototype);
      default: return Object.create(prototype);
    }
  }

  return { deepCopy: (value) => copy(value, new Map(), 0) };
})
