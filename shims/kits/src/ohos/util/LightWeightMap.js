// @ohos:util.LightWeightMap
(function (host, system) {
  'use strict';

  const { fail, wrongType, outOfRange, isInt32, constructOnly, keyHash, binarySearch } = system.require('@concord:kits');

  const byNumber = (a, b) => a - b;

  class LightWeightMap {
    // Parallel arrays in the order of the keys' hashes.
    #hashes = [];
    #keys = [];
    #values = [];

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#keys in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    /** Index of the key, or the complement of where it belongs. */
    #find(key) {
      const hash = keyHash(key);
      const found = binarySearch(this.#hashes, hash, byNumber);
      if (found < 0) return found;
      let right = found;
      for (; right < this.#keys.length && this.#hashes[right] === hash; right++) {
        if (Object.is(this.#keys[right], key)) return right;
      }
      for (let left = found - 1; left >= 0 && this.#hashes[left] === hash; left--) {
        if (Object.is(this.#keys[left], key)) return left;
      }
      return ~right;
    }

    #put(key, value) {
      const index = this.#find(key);
      if (index >= 0) {
        this.#values[index] = value;
      } else {
        this.#hashes.splice(~index, 0, keyHash(key));
        this.#keys.splice(~index, 0, key);
        this.#values.splice(~index, 0, value);
      }
    }

    #removeAt(index) {
      this.#hashes.splice(index, 1);
      this.#keys.splice(index, 1);
      return this.#values.splice(index, 1)[0];
    }

    #checkIndex(index) {
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      const length = this.#keys.length;
      if (length === 0) fail(10200001, 'Container is empty');
      if (index < 0 || index >= length) outOfRange('index', `>= 0 && <= ${length - 1}`, index);
    }

    get length() {
      return LightWeightMap.#of(this, 'getLength').#keys.length;
    }

    hasAll(map) {
      const self = LightWeightMap.#of(this, 'hasAll');
      if (typeof map !== 'object' || map === null || !(#keys in map)) wrongType('map', 'LightWeightMap', map);
      return map.#keys.every((key, i) => {
        const index = self.#find(key);
        return index >= 0 && Object.is(self.#values[index], map.#values[i]);
      });
    }

    hasKey(key) {
      return LightWeightMap.#of(this, 'hasKey').#find(key) >= 0;
    }

    hasValue(value) {
      return LightWeightMap.#of(this, 'hasValue').#values.some((found) => Object.is(found, value));
    }

    increaseCapacityTo(minimumCapacity) {
      LightWeightMap.#of(this, 'increaseCapacityTo');
      if (!isInt32(minimumCapacity)) wrongType('minimumCapacity', 'small integer', minimumCapacity);
    }

    get(key) {
      const self = LightWeightMap.#of(this, 'get');
      const index = self.#find(key);
      return index < 0 ? undefined : self.#values[index];
    }

    getIndexOfKey(key) {
      return Math.max(LightWeightMap.#of(this, 'getIndexOfKey').#find(key), -1);
    }

    getIndexOfValue(value) {
      return LightWeightMap.#of(this, 'getIndexOfValue').#values.indexOf(value);
    }

    isEmpty() {
      return LightWeightMap.#of(this, 'isEmpty').#keys.length === 0;
    }

    getKeyAt(index) {
      const self = LightWeightMap.#of(this, 'getKeyAt');
      self.#checkIndex(index);
      return self.#keys[index];
    }

    getValueAt(index) {
      const self = LightWeightMap.#of(this, 'getValueAt');
      self.#checkIndex(index);
      return self.#values[index];
    }

    setValueAt(index, newValue) {
      const self = LightWeightMap.#of(this, 'setValueAt');
      self.#checkIndex(index);
      self.#values[index] = newValue;
      return true;
    }

    set(key, value) {
      const self = LightWeightMap.#of(this, 'set');
      self.#put(key, value);
      return self;
    }

    setAll(map) {
      const self = LightWeightMap.#of(this, 'setAll');
      if (typeof map !== 'object' || map === null || !(#keys in map)) wrongType('map', 'LightWeightMap', map);
      map.#keys.forEach((key, i) => self.#put(key, map.#values[i]));
    }

    remove(key) {
      const self = LightWeightMap.#of(this, 'remove');
      const index = self.#find(key);
      return index < 0 ? undefined : self.#removeAt(index);
    }

    removeAt(index) {
      const self = LightWeightMap.#of(this, 'removeAt');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      if (index < 0 || index >= self.#keys.length) return false;
      self.#removeAt(index);
      return true;
    }

    clear() {
      const self = LightWeightMap.#of(this, 'clear');
      self.#hashes = [];
      self.#keys = [];
      self.#values = [];
    }

    forEach(callbackFn, thisArg) {
      const self = LightWeightMap.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (let i = 0; i < self.#keys.length; i++) callbackFn.call(thisArg, self.#values[i], self.#keys[i], self);
    }

    toString() {
      const self = LightWeightMap.#of(this, 'toString');
      return self.#keys.map((key, i) => `${key ?? ''}:${self.#values[i] ?? ''}`).join(',');
    }

    *#iterate(select) {
      for (let i = 0; i < this.#keys.length; i++) yield select(this.#keys[i], this.#values[i]);
    }

    keys() {
      return LightWeightMap.#of(this, 'keys').#iterate((key) => key);
    }

    values() {
      return LightWeightMap.#of(this, 'values').#iterate((key, value) => value);
    }

    entries() {
      return LightWeightMap.#of(this, 'entries').#iterate((key, value) => [key, value]);
    }

    [Symbol.iterator]() {
      return LightWeightMap.#of(this, 'Symbol.iterator').#iterate((key, value) => [key, value]);
    }
  }

  const Exported = constructOnly(LightWeightMap, "The LightWeightMap's constructor cannot be directly invoked");
  return { default: Exported, LightWeightMap: Exported };
})
