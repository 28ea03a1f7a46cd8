// @ohos:util.PlainArray
(function (host, system) {
  'use strict';

  const { fail, wrongType, outOfRange, isInt32, constructOnly, indexed } = system.require('@concord:kits');

  class PlainArray {
    // Ascending keys and their values.
    #keys = [];
    #values = [];

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#keys in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    static {
      indexed(
        PlainArray,
        (self) => #keys in self,
        (self, key) => {
          const index = self.#find(key);
          return index < 0 ? undefined : self.#values[index];
        },
        (self, key, value) => {
          self.add(key, value);
        },
      );
    }

    /** Index of the key, or the complement of where it belongs. */
    #find(key) {
      let low = 0;
      let high = this.#keys.length - 1;
      while (low <= high) {
        const middle = (low + high) >>> 1;
        const found = this.#keys[middle];
        if (found === key) return middle;
        if (found < key) low = middle + 1;
        else high = middle - 1;
      }
      return ~low;
    }

    #checkIndex(index) {
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      const length = this.#keys.length;
      if (length === 0) fail(10200001, 'Container is empty');
      if (index < 0 || index >= length) outOfRange('index', `>= 0 && <= ${length - 1}`, index);
    }

    get length() {
      return PlainArray.#of(this, 'getLength').#keys.length;
    }

    add(key, value) {
      const self = PlainArray.#of(this, 'add');
      if (!isInt32(key)) wrongType('key', 'small integer', key);
      const index = self.#find(key);
      if (index >= 0) {
        self.#values[index] = value;
      } else if (~index === self.#keys.length) {
        self.#keys.push(key);
        self.#values.push(value);
      } else {
        self.#keys.splice(~index, 0, key);
        self.#values.splice(~index, 0, value);
      }
    }

    clear() {
      const self = PlainArray.#of(this, 'clear');
      self.#keys = [];
      self.#values = [];
    }

    clone() {
      const self = PlainArray.#of(this, 'clone');
      const array = new Exported();
      array.#keys = self.#keys.slice();
      array.#values = self.#values.slice();
      return array;
    }

    has(key) {
      const self = PlainArray.#of(this, 'has');
      if (!isInt32(key)) wrongType('key', 'small integer', key);
      return self.#find(key) >= 0;
    }

    get(key) {
      const self = PlainArray.#of(this, 'get');
      if (!isInt32(key)) wrongType('key', 'small integer', key);
      const index = self.#find(key);
      return index < 0 ? undefined : self.#values[index];
    }

    getIndexOfKey(key) {
      const self = PlainArray.#of(this, 'getIndexOfKey');
      if (!isInt32(key)) wrongType('key', 'small integer', key);
      const index = self.#find(key);
      return index < 0 ? -1 : index;
    }

    getIndexOfValue(value) {
      return PlainArray.#of(this, 'getIndexOfValue').#values.indexOf(value);
    }

    isEmpty() {
      return PlainArray.#of(this, 'isEmpty').#keys.length === 0;
    }

    getKeyAt(index) {
      const self = PlainArray.#of(this, 'getKeyAt');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      return self.#keys[index];
    }

    getValueAt(index) {
      const self = PlainArray.#of(this, 'getValueAt');
      self.#checkIndex(index);
      return self.#values[index];
    }

    setValueAt(index, value) {
      const self = PlainArray.#of(this, 'setValueAt');
      self.#checkIndex(index);
      self.#values[index] = value;
    }

    remove(key) {
      const self = PlainArray.#of(this, 'remove');
      if (!isInt32(key)) wrongType('key', 'small integer', key);
      const index = self.#find(key);
      if (index < 0) return undefined;
      self.#keys.splice(index, 1);
      return self.#values.splice(index, 1)[0];
    }

    removeAt(index) {
      const self = PlainArray.#of(this, 'removeAt');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      if (index < 0 || index >= self.#keys.length) return undefined;
      self.#keys.splice(index, 1);
      return self.#values.splice(index, 1)[0];
    }

    removeRangeFrom(index, size) {
      const self = PlainArray.#of(this, 'removeRangeFrom');
      if (!isInt32(size)) wrongType('size', 'small integer', size);
      self.#checkIndex(index);
      if (size < 1) outOfRange('size', '> 0', size);
      self.#values.splice(index, size);
      return self.#keys.splice(index, size).length;
    }

    forEach(callbackFn, thisArg) {
      const self = PlainArray.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (let i = 0; i < self.#keys.length; i++) callbackFn.call(thisArg, self.#values[i], self.#keys[i], self);
    }

    toString() {
      const self = PlainArray.#of(this, 'toString');
      return self.#keys.map((key, i) => `${key}:${self.#values[i] ?? ''}`).join(',');
    }

    *#iterate() {
      for (let i = 0; i < this.#keys.length; i++) yield [this.#keys[i], this.#values[i]];
    }

    [Symbol.iterator]() {
      return PlainArray.#of(this, 'Symbol.iterator').#iterate();
    }
  }

  const Exported = constructOnly(PlainArray, "The PlainArray's constructor cannot be directly invoked");
  return { default: Exported, PlainArray: Exported };
})
