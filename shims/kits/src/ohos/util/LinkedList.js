// @ohos:util.LinkedList
(function (host, system) {
  'use strict';

  const { fail, wrongType, outOfRange, isInt32, constructOnly, indexed, jsonAs } = system.require('@concord:kits');

  class LinkedList {
    #items = [];

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#items in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    static {
      indexed(
        LinkedList,
        (self) => #items in self,
        (self, index) => self.#items[index],
        (self, index, value) => {
          self.#checkIndex(index);
          self.#items[index] = value;
        },
      );
      jsonAs(LinkedList, (self) => self.#items.slice());
    }

    #checkIndex(index) {
      const length = this.#items.length;
      if (length === 0) fail(10200001, 'Container is empty');
      if (index < 0 || index >= length) outOfRange('index', `>= 0 && <= ${length - 1}`, index);
    }

    #checkNotEmpty() {
      if (this.#items.length === 0) fail(10200010, 'Container is empty');
    }

    get length() {
      return LinkedList.#of(this, 'getLength').#items.length;
    }

    add(element) {
      LinkedList.#of(this, 'add').#items.push(element);
      return true;
    }

    addFirst(element) {
      LinkedList.#of(this, 'addFirst').#items.unshift(element);
    }

    insert(index, element) {
      const self = LinkedList.#of(this, 'insert');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      const length = self.#items.length;
      if (index < 0 || index > length) outOfRange('index', `>= 0 && <= ${length}`, index);
      self.#items.splice(index, 0, element);
    }

    get(index) {
      const self = LinkedList.#of(this, 'get');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      return self.#items[index];
    }

    has(element) {
      return LinkedList.#of(this, 'has').#items.indexOf(element) >= 0;
    }

    getIndexOf(element) {
      return LinkedList.#of(this, 'getIndexOf').#items.indexOf(element);
    }

    getLastIndexOf(element) {
      return LinkedList.#of(this, 'getLastIndexOf').#items.lastIndexOf(element);
    }

    getFirst() {
      return LinkedList.#of(this, 'getFirst').#items[0];
    }

    getLast() {
      return LinkedList.#of(this, 'getLast').#items.at(-1);
    }

    removeFirst() {
      const self = LinkedList.#of(this, 'removeFirst');
      self.#checkNotEmpty();
      return self.#items.shift();
    }

    removeLast() {
      const self = LinkedList.#of(this, 'removeLast');
      self.#checkNotEmpty();
      return self.#items.pop();
    }

    removeByIndex(index) {
      const self = LinkedList.#of(this, 'removeByIndex');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      self.#checkIndex(index);
      return self.#items.splice(index, 1)[0];
    }

    remove(element) {
      const self = LinkedList.#of(this, 'remove');
      const index = self.#items.indexOf(element);
      if (index < 0) return false;
      self.#items.splice(index, 1);
      return true;
    }

    removeFirstFound(element) {
      const self = LinkedList.#of(this, 'removeFirstFound');
      self.#checkNotEmpty();
      const index = self.#items.indexOf(element);
      if (index < 0) fail(10200017, 'The element does not exist in this container');
      self.#items.splice(index, 1);
      return true;
    }

    removeLastFound(element) {
      const self = LinkedList.#of(this, 'removeLastFound');
      self.#checkNotEmpty();
      const index = self.#items.lastIndexOf(element);
      if (index < 0) fail(10200017, 'The element does not exist in this container');
      self.#items.splice(index, 1);
      return true;
    }

    set(index, element) {
      const self = LinkedList.#of(this, 'set');
      if (!isInt32(index)) wrongType('index', 'small integer', index);
      self.#checkIndex(index);
      self.#items[index] = element;
      return element;
    }

    clear() {
      LinkedList.#of(this, 'clear').#items = [];
    }

    clone() {
      const self = LinkedList.#of(this, 'clone');
      const list = new Exported();
      list.#items = self.#items.slice();
      return list;
    }

    forEach(callbackFn, thisArg) {
      const self = LinkedList.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (let i = 0; i < self.#items.length; i++) callbackFn.call(thisArg, self.#items[i], i, self);
    }

    convertToArray() {
      return LinkedList.#of(this, 'convertToArray').#items.slice();
    }

    *#iterate() {
      for (let i = 0; i < this.#items.length; i++) yield this.#items[i];
    }

    [Symbol.iterator]() {
      return LinkedList.#of(this, 'Symbol.iterator').#iterate();
    }
  }

  const Exported = constructOnly(LinkedList, "The LinkedList's constructor cannot be directly invoked");
  return { default: Exported, LinkedList: Exported };
})
