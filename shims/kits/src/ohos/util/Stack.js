// @ohos:util.Stack
(function (host, system) {
  'use strict';

  const { fail, wrongType, outOfRange, constructOnly, indexed, jsonAs } = system.require('@concord:kits');

  class Stack {
    #items = [];

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#items in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    static {
      indexed(
        Stack,
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
      jsonAs(Stack, (self) => ({ ...self.#items }));
    }

    #checkIndex(index) {
      const length = this.#items.length;
      if (length === 0) fail(10200001, 'Container is empty');
      if (index < 0 || index >= length) outOfRange('index', `>= 0 && <= ${length - 1}`, index);
    }

    get length() {
      return Stack.#of(this, 'getLength').#items.length;
    }

    isEmpty() {
      return Stack.#of(this, 'isEmpty').#items.length === 0;
    }

    peek() {
      return Stack.#of(this, 'peek').#items.at(-1);
    }

    pop() {
      return Stack.#of(this, 'pop').#items.pop();
    }

    push(item) {
      Stack.#of(this, 'push').#items.push(item);
      return item;
    }

    locate(element) {
      return Stack.#of(this, 'locate').#items.indexOf(element);
    }

    forEach(callbackFn, thisArg) {
      const self = Stack.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (let i = 0; i < self.#items.length; i++) callbackFn.call(thisArg, self.#items[i], i, self);
    }

    *#iterate() {
      for (let i = 0; i < this.#items.length; i++) yield this.#items[i];
    }

    [Symbol.iterator]() {
      return Stack.#of(this, 'Symbol.iterator').#iterate();
    }
  }

  const Exported = constructOnly(Stack, "The Stack's constructor cannot be directly invoked");
  return { default: Exported, Stack: Exported };
})
