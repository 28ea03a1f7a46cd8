// @ohos:util.TreeMap
(function (host, system) {
  'use strict';

  const { fail, wrongType, constructOnly, treeOrder, binarySearch } = system.require('@concord:kits');

  class TreeMap {
    // Ascending keys and their values.
    #keys = [];
    #values = [];
    #compare;

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#keys in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    constructor(comparator) {
      if (comparator !== undefined && comparator !== null && typeof comparator !== 'function') {
        wrongType('comparefn', 'callable', comparator);
      }
      this.#compare = treeOrder(comparator ?? undefined);
    }

    #find(key) {
      return binarySearch(this.#keys, key, this.#compare);
    }

    #put(key, value) {
      const index = this.#find(key);
      if (index >= 0) {
        this.#values[index] = value;
      } else if (~index === this.#keys.length) {
        this.#keys.push(key);
        this.#values.push(value);
      } else {
        this.#keys.splice(~index, 0, key);
        this.#values.splice(~index, 0, value);
      }
    }

    get length() {
      return TreeMap.#of(this, 'getLength').#keys.length;
    }

    isEmpty() {
      return TreeMap.#of(this, 'isEmpty').#keys.length === 0;
    }

    hasKey(key) {
      return TreeMap.#of(this, 'hasKey').#find(key) >= 0;
    }

    hasValue(value) {
      return TreeMap.#of(this, 'hasValue').#values.some((found) => Object.is(found, value));
    }

    get(key) {
      const self = TreeMap.#of(this, 'get');
      const index = self.#find(key);
      return index < 0 ? undefined : self.#values[index];
    }

    getFirstKey() {
      return TreeMap.#of(this, 'getFirstKey').#keys[0];
    }

    getLastKey() {
      return TreeMap.#of(this, 'getLastKey').#keys.at(-1);
    }

    getLowerKey(key) {
      const self = TreeMap.#of(this, 'getLowerKey');
      const index = self.#find(key);
      return self.#keys[(index < 0 ? ~index : index) - 1];
    }

    getHigherKey(key) {
      const self = TreeMap.#of(this, 'getHigherKey');
      const index = self.#find(key);
      return self.#keys[index < 0 ? ~index : index + 1];
    }

    set(key, value) {
      const self = TreeMap.#of(this, 'set');
      self.#put(key, value);
      return self;
    }

    setAll(map) {
      const self = TreeMap.#of(this, 'setAll');
      if (typeof map !== 'object' || map === null || !(#keys in map)) wrongType('map', 'TreeMap', map);
      const values = map.#values.slice();
      map.#keys.slice().forEach((key, i) => self.#put(key, values[i]));
    }

    remove(key) {
      const self = TreeMap.#of(this, 'remove');
      const index = self.#find(key);
      if (index < 0) return undefined;
      self.#keys.splice(index, 1);
      return self.#values.splice(index, 1)[0];
    }

    replace(key, newValue) {
      const self = TreeMap.#of(this, 'replace');
      const index = self.#find(key);
      if (index < 0) return false;
      self.#values[index] = newValue;
      return true;
    }

    clear() {
      const self = TreeMap.#of(this, 'clear');
      self.#keys = [];
      self.#values = [];
    }

    forEach(callbackFn, thisArg) {
      const self = TreeMap.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (let i = 0; i < self.#keys.length; i++) callbackFn.call(thisArg, self.#values[i], self.#keys[i], self);
    }

    *#iterate(select) {
      for (let i = 0; i < this.#keys.length; i++) yield select(this.#keys[i], this.#values[i]);
    }

    keys() {
      return TreeMap.#of(this, 'keys').#iterate((key) => key);
    }

    values() {
      return TreeMap.#of(this, 'values').#iterate((key, value) => value);
    }

    entries() {
      return TreeMap.#of(this, 'entries').#iterate((key, value) => [key, value]);
    }

    [Symbol.iterator]() {
      return TreeMap.#of(this, 'Symbol.iterator').#iterate((key, value) => [key, value]);
    }
  }

  const Exported = constructOnly(TreeMap, "The TreeMap's constructor cannot be directly invoked");
  return { default: Exported, TreeMap: Exported };
})
