// @ohos:worker: workers of this thread, and the port of the worker that this thread is.
(function (host, system) {
  'use strict';

  const { display } = system.require('@concord:kits');

  const ThreadWorkerPriority = { HIGH: 0, MEDIUM: 1, LOW: 2, IDLE: 3, DEADLINE: 4, VIP: 5 };

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const wrong = (value, type) => fail(401, `Parameter error. The type of ${display(value)} must be ${type}.`);
  const expect = (value, type) => {
    if (typeof value !== type) wrong(value, type);
  };
  const notRunning = () => fail(10200004, 'The Worker instance is not running.');

  /** Listeners by type, as both ends of a worker have them. */
  class Listeners {
    #lists = new Map();

    add(type, callback, once = false) {
      expect(type, 'string');
      expect(callback, 'function');
      const list = this.#lists.get(type) ?? [];
      if (list.some((known) => known.callback === callback)) return;
      this.#lists.set(type, [...list, { callback, once }]);
    }

    remove(type, callback) {
      expect(type, 'string');
      const rest = callback === undefined ? [] : (this.#lists.get(type) ?? []).filter((known) => known.callback !== callback);
      if (rest.length > 0) this.#lists.set(type, rest);
      else this.#lists.delete(type);
    }

    clear() {
      this.#lists.clear();
    }

    has(type) {
      return this.#lists.has(type);
    }

    /** Calls the listeners of a type; one that throws does not keep the others from hearing. */
    tell(type, receiver, values, report) {
      for (const { callback, once } of this.#lists.get(type) ?? []) {
        if (once) this.remove(type, callback);
        call(callback, receiver, values, report);
      }
    }
  }

  function call(callback, receiver, values, report) {
    if (typeof callback !== 'function') return;
    try {
      callback.apply(receiver, values);
    } catch (error) {
      report(error);
    }
  }

  const stamp = () => Date.now();
  const messageEvent = (type, data) => ({ type, timeStamp: stamp(), data });
  const errorEvent = (message, filename, lineno, colno, error) =>
    ({ type: 'error', timeStamp: stamp(), message, filename, lineno, colno, error });

  /** The list of buffers that go over, of `transfer` or `{ transfer }`. */
  function transferred(option) {
    const list = Array.isArray(option) || option === undefined || option === null ? option : option.transfer;
    if (list === undefined || list === null) return undefined;
    if (!Array.isArray(list)) wrong(list, 'an array of ArrayBuffer');
    for (const item of list) if (!(item instanceof ArrayBuffer)) wrong(item, 'ArrayBuffer');
    return list;
  }

  // ---- The host's side ------------------------------------------------------------------------------------------------------------

  const workers = new Map();
  let family;

  function checkOptions(options) {
    if (options === undefined || options === null) return {};
    expect(options, 'object');
    const { type, name, shared, priority } = options;
    if (type !== undefined && type !== 'classic' && type !== 'module') fail(401, `Parameter error. The type must be 'classic' or 'module'.`);
    if (name !== undefined) expect(name, 'string');
    if (shared !== undefined) expect(shared, 'boolean');
    if (priority !== undefined && !Object.values(ThreadWorkerPriority).includes(priority)) {
      fail(401, 'Parameter error. The priority must be a ThreadWorkerPriority.');
    }
    return options;
  }

  class BaseWorker {
    onexit;
    onerror;
    onmessage;
    onmessageerror;
    #id;
    #ended = false;
    #listeners = new Listeners();
    #objects = new Map();
    #onAllErrors;

    constructor(scriptURL, options) {
      const deprecated = !(this instanceof ThreadWorker);
      if (typeof scriptURL !== 'string') fail(401, 'Parameter error. The type of the first param must be string.');
      const { name } = checkOptions(options);
      if (family !== undefined && family !== deprecated) {
        fail(10200003, 'Worker initialization failed. Using both Worker and ThreadWorker is not supported.');
      }
      const started = host.start(scriptURL, name ?? '', deprecated);
      switch (started) {
        case 'path': fail(10200007, `The worker file path is invalid. There is no script '${scriptURL}'.`);
        // falls through
        case 'count': fail(10200003, 'Worker initialization failed. The number of workers exceeds the maximum.');
        // falls through
        case 'thread': fail(10200003, 'Worker initialization failed. No thread could be started.');
      }
      family = deprecated;
      this.#id = started;
      workers.set(started, (event, values) => this.#hear(event, values));
    }

    #running() {
      if (this.#ended) notRunning();
      return this.#id;
    }

    #hear(event, values) {
      const report = (error) => host.uncaught(error);
      const [first] = values;
      switch (event) {
        case 'message':
        case 'messageerror': {
          if (this.#ended) return undefined;
          const message = messageEvent(event, first);
          call(event === 'message' ? this.onmessage : this.onmessageerror, this, [message], report);
          this.#listeners.tell(event, this, [message], report);
          return undefined;
        }
        case 'error': {
          const error = errorEvent(...values.slice(0, 5));
          const all = this.onAllErrors;
          if (typeof all === 'function') call(all, this, [error], report);
          else {
            if (typeof this.onerror !== 'function' && !this.#listeners.has('error')) {
              console.error(`a worker ends because of an error that nobody listens for: ${error.message} (${error.filename}:${error.lineno})`);
            }
            call(this.onerror, this, [error], report);
            this.#listeners.tell('error', this, [error], report);
          }
          return undefined;
        }
        case 'exit':
          this.#ended = true;
          workers.delete(this.#id);
          call(this.onexit, this, [first], report);
          this.#listeners.tell('exit', this, [first], report);
          this.#objects.clear();
          return undefined;
        case 'call': return this.#call(...values);
      }
      return undefined;
    }

    #call(instance, method, values) {
      if (!this.#objects.has(instance)) fail(10200019, 'The globalCallObject is not registered.');
      const object = this.#objects.get(instance);
      const f = object[method];
      const refused = () => fail(10200020, 'The method to be called is not callable or is an async method or a generator.');
      if (typeof f !== 'function') refused();
      const result = f.apply(object, values);
      if (result instanceof Promise || Object.prototype.toString.call(result) === '[object Generator]') refused();
      return result;
    }

    postMessage(message, options) {
      host.post(this.#running(), message, transferred(options), false);
    }

    postMessageWithSharedSendable(message, transfer) {
      host.post(this.#running(), message, transferred(transfer), true);
    }

    on(type, listener) {
      this.#running();
      this.#listeners.add(type, listener);
    }

    once(type, listener) {
      this.#running();
      this.#listeners.add(type, listener, true);
    }

    off(type, listener) {
      this.#running();
      this.#listeners.remove(type, listener);
    }

    addEventListener(type, listener) {
      this.on(type, listener);
    }

    removeEventListener(type, callback) {
      this.off(type, callback);
    }

    removeAllListener() {
      this.#running();
      this.#listeners.clear();
    }

    dispatchEvent(event) {
      this.#running();
      expect(event?.type, 'string');
      const report = (error) => host.uncaught(error);
      const handler = { message: 'onmessage', messageerror: 'onmessageerror', error: 'onerror', exit: 'onexit' }[event.type];
      if (handler !== undefined) call(this[handler], this, [event], report);
      const heard = this.#listeners.has(event.type);
      this.#listeners.tell(event.type, this, [event], report);
      return heard || typeof this[handler] === 'function';
    }

    terminate() {
      host.terminate(this.#id);
      this.#ended = true;
    }

    registerGlobalCallObject(instanceName, globalCallObject) {
      this.#running();
      expect(instanceName, 'string');
      if (typeof globalCallObject !== 'object' || globalCallObject === null) wrong(globalCallObject, 'object');
      this.#objects.set(instanceName, globalCallObject);
    }

    unregisterGlobalCallObject(instanceName) {
      this.#running();
      if (instanceName === undefined) this.#objects.clear();
      else {
        expect(instanceName, 'string');
        this.#objects.delete(instanceName);
      }
    }

    // Errors leave the worker alive as long as somebody listens to all of them.
    get onAllErrors() {
      return this.#onAllErrors;
    }

    set onAllErrors(callback) {
      this.#onAllErrors = callback;
      host.survive(this.#id, typeof callback === 'function');
    }
  }

  class ThreadWorker extends BaseWorker {}
  class Worker extends BaseWorker {}

  host.listen((id, event, ...values) => workers.get(id)?.(event, values));

  // ---- The worker's side ----------------------------------------------------------------------------------------------------------

  function makePort({ name }) {
    const listeners = new Listeners();
    let closed = false;
    const report = (error) => host.fail(error);
    const running = () => {
      if (closed) notRunning();
    };
    const port = {
      name,
      onmessage: undefined,
      onmessageerror: undefined,
      onerror: undefined,
      postMessage(message, options) {
        running();
        host.postToHost(message, transferred(options), false);
      },
      postMessageWithSharedSendable(message, transfer) {
        running();
        host.postToHost(message, transferred(transfer), true);
      },
      callGlobalCallObjectMethod(instanceName, methodName, timeout, ...args) {
        running();
        expect(instanceName, 'string');
        expect(methodName, 'string');
        expect(timeout, 'number');
        return host.callHost(instanceName, methodName, timeout, args);
      },
      close() {
        running();
        closed = true;
        host.close();
      },
      addEventListener(type, listener) {
        listeners.add(type, listener);
      },
      removeEventListener(type, callback) {
        listeners.remove(type, callback);
      },
      removeAllListener() {
        listeners.clear();
      },
      dispatchEvent(event) {
        expect(event?.type, 'string');
        const handler = { message: 'onmessage', messageerror: 'onmessageerror', error: 'onerror' }[event.type];
        if (handler !== undefined) call(port[handler], port, [event], report);
        const heard = listeners.has(event.type);
        listeners.tell(event.type, port, [event], report);
        return heard || typeof port[handler] === 'function';
      },
    };
    port.self = port;
    host.port((event, ...values) => {
      if (event === 'error') {
        const error = errorEvent(...values);
        const caught = [];
        call(port.onerror, port, [error], (second) => caught.push(second));
        listeners.tell('error', port, [error], (second) => caught.push(second));
        if (caught.length > 0) throw caught[0];
        return;
      }
      if (closed) return;
      const message = messageEvent(event, values[0]);
      call(event === 'message' ? port.onmessage : port.onmessageerror, port, [message], report);
      listeners.tell(event, port, [message], report);
    });
    return port;
  }

  const about = host.scope();
  const port = about === undefined ? undefined : makePort(about);
  const worker = {
    ThreadWorkerPriority, ThreadWorker, Worker,
    workerPort: about?.deprecated === false ? port : undefined,
    parentPort: about?.deprecated === true ? port : undefined,
  };
  worker.worker = worker;
  return worker;
})
