// @ohos:events.emitter
(function (host, system) {
  'use strict';

  const { display, parameterError } = system.require('@concord:kits');

  const EventPriority = { IMMEDIATE: 0, HIGH: 1, LOW: 2, IDLE: 3 };

  /** Key of an event: numbers and strings are different events. */
  function keyOf(event) {
    if (typeof event === 'string' && event !== '') return event;
    if (typeof event === 'number') return event;
    if (typeof event === 'object' && event !== null && typeof event.eventId === 'number') return event.eventId;
    return parameterError(display(event), 'InnerEvent, string or number');
  }

  class Emitter {
    #listeners = new Map();
    #queues = [[], [], [], []];
    #scheduled = false;

    #add(event, callback, once) {
      const key = keyOf(event);
      if (typeof callback !== 'function') parameterError(display(callback), 'function');
      const list = this.#listeners.get(key) ?? [];
      const known = list.find((listener) => listener.callback === callback);
      if (known === undefined) this.#listeners.set(key, [...list, { callback, once }]);
      // Subscribing again decides anew how often the callback is called.
      else known.once = once;
    }

    on(event, callback) { this.#add(event, callback, false); }
    once(event, callback) { this.#add(event, callback, true); }

    off(event, callback) {
      const key = keyOf(event);
      if (callback === undefined || callback === null) {
        this.#listeners.delete(key);
        return;
      }
      if (typeof callback !== 'function') parameterError(display(callback), 'function');
      this.#listeners.set(key, (this.#listeners.get(key) ?? []).filter((listener) => listener.callback !== callback));
    }

    /** emit(InnerEvent, data), emit(id, data), emit(id, options, data) */
    emit(event, second, third) {
      const key = keyOf(event);
      const hasOptions = typeof event === 'string' && (third !== undefined || (second !== undefined && second !== null
        && second.data === undefined && second.priority !== undefined));
      const priority = (typeof event === 'object' ? event.priority : hasOptions ? second?.priority : undefined) ?? EventPriority.LOW;
      const data = hasOptions ? third : second;
      (this.#queues[priority] ?? this.#queues[EventPriority.LOW]).push({ key, data: data ?? {} });
      if (!this.#scheduled) {
        this.#scheduled = true;
        system.later(() => this.#deliver());
      }
    }

    /** One event per turn, so that an error of a listener does not hold up the others. */
    #deliver() {
      const queue = this.#queues.find((events) => events.length > 0);
      if (queue === undefined) {
        this.#scheduled = false;
        return;
      }
      system.later(() => this.#deliver());
      const { key, data } = queue.shift();
      for (const listener of this.#listeners.get(key) ?? []) {
        if (listener.once) this.off(key, listener.callback);
        system.later(listener.callback, data);
      }
    }

    getListenerCount(event) {
      return (this.#listeners.get(keyOf(event)) ?? []).length;
    }
  }

  const shared = new Emitter();

  return {
    EventPriority,
    Emitter,
    on: (event, callback) => shared.on(event, callback),
    once: (event, callback) => shared.once(event, callback),
    off: (event, callback) => shared.off(event, callback),
    emit: (event, second, third) => shared.emit(event, second, third),
    getListenerCount: (event) => shared.getListenerCount(event),
  };
})
