// @concord:arkui/state/observed-object: objects whose properties are watched, first generation (@Observed, @Track, and the
// first level of what @State holds).
//
// A change is told to *subscribers* (state variables), which know the elements that read them. There is one proxy for each
// object, whoever asks, so that identity holds.
(function (host, system) {
  'use strict';
  const tracking = system.require('@concord:arkui/state/tracking');
  const kinds = system.require('@concord:arkui/state/kinds');
  const { kindOf, rawOf } = kinds;

  const proxyOf = new WeakMap();
  const handlerOf = new WeakMap();
  // Prototype → names of its @Track properties (own ones).
  const trackedOf = new WeakMap();

  function trackedNames(object) {
    let names;
    for (let at = Object.getPrototypeOf(object); at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      const own = trackedOf.get(at);
      if (own) {
        names = names ? new Set([...names, ...own]) : own;
      }
    }
    return names;
  }

  class Handler {
    constructor(raw) {
      this.raw = raw;
      this.subscribers = new Set();
      // What the second generation follows, once the object is shared with it.
      this.shared = undefined;
    }

    // `elements` is false when the elements that show this property have been told already.
    tell(name, elements = true) {
      this.shared?.changed();
      for (const subscriber of [...this.subscribers]) {
        subscriber.objectChanged(name, elements);
      }
    }
  }

  // Objects of classes. Without @Track a change concerns all who read the object; with it, those who read the property.
  class ObjectHandler extends Handler {
    constructor(raw) {
      super(raw);
      this.tracked = trackedNames(raw);
      this.sources = new Map();
    }

    sourceOf(name) {
      let source = this.sources.get(name);
      if (!source) {
        source = new tracking.Source();
        this.sources.set(name, source);
      }
      return source;
    }

    get(target, name, receiver) {
      this.shared?.read();
      if (this.tracked && tracking.current() !== 0 && typeof name === 'string') {
        if (this.tracked.has(name)) {
          this.sourceOf(name).read();
        } else if (Object.hasOwn(target, name) && typeof target[name] !== 'function') {
          throw new system.BusinessError(140110, `Illegal usage of not @Track'ed property '${name}' on UI!`);
        }
      }
      return Reflect.get(target, name, receiver);
    }

    set(target, name, value) {
      if (target[name] === value && (value !== undefined || name in target)) {
        return true;
      }
      if (!Reflect.set(target, name, value)) {
        return false;
      }
      if (!this.tracked) {
        this.tell(name);
      } else if (this.tracked.has(name)) {
        this.sources.get(name)?.changed();
        this.tell(name, false);
      }
      return true;
    }
  }

  class ArrayHandler extends ObjectHandler {
    get(target, name, receiver) {
      this.shared?.read();
      const value = Reflect.get(target, name, receiver);
      if (typeof value !== 'function' || !kinds.ARRAY_MUTATORS.has(name)) {
        return value;
      }
      const handler = this;
      return function (...args) {
        const result = Reflect.apply(value, target, args);
        handler.tell(name);
        // Methods that give their array give the observed one.
        return result === target ? receiver : result;
      };
    }
  }

  class DateHandler extends Handler {
    get(target, name) {
      this.shared?.read();
      const value = target[name];
      if (typeof value !== 'function') {
        return value;
      }
      if (!kinds.isDateSetter(name)) {
        return value.bind(target);
      }
      return (...args) => {
        const before = target.getTime();
        const result = Reflect.apply(value, target, args);
        if (target.getTime() !== before) {
          this.tell(name);
        }
        return result;
      };
    }
  }

  // Map and Set: methods work on the collection itself.
  class CollectionHandler extends Handler {
    get(target, name, receiver) {
      this.shared?.read();
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function' || name === 'constructor') {
        return value;
      }
      switch (name) {
        case 'set':
          return (key, item) => {
            if (!target.has(key) || target.get(key) !== item) {
              Reflect.apply(value, target, [key, item]);
              this.tell(key);
            }
            return receiver;
          };
        case 'add':
          return (item) => {
            if (!target.has(item)) {
              Reflect.apply(value, target, [item]);
              this.tell(item);
            }
            return receiver;
          };
        case 'delete':
          return (key) => {
            const deleted = Reflect.apply(value, target, [key]);
            if (deleted) {
              this.tell(key);
            }
            return deleted;
          };
        case 'clear':
          return () => {
            if (target.size > 0) {
              Reflect.apply(value, target, []);
              this.tell(name);
            }
          };
        case 'forEach':
          return (f, self) => target.forEach((item, key) => Reflect.apply(f, self, [item, key, receiver]));
        default:
          return Object.hasOwn(Object.prototype, name) || name in Map.prototype || name in Set.prototype
            ? value.bind(target) : value;
      }
    }

    // Own properties of a class that extends Map or Set.
    set(target, name, value) {
      if (target[name] !== value) {
        target[name] = value;
        this.tell(name);
      }
      return true;
    }
  }

  const HANDLERS = { array: ArrayHandler, map: CollectionHandler, set: CollectionHandler, date: DateHandler, object: ObjectHandler };

  const isObserved = (value) => kinds.isObject(value) && handlerOf.has(value);

  // The observed form of a value; values that cannot be observed are given back.
  function observe(value) {
    if (!kinds.isObject(value) || handlerOf.has(value) || rawOf.has(value) || kinds.isV2(value)) {
      return value;
    }
    const known = proxyOf.get(value);
    if (known) {
      return known;
    }
    const kind = kindOf(value);
    if (!kind) {
      return value;
    }
    const handler = new HANDLERS[kind](value);
    const proxy = new Proxy(value, handler);
    proxyOf.set(value, proxy);
    handlerOf.set(proxy, handler);
    rawOf.set(proxy, value);
    return proxy;
  }

  // @Observed: what the constructor gives is observed.
  function Observed(Class) {
    if (typeof Class !== 'function') {
      return undefined;
    }
    const Observing = class extends Class {
      constructor(...args) {
        super(...args);
        // eslint-disable-next-line no-constructor-return -- this is what the decorator is for
        return observe(this);
      }
    };
    Object.defineProperty(Observing, 'name', { value: Class.name, configurable: true });
    observedClasses.add(Observing.prototype);
    return Observing;
  }

  const observedClasses = new WeakSet();

  // Whether an object is of an @Observed class.
  function isOfObservedClass(value) {
    for (let at = value && Object.getPrototypeOf(value); at; at = Object.getPrototypeOf(at)) {
      if (observedClasses.has(at)) {
        return true;
      }
    }
    return false;
  }

  function Track(prototype, name) {
    let names = trackedOf.get(prototype);
    if (!names) {
      names = new Set();
      trackedOf.set(prototype, names);
    }
    names.add(name);
  }

  function subscribe(value, subscriber) {
    if (kinds.isObject(value)) {
      handlerOf.get(value)?.subscribers.add(subscriber);
    }
  }

  function unsubscribe(value, subscriber) {
    if (kinds.isObject(value)) {
      handlerOf.get(value)?.subscribers.delete(subscriber);
    }
  }

  // Lets components of the second generation follow an object of the first (UIUtils.enableV2Compatibility), and the observed
  // objects that it holds.
  function shareWithV2(value, seen = new Set()) {
    const handler = kinds.isObject(value) ? handlerOf.get(value) : undefined;
    if (handler && !seen.has(handler)) {
      seen.add(handler);
      handler.shared ??= new tracking.Source();
      const { raw } = handler;
      const held = raw instanceof Map || raw instanceof Set ? raw.values() : Object.values(raw);
      for (const item of held) {
        shareWithV2(item, seen);
      }
    }
    return value;
  }

  // The name that compiled pages use.
  const ObservedObject = {
    GetRawObject: (value) => (isObserved(value) ? rawOf.get(value) : value),
    IsObservedObject: isObserved,
    createNew: (value, subscriber) => {
      const observed = observe(value);
      if (subscriber) {
        subscribe(observed, subscriber);
      }
      return observed;
    },
  };

  return {
    observe, isObserved, subscribe, unsubscribe, Observed, Track, ObservedObject, isOfObservedClass, shareWithV2,
    subscriberCount: (value) => handlerOf.get(value)?.subscribers.size ?? 0,
  };
})
