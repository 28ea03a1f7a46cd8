// @ohos:util.Vector
(function (host, system) {
  'use strict';

  const { constructOnly, indexed } = system.require('@concord:kits');

  const DEFAULT_CAPACITY = 10;

  // Deprecated since API 9: this container still throws the language's own errors.
  class Vector {
    #items = [];
    #capacity = DEFAULT_CAPACITY;

    static {
      indexed(
        Vector,
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
    }

    #checkIndex(index) {
      if (typeof index !== 'number') throw new TypeError('The passed in index needs to be number');
      if (index < 0 || index >= this.#items.length) throw new RangeError('The index is out of range');
    }

    #reserve(length) {
      while (length > this.#capacity) this.#capacity *= 2;
    }

    get length() {
      return this.#items.length;
    }

    add(element) {
      this.#reserve(this.#items.length + 1);
      this.#items.push(element);
      return true;
    }

    insert(element, index) {
      if (typeof index !== 'number') throw new TypeError('The passed in index needs to be number');
      if (index < 0 || index > this.#items.length) throw new RangeError('The index is out of range');
      this.#reserve(this.#items.length + 1);
      this.#items.splice(index, 0, element);
    }

    has(element) {
      return this.#items.indexOf(element) >= 0;
    }

    get(index) {
      this.#checkIndex(index);
      return this.#items[index];
    }

    set(index, element) {
      this.#checkIndex(index);
      const previous = this.#items[index];
      this.#items[index] = element;
      return previous;
    }

    getIndexOf(element) {
      return this.#items.indexOf(element);
    }

    getLastIndexOf(element) {
      return this.#items.lastIndexOf(element);
    }

    getIndexFrom(element, index) {
      if (typeof index !== 'number') throw new TypeError('The passed in index needs to be number');
      return this.#items.indexOf(element, Math.max(index, 0));
    }

    getLastIndexFrom(element, index) {
      if (typeof index !== 'number') throw new TypeError('The passed in index needs to be number');
      return index < 0 ? -1 : this.#items.lastIndexOf(element, index);
    }

    getFirstElement() {
      return this.#items[0];
    }

    getLastElement() {
      return this.#items.at(-1);
    }

    removeByIndex(index) {
      this.#checkIndex(index);
      return this.#items.splice(index, 1)[0];
    }

    remove(element) {
      const index = this.#items.indexOf(element);
      if (index < 0) return false;
      this.#items.splice(index, 1);
      return true;
    }

    #checkRange(fromIndex, toIndex) {
      if (typeof fromIndex !== 'number' || typeof toIndex !== 'number') {
        throw new TypeError('The passed in index needs to be number');
      }
      if (fromIndex < 0 || fromIndex >= this.#items.length || toIndex <= fromIndex) {
        throw new RangeError('The fromIndex is out of range');
      }
    }

    removeByRange(fromIndex, toIndex) {
      this.#checkRange(fromIndex, toIndex);
      this.#items.splice(fromIndex, toIndex - fromIndex);
    }

    subVector(fromIndex, toIndex) {
      this.#checkRange(fromIndex, toIndex);
      const vector = new Exported();
      for (const item of this.#items.slice(fromIndex, toIndex)) vector.add(item);
      return vector;
    }

    setLength(newSize) {
      if (typeof newSize !== 'number') throw new TypeError('The passed in parameter needs to be number');
      if (newSize < 0 || newSize > 0x7fffffff) throw new RangeError('An incorrect size was set');
      this.#reserve(newSize);
      const length = this.#items.length;
      this.#items.length = newSize;
      if (newSize > length) this.#items.fill(undefined, length);
    }

    replaceAllElements(callbackFn, thisArg) {
      for (let i = 0; i < this.#items.length; i++) this.#items[i] = callbackFn.call(thisArg, this.#items[i], i, this);
    }

    forEach(callbackFn, thisArg) {
      for (let i = 0; i < this.#items.length; i++) callbackFn.call(thisArg, this.#items[i], i, this);
    }

    sort(comparator) {
      this.#items.sort(comparator);
    }

    clear() {
      this.#items = [];
    }

    clone() {
      const vector = new Exported();
      for (const item of this.#items) vector.add(item);
      return vector;
    }

    getCapacity() {
      return this.#capacity;
    }

    increaseCapacityTo(newCapacity) {
      if (typeof newCapacity !== 'number') throw new TypeError('The passed in parameter needs to be number');
      if (newCapacity > this.#capacity) this.#capacity = newCapacity;
    }

    trimToCurrentLength() {
      this.#capacity = this.#items.length;
    }

    convertToArray() {
      return this.#items.slice();
    }

    copyToArray(array) {
      this.#items.forEach((item, i) => {
        array[i] = item;
      });
    }

    isEmpty() {
      return this.#items.length === 0;
    }

    toString() {
      return this.#items.join(',');
    }

    *[Symbol.iterator]() {
      for (let i = 0; i < this.#items.length; i++) yield this.#items[i];
    }
  }

  const Exported = constructOnly(Vector, "The Vector's constructor cannot be directly invoked");
  return { default: Exported, Vector: Exported };
})
