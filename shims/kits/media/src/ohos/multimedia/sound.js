// @concord:sound: things that sound, by number; see sound.rs.
(function (host, system) {
  'use strict';

  const handlers = new Map();

  /** Tells `handler(name, detail)` what happens to a thing; null for nobody any more. */
  function handle(id, handler) {
    if (handler === null) handlers.delete(id);
    else handlers.set(id, handler);
  }

  /** Called by the host. Number 0 stands for devices. */
  function event(id, name, detail) {
    handlers.get(id)?.(name, detail);
  }

  class OpenError extends Error {
    constructor(kind, message) {
      super(message);
      /** 'io' or 'format' */
      this.kind = kind;
    }
  }

  /** Opens a file: `{ path }`, `{ fd, offset, length }`, `{ bytes }`, or `{ again: id }`. Gives `{ id, info }`, or fails with an OpenError. */
  function open(source) {
    return new Promise((resolve, reject) => {
      const done = (kind, idOrMessage, description) => {
        if (kind !== undefined) reject(new OpenError(kind, idOrMessage));
        else resolve({ id: idOrMessage, info: JSON.parse(description) });
      };
      if (source.path !== undefined) host.openFile(source.path, done);
      else if (source.fd !== undefined) host.openDescriptor(source.fd, source.offset ?? 0, source.length, done);
      else if (source.again !== undefined) host.openAgain(source.again, done);
      else host.openBytes(source.bytes, done);
    });
  }

  function close(id) {
    handlers.delete(id);
    host.close(id);
  }

  /** Calls `tick` every `period` milliseconds while it runs. Does not keep the app from being idle. */
  class Ticker {
    #timer;
    #period;
    #tick;

    constructor(period, tick) {
      this.#period = period;
      this.#tick = tick;
    }

    run(running) {
      if (running === (this.#timer !== undefined)) return;
      if (running) {
        this.#timer = setInterval(this.#tick, this.#period);
      } else {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
    }
  }

  const { setInterval, clearInterval } = globalThis;

  return { ...host, handle, event, open, close, Ticker };
})
