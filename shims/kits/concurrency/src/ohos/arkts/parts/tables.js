// collections.Map and collections.Set, over the engine's own until another thread sees them.
(function (host, system) {
  'use strict';

  const { fail, constructOnly, jsonAs } = system.require('@concord:kits');
  const { accept, bindMethods, callback, directly, modified } = system.require('@concord:arkts/array');
  const { define, outside } = system.sharing;
  const { preventExtensions } = Object;

  /** Values by key, whether local or shared. */
  class Table {
    #map = new Map();
    #handle;
    #readers = 0;

    constructor(handle) {
      this.#handle = handle;
      if (handle !== undefined) this.#map = undefined;
    }

    get handle() {
      return this.#handle;
    }

    promote(kind) {
      return (this.#handle = outside.table(kind));
    }

    fill(handle) {
      for (const [key, value] of this.#map) outside.set(handle, key, value);
      if (this.#readers > 0) outside.reading(handle, this.#readers);
      this.#map = undefined;
    }

    get size() {
      return this.#handle === undefined ? this.#map.size : outside.size(this.#handle);
    }

    get(key) {
      return this.#handle === undefined ? this.#map.get(key) : outside.get(this.#handle, key);
    }

    has(key) {
      return this.#handle === undefined ? this.#map.has(key) : outside.has(this.#handle, key);
    }

    set(key, value) {
      if (this.#handle !== undefined) outside.set(this.#handle, key, value);
      else if (this.#readers > 0) modified();
      else this.#map.set(key, value);
    }

    delete(key) {
      if (this.#handle !== undefined) return outside.remove(this.#handle, key);
      if (this.#readers > 0) modified();
      return this.#map.delete(key);
    }

    clear() {
      if (this.#handle !== undefined) outside.clear(this.#handle);
      else if (this.#readers > 0) modified();
      else this.#map.clear();
    }

    /** Pairs, as they are now where threads share them. */
    *entries() {
      if (this.#handle === undefined) {
        // Should another thread see it meanwhile, the rest is as it was then.
        for (const entry of this.#map) yield entry;
        return;
      }
      const all = outside.entries(this.#handle);
      for (let i = 0; i + 1 < all.length; i += 2) yield [all[i], all[i + 1]];
    }

    walk(f) {
      const shared = this.#handle;
      if (shared === undefined) this.#readers++;
      else outside.reading(shared, 1);
      try {
        for (const [key, value] of this.entries()) f(key, value);
      } finally {
        if (shared === undefined) this.#readers--;
        if (this.#handle !== undefined) outside.reading(this.#handle, -1);
      }
    }
  }

  const has = (key) => accept(key);

  /** The kind of a class whose instances have a table. */
  function kindOf(name, is, table, make) {
    const shared = outside.kind(name, '@ohos:arkts.collections', '');
    define({
      name,
      is,
      handle: (object) => table(object).handle,
      promote: (object) => table(object).promote(shared),
      fill: (object, handle) => table(object).fill(handle),
      adopt: (handle) => make(new Table(handle)),
    });
  }

  const iterable = (value) => {
    if (value === undefined || value === null) return [];
    if (typeof value[Symbol.iterator] !== 'function') fail(401, 'Parameter error.The parameter is not iterable.');
    return value;
  };

  function* select(table, what) {
    for (const entry of table.entries()) yield what(entry);
  }

  class ArkTSMap {
    #table;

    constructor(entries) {
      if (entries instanceof Table) {
        this.#table = entries;
      } else {
        this.#table = new Table();
        for (const entry of iterable(entries)) {
          if (typeof entry !== 'object' || entry === null) fail(401, 'Parameter error.The entry is not an object.');
          this.#table.set(accept(entry[0]), accept(entry[1]));
        }
      }
      preventExtensions(this);
    }

    static belongs = (object) => typeof object === 'object' && object !== null && #table in object;
    static table = (object) => object.#table;

    get size() {
      return this.#table.size;
    }

    get(key) {
      return this.#table.get(has(key));
    }

    has(key) {
      return this.#table.has(has(key));
    }

    set(key, value) {
      this.#table.set(accept(key), accept(value));
      return this;
    }

    put(key, value) {
      const old = this.#table.get(accept(key));
      this.#table.set(key, accept(value));
      return old;
    }

    putAll(from) {
      for (const [key, value] of iterable(from)) this.#table.set(accept(key), accept(value));
    }

    delete(key) {
      return this.#table.delete(has(key));
    }

    remove(key) {
      const old = this.#table.get(has(key));
      this.#table.delete(key);
      return old;
    }

    clear() {
      this.#table.clear();
    }

    containsValue(value) {
      for (const entry of this.#table.entries()) if (Object.is(entry[1], value)) return true;
      return false;
    }

    forEach(f) {
      callback(f);
      this.#table.walk((key, value) => f(value, key, this));
    }

    entries() {
      return select(this.#table, (entry) => entry);
    }

    keys() {
      return select(this.#table, (entry) => entry[0]);
    }

    values() {
      return select(this.#table, (entry) => entry[1]);
    }

    [Symbol.iterator]() {
      return select(this.#table, (entry) => entry);
    }
  }

  class ArkTSSet {
    #table;

    constructor(values) {
      if (values instanceof Table) {
        this.#table = values;
      } else {
        this.#table = new Table();
        for (const value of iterable(values)) this.#table.set(accept(value), undefined);
      }
      preventExtensions(this);
    }

    static belongs = (object) => typeof object === 'object' && object !== null && #table in object;
    static table = (object) => object.#table;

    get size() {
      return this.#table.size;
    }

    add(value) {
      accept(value);
      if (!this.#table.has(value)) this.#table.set(value, undefined);
      return this;
    }

    has(value) {
      return this.#table.has(has(value));
    }

    delete(value) {
      return this.#table.delete(has(value));
    }

    clear() {
      this.#table.clear();
    }

    forEach(f) {
      callback(f);
      this.#table.walk((value) => f(value, value, this));
    }

    entries() {
      return select(this.#table, (entry) => [entry[0], entry[0]]);
    }

    keys() {
      return select(this.#table, (entry) => entry[0]);
    }

    values() {
      return select(this.#table, (entry) => entry[0]);
    }

    [Symbol.iterator]() {
      return select(this.#table, (entry) => entry[0]);
    }
  }

  const exports = {};
  for (const [name, Class] of [['Map', ArkTSMap], ['Set', ArkTSSet]]) {
    const { belongs, table } = Class;
    delete Class.belongs;
    delete Class.table;
    kindOf(`collections.${name}`, belongs, table, (made) => new Class(made));
    Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: `Sendable${name}`, configurable: true });
    bindMethods(Class, belongs);
    exports[`is${name}`] = belongs;
    exports[name] = constructOnly(Class, directly(name));
  }
  jsonAs(ArkTSMap, (map) => Object.fromEntries(map.entries()));
  jsonAs(ArkTSSet, (set) => [...set.values()]);
  exports.Table = Table;
  return exports;
})
