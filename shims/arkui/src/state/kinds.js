// @concord:arkui/state/kinds: which values can be observed, and which must be left as they are.
(function (host, system) {
  'use strict';

  // Proxies and what they stand for, of both generations; and the generation of each.
  const rawOf = new WeakMap();

  // Their methods insist on the object itself, and their content is not state.
  const OPAQUE = [Promise, WeakMap, WeakSet, RegExp, ArrayBuffer, DataView, Error].filter(Boolean);

  // A class with private names cannot be observed through a proxy: its methods would fail on the proxy. The classes of
  // system modules (PixelMap, controllers …) are of this kind.
  const PRIVATE = /\.#[A-Za-z_$]/;
  const verdicts = new WeakMap();

  function hasPrivateNames(prototype) {
    for (let at = prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      const Class = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
      if (typeof Class === 'function') {
        let verdict = verdicts.get(Class);
        if (verdict === undefined) {
          verdict = PRIVATE.test(system.sourceOf(Class));
          verdicts.set(Class, verdict);
        }
        if (verdict) {
          return true;
        }
      }
    }
    return false;
  }

  const isObject = (value) => typeof value === 'object' && value !== null;

  // 'array', 'map', 'set', 'date', 'object', or undefined for values that are never wrapped.
  function kindOf(value) {
    if (!isObject(value)) {
      return undefined;
    }
    if (Array.isArray(value)) {
      return 'array';
    }
    if (value instanceof Date) {
      return 'date';
    }
    if (value instanceof Map) {
      return 'map';
    }
    if (value instanceof Set) {
      return 'set';
    }
    if (ArrayBuffer.isView(value) || OPAQUE.some((Class) => value instanceof Class) || hasPrivateNames(Object.getPrototypeOf(value))) {
      return undefined;
    }
    return 'object';
  }

  return {
    isObject,
    kindOf,
    rawOf,
    // The object behind a proxy, or the value itself.
    unwrap: (value) => (isObject(value) ? rawOf.get(value) ?? value : value),
    ARRAY_MUTATORS: new Set(['copyWithin', 'fill', 'pop', 'push', 'reverse', 'shift', 'sort', 'splice', 'unshift']),
    // Methods of Date that change it.
    isDateSetter: (name) => typeof name === 'string' && /^set[A-Z]/.test(name),
    // Set by the second generation: whether a value belongs to it.
    isV2: () => false,
  };
})
