// @ohos:util.LightWeightSet
(function (host, system) {
  'use strict';

  const { fail, wrongType, outOfRange, isInt32, constructOnly, keyHash, binarySearch } = system.require('@concord:kits');

  const INITIAL_CAPACITY = 8;
  const byNumber = (a, b) => a - b;

  class LightWeightSet {
    // Parallel arrays in the order of the values' hashes, here taken as unsigned.
    #hashes = [];
    #values = [];
    #capacity = INITIAL_CAPACITY;

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#values in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    /** Index of the value, or minus (one plus where it belongs). */
    #find(value) {
      const hash = keyHash(value) >>> 0;
      const found = binarySearch(this.#hashes, hash, byNumber);
      if (found < 0) return found;
      let right = found;
      for (; right < this.#values.length && this.#hashes[right] === hash; right++) {
        if (Object.is(this.#values[right], value)) return right;
      }
      for (let left = found - 1; left >= 0 && this.#hashes[left] === hash; left--) {
        if (Object.is(this.#values[left], value)) return left;
      }
      return ~right;
    }

    #put(value) {
      const index = this.#find(value);
      if (index >= 0) return false;
      this.#hashes.splice(~index, 0, keyHash(value) >>> 0);
      this.#values.splice(~index, 0, value);
      while (this.#capacity <= this.#values.length) this.#capacity *= 2;
      return true;
    }

    #removeAt(index) {
      this.#hashes.splice(index, 1);
      return this.#values.splice(index, 1)[0];
    }

    get length() {
      return LightWeightSet.#of(this, 'getLength').#values.length;
    }

    isEmpty() {
      return LightWeightSet.#of(this, 'isEmpty').#values.length === 0;
    }

    add(value) {
      return LightWeightSet.#of(this, 'add').#put(value);
    }

    addAll(set) {
      const self = LightWeightSet.#of(this, 'addAll');
      if (typeof set !== 'object' || set === null || !(#values in set)) wrongType('set', 'LightWeightSet', set);
      let changed = false;
      for (const value of set.#values.slice()) changed = self.#put(value) || changed;
      return changed;
    }

    hasAll(set) {
      const self = LightWeightSet.#of(this, 'hasAll');
      if (typeof set !== 'object' || set === null || !(#values in set)) wrongType('set', 'LightWeightSet', set);
      // An empty set is not contained in anything on a device either.
      return set.#values.length > 0 && set.#values.every((value) => self.#find(value) >= 0);
    }

    has(value) {
      return LightWeightSet.#of(this, 'has').#find(value) >= 0;
    }

    /** Whether an equal sequence of numbers and strings is given. */
    equal(other) {
      const self = LightWeightSet.#of(this, 'equal');
      const values = Array.isArray(other) ? other
        : typeof other === 'object' && other !== null && #values in other ? other.#values : [];
      return values.length > 0 && values.length === self.#values.length
        && self.#values.every((value, i) => Object.is(value, values[i]));
    }

    increaseCapacityTo(minimumCapacity) {
      const self = LightWeightSet.#of(this, 'increaseCapacityTo');
      if (!isInt32(minimumCapacity)) wrongType('minCapacity', 'small integer', minimumCapacity);
      if (minimumCapacity <= self.#capacity) outOfRange('minimumCapacity', `> ${self.#capacity}`, minimumCapacity);
      self.#capacity = minimumCapacity;
    }

    getIndexOf(value) {
      return LightWeightSet.#of(this, 'getIndexOf').#find(value);
    }

    getValueAt(index) {
      const self = LightWeightSet.#of(this, 'getValueAt');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      return self.#values[index];
    }

    remove(value) {
      const self = LightWeightSet.#of(this, 'remove');
      const index = self.#find(value);
      return index < 0 ? undefined : self.#removeAt(index);
    }

    removeAt(index) {
      const self = LightWeightSet.#of(this, 'removeAt');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      if (index < 0 || index >= self.#values.length) return false;
      self.#removeAt(index);
      return true;
    }

    clear() {
      const self = LightWeightSet.#of(this, 'clear');
      self.#hashes = [];
      self.#values = [];
    }

    forEach(callbackFn, thisArg) {
      const self = LightWeightSet.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (let i = 0; i < self.#values.length; i++) callbackFn.call(thisArg, self.#values[i], self.#values[i], self);
    }

    toString() {
      return LightWeightSet.#of(this, 'toString').#values.map((value) => `${value ?? ''}`).join(',');
    }

    toArray() {
      return LightWeightSet.#of(this, 'toArray').#values.slice();
    }

    *#iterate(select) {
      for (let i = 0; i < this.#values.length; i++) yield select(this.#values[i]);
    }

    values() {
      return LightWeightSet.#of(this, 'values').#iterate((value) => value);
    }

    entries() {
      return LightWeightSet.#of(this, 'entries').#iterate((value) => [value, value]);
    }

    [Symbol.iterator]() {
      return LightWeightSet.#of(this, 'Symbol.iterator').#iterate((value) => value);
    }
  }

  const Exported = constructOnly(LightWeightSet, "The LightWeightSet's constructor cannot be directly invoked");
  return { default: Exported, LightWeightSet: Exported };
})
