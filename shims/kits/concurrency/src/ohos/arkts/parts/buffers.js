// collections.ArrayBuffer and the typed arrays over it. Their bytes belong to no engine from the start.
(function (host, system) {
  'use strict';

  const { fail, constructOnly } = system.require('@concord:kits');
  const { directly } = system.require('@concord:arkts/array');
  const { define, outside } = system.sharing;
  const { apply, construct } = Reflect;
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, preventExtensions, setPrototypeOf } = Object;
  const MODULE = '@ohos:arkts.collections';

  const Base = class {
    constructor(object) {
      return object;
    }
  };
  /** What marks an object as one of ours; it may be stamped on what the engine made. */
  class Stamp extends Base {
    #handle;
    #class;
    constructor(object, Class, handle) {
      super(object);
      this.#class = Class;
      this.#handle = handle;
    }
    static is = (object) => #handle in object;
    static handle = (object) => object.#handle;
    static share = (object, handle) => (object.#handle = handle);
    static classOf = (object) => object.#class;
  }
  const { is, handle: handleOf, share, classOf } = Stamp;
  const isOf = (Class) => (value) => typeof value === 'object' && value !== null && is(value) && classOf(value) === Class;
  const natively = (prototype, name) => {
    const { get } = getOwnPropertyDescriptor(prototype, name);
    return (object) => apply(get, object, []);
  };

  const lengthOfBytes = natively(ArrayBuffer.prototype, 'byteLength');
  const bufferKind = outside.kind('collections.ArrayBuffer', MODULE, '');
  const { Uint8Array: Bytes } = globalThis;
  const copy = Bytes.prototype.set;

  class ArkTSArrayBuffer {
    constructor(length) {
      const size = Number(length);
      if (!(size >= 0 && size <= 4294967296)) throw new RangeError('Parameter error.The length of the buffer is out of range.');
      return made(Math.trunc(size), new.target.prototype);
    }

    get byteLength() {
      return isBuffer(this) ? lengthOfBytes(this) : fail(10200011, 'The byteLength method cannot be bound.');
    }

    slice(begin, end) {
      if (!isBuffer(this)) fail(10200011, 'The slice method cannot be bound.');
      const length = lengthOfBytes(this);
      const place = (value, otherwise) => {
        const at = value === undefined ? otherwise : Math.trunc(Number(value)) || 0;
        return at < 0 ? Math.max(length + at, 0) : Math.min(at, length);
      };
      const first = place(begin, 0);
      const count = Math.max(place(end, length) - first, 0);
      const result = made(count, ArkTSArrayBuffer.prototype);
      apply(copy, new Bytes(result), [new Bytes(this, first, count)]);
      return result;
    }
  }
  const isBuffer = isOf(ArkTSArrayBuffer);
  defineProperty(ArkTSArrayBuffer.prototype, Symbol.toStringTag, { value: 'ArrayBuffer', configurable: true });

  function over(handle, prototype) {
    const buffer = outside.over(handle);
    setPrototypeOf(buffer, prototype);
    new Stamp(buffer, ArkTSArrayBuffer, handle);
    outside.bind(handle, buffer);
    return preventExtensions(buffer);
  }

  function made(size, prototype) {
    const handle = outside.buffer(bufferKind, size);
    if (handle === undefined) throw new RangeError('Parameter error.There is not so much memory.');
    return over(handle, prototype);
  }
  define({
    name: 'collections.ArrayBuffer',
    is: isBuffer,
    handle: handleOf,
    promote() {},
    adopt: (handle) => over(handle, ArkTSArrayBuffer.prototype),
  });

  const TypedArray = getPrototypeOf(Int8Array);
  const METHODS = [
    'copyWithin', 'every', 'fill', 'filter', 'find', 'findIndex', 'forEach', 'indexOf', 'join', 'lastIndexOf', 'map', 'reduce',
    'reduceRight', 'reverse', 'set', 'slice', 'some', 'sort', 'subarray', 'at', 'entries', 'keys', 'values', 'includes', 'toString',
    'toLocaleString',
  ];
  const toNumbers = (source) =>
    typeof source[Symbol.iterator] === 'function' ? [...source] : Array.from({ length: source.length >>> 0 }, (_, i) => source[i]);

  function typedArray(name) {
    const Native = globalThis[name];
    const size = Native.BYTES_PER_ELEMENT;
    const kindName = `collections.${name}`;
    const kind = outside.kind(kindName, MODULE, '');
    const nativeOffset = natively(TypedArray.prototype, 'byteOffset');
    const nativeLength = natively(TypedArray.prototype, 'length');
    const nativeBuffer = natively(TypedArray.prototype, 'buffer');

    const Class = {
      [name]: function (first, offset, length) {
        let array;
        const view = (buffer, ...rest) => construct(Native, [buffer, ...rest], new.target);
        if (isBuffer(first)) {
          array = length === undefined ? view(first, offset) : view(first, offset, length);
        } else if (typeof first !== 'object' || first === null) {
          const count = first === undefined || first === null ? 0 : Number(first);
          if (!(count >= 0 && count * size <= 4294967296)) throw new RangeError('Parameter error.Invalid array length.');
          array = view(made(Math.trunc(count) * size, ArkTSArrayBuffer.prototype));
        } else {
          const numbers = toNumbers(first);
          array = view(made(numbers.length * size, ArkTSArrayBuffer.prototype));
          apply(copy, array, [numbers]);
        }
        new Stamp(array, Class, undefined);
        return preventExtensions(array);
      },
    }[name];
    const belongs = isOf(Class);
    const bind = (object, member) => belongs(object) || fail(10200011, `The ${member} method cannot be bound.`);

    const { prototype } = Class;
    const method = (key, f) => defineProperty(prototype, key, { value: f, writable: true, configurable: true });
    for (const member of METHODS) {
      const native = TypedArray.prototype[member];
      const wrapped = {
        [member](...args) {
          bind(this, member);
          return apply(native, this, args);
        },
      }[member];
      defineProperty(wrapped, 'length', { value: native.length, configurable: true });
      method(member, wrapped);
    }
    method(Symbol.iterator, prototype.values);
    for (const [key, get] of [
      ['buffer', nativeBuffer],
      ['byteLength', natively(TypedArray.prototype, 'byteLength')],
      ['byteOffset', nativeOffset],
      ['length', nativeLength],
    ]) {
      defineProperty(prototype, key, {
        get() {
          bind(this, key);
          return get(this);
        },
        configurable: true,
      });
    }
    defineProperty(prototype, Symbol.toStringTag, { get: getOwnPropertyDescriptor(TypedArray.prototype, Symbol.toStringTag).get, configurable: true });
    for (const owner of [Class, prototype]) defineProperty(owner, 'BYTES_PER_ELEMENT', { value: size });

    const mapped = (source, map) => {
      if (source === undefined || source === null) fail(401, 'Parameter error.Not an array-like or iterable object.');
      if (map !== undefined && typeof map !== 'function') fail(401, 'Parameter error.Callback must be a function.');
      const numbers = toNumbers(Object(source));
      return new Class(map === undefined ? numbers : numbers.map((value, index) => map(value, index)));
    };
    defineProperty(Class, 'from', { value: mapped, writable: true, configurable: true });
    defineProperty(Class, 'of', { value: (...items) => new Class(items), writable: true, configurable: true });

    define({
      name: kindName,
      is: belongs,
      handle: handleOf,
      promote: (array) => share(array, outside.list(kind, 3)),
      fill(array, handle) {
        outside.store(handle, 0, nativeBuffer(array));
        outside.store(handle, 1, nativeOffset(array));
        outside.store(handle, 2, nativeLength(array));
      },
      adopt(handle) {
        const array = new Class(outside.load(handle, 0), outside.load(handle, 1), outside.load(handle, 2));
        share(array, handle);
        return array;
      },
    });
    const Constructor = constructOnly(Class, directly(name));
    // What the engine's methods make of ours is of the same class.
    defineProperty(Constructor, Symbol.species, { get: () => Constructor, configurable: true });
    return Constructor;
  }

  const exports = { ArrayBuffer: constructOnly(ArkTSArrayBuffer, directly('ArrayBuffer')) };
  for (const name of [
    'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array',
  ]) {
    exports[name] = typedArray(name);
  }
  return exports;
})
