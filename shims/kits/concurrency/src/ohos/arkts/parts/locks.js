// ArkTSUtils.locks. Who holds a lock is known outside of the engine (locks.rs); callbacks and promises are here.
(function (host, system) {
  'use strict';

  const { BusinessError } = system;
  const { define, outside } = system.sharing;
  const { fail, constructOnly } = system.require('@concord:kits');
  const { setTimeout, clearTimeout } = globalThis;
  const then = Promise.prototype.then;
  const AsyncLockMode = { SHARED: 1, EXCLUSIVE: 2 };
  const INVALID = 'The input parameters are invalid.';

  class AsyncLockOptions {
    isAvailable = false;
    signal = null;
    timeout = 0;
  }
  class AsyncLockState {
    held = [];
    pending = [];
  }
  class AsyncLockInfo {
    constructor({ name, mode, contextId }) {
      this.name = name;
      this.mode = mode;
      this.contextId = contextId;
    }
  }
  class AbortSignal {
    aborted = false;
    reason = undefined;
  }

  function make(native) {
    const stateOf = ({ held, pending }) => {
      const state = new AsyncLockState();
      state.held = held.map((info) => new AsyncLockInfo(info));
      state.pending = pending.map((info) => new AsyncLockInfo(info));
      return state;
    };
    const nameOf = (name) => (typeof name === 'string' ? name : fail(401, INVALID));

    /** What stands in the error of a request whose time is over: who holds and waits for what, and whether that is a circle. */
    function report(name, mode) {
      const states = JSON.parse(native.state());
      const me = native.contextId();
      const list = (infos) => infos.map((info) => `${info.name} (${info.mode === 1 ? 'shared' : 'exclusive'}, context ${info.contextId})`).join(', ') || 'none';
      const held = states.flatMap((state) => state.held);
      const pending = states.flatMap((state) => state.pending);
      // Contexts that wait for a lock → contexts that hold it.
      const edges = [...pending, { name, mode, contextId: me }].flatMap((waits) =>
        held.filter((holds) => holds.name === waits.name).map((holds) => [waits.contextId, holds.contextId]),
      );
      const reached = new Set();
      const work = edges.filter(([from]) => from === me).map(([, to]) => to);
      while (work.length > 0) {
        const next = work.pop();
        if (reached.has(next)) continue;
        reached.add(next);
        for (const [from, to] of edges) if (from === next) work.push(to);
      }
      const circle = reached.has(me) ? ' Possible deadlock: this context waits, perhaps through others, for locks that it holds.' : '';
      return `Timeout exceeded. Lock: ${name}. Held: ${list(held)}. Waiting: ${list(pending)}.${circle}`;
    }

    class AsyncLock {
      #handle;

      constructor(handle) {
        this.#handle = native.isHandle(handle) ? handle : native.lock();
        outside.bind(this.#handle, this);
        Object.preventExtensions(this);
      }

      static is = (object) => typeof object === 'object' && object !== null && #handle in object;
      static handle = (object) => object.#handle;

      static request(name) {
        return outside.open(native.lock(nameOf(name)));
      }

      static query(name) {
        const state = JSON.parse(native.state(nameOf(name)));
        if (state === null) fail(10200030, 'The lock does not exist.');
        return stateOf(state);
      }

      static queryAll() {
        return JSON.parse(native.state()).map(stateOf);
      }

      get name() {
        return native.lockName(this.#handle);
      }

      lockAsync(callback, mode = AsyncLockMode.EXCLUSIVE, options) {
        if (!(typeof this === 'object' && this !== null && #handle in this)) fail(10200030, 'The lock does not exist.');
        const known = mode === AsyncLockMode.SHARED || mode === AsyncLockMode.EXCLUSIVE;
        if (typeof callback !== 'function' || !known) fail(401, INVALID);
        if (options !== undefined && (typeof options !== 'object' || options === null)) fail(401, INVALID);
        const { isAvailable = false, signal = null, timeout = 0 } = options ?? {};
        if (typeof isAvailable !== 'boolean' || typeof timeout !== 'number') fail(401, INVALID);
        const handle = this.#handle;
        return new Promise((resolve, reject) => {
          let timer;
          const granted = (grant) => {
            if (timer !== undefined) clearTimeout(timer);
            if (signal?.aborted) {
              native.release(grant);
              reject(signal.reason);
              return;
            }
            let result;
            try {
              result = callback();
            } catch (error) {
              native.release(grant);
              reject(error);
              return;
            }
            const done = new Promise((settle) => settle(result));
            Reflect.apply(then, done, [
              (value) => {
                native.release(grant);
                resolve(value);
              },
              (error) => {
                native.release(grant);
                reject(error);
              },
            ]);
          };
          if (signal?.aborted) return reject(signal.reason);
          const answer = native.acquire(handle, mode, isAvailable, granted);
          if (answer === null) {
            reject(new BusinessError(10200032, 'The lock is not available.'));
          } else if (typeof answer === 'number') {
            if (timeout > 0) {
              timer = setTimeout(() => {
                if (!native.cancel(handle, answer)) return;
                reject(new BusinessError(10200031, report(native.lockName(handle), mode)));
              }, timeout);
            }
          } else {
            // The callback never runs within the call.
            Reflect.apply(then, new Promise((settle) => settle()), [() => granted(answer)]);
          }
        });
      }
    }

    class ConditionVariable {
      #handle;

      constructor(handle) {
        this.#handle = native.isHandle(handle) ? handle : native.condition();
        outside.bind(this.#handle, this);
        Object.preventExtensions(this);
      }

      static is = (object) => typeof object === 'object' && object !== null && #handle in object;
      static handle = (object) => object.#handle;

      static request(name) {
        return outside.open(native.condition(nameOf(name)));
      }

      wait() {
        return new Promise((resolve) => {
          native.wait(this.#handle, () => resolve());
        });
      }

      waitFor(timeout) {
        if (typeof timeout !== 'number') fail(401, INVALID);
        return new Promise((resolve) => {
          const ticket = native.wait(this.#handle, () => {
            clearTimeout(timer);
            resolve();
          });
          const timer = setTimeout(() => {
            if (native.stopWaiting(this.#handle, ticket)) resolve();
          }, timeout);
        });
      }

      notifyAll() {
        native.notify(this.#handle, true);
      }

      notifyOne() {
        native.notify(this.#handle, false);
      }
    }

    const exports = { AsyncLockMode, AsyncLockOptions, AsyncLockState, AsyncLockInfo, AbortSignal };
    for (const [name, Class] of [['AsyncLock', AsyncLock], ['ConditionVariable', ConditionVariable]]) {
      const { is, handle } = Class;
      delete Class.is;
      delete Class.handle;
      define({ name, is, handle, promote() {}, adopt: (made) => new Class(made) });
      exports[name] = constructOnly(Class, `The ArkTS ${name}'s constructor cannot be directly invoked.`);
    }
    return exports;
  }

  return { make };
})
