// @ohos:util.Queue
(function (host, system) {
  'use strict';

  const { fail, wrongType, outOfRange, constructOnly, indexed, jsonAs } = system.require('@concord:kits');

  class Queue {
    #items = [];
    #first = 0;

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#items in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    static {
      indexed(
        Queue,
        (self) => #items in self,
        (self, index) => {
          self.#checkIndex(index);
          return self.#items[self.#first + index];
        },
        (self, index, value) => {
          self.#checkIndex(index);
          self.#items[self.#first + index] = value;
        },
      );
      jsonAs(Queue, (self) => ({ ...self.#items.slice(self.#first) }));
    }

    #checkIndex(index) {
      const length = this.#items.length - this.#first;
      if (length === 0) fail(10200001, 'Container is empty');
      if (index < 0 || index >= length) outOfRange('index', `>= 0 && <= ${length - 1}`, index);
    }

    get length() {
      const self = Queue.#of(this, 'getLength');
      return self.#items.length - self.#first;
    }

    add(element) {
      Queue.#of(this, 'add').#items.push(element);
      return true;
    }

    getFirst() {
      const self = Queue.#of(this, 'getFirst');
      return self.#items[self.#first];
    }

    pop() {
      const self = Queue.#of(this, 'pop');
      if (self.#first === self.#items.length) return undefined;
      const element = self.#items[self.#first];
      self.#items[self.#first] = undefined;
      self.#first += 1;
      // Drop the consumed part once it is the larger one: constant time per element on average.
      if (self.#first > 32 && self.#first * 2 > self.#items.length) {
        self.#items.splice(0, self.#first);
        self.#first = 0;
      }
      return element;
    }

    forEach(callbackFn, thisArg) {
      const self = Queue.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (let i = 0; self.#first + i < self.#items.length; i++) {
        callbackFn.call(thisArg, self.#items[self.#first + i], i, self);
      }
    }

    *#iterate() {
      for (let i = 0; this.#first + i < this.#items.length; i++) yield this.#items[this.#first + i];
    }

    [Symbol.iterator]() {
      return Queue.#of(this, 'Symbol.iterator').#iterate();
    }
  }

  const Exported = constructOnly(Queue, "The Queue's constructor cannot be directly invoked");
  return { default: Exported, Queue: Exported };
})
