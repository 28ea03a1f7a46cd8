// @concord:arkui/state/computed: @Computed, a getter that runs again only when what it read has changed.
(function (host, system) {
  'use strict';
  const tracking = system.require('@concord:arkui/state/tracking');
  const scheduler = system.require('@concord:arkui/state/scheduler');
  const observe = system.require('@concord:arkui/state/observe-v2');

  // Object → name → its computed property. They live as long as the object.
  const instances = new WeakMap();
  let running = 0;

  class ComputedProperty {
    computed = true;
    source = new tracking.Source();
    value = undefined;
    dirty = true;

    constructor(target, getter) {
      this.target = new WeakRef(target);
      this.getter = getter;
      this.id = scheduler.addReaction(this);
    }

    invalidate() {
      this.dirty = true;
    }

    // Gives the value; whoever reads it hears when it is another one.
    run() {
      if (!this.dirty) {
        return;
      }
      const target = this.target.deref();
      if (target === undefined) {
        return;
      }
      this.dirty = false;
      running += 1;
      let value;
      try {
        value = tracking.run(this.id, () => Reflect.apply(this.getter, target, []));
      } catch (error) {
        this.dirty = true;
        throw error;
      } finally {
        running -= 1;
      }
      if (value !== this.value) {
        this.value = value;
        this.source.changed();
      }
    }

    get() {
      this.run();
      this.source.read();
      return this.value;
    }
  }

  observe.onChange((name) => {
    if (running > 0 && tracking.current() < 0) {
      throw new TypeError(`a @Computed getter must not change state ('${String(name)}')`);
    }
  });

  function of(target, name, getter) {
    let properties = instances.get(target);
    if (!properties) {
      properties = new Map();
      instances.set(target, properties);
    }
    let property = properties.get(name);
    if (!property) {
      property = new ComputedProperty(target, getter);
      properties.set(name, property);
    }
    return property;
  }

  function Computed(prototype, name, descriptor) {
    const getter = descriptor?.get;
    if (typeof getter !== 'function') {
      throw new TypeError(`@Computed '${String(name)}' is not a getter`);
    }
    return {
      ...descriptor,
      configurable: true,
      get() {
        return of(this, name, getter).get();
      },
      set: undefined,
    };
  }

  return {
    Computed,
    // A component is used again: the property is computed when it is next read.
    reset(target, name) {
      instances.get(target)?.get(name)?.invalidate();
    },
    release(target) {
      for (const property of instances.get(target)?.values() ?? []) {
        scheduler.removeReaction(property.id);
      }
      instances.delete(target);
    },
  };
})
