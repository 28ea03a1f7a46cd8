// @concord:arkui/state/storages: LocalStorage and AppStorage.
(function (host, system) {
  'use strict';
  const { ObservedProperty, SynchedPropertyTwoWay, SynchedPropertyOneWay } = system.require('@concord:arkui/state/properties');

  // The storage of the page that is being made: what views without a parent get.
  let currentStorage;

  // What `ref` gives: the property without a subscription.
  class AbstractProperty {
    #storage;
    #key;
    #property;

    constructor(storage, key, property) {
      this.#storage = storage;
      this.#key = key;
      this.#property = property;
    }

    get() {
      return this.#property.get();
    }

    set(value) {
      this.#property.set(value);
    }

    info() {
      return this.#key;
    }
  }

  class LocalStorage {
    #properties = new Map();

    constructor(initial) {
      this.initializeProps(initial);
    }

    static getShared() {
      return currentStorage;
    }

    initializeProps(initial) {
      for (const key of Object.keys(initial ?? {})) {
        this.#properties.set(key, new ObservedProperty(initial[key], undefined, key));
      }
    }

    has(key) {
      return this.#properties.has(key);
    }

    get(key) {
      return this.#properties.get(key)?.get();
    }

    // False when there is no such property.
    set(key, value) {
      const property = this.#properties.get(key);
      property?.set(value);
      return property !== undefined;
    }

    setOrCreate(key, value) {
      if (!this.set(key, value)) {
        this.property(key, value);
      }
      return true;
    }

    ref(key) {
      const property = this.#properties.get(key);
      return property && new AbstractProperty(this, key, property);
    }

    setAndRef(key, value) {
      this.property(key, value);
      return this.ref(key);
    }

    link(key, owner, name) {
      const property = this.#properties.get(key);
      return property && new SynchedPropertyTwoWay(property, owner, name ?? key);
    }

    setAndLink(key, value, owner, name) {
      this.property(key, value);
      return this.link(key, owner, name);
    }

    prop(key, owner, name) {
      const property = this.#properties.get(key);
      return property && new SynchedPropertyOneWay(property, owner, name ?? key);
    }

    setAndProp(key, value, owner, name) {
      this.property(key, value);
      return this.prop(key, owner, name);
    }

    // False when there is no such property, or when somebody follows it.
    delete(key) {
      const property = this.#properties.get(key);
      if (!property || property.numberOfSubscrbers() > 0) {
        return false;
      }
      property.aboutToBeDeleted();
      return this.#properties.delete(key);
    }

    // All or nothing.
    clear() {
      for (const property of this.#properties.values()) {
        if (property.numberOfSubscrbers() > 0) {
          return false;
        }
      }
      for (const property of this.#properties.values()) {
        property.aboutToBeDeleted();
      }
      this.#properties.clear();
      return true;
    }

    keys() {
      return this.#properties.keys();
    }

    size() {
      return this.#properties.size;
    }

    // The property itself, made with `value` when there is none. Not for apps.
    property(key, value) {
      let property = this.#properties.get(key);
      if (!property) {
        property = new ObservedProperty(value, undefined, key);
        this.#properties.set(key, property);
      }
      return property;
    }

    aboutToBeDeleted() {
      return this.clear();
    }
  }

  // AppStorage is one storage with static methods, and with the capitalised names of early versions.
  const application = new LocalStorage();
  class AppStorage {}
  for (const name of ['has', 'get', 'set', 'setOrCreate', 'ref', 'setAndRef', 'link', 'prop', 'setAndLink', 'setAndProp',
    'delete', 'clear', 'keys', 'size']) {
    const method = (...args) => application[name](...args);
    AppStorage[name] = method;
    AppStorage[name[0].toUpperCase() + name.slice(1)] = method;
  }
  AppStorage.staticClear = AppStorage.clear;
  AppStorage.StaticClear = AppStorage.clear;
  AppStorage.IsMutable = () => true;
  AppStorage.getOrCreate = () => application;
  AppStorage.aboutToBeDeleted = () => undefined;

  return {
    LocalStorage,
    AppStorage,
    AbstractProperty,
    application,
    withStorage(storage, f) {
      const before = currentStorage;
      currentStorage = storage;
      try {
        return f();
      } finally {
        currentStorage = before;
      }
    },
    currentStorage: () => currentStorage,
  };
})
