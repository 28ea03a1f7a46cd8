// collections.BitVector: a list of its length and words of 32 bits.
(function (host, system) {
  'use strict';

  const { fail, constructOnly, indexed } = system.require('@concord:kits');
  const { List, bindMethods, directly, outOfRange } = system.require('@concord:arkts/array');
  const { define, outside } = system.sharing;

  const words = (length) => Math.ceil(length / 32);
  const read = (items, index) => (items[1 + (index >>> 5)] >>> (index & 31)) & 1;
  const write = (items, index, bit) => {
    const at = 1 + (index >>> 5);
    const mask = 1 << (index & 31);
    items[at] = bit ? items[at] | mask : items[at] & ~mask;
  };
  const isInteger = (value) => typeof value === 'number' && Number.isInteger(value);
  const integer = (value, name) => (isInteger(value) ? value : fail(401, `Parameter error.The type of ${name} must be integer.`));

  /** The range `from`, `to` of a vector; its end counts up to the length. */
  function range(items, from, to) {
    integer(from, 'fromIndex');
    integer(to, 'toIndex');
    if (from < 0 || from > to) outOfRange('fromIndex');
    if (to > items[0]) outOfRange('toIndex');
  }

  function resize(items, length) {
    const old = items[0];
    items.length = Math.min(items.length, 1 + words(length));
    while (items.length < 1 + words(length)) items.push(0);
    items[0] = length;
    if (length < old) for (let i = length; i < words(length) * 32; i++) write(items, i, 0);
  }

  class BitVector {
    #list;

    constructor(length) {
      if (length instanceof List) {
        this.#list = length;
      } else {
        if (!isInteger(length) || length < 0 || length > 4294967295) fail(401, 'Parameter error.The length is not valid.');
        const items = [0];
        resize(items, length);
        this.#list = new List(items);
      }
      Object.preventExtensions(this);
    }

    static belongs = (object) => typeof object === 'object' && object !== null && #list in object;
    static list = (object) => object.#list;

    get length() {
      return this.#list.get(0);
    }

    push(bit) {
      integer(bit, 'element');
      return this.#list.change((items) => {
        resize(items, items[0] + 1);
        write(items, items[0] - 1, bit);
        return true;
      });
    }

    pop() {
      return this.#list.change((items) => {
        if (items[0] === 0) return undefined;
        const bit = read(items, items[0] - 1);
        resize(items, items[0] - 1);
        return bit;
      });
    }

    has(bit, from, to) {
      return this.getIndexOf(bit, from, to) >= 0;
    }

    setBitsByRange(bit, from, to) {
      this.#list.change((items) => {
        range(items, from, to);
        for (let i = from; i < to; i++) write(items, i, bit);
      });
    }

    setAllBits(bit) {
      this.#list.change((items) => {
        for (let i = 0; i < items[0]; i++) write(items, i, bit);
      });
    }

    getBitsByRange(from, to) {
      const items = this.#list.read();
      range(items, from, to);
      const part = [0];
      resize(part, to - from);
      for (let i = from; i < to; i++) write(part, i - from, read(items, i));
      return new BitVector(new List(part));
    }

    resize(size) {
      if (!isInteger(size) || size < 0 || size > 4294967295) fail(401, 'Parameter error.The size is not valid.');
      this.#list.change((items) => resize(items, size));
    }

    getBitCountByRange(bit, from, to) {
      const items = this.#list.read();
      range(items, from, to);
      let count = 0;
      for (let i = from; i < to; i++) if (read(items, i) === (bit ? 1 : 0)) count++;
      return count;
    }

    getIndexOf(bit, from, to) {
      const items = this.#list.read();
      range(items, from, to);
      for (let i = from; i < to; i++) if (read(items, i) === (bit ? 1 : 0)) return i;
      return -1;
    }

    getLastIndexOf(bit, from, to) {
      const items = this.#list.read();
      range(items, from, to);
      for (let i = to - 1; i >= from; i--) if (read(items, i) === (bit ? 1 : 0)) return i;
      return -1;
    }

    flipBitByIndex(index) {
      integer(index, 'index');
      this.#list.change((items) => {
        if (index < 0 || index >= items[0]) outOfRange();
        write(items, index, 1 - read(items, index));
      });
    }

    flipBitsByRange(from, to) {
      this.#list.change((items) => {
        range(items, from, to);
        for (let i = from; i < to; i++) write(items, i, 1 - read(items, i));
      });
    }

    values() {
      return iterate(this.#list);
    }

    [Symbol.iterator]() {
      return iterate(this.#list);
    }
  }

  function* iterate(list) {
    for (let i = 0; i < list.get(0); i++) yield (list.get(1 + (i >>> 5)) >>> (i & 31)) & 1;
  }

  const { belongs, list } = BitVector;
  delete BitVector.belongs;
  delete BitVector.list;
  const kind = outside.kind('collections.BitVector', '@ohos:arkts.collections', '');
  define({
    name: 'collections.BitVector',
    is: belongs,
    handle: (object) => list(object).handle,
    promote: (object) => list(object).promote(kind),
    fill: (object, handle) => list(object).fill(handle),
    adopt: (handle) => new BitVector(new List(undefined, handle)),
  });
  bindMethods(BitVector, belongs);
  const inside = (object, index) => (index < 0 || index >= list(object).get(0) ? outOfRange() : index);
  indexed(
    BitVector,
    belongs,
    (object, index) => (list(object).get(1 + (inside(object, index) >>> 5)) >>> (index & 31)) & 1,
    (object, index, bit) => {
      inside(object, index);
      list(object).change((items) => write(items, index, bit));
    },
  );
  return { BitVector: constructOnly(BitVector, directly('BitVector')) };
})
