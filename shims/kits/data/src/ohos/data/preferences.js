// @ohos:data.preferences
(function (host, system) {
  'use strict';

  const store = system.require('@concord:preferences');
  const { MAX_KEY_LENGTH, MAX_VALUE_LENGTH, StorageType, fail, checkKey, encode, decode, pathOf, typeOf, Events } = store;

  class Preferences {
    #handle;
    #events;

    constructor(handle) {
      this.#handle = handle;
      this.#events = new Events(handle, Object.fromEntries);
    }

    getSync(key, defValue) {
      if (defValue === undefined) fail(401, 'Parameter error. The type of \'defValue\' must be ValueType.');
      const text = store.get(this.#handle, checkKey(key));
      return text === undefined ? defValue : decode(text);
    }

    getAllSync() { return Object.fromEntries(store.pairs(this.#handle)); }

    hasSync(key) { return store.get(this.#handle, checkKey(key)) !== undefined; }

    putSync(key, value) { store.set(this.#handle, checkKey(key), encode(value)); }

    deleteSync(key) { store.set(this.#handle, checkKey(key), undefined); }

    clearSync() { store.clear(this.#handle); }

    flushSync() { store.flush(this.#handle); }

    flush(callback) { return system.async(() => store.flushed(this.#handle), callback); }

    on(...args) { this.#events.on(...args); }
    off(...args) { this.#events.off(...args); }
  }

  // --- the asynchronous forms: a callback may be last, else a promise is given; bad parameters are thrown at once

  const methods = {
    get(key, defValue) {
      checkKey(key);
      if (defValue === undefined) fail(401, 'Parameter error. The type of \'defValue\' must be ValueType.');
    },
    put(key, value) {
      checkKey(key);
      encode(value);
    },
    has: checkKey, delete: checkKey, getAll() {}, clear() {},
  };
  for (const [name, check] of Object.entries(methods)) {
    const work = Preferences.prototype[`${name}Sync`];
    Object.defineProperty(Preferences.prototype, name, {
      value: {
        [name](...args) {
          const callback = args.length > work.length ? args.pop() : undefined;
          check(...args);
          if (callback !== undefined && callback !== null && typeof callback !== 'function') {
            fail(401, 'Parameter error. The type of \'callback\' must be function.');
          }
          return system.async(() => work.apply(this, args), callback);
        },
      }[name],
      writable: true,
      configurable: true,
    });
  }

  // One object for a store, until it is removed from the cache.
  const open = new Map();

  function getPreferencesSync(context, options) {
    const path = pathOf(context, options);
    const type = typeOf(options);
    const known = open.get(path);
    if (known !== undefined && known.type === type) return known.preferences;
    const preferences = new Preferences(store.open(path, type));
    open.set(path, { type, preferences });
    return preferences;
  }

  function deletePreferencesSync(context, options) {
    const path = pathOf(context, options);
    open.delete(path);
    store.remove(path);
  }

  function removePreferencesFromCacheSync(context, options) {
    const path = pathOf(context, options);
    open.delete(path);
    store.forget(path);
  }

  const asynchronous = (work) => (context, options, callback) => {
    pathOf(context, options);
    typeOf(options);
    return system.async(() => work(context, options), callback);
  };

  return {
    MAX_KEY_LENGTH, MAX_VALUE_LENGTH, StorageType, Preferences, getPreferencesSync, removePreferencesFromCacheSync,
    getPreferences: asynchronous(getPreferencesSync),
    deletePreferences: asynchronous(deletePreferencesSync),
    removePreferencesFromCache: asynchronous(removePreferencesFromCacheSync),
    isStorageTypeSupported(type) {
      if (type !== StorageType.XML && type !== StorageType.GSKV) fail(401, 'Parameter error. The storage type value is invalid.');
      return true;
    },
  };
})
