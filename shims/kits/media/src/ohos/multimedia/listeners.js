// @concord:sound.listeners: on and off of the sounding modules.
(function (host, system) {
  'use strict';

  /** Callbacks by kind of event, called in later turns, each on its own. */
  class Listeners {
    #byType = new Map();

    add(type, callback) {
      const list = this.#byType.get(type) ?? [];
      if (!list.includes(callback)) this.#byType.set(type, [...list, callback]);
    }

    /** Without a callback: all of them. */
    remove(type, callback) {
      const list = this.#byType.get(type) ?? [];
      this.#byType.set(type, typeof callback === 'function' ? list.filter((known) => known !== callback) : []);
    }

    /** The newest one takes the place of all others. */
    only(type, callback) {
      this.#byType.set(type, [callback]);
    }

    has(type) {
      return (this.#byType.get(type) ?? []).length > 0;
    }

    get(type) {
      return this.#byType.get(type) ?? [];
    }

    tell(type, ...args) {
      for (const callback of this.#byType.get(type) ?? []) system.later(callback, ...args);
    }

    clear() {
      this.#byType.clear();
    }
  }

  /** Gives a class `onStateChange(callback)` and `offStateChange(callback)` beside `on('stateChange', callback)`. */
  function addNamedForms(Class, types) {
    for (const type of types) {
      const name = type[0].toUpperCase() + type.slice(1);
      const methods = {
        [`on${name}`](...args) { this.on(type, ...args); },
        [`off${name}`](...args) { this.off(type, ...args); },
      };
      for (const key of Object.keys(methods)) {
        Object.defineProperty(Class.prototype, key, { value: methods[key], writable: true, configurable: true });
      }
    }
  }

  return { Listeners, addNamedForms };
})
