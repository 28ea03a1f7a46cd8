// @ohos:data.preferences
(function (host, system) {
  'use strict';

  const { readTextSync, openSync, writeSync, fsyncSync, closeSync, renameSync, unlinkSync, accessSync, mkdirSync, OpenMode }
    = system.require('@ohos:file.fs');
  const { Base64Helper } = system.require('@concord:util.base64');

  const MAX_KEY_LENGTH = 1024;
  const MAX_VALUE_LENGTH = 16 * 1024 * 1024;
  const StorageType = { XML: 0, GSKV: 1 };
  const NAME = /^[^/]{1,255}$/;

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const base64 = new Base64Helper();

  // The file: {key: [kind, value]}, kinds as below.
  function encode(value) {
    if (typeof value === 'bigint') return ['bigint', `${value}`];
    if (value instanceof Uint8Array) return ['bytes', base64.encodeToStringSync(value)];
    // JSON has no NaN and no infinities.
    if (typeof value === 'number' && !Number.isFinite(value)) return ['number', `${value}`];
    return ['json', value];
  }

  function decode([kind, value]) {
    if (kind === 'bigint') return BigInt(value);
    if (kind === 'bytes') return base64.decodeSync(value);
    if (kind === 'number') return Number(value);
    return value;
  }

  function checkKey(key) {
    if (typeof key !== 'string') fail(401, 'Parameter error: The type of key must be string.');
    if (key === '' || key.length > MAX_KEY_LENGTH) {
      fail(401, `Parameter error: The key must be not empty and its length must be less than ${MAX_KEY_LENGTH}.`);
    }
    return key;
  }

  function checkValue(value) {
    const kind = typeof value;
    if (value === undefined || value === null || kind === 'function' || kind === 'symbol') {
      fail(401, 'Parameter error: The type of value must be ValueType.');
    }
    if (kind === 'string' && value.length > MAX_VALUE_LENGTH) {
      fail(401, `Parameter error: The length of value must be less than ${MAX_VALUE_LENGTH}.`);
    }
    // A copy: later changes of the object are not part of the store.
    if (value instanceof Uint8Array) return value.slice();
    return kind === 'object' ? JSON.parse(JSON.stringify(value)) : value;
  }

  const copyOf = (value) => (value instanceof Uint8Array ? value.slice()
    : typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value);

  class Preferences {
    #path;
    #values;
    #changed = new Set();
    #listeners = { change: new Set(), multiProcessChange: new Set() };
    #dataListeners = [];

    constructor(path) {
      this.#path = path;
      this.#values = new Map(Object.entries(read(path)).map(([key, entry]) => [key, decode(entry)]));
    }

    getSync(key, defValue) {
      checkKey(key);
      return this.#values.has(key) ? copyOf(this.#values.get(key)) : defValue;
    }

    getAllSync() {
      return Object.fromEntries([...this.#values].map(([key, value]) => [key, copyOf(value)]));
    }

    hasSync(key) {
      return this.#values.has(checkKey(key));
    }

    putSync(key, value) {
      checkKey(key);
      const copy = checkValue(value);
      if (Object.is(this.#values.get(key), copy)) return;
      this.#values.set(key, copy);
      this.#changed.add(key);
    }

    deleteSync(key) {
      if (this.#values.delete(checkKey(key))) this.#changed.add(key);
    }

    clearSync() {
      for (const key of this.#values.keys()) this.#changed.add(key);
      this.#values.clear();
    }

    flushSync() {
      const object = Object.fromEntries([...this.#values].map(([key, value]) => [key, encode(value)]));
      write(this.#path, JSON.stringify(object));
      const changed = [...this.#changed];
      this.#changed.clear();
      for (const key of changed) {
        for (const listener of this.#listeners.change) system.later(listener, key);
      }
      for (const { keys, callback } of this.#dataListeners) {
        const data = changed.filter((key) => keys.includes(key)).map((key) => [key, copyOf(this.#values.get(key))]);
        if (data.length > 0) system.later(callback, Object.fromEntries(data));
      }
    }

    on(type, ...args) {
      const callback = args.at(-1);
      if (typeof callback !== 'function') fail(401, 'Parameter error: The type of callback must be function.');
      if (type === 'dataChange') {
        if (!Array.isArray(args[0])) fail(401, 'Parameter error: The type of keys must be Array.');
        this.#dataListeners.push({ keys: args[0].map(checkKey), callback });
      } else if (Object.hasOwn(this.#listeners, type)) {
        this.#listeners[type].add(callback);
      } else {
        fail(401, 'Parameter error: The type must be change, multiProcessChange or dataChange.');
      }
    }

    off(type, ...args) {
      const callback = args.find((arg) => typeof arg === 'function');
      if (type === 'dataChange') {
        const keys = Array.isArray(args[0]) ? args[0] : undefined;
        for (const listener of this.#dataListeners) {
          if (callback === undefined || listener.callback === callback) {
            listener.keys = keys === undefined || keys.length === 0 ? [] : listener.keys.filter((key) => !keys.includes(key));
          }
        }
        this.#dataListeners = this.#dataListeners.filter((listener) => listener.keys.length > 0);
      } else if (Object.hasOwn(this.#listeners, type)) {
        if (callback === undefined) this.#listeners[type].clear();
        else this.#listeners[type].delete(callback);
      } else {
        fail(401, 'Parameter error: The type must be change, multiProcessChange or dataChange.');
      }
    }
  }

  /** The asynchronous form: a callback may be last, else a promise is given; bad parameters are thrown at once. */
  function asynchronous(checks, f) {
    return function (...args) {
      const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
      checks(...args);
      return system.async(() => f.apply(this, args), callback);
    };
  }

  const methods = {
    get: checkKey, has: checkKey, delete: checkKey,
    put(key, value) {
      checkKey(key);
      checkValue(value);
    },
    getAll() {}, clear() {}, flush() {},
  };
  for (const [name, checks] of Object.entries(methods)) {
    Object.defineProperty(Preferences.prototype, name, {
      value: asynchronous(checks, Preferences.prototype[`${name}Sync`]), writable: true, configurable: true,
    });
  }

  function read(path) {
    if (!accessSync(path)) return {};
    try {
      return JSON.parse(readTextSync(path));
    } catch (error) {
      if (error instanceof SyntaxError) return {};
      throw new system.BusinessError(15500000, `Inner error. ${error.message}`);
    }
  }

  /** Whole or not at all. */
  function write(path, text) {
    const draft = `${path}.tmp`;
    try {
      const directory = path.slice(0, path.lastIndexOf('/'));
      if (!accessSync(directory)) mkdirSync(directory, true);
      const file = openSync(draft, OpenMode.READ_WRITE | OpenMode.CREATE | OpenMode.TRUNC);
      try {
        writeSync(file.fd, text);
        fsyncSync(file.fd);
      } finally {
        closeSync(file);
      }
      renameSync(draft, path);
    } catch (error) {
      throw new system.BusinessError(15500000, `Inner error. ${error.message}`);
    }
  }

  const open = new Map();

  function pathOf(context, options) {
    const name = typeof options === 'string' ? options : options?.name;
    if (typeof context !== 'object' || context === null || typeof context.preferencesDir !== 'string') {
      fail(401, 'Parameter error: The context is invalid.');
    }
    if (typeof name !== 'string' || !NAME.test(name)) fail(401, 'Parameter error: The name must be a file name of at most 255 characters.');
    return `${context.preferencesDir}/${name}`;
  }

  function getPreferencesSync(context, options) {
    const path = pathOf(context, options);
    const known = open.get(path) ?? new Preferences(path);
    open.set(path, known);
    return known;
  }

  function deletePreferencesSync(context, options) {
    const path = pathOf(context, options);
    open.delete(path);
    if (accessSync(path)) unlinkSync(path);
  }

  function removePreferencesFromCacheSync(context, options) {
    open.delete(pathOf(context, options));
  }

  return {
    MAX_KEY_LENGTH, MAX_VALUE_LENGTH, StorageType, Preferences, getPreferencesSync, deletePreferencesSync, removePreferencesFromCacheSync,
    getPreferences: asynchronous(pathOf, getPreferencesSync),
    deletePreferences: asynchronous(pathOf, deletePreferencesSync),
    removePreferencesFromCache: asynchronous(pathOf, removePreferencesFromCacheSync),
    isStorageTypeSupported(type) {
      if (type !== StorageType.XML && type !== StorageType.GSKV) fail(401, 'Parameter error: The storage type is invalid.');
      return type === StorageType.XML;
    },
  };
})
