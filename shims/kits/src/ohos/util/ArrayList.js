// @ohos:util.ArrayList
(function (host, system) {
  'use strict';

  const { fail, wrongType, outOfRange, isInt32, constructOnly, indexed, jsonAs } = system.require('@concord:kits');

  const DEFAULT_CAPACITY = 10;

  class ArrayList {
    #items = [];
    #capacity = DEFAULT_CAPACITY;

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#items in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    static {
      indexed(
        ArrayList,
        (self) => #items in self,
        (self, index) => {
          self.#checkIndex(index);
          return self.#items[index];
        },
        (self, index, value) => {
          self.#checkIndex(index);
          self.#items[index] = value;
        },
      );
      jsonAs(ArrayList, (self) => ({ ...self.#items }));
    }

    #checkIndex(index) {
      const length = this.#items.length;
      if (length === 0) fail(10200001, 'Container is empty');
      if (index < 0 || index >= length) outOfRange('index', `>= 0 && <= ${length - 1}`, index);
    }

    #reserve(length) {
      if (length > this.#capacity) this.#capacity = length + (length >> 1);
    }

    get length() {
      return ArrayList.#of(this, 'getLength').#items.length;
    }

    add(element) {
      const self = ArrayList.#of(this, 'add');
      self.#reserve(self.#items.length + 1);
      self.#items.push(element);
      return true;
    }

    insert(element, index) {
      const self = ArrayList.#of(this, 'insert');
      if (!isInt32(index)) wrongType('index', 'number', index);
      const length = self.#items.length;
      if (index < 0 || index > length) outOfRange('index', `>= 0 && <= ${length}`, index);
      self.#reserve(length + 1);
      self.#items.splice(index, 0, element);
    }

    has(element) {
      return ArrayList.#of(this, 'has').#items.indexOf(element) >= 0;
    }

    getIndexOf(element) {
      return ArrayList.#of(this, 'getIndexOf').#items.indexOf(element);
    }

    getLastIndexOf(element) {
      return ArrayList.#of(this, 'getLastIndexOf').#items.lastIndexOf(element);
    }

    removeByIndex(index) {
      const self = ArrayList.#of(this, 'removeByIndex');
      if (!isInt32(index)) wrongType('index', 'number', index);
      self.#checkIndex(index);
      return self.#items.splice(index, 1)[0];
    }

    remove(element) {
      const self = ArrayList.#of(this, 'remove');
      const index = self.#items.indexOf(element);
      if (index < 0) return false;
      self.#items.splice(index, 1);
      return true;
    }

    #checkRange(fromIndex, toIndex) {
      if (!isInt32(fromIndex)) wrongType('fromIndex', 'number', fromIndex);
      if (!isInt32(toIndex)) wrongType('toIndex', 'number', toIndex);
      const length = this.#items.length;
      if (length === 0) fail(10200001, 'Container is empty');
      const end = Math.min(length, toIndex);
      if (fromIndex < 0 || fromIndex >= end) outOfRange('fromIndex', `>= 0 && <= ${end - 1}`, fromIndex);
      if (toIndex > length) outOfRange('toIndex', `>= 0 && <= ${length}`, toIndex);
    }

    removeByRange(fromIndex, toIndex) {
      const self = ArrayList.#of(this, 'removeByRange');
      self.#checkRange(fromIndex, toIndex);
      self.#items.splice(fromIndex, toIndex - fromIndex);
      self.#capacity = self.#items.length;
    }

    subArrayList(fromIndex, toIndex) {
      const self = ArrayList.#of(this, 'subArrayList');
      self.#checkRange(fromIndex, toIndex);
      const list = new Exported();
      list.#items = self.#items.slice(fromIndex, toIndex);
      list.#capacity = list.#items.length;
      return list;
    }

    replaceAllElements(callbackFn, thisArg) {
      const self = ArrayList.#of(this, 'replaceAllElements');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      const length = self.#items.length;
      for (let i = 0; i < length && i < self.#items.length; i++) {
        self.#items[i] = callbackFn.call(thisArg, self.#items[i], i, self);
      }
    }

    forEach(callbackFn, thisArg) {
      const self = ArrayList.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (let i = 0; i < self.#items.length; i++) callbackFn.call(thisArg, self.#items[i], i, self);
    }

    sort(comparator) {
      const self = ArrayList.#of(this, 'sort');
      if (comparator !== undefined && typeof comparator !== 'function') wrongType('comparator', 'callable', comparator);
      self.#items.sort(comparator);
    }

    clear() {
      ArrayList.#of(this, 'clear').#items = [];
    }

    clone() {
      const self = ArrayList.#of(this, 'clone');
      const list = new Exported();
      list.#items = self.#items.slice();
      list.#capacity = list.#items.length;
      return list;
    }

    getCapacity() {
      return ArrayList.#of(this, 'getCapacity').#capacity;
    }

    increaseCapacityTo(newCapacity) {
      const self = ArrayList.#of(this, 'increaseCapacityTo');
      if (!isInt32(newCapacity)) wrongType('newCapacity', 'number', newCapacity);
      if (newCapacity >= self.#items.length) self.#capacity = newCapacity;
    }

    trimToCurrentLength() {
      const self = ArrayList.#of(this, 'trimToCurrentLength');
      self.#capacity = self.#items.length;
    }

    convertToArray() {
      return ArrayList.#of(this, 'convertToArray').#items.slice();
    }

    isEmpty() {
      return ArrayList.#of(this, 'isEmpty').#items.length === 0;
    }

    *#iterate() {
      for (let i = 0; i < this.#items.length; i++) yield this.#items[i];
    }

    [Symbol.iterator]() {
      return ArrayList.#of(this, 'Symbol.iterator').#iterate();
    }
  }

  const Exported = constructOnly(ArrayList, "The ArrayList's constructor cannot be directly invoked.");
  return { default: Exported, ArrayList: Exported };
})
