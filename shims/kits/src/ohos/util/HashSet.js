// @ohos:util.HashSet
(function (host, system) {
  'use strict';

  const { fail, wrongType, constructOnly, bucketOrder } = system.require('@concord:kits');

  const INITIAL_CAPACITY = 16;
  const LOAD_FACTOR = 0.75;

  class HashSet {
    #values = new Set();
    #capacity = INITIAL_CAPACITY;
    #order;

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#values in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    #walk() {
      this.#order ??= bucketOrder(this.#values, this.#capacity);
      return this.#order;
    }

    get length() {
      return HashSet.#of(this, 'getLength').#values.size;
    }

    isEmpty() {
      return HashSet.#of(this, 'isEmpty').#values.size === 0;
    }

    has(value) {
      return HashSet.#of(this, 'has').#values.has(value);
    }

    add(value) {
      const self = HashSet.#of(this, 'add');
      if (value === undefined) fail(401, 'The type of "value" must be Key of JS. Received value is: undefined');
      if (self.#values.has(value)) return false;
      self.#values.add(value);
      self.#order = undefined;
      if (self.#values.size > self.#capacity * LOAD_FACTOR) self.#capacity *= 2;
      return true;
    }

    remove(value) {
      const self = HashSet.#of(this, 'remove');
      const removed = self.#values.delete(value);
      if (removed) self.#order = undefined;
      return removed;
    }

    clear() {
      const self = HashSet.#of(this, 'clear');
      self.#values.clear();
      self.#order = undefined;
    }

    forEach(callbackFn, thisArg) {
      const self = HashSet.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (const value of self.#walk()) {
        if (self.#values.has(value)) callbackFn.call(thisArg, value, value, self);
      }
    }

    *#iterate(select) {
      for (const value of this.#walk()) {
        if (this.#values.has(value)) yield select(value);
      }
    }

    values() {
      return HashSet.#of(this, 'values').#iterate((value) => value);
    }

    entries() {
      return HashSet.#of(this, 'entries').#iterate((value) => [value, value]);
    }

    [Symbol.iterator]() {
      return HashSet.#of(this, 'Symbol.iterator').#iterate((value) => value);
    }
  }

  const Exported = constructOnly(HashSet, "The HashSet's constructor cannot be directly invoked");
  return { default: Exported, HashSet: Exported };
})
