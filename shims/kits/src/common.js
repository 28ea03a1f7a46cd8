// What the faces of this crate share. Not a module of the platform: guests cannot name it.
(function (host, system) {
  'use strict';

  const { BusinessError } = system;

  /** Text of any value for an error message; never throws. */
  function display(value) {
    if (typeof value === 'symbol') return value.toString();
    try {
      return `${value}`;
    } catch {
      return typeof value;
    }
  }

  function fail(code, message) {
    throw new BusinessError(code, message);
  }

  /** 401 as the containers word it. */
  function wrongType(name, type, value) {
    fail(401, `The type of "${name}" must be ${type}. Received value is: ${display(value)}`);
  }

  /** 401 as the JavaScript libraries of the platform word it. */
  function parameterError(name, type) {
    fail(401, `Parameter error. The type of ${name} must be ${type}`);
  }

  function outOfRange(name, rule, value) {
    fail(10200001, `The value of "${name}" is out of range. It must be ${rule}. Received value is: ${display(value)}`);
  }

  function isInt32(value) {
    return typeof value === 'number' && value >= -2147483648 && value <= 2147483647 && Number.isInteger(value);
  }

  /** A constructor that refuses to be called as a function with the platform's error instead of a TypeError. */
  function constructOnly(Class, message, code = 10200012) {
    const Constructor = function (...args) {
      if (new.target === undefined) fail(code, message);
      return Reflect.construct(Class, args, new.target);
    };
    for (const key of Reflect.ownKeys(Class)) {
      if (key === 'prototype') continue;
      Object.defineProperty(Constructor, key, Object.getOwnPropertyDescriptor(Class, key));
    }
    Object.defineProperty(Constructor, 'prototype', { value: Class.prototype, writable: false });
    Object.defineProperty(Class.prototype, 'constructor', { value: Constructor, writable: true, configurable: true });
    return Constructor;
  }

  const indexPattern = /^(?:0|-?[1-9][0-9]*)$/;

  /**
   * Gives instances `object[index]`. A proxy stands at the end of the prototype chain, not in front of the instance: methods and
   * `length` are found before it, so only index access pays for it.
   * `read(self, index)` and `write(self, index, value)` get integers; `belongs(self)` is the brand check.
   */
  function indexed(Class, belongs, read, write) {
    const last = Object.create(Object.prototype);
    const proxy = new Proxy(last, {
      get(target, key, receiver) {
        if (typeof key === 'string' && indexPattern.test(key) && belongs(receiver)) return read(receiver, Number(key));
        return Reflect.get(target, key, receiver);
      },
      set(target, key, value, receiver) {
        if (typeof key === 'string' && indexPattern.test(key) && belongs(receiver)) {
          write(receiver, Number(key), value);
          return true;
        }
        return Reflect.defineProperty(receiver, key, { value, writable: true, enumerable: true, configurable: true });
      },
    });
    Object.setPrototypeOf(Class.prototype, proxy);
  }

  /** Hidden from enumeration: how JSON.stringify of the platform writes a container. */
  function jsonAs(Class, convert) {
    Object.defineProperty(Class.prototype, 'toJSON', {
      value() {
        return convert(this);
      },
      writable: true,
      configurable: true,
    });
  }

  let nextIdentity = 1;
  const identities = new WeakMap();

  /** A number that stays the same for an object; the platform's is random. */
  function identityHash(object) {
    let hash = identities.get(object);
    if (hash === undefined) {
      hash = nextIdentity++ & 0x7fffffff;
      identities.set(object, hash);
    }
    return hash;
  }

  const smallDecimal = /^(?:0|[1-9][0-9]{0,8})$/;

  /**
   * Hash of a container key as an int32. Strings: h = 31h + unit over UTF-16 in 31 bits, and short decimal strings are their number with
   * bit 31 set; integers are themselves. This decides the order in which HashMap, HashSet and the LightWeight pair are traversed.
   */
  function keyHash(key) {
    switch (typeof key) {
      case 'number':
        return key | 0;
      case 'string': {
        if (smallDecimal.test(key)) return Number(key) | 0x80000000;
        let hash = 0;
        for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
        return hash & 0x7fffffff;
      }
      case 'object':
      case 'function':
        return key === null ? 0 : identityHash(key);
      case 'bigint':
        return Number(BigInt.asIntN(32, key));
      default:
        return 0;
    }
  }

  /**
   * The order of TreeMap and TreeSet: strings and numbers by value, numbers before strings, anything else as text.
   * A comparator may answer like one of Array.prototype.sort or with `true` for "before".
   */
  function treeOrder(comparator) {
    const natural = (a, b) => {
      const bothText = typeof a === 'string' && typeof b === 'string';
      if (bothText || (typeof a === 'number' && typeof b === 'number')) return a < b ? -1 : a > b ? 1 : 0;
      if (typeof a === 'number' && typeof b === 'string') return -1;
      if (typeof a === 'string' && typeof b === 'number') return 1;
      const x = display(a);
      const y = display(b);
      return x < y ? -1 : x > y ? 1 : 0;
    };
    if (comparator === undefined) return natural;
    const rank = (value) => (value === undefined ? 2 : value === null ? 1 : 0);
    return (a, b) => {
      if (rank(a) !== 0 || rank(b) !== 0) return rank(a) - rank(b);
      const answer = comparator(a, b);
      if (answer === true) return -1;
      if (answer === false) return comparator(b, a) === true ? 1 : 0;
      const order = Number(answer);
      if (Number.isNaN(order)) throw new TypeError('CompareFn has illegal return value');
      return Math.trunc(order);
    };
  }

  /** Index of `key` in ascending `keys`, or the complement of where it belongs. */
  function binarySearch(keys, key, compare) {
    let low = 0;
    let high = keys.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = compare(key, keys[middle]);
      if (order === 0) return middle;
      if (order > 0) low = middle + 1;
      else high = middle - 1;
    }
    return ~low;
  }

  /**
   * The order in which a device walks a hash table of `capacity` buckets: by bucket, within a bucket by insertion.
   * `keys` is in insertion order. (A device turns a bucket of eight and more into a tree; that is not modelled.)
   */
  function bucketOrder(keys, capacity) {
    const mask = capacity - 1;
    const buckets = new Map();
    for (const key of keys) {
      const bucket = (keyHash(key) & mask) >>> 0;
      const chain = buckets.get(bucket);
      if (chain === undefined) buckets.set(bucket, [key]);
      else chain.push(key);
    }
    return [...buckets.keys()].sort((a, b) => a - b).flatMap((bucket) => buckets.get(bucket));
  }

  return {
    treeOrder, binarySearch, bucketOrder, display, fail, wrongType, parameterError, outOfRange, isInt32, constructOnly, indexed, jsonAs,
    identityHash, keyHash,
  };
})
