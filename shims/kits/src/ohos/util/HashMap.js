// @ohos:util.HashMap
(function (host, system) {
  'use strict';

  const { fail, wrongType, constructOnly, jsonAs, bucketOrder } = system.require('@concord:kits');

  const INITIAL_CAPACITY = 16;
  const LOAD_FACTOR = 0.75;

  class HashMap {
    #entries = new Map();
    #capacity = INITIAL_CAPACITY;
    #order;

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#entries in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    static {
      jsonAs(HashMap, (self) => {
        const object = {};
        for (const key of self.#walk()) object[key] = self.#entries.get(key);
        return object;
      });
    }

    #walk() {
      this.#order ??= bucketOrder(this.#entries.keys(), this.#capacity);
      return this.#order;
    }

    #put(key, value) {
      if (key === undefined) fail(401, 'The type of "key" must be Key of JS. Received value is: undefined');
      const size = this.#entries.size;
      this.#entries.set(key, value);
      if (this.#entries.size === size) return;
      this.#order = undefined;
      if (this.#entries.size > this.#capacity * LOAD_FACTOR) this.#capacity *= 2;
    }

    get length() {
      return HashMap.#of(this, 'getLength').#entries.size;
    }

    isEmpty() {
      return HashMap.#of(this, 'isEmpty').#entries.size === 0;
    }

    hasKey(key) {
      return HashMap.#of(this, 'hasKey').#entries.has(key);
    }

    hasValue(value) {
      for (const found of HashMap.#of(this, 'hasValue').#entries.values()) {
        if (Object.is(found, value)) return true;
      }
      return false;
    }

    get(key) {
      return HashMap.#of(this, 'get').#entries.get(key);
    }

    set(key, value) {
      const self = HashMap.#of(this, 'set');
      self.#put(key, value);
      return self;
    }

    setAll(map) {
      const self = HashMap.#of(this, 'setAll');
      if (typeof map !== 'object' || map === null || !(#entries in map)) wrongType('map', 'HashMap', map);
      for (const key of map.#walk()) self.#put(key, map.#entries.get(key));
    }

    remove(key) {
      const self = HashMap.#of(this, 'remove');
      const value = self.#entries.get(key);
      if (self.#entries.delete(key)) self.#order = undefined;
      return value;
    }

    replace(key, newValue) {
      const self = HashMap.#of(this, 'replace');
      if (!self.#entries.has(key)) return false;
      self.#entries.set(key, newValue);
      return true;
    }

    clear() {
      const self = HashMap.#of(this, 'clear');
      self.#entries.clear();
      self.#order = undefined;
    }

    forEach(callbackFn, thisArg) {
      const self = HashMap.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (const key of self.#walk()) {
        if (self.#entries.has(key)) callbackFn.call(thisArg, self.#entries.get(key), key, self);
      }
    }

    *#iterate(select) {
      for (const key of this.#walk()) {
        if (this.#entries.has(key)) yield select(key, this.#entries.get(key));
      }
    }

    keys() {
      return HashMap.#of(this, 'keys').#iterate((key) => key);
    }

    values() {
      return HashMap.#of(this, 'values').#iterate((key, value) => value);
    }

    entries() {
      return HashMap.#of(this, 'entries').#iterate((key, value) => [key, value]);
    }

    [Symbol.iterator]() {
      return HashMap.#of(this, 'Symbol.iterator').#iterate((key, value) => [key, value]);
    }
  }

  const Exported = constructOnly(HashMap, "The HashMap's constructor cannot be directly invoked");
  return { default: Exported, HashMap: Exported };
})
