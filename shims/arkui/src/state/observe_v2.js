// @concord:arkui/state/observe-v2: values whose parts are watched one by one, second generation: @ObservedV2 with @Trace, and
// the containers (Array, Map, Set, Date) that traced properties hold. `makeObserved` watches plain objects the same way, deeply.
(function (host, system) {
  'use strict';
  const tracking = system.require('@concord:arkui/state/tracking');
  const kinds = system.require('@concord:arkui/state/kinds');

  // Where the value of a decorated property is. Apps see the name: JSON of an @ObservedV2 object has it, on devices too.
  const PREFIX = '__ob_';

  // Object → property → source; made when somebody reads the property who has to be told.
  const sourcesOf = new WeakMap();
  // Raw container → its proxy; deep ones (makeObserved) apart.
  const shallowProxies = new WeakMap();
  const deepProxies = new WeakMap();
  const v2Proxies = new WeakSet();
  const v2Prototypes = new WeakSet();

  function read(object, name) {
    if (tracking.current() === 0) {
      return;
    }
    let sources = sourcesOf.get(object);
    if (!sources) {
      sources = new Map();
      sourcesOf.set(object, sources);
    }
    let source = sources.get(name);
    if (!source) {
      source = new tracking.Source();
      sources.set(name, source);
    }
    source.read();
  }

  // Set by `computed`: whether the function that runs is one of @Computed, which must not change state.
  let forbidden = () => undefined;

  function changed(object, name) {
    forbidden(name);
    sourcesOf.get(object)?.get(name)?.changed();
  }

  // Keys for what is not a property. Objects, so that they are no key of a Map either.
  const SIZE = Object.freeze({});
  const CONTENT = Object.freeze({});

  // Runs a change of a whole array and tells those who read an element that is another one now.
  function mutateArray(target, change) {
    const sources = sourcesOf.get(target);
    const before = new Map();
    for (const [key, source] of sources ?? []) {
      if (source.hasReaders()) {
        before.set(key, target[key]);
      }
    }
    const result = change();
    for (const [key, value] of before) {
      if (target[key] !== value) {
        changed(target, key);
      }
    }
    return result;
  }

  const arrayHandler = (deep) => ({
    get(target, name, receiver) {
      if (typeof name === 'symbol') {
        return target[name];
      }
      const value = target[name];
      if (typeof value !== 'function' || Object.hasOwn(target, name)) {
        read(target, name);
        return observed(value, deep);
      }
      if (!kinds.ARRAY_MUTATORS.has(name)) {
        return value;
      }
      return (...args) => {
        const result = mutateArray(target, () => Reflect.apply(value, target, args.map(kinds.unwrap)));
        return result === target ? receiver : observed(result, deep);
      };
    },
    set(target, name, value) {
      if (typeof name === 'symbol') {
        return Reflect.set(target, name, value);
      }
      mutateSome(target, name, () => Reflect.set(target, name, kinds.unwrap(value)));
      return true;
    },
    deleteProperty: (target, name) => mutateArray(target, () => Reflect.deleteProperty(target, name)),
    has(target, name) {
      read(target, name);
      return name in target;
    },
    ownKeys(target) {
      read(target, 'length');
      return Reflect.ownKeys(target);
    },
  });

  // One element or the length.
  function mutateSome(target, name, change) {
    if (name === 'length') {
      return mutateArray(target, change);
    }
    const value = target[name];
    const { length } = target;
    const result = change();
    if (target[name] !== value) {
      changed(target, name);
    }
    if (target.length !== length) {
      changed(target, 'length');
    }
    return result;
  }

  // Methods of Map and Set that read everything.
  const WHOLE = new Set(['forEach', 'entries', 'keys', 'values', Symbol.iterator, 'union', 'intersection', 'difference',
    'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom']);

  function* wrapped(iterator, deep) {
    for (const item of iterator) {
      yield Array.isArray(item) ? item.map((part) => observed(part, deep)) : observed(item, deep);
    }
  }

  const collectionHandler = (deep) => ({
    get(target, name, receiver) {
      if (name === 'size') {
        read(target, SIZE);
        return target.size;
      }
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function' || name === 'constructor') {
        return value;
      }
      switch (name) {
        case 'get':
          return (key) => {
            read(target, key);
            return observed(target.get(key), deep);
          };
        case 'has':
          return (key) => {
            read(target, key);
            return target.has(key);
          };
        case 'set':
          return (key, item) => {
            const known = target.has(key);
            const given = kinds.unwrap(item);
            if (!known || target.get(key) !== given) {
              Reflect.apply(value, target, [key, given]);
              collectionChanged(target, key, !known);
            }
            return receiver;
          };
        case 'add':
          return (item) => {
            const given = kinds.unwrap(item);
            if (!target.has(given)) {
              Reflect.apply(value, target, [given]);
              collectionChanged(target, given, true);
            }
            return receiver;
          };
        case 'delete':
          return (key) => {
            const deleted = Reflect.apply(value, target, [key]);
            if (deleted) {
              collectionChanged(target, key, true);
            }
            return deleted;
          };
        case 'clear':
          return () => {
            if (target.size > 0) {
              const keys = [...target.keys()];
              Reflect.apply(value, target, []);
              keys.forEach((key) => changed(target, key));
              changed(target, CONTENT);
              changed(target, SIZE);
            }
          };
        case 'forEach':
          return (f, self) => {
            read(target, CONTENT);
            target.forEach((item, key) => Reflect.apply(f, self, [observed(item, deep), key, receiver]));
          };
        case 'entries':
        case 'values':
        case 'keys':
        case Symbol.iterator:
          return () => {
            read(target, CONTENT);
            return wrapped(Reflect.apply(value, target, []), deep);
          };
        default:
          return (...args) => {
            if (WHOLE.has(name)) {
              read(target, CONTENT);
            }
            return Reflect.apply(value, name in Map.prototype || name in Set.prototype ? target : receiver, args);
          };
      }
    },
  });

  function collectionChanged(target, key, sized) {
    changed(target, key);
    changed(target, CONTENT);
    if (sized) {
      changed(target, SIZE);
    }
  }

  const dateHandler = {
    get(target, name) {
      const value = target[name];
      if (typeof value !== 'function') {
        return value;
      }
      return (...args) => {
        if (!kinds.isDateSetter(name)) {
          read(target, CONTENT);
          return Reflect.apply(value, target, args);
        }
        const before = target.getTime();
        const result = Reflect.apply(value, target, args);
        if (target.getTime() !== before) {
          changed(target, CONTENT);
        }
        return result;
      };
    },
  };

  // Plain objects given to makeObserved.
  const objectHandler = {
    get(target, name, receiver) {
      const value = Reflect.get(target, name, receiver);
      if (typeof name === 'symbol' || (typeof value === 'function' && !Object.hasOwn(target, name))) {
        return value;
      }
      read(target, name);
      return observed(value, true);
    },
    set(target, name, value) {
      const given = kinds.unwrap(value);
      const known = Object.hasOwn(target, name);
      if (known && target[name] === given) {
        return true;
      }
      const done = Reflect.set(target, name, given);
      changed(target, name);
      if (!known) {
        changed(target, CONTENT);
      }
      return done;
    },
    deleteProperty(target, name) {
      const known = Object.hasOwn(target, name);
      const done = Reflect.deleteProperty(target, name);
      if (known && done) {
        changed(target, name);
        changed(target, CONTENT);
      }
      return done;
    },
    has(target, name) {
      read(target, name);
      return name in target;
    },
    ownKeys(target) {
      read(target, CONTENT);
      return Reflect.ownKeys(target);
    },
  };

  const SHALLOW = { array: arrayHandler(false), map: collectionHandler(false), set: collectionHandler(false), date: dateHandler };
  const DEEP = { array: arrayHandler(true), map: collectionHandler(true), set: collectionHandler(true), date: dateHandler,
    object: objectHandler };

  // Whether an object is of an @ObservedV2 class.
  function isObservedV2(value) {
    for (let at = kinds.isObject(value) ? Object.getPrototypeOf(value) : null; at; at = Object.getPrototypeOf(at)) {
      if (v2Prototypes.has(at)) {
        return true;
      }
    }
    return false;
  }

  // The watched form of a container (of anything, when `deep`); other values are given back.
  function observed(value, deep) {
    if (!kinds.isObject(value) || kinds.rawOf.has(value)) {
      return value;
    }
    const proxies = deep ? deepProxies : shallowProxies;
    const known = proxies.get(value);
    if (known) {
      return known;
    }
    const kind = kinds.kindOf(value);
    const handler = (deep ? DEEP : SHALLOW)[kind];
    if (!handler || Object.isFrozen(value) || (kind === 'object' && isObservedV2(value))) {
      return value;
    }
    const proxy = new Proxy(value, handler);
    proxies.set(value, proxy);
    v2Proxies.add(proxy);
    kinds.rawOf.set(proxy, value);
    return proxy;
  }

  kinds.isV2 = (value) => v2Proxies.has(value) || isObservedV2(value);

  // Replaces a property of a prototype (or of a class, when it is static) by accessors that watch it.
  function traceProperty(prototype, name, write) {
    const store = PREFIX + String(name);
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get() {
        read(this, name);
        return observed(this[store], false);
      },
      set: write ?? function (value) {
        assign(this, name, value);
      },
    });
  }

  // Changes a watched property. What it holds is the container itself, whichever form of it is given.
  function assign(object, name, value) {
    const store = PREFIX + String(name);
    const raw = kinds.isObject(value) ? kinds.rawOf.get(value) : undefined;
    const given = raw !== undefined && shallowProxies.get(raw) === value ? raw : value;
    if (object[store] !== given || !(store in object)) {
      object[store] = given;
      changed(object, name);
    }
  }

  return {
    read, changed, observed, traceProperty, assign, isObservedV2, PREFIX,
    isV2Proxy: (value) => kinds.isObject(value) && v2Proxies.has(value),
    markPrototype: (prototype) => v2Prototypes.add(prototype),
    onChange: (f) => {
      forbidden = f;
    },
    stored: (object, name) => object[PREFIX + String(name)],
  };
})
