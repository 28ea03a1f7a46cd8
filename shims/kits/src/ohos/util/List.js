// @ohos:util.List
(function (host, system) {
  'use strict';

  const { fail, wrongType, outOfRange, isInt32, constructOnly, indexed, jsonAs } = system.require('@concord:kits');

  class List {
    #items = [];

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#items in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    static {
      indexed(
        List,
        (self) => #items in self,
        (self, index) => self.#items[index],
        (self, index, value) => {
          self.#checkIndex(index);
          self.#items[index] = value;
        },
      );
      jsonAs(List, (self) => self.#items.slice());
    }

    #checkIndex(index) {
      const length = this.#items.length;
      if (length === 0) fail(10200001, 'Container is empty');
      if (index < 0 || index >= length) outOfRange('index', `>= 0 && <= ${length - 1}`, index);
    }

    get length() {
      return List.#of(this, 'getLength').#items.length;
    }

    add(element) {
      List.#of(this, 'add').#items.push(element);
      return true;
    }

    insert(element, index) {
      const self = List.#of(this, 'insert');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      const length = self.#items.length;
      if (index < 0 || index > length) outOfRange('index', `>= 0 && <= ${length}`, index);
      self.#items.splice(index, 0, element);
    }

    get(index) {
      const self = List.#of(this, 'get');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      return self.#items[index];
    }

    has(element) {
      return List.#of(this, 'has').#items.indexOf(element) >= 0;
    }

    getIndexOf(element) {
      return List.#of(this, 'getIndexOf').#items.indexOf(element);
    }

    getLastIndexOf(element) {
      return List.#of(this, 'getLastIndexOf').#items.lastIndexOf(element);
    }

    removeByIndex(index) {
      const self = List.#of(this, 'removeByIndex');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      self.#checkIndex(index);
      return self.#items.splice(index, 1)[0];
    }

    remove(element) {
      const self = List.#of(this, 'remove');
      const index = self.#items.indexOf(element);
      if (index < 0) return false;
      self.#items.splice(index, 1);
      return true;
    }

    getFirst() {
      return List.#of(this, 'getFirst').#items[0];
    }

    getLast() {
      return List.#of(this, 'getLast').#items.at(-1);
    }

    set(index, element) {
      const self = List.#of(this, 'set');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      self.#checkIndex(index);
      self.#items[index] = element;
      return element;
    }

    equal(other) {
      const self = List.#of(this, 'equal');
      if (typeof other !== 'object' || other === null || !(#items in other)) return false;
      return self.#items.length === other.#items.length && self.#items.every((item, i) => Object.is(item, other.#items[i]));
    }

    sort(comparator) {
      const self = List.#of(this, 'sort');
      if (typeof comparator !== 'function') wrongType('comparator', 'callable', comparator);
      self.#items.sort(comparator);
    }

    clear() {
      List.#of(this, 'clear').#items = [];
    }

    getSubList(fromIndex, toIndex) {
      const self = List.#of(this, 'getSubList');
      if (!isInt32(fromIndex)) wrongType('fromIndex', 'number', fromIndex);
      if (!isInt32(toIndex)) wrongType('toIndex', 'number', toIndex);
      const length = self.#items.length;
      if (length === 0) fail(10200001, 'Container is empty');
      const end = Math.min(length, toIndex);
      if (fromIndex < 0 || fromIndex >= end) outOfRange('fromIndex', `>= 0 && <= ${end - 1}`, fromIndex);
      if (toIndex > length) outOfRange('toIndex', `>= 0 && <= ${length}`, toIndex);
      const list = new Exported();
      list.#items = self.#items.slice(fromIndex, toIndex);
      return list;
    }

    replaceAllElements(callbackFn, thisArg) {
      const self = List.#of(this, 'replaceAllElements');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      const length = self.#items.length;
      for (let i = 0; i < length && i < self.#items.length; i++) {
        self.#items[i] = callbackFn.call(thisArg, self.#items[i], i, self);
      }
    }

    forEach(callbackFn, thisArg) {
      const self = List.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (let i = 0; i < self.#items.length; i++) callbackFn.call(thisArg, self.#items[i], i, self);
    }

    convertToArray() {
      return List.#of(this, 'convertToArray').#items.slice();
    }

    isEmpty() {
      return List.#of(this, 'isEmpty').#items.length === 0;
    }

    *#iterate() {
      for (let i = 0; i < this.#items.length; i++) yield this.#items[i];
    }

    [Symbol.iterator]() {
      return List.#of(this, 'Symbol.iterator').#iterate();
    }
  }

  const Exported = constructOnly(List, "The List's constructor cannot be directly invoked");
  return { default: Exported, List: Exported };
})
