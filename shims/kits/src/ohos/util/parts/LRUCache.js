// Part of @ohos:util: LRUCache.
(function (host, system) {
  'use strict';

  const { display, parameterError } = system.require('@concord:kits');

  const DEFAULT_CAPACITY = 64;
  const MAX_CAPACITY = 2147483647;

  function checkCapacity(capacity) {
    if (typeof capacity !== 'number' || !Number.isInteger(capacity) || capacity < 1 || capacity > MAX_CAPACITY) {
      parameterError(display(capacity), 'small integer');
    }
    return capacity;
  }

  function checkPresent(value) {
    if (value === undefined || value === null) parameterError(display(value), 'not null');
  }

  class LRUCache {
    // In the order of use, the most recent last.
    #entries = new Map();
    #capacity;
    #hits = 0;
    #misses = 0;
    #puts = 0;
    #creates = 0;
    #removals = 0;

    constructor(capacity) {
      this.#capacity = capacity === undefined ? DEFAULT_CAPACITY : checkCapacity(capacity);
    }

    #trim() {
      while (this.#entries.size > this.#capacity) {
        const [key, value] = this.#entries.entries().next().value;
        this.#entries.delete(key);
        this.#removals += 1;
        this.afterRemoval(true, key, value, null);
      }
    }

    get length() {
      return this.#entries.size;
    }

    updateCapacity(newCapacity) {
      this.#capacity = checkCapacity(newCapacity);
      this.#trim();
    }

    getCapacity() {
      return this.#capacity;
    }

    clear() {
      const entries = [...this.#entries];
      this.#entries.clear();
      for (const [key, value] of entries) this.afterRemoval(false, key, value, null);
    }

    getCreateCount() {
      return this.#creates;
    }

    getMissCount() {
      return this.#misses;
    }

    getRemovalCount() {
      return this.#removals;
    }

    getMatchCount() {
      return this.#hits;
    }

    getPutCount() {
      return this.#puts;
    }

    isEmpty() {
      return this.#entries.size === 0;
    }

    get(key) {
      checkPresent(key);
      if (this.#entries.has(key)) {
        this.#hits += 1;
        const value = this.#entries.get(key);
        this.#entries.delete(key);
        this.#entries.set(key, value);
        return value;
      }
      this.#misses += 1;
      const created = this.createDefault(key);
      if (created === undefined) return undefined;
      this.#creates += 1;
      if (this.#entries.has(key)) {
        // createDefault itself has put another value: that one stays.
        const value = this.#entries.get(key);
        this.afterRemoval(false, key, created, value);
        return value;
      }
      this.#entries.set(key, created);
      this.#trim();
      return created;
    }

    put(key, value) {
      checkPresent(key);
      checkPresent(value);
      this.#puts += 1;
      if (this.#entries.has(key)) {
        const former = this.#entries.get(key);
        this.#entries.delete(key);
        this.#entries.set(key, value);
        this.afterRemoval(false, key, former, value);
      } else {
        this.#entries.set(key, value);
        this.#trim();
      }
      return value;
    }

    values() {
      return [...this.#entries.values()];
    }

    keys() {
      return [...this.#entries.keys()];
    }

    remove(key) {
      checkPresent(key);
      if (!this.#entries.has(key)) return undefined;
      const value = this.#entries.get(key);
      this.#entries.delete(key);
      this.afterRemoval(false, key, value, null);
      return value;
    }

    afterRemoval(isEvict, key, value, newValue) {}

    contains(key) {
      checkPresent(key);
      return this.#entries.has(key);
    }

    createDefault(key) {
      checkPresent(key);
      return undefined;
    }

    entries() {
      return this.#entries.entries();
    }

    [Symbol.iterator]() {
      return this.#entries.entries();
    }

    toString() {
      const asked = this.#hits + this.#misses;
      const rate = asked === 0 ? 0 : Math.floor((100 * this.#hits) / asked);
      return `LRUCache[ maxSize = ${this.#capacity}, hits = ${this.#hits}, misses = ${this.#misses}, hitRate = ${rate}% ]`;
    }
  }

  return { LRUCache };
})
