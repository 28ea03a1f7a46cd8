// @concord:arkui/window-events: who listens to a window or a window stage.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { BusinessError } = system;

  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  // Callbacks by event, as `on` and `off` keep them.
  class Events {
    #callbacks = new Map();

    on(type, callback) {
      if (typeof type !== 'string' || typeof callback !== 'function') {
        throw invalid('The type must be a string and the callback a function.');
      }
      this.#callbacks.set(type, [...(this.#callbacks.get(type) ?? []), callback]);
    }

    off(type, callback) {
      if (typeof type !== 'string') {
        throw invalid('The type must be a string.');
      }
      const rest = callback === undefined || callback === null
        ? [] : (this.#callbacks.get(type) ?? []).filter((member) => member !== callback);
      this.#callbacks.set(type, rest);
    }

    emit(type, ...args) {
      process.each(this.#callbacks.get(type) ?? [], (callback) => callback(...args));
    }

    // What the callbacks answer.
    ask(type, ...args) {
      return (this.#callbacks.get(type) ?? []).map((callback) => process.guest(() => callback(...args)));
    }
  }

  return { Events, invalid };
})
