// @ohos:util.Deque
(function (host, system) {
  'use strict';

  const { fail, wrongType, outOfRange, constructOnly, indexed, jsonAs } = system.require('@concord:kits');

  class Deque {
    // Two stacks that meet: #front holds the first elements in reverse order.
    #front = [];
    #back = [];

    static #of(self, method) {
      if (typeof self !== 'object' || self === null || !(#front in self)) fail(10200011, `The ${method} method cannot be bound`);
      return self;
    }

    static {
      indexed(
        Deque,
        (self) => #front in self,
        (self, index) => {
          self.#checkIndex(index);
          return self.#at(index);
        },
        (self, index, value) => {
          self.#checkIndex(index);
          const front = self.#front.length;
          if (index < front) self.#front[front - 1 - index] = value;
          else self.#back[index - front] = value;
        },
      );
      jsonAs(Deque, (self) => ({ ...self.#iterateAll() }));
    }

    #iterateAll() {
      return [...this.#front].reverse().concat(this.#back);
    }

    #checkIndex(index) {
      const length = this.#front.length + this.#back.length;
      if (length === 0) fail(10200001, 'Container is empty');
      if (index < 0 || index >= length) outOfRange('index', `>= 0 && <= ${length - 1}`, index);
    }

    #at(index) {
      const front = this.#front.length;
      return index < front ? this.#front[front - 1 - index] : this.#back[index - front];
    }

    get length() {
      const self = Deque.#of(this, 'getLength');
      return self.#front.length + self.#back.length;
    }

    insertFront(element) {
      Deque.#of(this, 'insertFront').#front.push(element);
    }

    insertEnd(element) {
      Deque.#of(this, 'insertEnd').#back.push(element);
    }

    has(element) {
      const self = Deque.#of(this, 'has');
      return self.#front.indexOf(element) >= 0 || self.#back.indexOf(element) >= 0;
    }

    getFirst() {
      return Deque.#of(this, 'getFirst').#at(0);
    }

    getLast() {
      const self = Deque.#of(this, 'getLast');
      return self.#at(self.#front.length + self.#back.length - 1);
    }

    popFirst() {
      const self = Deque.#of(this, 'popFirst');
      if (self.#front.length === 0 && self.#back.length > 0) {
        // Move half over, so that a run of pops costs constant time each.
        const half = Math.ceil(self.#back.length / 2);
        self.#front = self.#back.splice(0, half).reverse();
      }
      return self.#front.pop();
    }

    popLast() {
      const self = Deque.#of(this, 'popLast');
      if (self.#back.length === 0 && self.#front.length > 0) {
        const half = Math.ceil(self.#front.length / 2);
        self.#back = self.#front.splice(0, half).reverse();
      }
      return self.#back.pop();
    }

    forEach(callbackFn, thisArg) {
      const self = Deque.#of(this, 'forEach');
      if (typeof callbackFn !== 'function') wrongType('callbackfn', 'callable', callbackFn);
      for (let i = 0; i < self.#front.length + self.#back.length; i++) callbackFn.call(thisArg, self.#at(i), i, self);
    }

    *#iterate() {
      for (let i = 0; i < this.#front.length + this.#back.length; i++) yield this.#at(i);
    }

    [Symbol.iterator]() {
      return Deque.#of(this, 'Symbol.iterator').#iterate();
    }
  }

  const Exported = constructOnly(Deque, "The Deque's constructor cannot be directly invoked");
  return { default: Exported, Deque: Exported };
})
