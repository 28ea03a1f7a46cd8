// @ohos:data.sendablePreferences: preferences whose values threads may share.
(function (host, system) {
  'use strict';

  const store = system.require('@concord:preferences');
  const { MAX_KEY_LENGTH, MAX_VALUE_LENGTH, fail, checkKey, encode, decode, pathOf, Events } = store;
  const ason = () => system.require('@ohos:arkts.utils')?.ASON;

  // Objects that threads share are kept as the text that ASON makes of them.
  function toText(value) {
    const shared = typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
    if (!shared) return encode(value);
    const stringify = ason()?.stringify ?? JSON.stringify;
    return encode(stringify(value)).replace(/^s/, 'a');
  }

  function fromText(text) {
    if (text[0] !== 'a') return decode(text);
    const parse = ason()?.parse ?? JSON.parse;
    return parse(text.slice(1));
  }

  function bag(entries) {
    const made = {};
    for (const [key, value] of entries) made[key] = value;
    return made;
  }

  class Preferences {
    #handle;
    #events;

    constructor(handle) {
      this.#handle = handle;
      this.#events = new Events(handle, bag, fromText);
    }

    getSync(key, defValue) {
      if (defValue === undefined) fail(401, 'Parameter error. The type of \'defValue\' must be ISendable.');
      const text = store.get(this.#handle, checkKey(key));
      return text === undefined ? defValue : fromText(text);
    }

    getAllSync() { return bag(store.pairs(this.#handle, fromText)); }

    hasSync(key) { return store.get(this.#handle, checkKey(key)) !== undefined; }
    putSync(key, value) { store.set(this.#handle, checkKey(key), toText(value)); }
    deleteSync(key) { store.set(this.#handle, checkKey(key), undefined); }
    clearSync() { store.clear(this.#handle); }
    flushSync() { store.flush(this.#handle); }

    get(key, defValue) {
      checkKey(key);
      return system.async(() => this.getSync(key, defValue));
    }

    put(key, value) {
      checkKey(key);
      const text = toText(value);
      return system.async(() => store.set(this.#handle, key, text));
    }

    has(key) {
      checkKey(key);
      return system.async(() => this.hasSync(key));
    }

    delete(key) {
      checkKey(key);
      return system.async(() => this.deleteSync(key));
    }

    getAll() { return system.async(() => this.getAllSync()); }
    clear() { return system.async(() => this.clearSync()); }
    flush() { return system.async(() => store.flushed(this.#handle)); }

    on(...args) { this.#events.on(...args); }
    off(...args) { this.#events.off(...args); }
  }

  const open = new Map();

  function getPreferencesSync(context, options) {
    const path = pathOf(context, options);
    const known = open.get(path);
    if (known !== undefined) return known;
    const preferences = new Preferences(store.open(path, 0));
    open.set(path, preferences);
    return preferences;
  }

  function removePreferencesFromCacheSync(context, options) {
    const path = pathOf(context, options);
    open.delete(path);
    store.forget(path);
  }

  const asynchronous = (work) => (context, options) => {
    pathOf(context, options);
    return system.async(() => work(context, options));
  };

  return {
    MAX_KEY_LENGTH, MAX_VALUE_LENGTH, getPreferencesSync, removePreferencesFromCacheSync,
    getPreferences: asynchronous(getPreferencesSync),
    removePreferencesFromCache: asynchronous(removePreferencesFromCacheSync),
    deletePreferences: asynchronous((context, options) => {
      const path = pathOf(context, options);
      open.delete(path);
      store.remove(path);
    }),
  };
})
