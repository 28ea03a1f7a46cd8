// @concord:arkui/state/storage-v2: AppStorageV2 and PersistenceV2.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const tracking = system.require('@concord:arkui/state/tracking');
  const scheduler = system.require('@concord:arkui/state/scheduler');
  const kinds = system.require('@concord:arkui/state/kinds');
  const observe = system.require('@concord:arkui/state/observe-v2');
  const serial = system.require('@concord:arkui/state/serial');
  const store = system.require('@concord:arkui/state/store');

  const { BusinessError } = system;
  const NAMES = 'PersistenceV2.names';
  const AREAS = 5;

  function keyOf(keyOrType) {
    const key = typeof keyOrType === 'function' ? keyOrType.name : keyOrType;
    if (typeof key !== 'string' || key === '') {
      throw new BusinessError(140116, 'The key is invalid, key must be string or TypeConstructorWithArgs type.');
    }
    return key;
  }

  function checkType(type) {
    if (typeof type !== 'function' || type.prototype === undefined) {
      throw new BusinessError(140103, 'Not supported type! The type should have function constructor signature.');
    }
  }

  // `new Array<T>` of another class than the key holds is a mistake of the app.
  function checkInstance(value, type) {
    if (!(kinds.isObject(value) && kinds.unwrap(value) instanceof type)) {
      throw new BusinessError(140107, 'The type of target mismatches the type of source.');
    }
  }

  function arguments_(type, first, second) {
    checkType(type);
    const keyed = typeof first === 'string';
    return { key: keyed ? keyOf(first) : keyOf(type), make: keyed || typeof first !== 'function' ? second : first };
  }

  function create(make) {
    if (typeof make !== 'function') {
      throw new BusinessError(140104, 'The default creator should be function when first connect.');
    }
    return make();
  }

  const memory = new Map();

  class AppStorageV2 {
    static connect(type, first, second) {
      const { key, make } = arguments_(type, first, second);
      let value = memory.get(key);
      if (value === undefined) {
        value = observe.observed(create(make), false);
        checkInstance(value, type);
        memory.set(key, value);
      }
      checkInstance(value, type);
      return value;
    }

    static remove(keyOrType) {
      const key = keyOf(keyOrType);
      if (!memory.delete(key)) {
        process.log(5, `AppStorageV2.remove: there is no '${key}'`);
      }
    }

    static keys() {
      return [...memory.keys()];
    }
  }

  // --- what outlives the process

  // Key → {value, connected, reaction}; `connected` says by which function.
  const persistent = new Map();
  let names;
  let onError;

  function failed(key, reason, error) {
    const message = error?.message ?? String(error);
    process.log(6, `PersistenceV2: '${key}': ${message}`);
    process.guest(() => onError?.(key, reason, message));
  }

  // All keys that are stored, also of earlier runs.
  function storedNames() {
    if (!names) {
      try {
        names = new Set(JSON.parse(store.read(NAMES) ?? '[]'));
      } catch (error) {
        names = new Set();
        failed(NAMES, 'unknown', error);
      }
    }
    return names;
  }

  function saveNames() {
    store.write(NAMES, JSON.stringify([...names]));
  }

  const fileOf = (key) => `PersistenceV2.${key}`;

  // Writes a value; what it reads from it is what makes it be written again.
  function write(key, entry) {
    try {
      const text = tracking.run(entry.id, () => serial.encode(entry.value));
      store.write(fileOf(key), text);
      if (!storedNames().has(key)) {
        storedNames().add(key);
        saveNames();
      }
    } catch (error) {
      failed(key, 'serialization', error);
    }
  }

  function restore(key, type, make, makeSub) {
    const text = store.read(fileOf(key));
    if (text === undefined) {
      return undefined;
    }
    const value = create(make ?? (() => new type()));
    try {
      serial.decode(text, value, makeSub);
      return value;
    } catch (error) {
      failed(key, 'deserialization', error);
      return undefined;
    }
  }

  function connect(how, type, key, make, makeSub) {
    let entry = persistent.get(key);
    if (entry && entry.connected !== how) {
      throw new BusinessError(140105, 'ERROR, Duplicate key used when connect');
    }
    if (!entry) {
      const value = observe.observed(restore(key, type, make, makeSub) ?? create(make), false);
      checkInstance(value, type);
      const reaction = { run: () => persistent.get(key) === entry && write(key, entry) };
      entry = { value, connected: how, reaction, id: scheduler.addReaction(reaction) };
      persistent.set(key, entry);
      write(key, entry);
    }
    checkInstance(entry.value, type);
    return entry.value;
  }

  class PersistenceV2 extends AppStorageV2 {
    static connect(type, first, second) {
      const { key, make } = arguments_(type, first, second);
      return connect('connect', type, key, make);
    }

    static globalConnect(options) {
      const { type, key, defaultCreator, defaultSubCreator, areaMode } = options ?? {};
      checkType(type);
      if (areaMode !== undefined && !(Number.isInteger(areaMode) && areaMode >= 0 && areaMode < AREAS)) {
        throw new BusinessError(140106, 'AreaMode Value Error! value range can only in EL1-EL5');
      }
      return connect('globalConnect', type, keyOf(key ?? type), defaultCreator, defaultSubCreator);
    }

    static remove(keyOrType) {
      const key = keyOf(keyOrType);
      const entry = persistent.get(key);
      if (!entry && !storedNames().has(key)) {
        process.log(5, `PersistenceV2.remove: there is no '${key}'`);
        return;
      }
      if (entry) {
        scheduler.removeReaction(entry.id);
        persistent.delete(key);
      }
      store.remove(fileOf(key));
      if (storedNames().delete(key)) {
        saveNames();
      }
    }

    static keys() {
      return [...new Set([...storedNames(), ...persistent.keys()])];
    }

    // For what is not watched: properties without @Trace.
    static save(keyOrType) {
      const key = keyOf(keyOrType);
      const entry = persistent.get(key);
      if (entry) {
        write(key, entry);
      } else {
        process.log(5, `PersistenceV2.save: '${key}' is not connected`);
      }
    }

    static notifyOnError(callback) {
      onError = callback;
    }
  }

  class ConnectOptions {}
  class ConnectOptionsCollections extends ConnectOptions {}

  return { AppStorageV2, PersistenceV2, ConnectOptions, ConnectOptionsCollections };
})
