// @concord:arkui/state/decorators-v2: @ObservedV2, @Trace, @Local, @Param, @Once, @Event, @Provider, @Consumer, @Type.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const observe = system.require('@concord:arkui/state/observe-v2');
  const monitor = system.require('@concord:arkui/state/monitor');
  const { isOfObservedClass } = system.require('@concord:arkui/state/observed-object');

  // Prototype → what is declared there: names of @Once, aliases of @Provider and @Consumer, classes of @Type.
  const declared = new WeakMap();

  function own(prototype) {
    let facts = declared.get(prototype);
    if (!facts) {
      facts = { once: new Set(), params: new Set(), providers: new Map(), consumers: new Map(), types: new Map(), traced: new Set() };
      declared.set(prototype, facts);
    }
    return facts;
  }

  // Looks through the prototypes of an object, nearest first, until `find` gives something.
  function search(object, find) {
    for (let at = Object.getPrototypeOf(object); at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      const facts = declared.get(at);
      const found = facts && find(facts);
      if (found !== undefined && found !== false) {
        return found;
      }
    }
    return undefined;
  }

  function ObservedV2(Class) {
    if (typeof Class !== 'function') {
      return undefined;
    }
    const Observing = class extends Class {
      constructor(...args) {
        super(...args);
        if (nearest(new.target.prototype) === Observing.prototype) {
          if (isOfObservedClass(this)) {
            throw new TypeError(`${Class.name}: a class cannot be decorated with both @Observed and @ObservedV2`);
          }
          monitor.construct(this);
        }
      }
    };
    Object.defineProperty(Observing, 'name', { value: Class.name, configurable: true });
    observe.markPrototype(Observing.prototype);
    decoratedPrototypes.add(Observing.prototype);
    return Observing;
  }

  const decoratedPrototypes = new WeakSet();

  // The most derived class that is decorated: it finishes the object, after all constructors with decorators.
  function nearest(prototype) {
    let at = prototype;
    while (at && !decoratedPrototypes.has(at)) {
      at = Object.getPrototypeOf(at);
    }
    return at;
  }

  function Trace(prototype, name) {
    own(prototype).traced.add(name);
    observe.traceProperty(prototype, name);
  }

  function Local(prototype, name) {
    observe.traceProperty(prototype, name);
  }

  function Param(prototype, name) {
    own(prototype).params.add(name);
    observe.traceProperty(prototype, name, function (value) {
      // Only @Once lets a component change what it was given.
      if (isOnce(this, name)) {
        observe.assign(this, name, value);
      } else {
        process.log(6, `${this.constructor.name}: @Param '${String(name)}' cannot be assigned in the component`);
      }
    });
  }

  function Once(prototype, name) {
    own(prototype).once.add(name);
  }

  // Events are functions that the parent gives; there is nothing to watch.
  function Event() {}

  const Provider = (alias) => (prototype, name) => {
    own(prototype).providers.set(alias || name, name);
    observe.traceProperty(prototype, name);
  };

  // Reads and writes the provider's property, once the component knows it; a property of its own otherwise.
  const Consumer = (alias) => (prototype, name) => {
    own(prototype).consumers.set(name, alias || name);
    observe.traceProperty(prototype, name);
    const { get } = Object.getOwnPropertyDescriptor(prototype, name);
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get() {
        const link = this.consumed_?.get(name);
        return link ? link.view[link.name] : Reflect.apply(get, this, []);
      },
      set(value) {
        const link = this.consumed_?.get(name);
        if (link) {
          link.view[link.name] = value;
        } else {
          observe.assign(this, name, value);
        }
      },
    });
  };

  // @Type says of which class a property of a stored object is.
  const Type = (Class) => (prototype, name) => {
    own(prototype).types.set(name, Class);
  };

  const isOnce = (view, name) => search(view, (facts) => facts.once.has(name)) === true;

  // The property that provides `alias` in a component.
  const providedAs = (view, alias) => search(view, (facts) => facts.providers.get(alias));

  // Consumers of a component: property → alias.
  function consumersOf(view) {
    const consumers = new Map();
    search(view, (facts) => {
      for (const [name, alias] of facts.consumers) {
        if (!consumers.has(name)) {
          consumers.set(name, alias);
        }
      }
      return undefined;
    });
    return consumers;
  }

  // How a property of a component is decorated, as the app writes it.
  function kindOf(view, name) {
    const kind = search(view, (facts) => {
      const provided = [...facts.providers.values()].includes(name) && '@Provider';
      return (facts.params.has(name) && '@Param') || provided || (facts.consumers.has(name) && '@Consumer');
    });
    return kind === '@Param' && isOnce(view, name) ? '@Param @Once' : kind ?? '@Local';
  }

  return {
    kindOf,
    ObservedV2, Trace, Local, Param, Once, Event, Provider, Consumer, Type, isOnce, providedAs, consumersOf,
    typeOf: (object, name) => search(object, (facts) => facts.types.get(name)),
    isTraced: (object, name) => search(object, (facts) => facts.traced.has(name)) === true,
  };
})
