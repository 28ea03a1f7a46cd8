// ArkTSUtils.SendableLruCache: a sendable class over a collections.Map, whose order is that of use.
(function (host, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');
  const { accept } = system.require('@concord:arkts/array');
  const tables = system.require('@concord:arkts/tables');
  const { sendableClass, sendableInit, hole } = system.sharing;
  const GENERIC = 32;
  const DEFAULT_CAPACITY = 64;
  const MAX_CAPACITY = 2147483647;
  const INVALID = 'Parameter error. Possible causes: 1.Mandatory parameters are left unspecified;2.Incorrect parameter types.';

  const checkCapacity = (capacity) =>
    typeof capacity === 'number' && Number.isInteger(capacity) && capacity > 0 && capacity <= MAX_CAPACITY ? capacity : fail(401, INVALID);
  const checkPresent = (value) => (value === undefined || value === null ? fail(401, INVALID) : accept(value));

  class SendableLruCache {
    constructor(capacity) {
      sendableInit(this, new.target);
      this.cache = new tables.Map();
      this.maxSize = capacity === undefined ? DEFAULT_CAPACITY : checkCapacity(capacity);
      for (const name of ['createCount', 'missCount', 'evictionCount', 'matchCount', 'putCount']) this[name] = 0;
    }

    get length() {
      return this.cache.size;
    }

    updateCapacity(capacity) {
      this.maxSize = checkCapacity(capacity);
      trim(this);
    }

    get(key) {
      checkPresent(key);
      if (this.cache.has(key)) {
        this.matchCount++;
        const value = this.cache.remove(key);
        this.cache.set(key, value);
        return value;
      }
      this.missCount++;
      const made = this.createDefault(key);
      if (made === undefined) return undefined;
      this.createCount++;
      const there = this.cache.get(key);
      if (there !== undefined) {
        this.afterRemoval(false, key, made, there);
        return there;
      }
      this.cache.set(key, accept(made));
      trim(this);
      return made;
    }

    put(key, value) {
      checkPresent(key);
      checkPresent(value);
      this.putCount++;
      const former = this.cache.remove(key);
      this.cache.set(key, value);
      if (former !== undefined) this.afterRemoval(false, key, former, value);
      else trim(this);
      return value;
    }

    remove(key) {
      checkPresent(key);
      const value = this.cache.remove(key);
      if (value !== undefined) this.afterRemoval(false, key, value, null);
      return value;
    }

    contains(key) {
      return this.cache.has(checkPresent(key));
    }

    createDefault(key) {
      return undefined;
    }

    afterRemoval(isEvict, key, value, newValue) {}

    getCreateCount() {
      return this.createCount;
    }

    getMissCount() {
      return this.missCount;
    }

    getRemoveCount() {
      return this.evictionCount;
    }

    getMatchCount() {
      return this.matchCount;
    }

    getPutCount() {
      return this.putCount;
    }

    getCapacity() {
      return this.maxSize;
    }

    clear() {
      const entries = [...this.cache.entries()];
      this.cache.clear();
      for (const [key, value] of entries) this.afterRemoval(false, key, value, null);
    }

    isEmpty() {
      return this.cache.size === 0;
    }

    toString() {
      const asked = this.matchCount + this.missCount;
      const rate = asked === 0 ? 0 : Math.floor((100 * this.matchCount) / asked);
      return `SendableLruCache[ maxSize = ${this.maxSize}, hits = ${this.matchCount}, misses = ${this.missCount}, hitRate = ${rate}% ]`;
    }

    values() {
      return [...this.cache.values()];
    }

    keys() {
      return [...this.cache.keys()];
    }

    entries() {
      return this.cache.entries();
    }

    [Symbol.iterator]() {
      return this.cache.entries();
    }
  }

  function trim(cache) {
    while (cache.cache.size > cache.maxSize) {
      const [key, value] = cache.cache.entries().next().value;
      cache.cache.delete(key);
      cache.evictionCount++;
      cache.afterRemoval(true, key, value, null);
    }
  }

  const names = ['cache', 'maxSize', 'createCount', 'missCount', 'evictionCount', 'matchCount', 'putCount'];
  const fields = names.flatMap((name) => [name, GENERIC]);
  sendableClass(SendableLruCache, hole, [...fields, names.length], { key: '@ohos:arkts.utils' }, 0);
  return { SendableLruCache };
})
