// What the collections have in common, and collections.Array. A list is local, in JavaScript, until another thread sees it.
(function (host, system) {
  'use strict';

  const { fail, constructOnly, indexed, jsonAs } = system.require('@concord:kits');
  const { define, isSendable, outside } = system.sharing;
  const { isArray, prototype: builtin } = Array;
  const { preventExtensions } = Object;

  /** Whether another thread could see the value. */
  const sendable = (value) => {
    const type = typeof value;
    return (type !== 'object' && type !== 'function' && type !== 'symbol') || value === null || isSendable(value);
  };

  function accept(value) {
    if (!sendable(value)) fail(401, 'Parameter error.Only accept sendable value.');
    return value;
  }

  const acceptAll = (values) => {
    for (let i = 0; i < values.length; i++) accept(values[i]);
    return values;
  };

  const modified = () => fail(10200201, 'Concurrent modification error.');
  const outOfRange = (name = 'index') => fail(10200001, `The value of ${name} is out of range.`);
  const callback = (f) => {
    if (typeof f !== 'function') fail(401, 'Parameter error.Callback must be a function.');
    return f;
  };

  /** Methods check their receiver: none of them works on anything else than its own class. */
  function bindMethods(Class, belongs) {
    for (const owner of [Class.prototype]) {
      for (const key of Reflect.ownKeys(owner)) {
        const property = Reflect.getOwnPropertyDescriptor(owner, key);
        if (key === 'constructor' || typeof property.value !== 'function') continue;
        const method = property.value;
        const name = typeof key === 'symbol' ? key.description : key;
        const bound = {
          [key](...args) {
            if (!belongs(this)) fail(10200011, `The ${name} method cannot be bound.`);
            return Reflect.apply(method, this, args);
          },
        }[key];
        Object.defineProperty(bound, 'length', { value: method.length, configurable: true });
        Object.defineProperty(owner, key, { value: bound, writable: true, enumerable: false, configurable: true });
      }
    }
  }

  const directly = (name) => `The ArkTS ${name}'s constructor cannot be directly invoked.`;

  /** A list of values, whether local or shared. Retries what another thread came in between of. */
  class List {
    #items;
    #handle;
    #readers = 0;

    constructor(items, handle) {
      this.#items = items;
      this.#handle = handle;
    }

    get handle() {
      return this.#handle;
    }

    promote(kind) {
      return (this.#handle = outside.list(kind, 0));
    }

    fill(handle) {
      outside.push(handle, this.#items);
      if (this.#readers > 0) outside.reading(handle, this.#readers);
      this.#items = undefined;
    }

    get length() {
      return this.#handle === undefined ? this.#items.length : outside.length(this.#handle);
    }

    get(index) {
      return this.#handle === undefined ? this.#items[index] : outside.load(this.#handle, index);
    }

    set(index, value) {
      if (this.#handle !== undefined) outside.store(this.#handle, index, value);
      else if (this.#readers > 0) modified();
      else this.#items[index] = value;
    }

    push(values) {
      if (this.#handle !== undefined) return outside.push(this.#handle, values);
      if (this.#readers > 0) modified();
      const items = this.#items;
      for (let i = 0; i < values.length; i++) items[items.length] = values[i];
      return items.length;
    }

    pop() {
      if (this.#handle !== undefined) return outside.pop(this.#handle);
      if (this.#readers > 0) modified();
      return Reflect.apply(builtin.pop, this.#items, []);
    }

    /** The values, not to be changed. */
    read() {
      return this.#handle === undefined ? this.#items : outside.snapshot(this.#handle);
    }

    /** Runs `f` on the values, which nobody can change meanwhile. */
    walk(f) {
      const shared = this.#handle;
      if (shared === undefined) this.#readers++;
      else outside.reading(shared, 1);
      try {
        return f(this.read());
      } finally {
        if (shared === undefined) this.#readers--;
        if (this.#handle !== undefined) outside.reading(this.#handle, -1);
      }
    }

    /** Runs `f`, which changes the values. With `once` it is not run again when another thread has changed them meanwhile. */
    change(f, once) {
      if (this.#handle === undefined) {
        if (this.#readers > 0) modified();
        return f(this.#items);
      }
      for (;;) {
        const items = outside.snapshot(this.#handle);
        const { version } = items;
        const result = f(items);
        if (outside.replace(this.#handle, items, version) !== false) return result;
        if (once) modified();
      }
    }
  }

  const methods = Object.fromEntries(
    Reflect.ownKeys(builtin).filter((key) => typeof key === 'string').map((key) => [key, builtin[key]]),
  );
  const run = (items, name, args) => Reflect.apply(methods[name], items, args);

  function arrayLength(value) {
    if (typeof value !== 'number' || !(value >= 0 && value <= 4294967295) || !Number.isInteger(value)) {
      fail(401, 'Parameter error.Invalid array length.');
    }
    return value;
  }

  const NONE = Symbol();
  let isOurs;

  class ArkTSArray {
    #list;

    constructor(...items) {
      this.#list = items[0] === NONE ? items[1] : new List(acceptAll(items));
      preventExtensions(this);
    }

    static #of(items) {
      return new ArkTSArray(NONE, new List(acceptAll(items)));
    }

    static {
      isOurs = (object) => typeof object === 'object' && object !== null && #list in object;
    }
    static read = (object, index) => {
      const list = object.#list;
      if (index < 0 || index >= list.length) outOfRange();
      return list.get(index);
    };
    static write = (object, index, value) => {
      const list = object.#list;
      accept(value);
      if (index < 0 || index >= list.length) outOfRange();
      list.set(index, value);
    };
    static values = (object) => object.#list.read();
    static kind = {
      name: 'collections.Array',
      is: isOurs,
      handle: (object) => object.#list.handle,
      promote: (object) => object.#list.promote(shared),
      fill: (object, handle) => object.#list.fill(handle),
      adopt: (handle) => new ArkTSArray(NONE, new List(undefined, handle)),
    };

    static create(length, initial) {
      if (arguments.length < 2) fail(401, 'Parameter error.Create needs two parameters.');
      arrayLength(length);
      accept(initial);
      return ArkTSArray.#of(run(new Array(length), 'fill', [initial]));
    }

    static from(source, map) {
      if (source === undefined || source === null) fail(401, 'Parameter error.Not an array-like or iterable object.');
      if (map !== undefined) callback(map);
      const items = [];
      const add = (value) => items.push(map === undefined ? value : map(value, items.length));
      if (typeof source[Symbol.iterator] === 'function') for (const value of source) add(value);
      else for (let i = 0, length = source.length >>> 0; i < length; i++) add(source[i]);
      return ArkTSArray.#of(items);
    }

    static of(...items) {
      return ArkTSArray.#of(items);
    }

    static isArray(value) {
      return isOurs(value);
    }

    get length() {
      return this.#list.length;
    }

    pop() {
      return this.#list.pop();
    }

    push(...items) {
      return this.#list.push(acceptAll(items));
    }

    join(separator) {
      return run(this.#list.read(), 'join', [separator]);
    }

    shift() {
      return this.#list.change((items) => run(items, 'shift', []));
    }

    unshift(...added) {
      acceptAll(added);
      return this.#list.change((items) => run(items, 'unshift', added));
    }

    slice(start, end) {
      return ArkTSArray.#of(run(this.#list.read(), 'slice', [start, end]));
    }

    sort(compare) {
      if (compare !== undefined) callback(compare);
      this.#list.change((items) => run(items, 'sort', [compare]), true);
      return this;
    }

    indexOf(value, from) {
      return run(this.#list.read(), 'indexOf', [value, from === undefined ? 0 : from]);
    }

    lastIndexOf(...args) {
      return run(this.#list.read(), 'lastIndexOf', args);
    }

    includes(value, from) {
      return run(this.#list.read(), 'includes', [value, from]);
    }

    at(index) {
      return run(this.#list.read(), 'at', [index]);
    }

    #walk(name, f, ...more) {
      callback(f);
      return this.#list.walk((items) => run(items, name, [(value, index) => f(value, index, this), ...more]));
    }

    #fold(name, f, more) {
      callback(f);
      const step = (before, value, index) => f(before, value, index, this);
      return this.#list.walk((items) => run(items, name, [step, ...more]));
    }

    forEach(f) {
      this.#walk('forEach', f);
    }

    map(f) {
      return ArkTSArray.#of(this.#walk('map', f));
    }

    filter(f) {
      return ArkTSArray.#of(this.#walk('filter', f));
    }

    find(f) {
      return this.#walk('find', f);
    }

    findIndex(f) {
      return this.#walk('findIndex', f);
    }

    every(f) {
      return this.#walk('every', f);
    }

    some(f) {
      return this.#walk('some', f);
    }

    reduce(f, ...initial) {
      return this.#fold('reduce', f, initial);
    }

    reduceRight(f, ...initial) {
      return this.#fold('reduceRight', f, initial);
    }

    containsAll(elements) {
      const items = this.#list.read();
      return run(isOurs(elements) ? elements.#list.read() : elements, 'every', [(value) => run(items, 'includes', [value])]);
    }

    retainAll(elements) {
      const others = isOurs(elements) ? elements.#list.read() : elements;
      const keep = typeof elements === 'function' ? elements : (value) => run(others, 'includes', [value]);
      return this.#list.change((items) => {
        const kept = run(items, 'filter', [(value) => keep(value)]);
        const changed = kept.length !== items.length;
        items.length = 0;
        for (const value of kept) items.push(value);
        return changed;
      }, true);
    }

    fill(value, start, end) {
      accept(value);
      this.#list.change((items) => run(items, 'fill', [value, start, end]));
      return this;
    }

    copyWithin(target, start, end) {
      this.#list.change((items) => run(items, 'copyWithin', [target, start, end]));
      return this;
    }

    reverse() {
      this.#list.change((items) => run(items, 'reverse', []));
      return this;
    }

    shrinkTo(length) {
      arrayLength(length);
      this.#list.change((items) => {
        if (length < items.length) items.length = length;
      });
    }

    extendTo(length, initial) {
      if (arguments.length < 2) fail(401, 'Parameter error.ExtendTo needs two parameters.');
      arrayLength(length);
      accept(initial);
      this.#list.change((items) => {
        while (items.length < length) items[items.length] = initial;
      });
    }

    concat(...others) {
      const items = run(this.#list.read(), 'slice', []);
      for (const other of others) {
        if (isOurs(other)) for (const value of other.#list.read()) items.push(value);
        else if (isArray(other)) for (const value of other) items.push(accept(value));
        else items.push(accept(other));
      }
      return ArkTSArray.#of(items);
    }

    splice(...args) {
      if (args.length === 0) return ArkTSArray.#of([]);
      acceptAll(run(args, 'slice', [2]));
      return ArkTSArray.#of(this.#list.change((items) => run(items, 'splice', args)));
    }

    toString() {
      return run(this.#list.read(), 'join', []);
    }

    toLocaleString() {
      return run(this.#list.read(), 'toLocaleString', []);
    }

    entries() {
      return iterate(this.#list, (value, index) => [index, value]);
    }

    keys() {
      return iterate(this.#list, (_, index) => index);
    }

    values() {
      return iterate(this.#list, (value) => value);
    }

    [Symbol.iterator]() {
      return iterate(this.#list, (value) => value);
    }
  }

  function* iterate(list, what) {
    for (let i = 0; i < list.length; i++) yield what(list.get(i), i);
  }

  const { kind, read, write, values } = ArkTSArray;
  const shared = outside.kind(kind.name, '@ohos:arkts.collections', '');
  define(kind);
  for (const name of ['kind', 'read', 'write', 'values']) delete ArkTSArray[name];
  bindMethods(ArkTSArray, isOurs);
  indexed(ArkTSArray, isOurs, read, write);
  jsonAs(ArkTSArray, values);

  return {
    accept, acceptAll, bindMethods, callback, directly, modified, outOfRange, List,
    ArkTSArray: constructOnly(ArkTSArray, directly('Array')), isArray: isOurs, arrayValues: values,
  };
})
