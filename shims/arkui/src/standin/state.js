// @concord:arkui/state: state variables and storages, as far as a page that is built once needs them.
(function (host, system) {
  'use strict';

  // One value with those who watch it.
  class Cell {
    constructor(value) {
      this.value = value;
      this.listeners = new Set();
    }

    set(value) {
      if (this.value !== value) {
        this.value = value;
        for (const listener of [...this.listeners]) {
          listener(value);
        }
      }
    }
  }

  // A state variable of a view: `get`, `set`, and @Watch.
  class Property {
    #cell;
    #listener;

    constructor(source, view, name, oneWay) {
      const given = source instanceof Property ? source.cell : source instanceof Cell ? source : undefined;
      this.#cell = given && !oneWay ? given : new Cell(given ? given.value : source);
      this.view = view;
      this.name = name;
      this.#listener = () => view?.notifyWatch?.(name);
      this.#cell.listeners.add(this.#listener);
      view?.addProperty?.(name, this);
    }

    get cell() {
      return this.#cell;
    }

    get() {
      return this.#cell.value;
    }

    set(value) {
      this.#cell.set(value);
    }

    reset(value) {
      this.set(value);
    }

    info() {
      return this.name;
    }

    id__() {
      return -1;
    }

    aboutToBeDeleted() {
      this.#cell.listeners.delete(this.#listener);
    }

    purgeDependencyOnElmtId() {}

    updateElmtId() {}

    createLink(owner, name) {
      return new Property(this, owner, name, false);
    }

    createProp(owner, name) {
      return new Property(this, owner, name, true);
    }
  }

  const twoWay = class extends Property {
    constructor(source, view, name) {
      super(source, view, name, false);
    }
  };
  const oneWay = class extends Property {
    constructor(source, view, name) {
      super(source, view, name, true);
    }
  };
  const named = (name, Base) => ({ [name]: class extends Base {} })[name];

  // What AppStorage.link and .prop give.
  class StorageProperty {
    #cell;
    #source;
    #follow;

    constructor(cell, name, linked) {
      this.#source = cell;
      this.#cell = linked ? cell : new Cell(cell.value);
      this.name = name;
      if (!linked) {
        this.#follow = (value) => this.#cell.set(value);
        cell.listeners.add(this.#follow);
      }
    }

    get() {
      return this.#cell.value;
    }

    set(value) {
      this.#cell.set(value);
    }

    info() {
      return this.name;
    }

    aboutToBeDeleted() {
      this.#source.listeners.delete(this.#follow);
    }
  }

  class LocalStorage {
    #cells = new Map();

    constructor(initial) {
      for (const key of Object.keys(initial ?? {})) {
        this.#cells.set(key, new Cell(initial[key]));
      }
    }

    static getShared() {
      return currentStorage;
    }

    cell(key) {
      return this.#cells.get(key);
    }

    cellOr(key, value) {
      if (!this.#cells.has(key)) {
        this.#cells.set(key, new Cell(value));
      }
      return this.#cells.get(key);
    }

    has(key) {
      return this.#cells.has(key);
    }

    get(key) {
      return this.#cells.get(key)?.value;
    }

    set(key, value) {
      const cell = this.#cells.get(key);
      if (!cell || value === undefined || value === null) {
        return false;
      }
      cell.set(value);
      return true;
    }

    setOrCreate(key, value) {
      if (value === undefined || value === null) {
        return false;
      }
      this.cellOr(key, value).set(value);
      return true;
    }

    ref(key) {
      return this.link(key);
    }

    setAndRef(key, value) {
      return this.setAndLink(key, value);
    }

    link(key) {
      const cell = this.#cells.get(key);
      return cell && new StorageProperty(cell, key, true);
    }

    prop(key) {
      const cell = this.#cells.get(key);
      return cell && new StorageProperty(cell, key, false);
    }

    setAndLink(key, value) {
      return new StorageProperty(this.cellOr(key, value), key, true);
    }

    setAndProp(key, value) {
      return new StorageProperty(this.cellOr(key, value), key, false);
    }

    delete(key) {
      return this.#cells.delete(key);
    }

    clear() {
      this.#cells.clear();
      return true;
    }

    keys() {
      return this.#cells.keys();
    }

    size() {
      return this.#cells.size;
    }
  }

  // The storage of the page that is being made.
  let currentStorage;

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
  AppStorage.aboutToBeDeleted = () => undefined;

  class PersistentStorage {
    static persistProp(key, value) {
      application.cellOr(key, value);
      system.report('global:ets:PersistentStorage (values are not stored)');
    }

    static persistProps(list) {
      for (const { key, defaultValue } of list) {
        PersistentStorage.persistProp(key, defaultValue);
      }
    }

    static deleteProp() {}

    static keys() {
      return [];
    }
  }
  PersistentStorage.PersistProp = PersistentStorage.persistProp;
  PersistentStorage.PersistProps = PersistentStorage.persistProps;
  PersistentStorage.DeleteProp = PersistentStorage.deleteProp;

  class Environment {
    static envProp(key, value) {
      return AppStorage.setOrCreate(key, value);
    }

    static envProps(list) {
      for (const { key, defaultValue } of list) {
        Environment.envProp(key, defaultValue);
      }
    }

    static keys() {
      return [];
    }
  }
  Environment.EnvProp = Environment.envProp;
  Environment.EnvProps = Environment.envProps;

  return {
    Cell, Property, LocalStorage, AppStorage, PersistentStorage, Environment,
    application,
    properties: {
      ObservedPropertySimplePU: named('ObservedPropertySimplePU', twoWay),
      ObservedPropertyObjectPU: named('ObservedPropertyObjectPU', twoWay),
      ObservedPropertySimple: named('ObservedPropertySimple', twoWay),
      ObservedPropertyObject: named('ObservedPropertyObject', twoWay),
      SynchedPropertySimpleTwoWayPU: named('SynchedPropertySimpleTwoWayPU', twoWay),
      SynchedPropertyObjectTwoWayPU: named('SynchedPropertyObjectTwoWayPU', twoWay),
      SynchedPropertyNesedObjectPU: named('SynchedPropertyNesedObjectPU', twoWay),
      SynchedPropertySimpleOneWayPU: named('SynchedPropertySimpleOneWayPU', oneWay),
      SynchedPropertyObjectOneWayPU: named('SynchedPropertyObjectOneWayPU', oneWay),
    },
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
