// @ohos:util.TreeSet
(function (host, system) {
  'use strict';

  const { fail, wrongType, constructOnly, treeOrder, binarySearch } = system.require('@concord:kits');

  class TreeSet {
    // Ascending.
    #values = [];
    #compare;

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#values in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    constructor(comparator) {
      if (comparator !== undefined && comparator !== null && typeof comparator !== 'function') {
        wrongType('comparefn', 'callable', comparator);
      }
      this.#compare = treeOrder(comparator ?? undefined);
    }

    #find(value) {
      return binarySearch(this.#values, value, this.#compare);
    }

    get length() {
      return TreeSet.#of(this, 'getLength').#values.length;
    }

    isEmpty() {
      return TreeSet.#of(this, 'isEmpty').#values.length === 0;
    }

    has(value) {
      return TreeSet.#of(this, 'has').#find(value) >= 0;
    }

    add(value) {
      const self = TreeSet.#of(this, 'add');
      const index = self.#find(value);
      if (index >= 0) return false;
      self.#values.splice(~index, 0, value);
      return true;
    }

    remove(value) {
      const self = TreeSet.#of(this, 'remove');
      const index = self.#find(value);
      if (index < 0) return false;
      self.#values.splice(index, 1);
      return true;
    }

    clear() {
      TreeSet.#of(this, 'clear').#values = [];
    }

    getFirstValue() {
      return TreeSet.#of(this, 'getFirstValue').#values[0];
    }

    getLastValue() {
      return TreeSet.#of(this, 'getLastValue').#values.at(-1);
    }

    getLowerValue(value) {
      const self = TreeSet.#of(this, 'getLowerValue');
      const index = self.#find(value);
      return self.#values[(index < 0 ? ~index : index) - 1];
    }

    getHigherValue(value) {
      const self = TreeSet.#of(this, 'getHigherValue');
      const index = self.#find(value);
      return self.#values[index < 0 ? ~index : index + 1];
    }

    popFirst() {
      return TreeSet.#of(this, 'popFirst').#values.shift();
    }

    popLast() {
      return TreeSet.#of(this, 'popLast').#values.pop();
    }

    forEach(callbackFn, thisArg) {
      const self = TreeSet.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (let i = 0; i < self.#values.length; i++) callbackFn.call(thisArg, self.#values[i], self.#values[i], self);
    }

    *#iterate(select) {
      for (let i = 0; i < this.#values.length; i++) yield select(this.#values[i]);
    }

    values() {
      return TreeSet.#of(this, 'values').#iterate((value) => value);
    }

    entries() {
      return TreeSet.#of(this, 'entries').#iterate((value) => [value, value]);
    }

    [Symbol.iterator]() {
      return TreeSet.#of(this, 'Symbol.iterator').#iterate((value) => value);
    }
  }

  const Exported = constructOnly(TreeSet, "The TreeSet's constructor cannot be directly invoked");
  return { default: Exported, TreeSet: Exported };
})
