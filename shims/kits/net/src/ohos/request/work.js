// @concord:request/work: one task of @ohos:request, from its options to its last byte.
(function (host, system) {
  'use strict';

  const client = system.require('@concord:net/client');
  const fs = system.require('@ohos:file.fs');

  const Action = { DOWNLOAD: 0, UPLOAD: 1 };
  const Mode = { BACKGROUND: 0, FOREGROUND: 1 };
  const Network = { ANY: 0, WIFI: 1, CELLULAR: 2 };
  const BroadcastEvent = { COMPLETE: 'ohos.request.event.COMPLETE' };
  const State = {
    INITIALIZED: 0x00, WAITING: 0x10, RUNNING: 0x20, RETRYING: 0x21, PAUSED: 0x30, STOPPED: 0x31, COMPLETED: 0x40, FAILED: 0x41, REMOVED: 0x50,
  };
  const Faults = {
    OTHERS: 0xFF, DISCONNECTED: 0x00, TIMEOUT: 0x10, PROTOCOL: 0x20, PARAM: 0x30, FSIO: 0x40, DNS: 0x50, TCP: 0x60, SSL: 0x70, REDIRECT: 0x80,
    LOW_SPEED: 0x90,
  };
  const EVENTS = ['progress', 'completed', 'failed', 'pause', 'resume', 'remove', 'response', 'faultOccur', 'wait'];

  const MESSAGES = {
    401: 'Parameter error.', 13400001: 'Invalid file or file system error.', 13400002: 'File path not supported or invalid.',
    13400003: 'Task service ability error.', 21900004: 'The application task queue is full.', 21900005: 'Operation with wrong task mode.',
    21900006: 'Task removed or not found.', 21900007: 'Operation with wrong task state.', 21900008: 'Group deleted or not found.',
  };
  const fail = (code, detail) => {
    throw new system.BusinessError(code, detail === undefined ? MESSAGES[code] : `${MESSAGES[code]} ${detail}`);
  };
  const isObject = (value) => typeof value === 'object' && value !== null;
  const isFunction = (value) => typeof value === 'function';

  /** Why a request failed, by the code of the client. */
  function faultOf(code) {
    switch (code) {
      case 2300005: case 2300006: return Faults.DNS;
      case 2300007: return Faults.TCP;
      case 2300028: return Faults.TIMEOUT;
      case 2300047: return Faults.REDIRECT;
      case 2300058: case 2300059: case 2300060: case 2300077: return Faults.SSL;
      case 2300023: case 2300026: return Faults.FSIO;
      case 2300008: case 2300016: case 2300061: return Faults.PROTOCOL;
      case 2300018: case 2300052: case 2300055: case 2300056: return Faults.DISCONNECTED;
      default: return Faults.OTHERS;
    }
  }

  const nameOf = (url) => decodeURIComponent(/\/([^/?#]*)(?:[?#].*)?$/.exec(url.replace(/^\w+:\/\/[^/?#]*/, ''))?.[1] ?? '');

  /** The path that an app means: of its cache unless it says otherwise. */
  function pathOf(context, text, whenMissing) {
    const cache = context?.cacheDir ?? '/data/storage/el2/base/cache';
    if (typeof text !== 'string' || text === '' || text === './') {
      if (whenMissing === '') fail(401, 'the file has no name');
      return `${cache}/${whenMissing}`;
    }
    if (text.startsWith('internal://cache/')) return `${cache}/${text.slice('internal://cache/'.length)}`;
    if (text.startsWith('file://')) return decodeURIComponent(text.replace(/^file:\/\/[^/]*/, ''));
    if (text.startsWith('/')) return text;
    if (text.split('/').includes('..')) fail(13400001, 'the path leaves its folder');
    return `${cache}/${text.replace(/^\.\//, '')}`;
  }

  /** Listeners of a task. */
  class Events {
    #listeners = new Map();

    constructor(types) {
      for (const type of types) this.#listeners.set(type, []);
    }

    on(type, callback) {
      const known = this.#listeners.get(type);
      if (known === undefined || !isFunction(callback)) fail(401);
      if (!known.includes(callback)) this.#listeners.set(type, [...known, callback]);
    }

    off(type, callback) {
      const known = this.#listeners.get(type);
      if (known === undefined || (callback !== undefined && callback !== null && !isFunction(callback))) fail(401);
      this.#listeners.set(type, callback === undefined || callback === null ? [] : known.filter((one) => one !== callback));
    }

    emit(type, ...args) {
      for (const callback of this.#listeners.get(type)) system.later(callback, ...args);
    }
  }

  /** Does the work of a task, and knows how far it is. */
  class Work {
    events = new Events(EVENTS);
    state = State.INITIALIZED;
    index = 0;
    processed = 0;
    sizes = [];
    status = 0;
    mimeType = '';
    fault = Faults.OTHERS;
    reason = '';
    tries = 0;
    files = [];
    ctime = Date.now();
    mtime = Date.now();
    #stop;
    #lastProgress = -1;
    #extras = {};

    constructor(tid, config, context) {
      this.tid = tid;
      this.config = config;
      this.context = context;
      if (config.action === Action.DOWNLOAD) {
        this.path = pathOf(context, config.saveas, nameOf(config.url));
        this.sizes = [-1];
      } else {
        for (const item of Array.isArray(config.data) ? config.data : []) {
          for (const file of [item.value].flat().filter(isObject)) {
            const path = pathOf(context, file.path, '');
            this.files.push({ name: item.name, path, spec: file });
          }
        }
        this.sizes = this.files.map(({ path }) => {
          try {
            return fs.statSync(path).size;
          } catch {
            return fail(13400001, 'a file to upload cannot be read');
          }
        });
      }
    }

    get progress() {
      return { state: this.state, index: this.index, processed: this.processed, sizes: [...this.sizes], extras: { ...this.#extras } };
    }

    get isOver() { return this.state >= State.COMPLETED; }

    #become(state, event) {
      this.state = state;
      this.mtime = Date.now();
      if (event !== undefined) this.events.emit(event, this.progress);
    }

    start() {
      if (![State.INITIALIZED, State.FAILED, State.STOPPED].includes(this.state)) fail(21900007);
      if (this.state === State.FAILED || this.state === State.STOPPED) [this.index, this.processed] = [0, 0];
      this.#go(0);
    }

    pause() {
      if (this.state !== State.RUNNING && this.state !== State.WAITING && this.state !== State.RETRYING) fail(21900007);
      this.#stop?.();
      this.#become(State.PAUSED, 'pause');
    }

    resume() {
      if (this.state !== State.PAUSED) fail(21900007);
      this.#go(this.config.action === Action.DOWNLOAD ? this.processed : 0);
      this.events.emit('resume', this.progress);
    }

    stop() {
      if (this.state !== State.RUNNING && this.state !== State.WAITING && this.state !== State.RETRYING) fail(21900007);
      this.#stop?.();
      this.#become(State.STOPPED);
    }

    remove() {
      this.#stop?.();
      this.#become(State.REMOVED, 'remove');
    }

    #go(from) {
      this.tries += 1;
      this.#become(State.RUNNING);
      if (this.config.action === Action.DOWNLOAD) this.#download(from);
      else this.#upload();
    }

    #spec(extra) {
      const { config } = this;
      const { connectionTimeout = 60, totalTimeout = 0 } = config.timeout ?? {};
      return {
        url: config.url, method: config.method ?? (config.action === Action.DOWNLOAD ? 'GET' : 'POST'),
        headers: client.headerList(config.headers), connectTimeout: connectionTimeout * 1000, readTimeout: totalTimeout * 1000,
        maxRedirects: config.redirect === false ? 0 : undefined, proxy: this.#proxy(), expect: 'bytes', ...extra,
      };
    }

    #proxy() {
      const found = /^(https?:\/\/.+):(\d+)$/.exec(this.config.proxy ?? '');
      return found === null ? 'environment' : { host: found[1], port: Number(found[2]) };
    }

    #heard(head) {
      this.status = head.status;
      this.#extras = client.headerObject(head.headers);
      this.mimeType = String(this.#extras['content-type'] ?? '');
      const headers = new Map();
      for (const [name, value] of head.headers) headers.set(name, [...headers.get(name) ?? [], value]);
      this.events.emit('response', { version: head.version, statusCode: head.status, reason: head.reason, headers });
    }

    #tellProgress() {
      // Often enough to see it move.
      const now = Date.now();
      if (now - this.#lastProgress < 50) return;
      this.#lastProgress = now;
      this.events.emit('progress', this.progress);
    }

    #download(from) {
      const { config } = this;
      const begins = config.begins > 0 ? config.begins : 0;
      const headers = client.headerList(config.headers);
      if (begins + from > 0 || config.ends > 0) headers.push(['range', `bytes=${begins + from}-${config.ends > 0 ? config.ends : ''}`]);
      const body = typeof config.data === 'string' ? config.data : undefined;
      this.#stop = client.exchange(this.#spec({ headers, save: { path: this.path, from } }), { body }, {
        head: (head) => {
          // Who sends everything again, begins again.
          if (from > 0 && head.status !== 206) this.processed = 0;
          this.#heard(head);
        },
        received: (received, total) => {
          this.processed = received;
          if (total > 0) this.sizes = [total];
          this.#tellProgress();
        },
        end: () => {
          if (this.status < 200 || this.status >= 300) this.#failed(Faults.PROTOCOL, `the server answers ${this.status}`);
          else this.#completed();
        },
        fail: (error) => this.#failed(faultOf(error.code), error.message),
      });
    }

    #completed() {
      if (this.config.action === Action.DOWNLOAD && this.sizes[0] < 0) this.sizes = [this.processed];
      this.#lastProgress = -1;
      this.#tellProgress();
      this.#become(State.COMPLETED, 'completed');
    }

    #failed(fault, reason) {
      [this.fault, this.reason] = [fault, reason];
      const transient = [Faults.DISCONNECTED, Faults.TIMEOUT].includes(fault);
      if (transient && this.config.retry !== false && this.config.mode === Mode.BACKGROUND && this.tries < 3) {
        this.state = State.RETRYING;
        const timer = setTimeout(() => this.#go(this.config.action === Action.DOWNLOAD ? this.processed : 0), 400 * this.tries);
        this.#stop = () => clearTimeout(timer);
        return;
      }
      this.#become(State.FAILED, 'failed');
      this.events.emit('faultOccur', fault);
    }

    /** One request for each file, with all other fields of the form. */
    #upload() {
      const { config } = this;
      const file = this.files[this.index];
      if (file === undefined) {
        this.#completed();
        return;
      }
      const fields = config.data.filter((item) => typeof item.value === 'string')
        .map(({ name, value }) => ({ name, contentType: '', data: value }));
      const [begins, ends] = [config.begins > 0 ? config.begins : 0, config.ends >= 0 ? config.ends : undefined];
      const part = this.index === (config.index ?? 0)
        ? { from: begins, length: ends === undefined ? undefined : Math.max(ends - begins + 1, 0) } : {};
      const content = {
        name: file.name, contentType: file.spec.contentType ?? file.spec.mimeType ?? 'application/octet-stream',
        fileName: file.spec.filename ?? file.path.slice(file.path.lastIndexOf('/') + 1), file: file.path, ...part,
      };
      const raw = config.method === 'PUT' && config.multipart !== true;
      const parts = raw ? [{ ...content, name: '' }] : [...fields, content];
      const headers = client.headerList(config.headers);
      if (raw && !headers.some(([name]) => name.toLowerCase() === 'content-type')) headers.push(['content-type', content.contentType]);
      this.#stop = client.exchange(this.#spec({ headers, reportSent: true }), { parts }, {
        head: (head) => this.#heard(head),
        sent: (sent) => {
          this.processed = Math.min(sent, this.sizes[this.index]);
          this.#tellProgress();
        },
        end: (info, body) => {
          this.body = body;
          if (this.status < 200 || this.status >= 300) {
            this.#failed(Faults.PROTOCOL, `the server answers ${this.status}`);
            return;
          }
          this.processed = this.sizes[this.index];
          if (this.index + 1 < this.files.length) {
            [this.index, this.processed] = [this.index + 1, 0];
            this.#upload();
          } else {
            this.#completed();
          }
        },
        fail: (error) => this.#failed(faultOf(error.code), error.message),
      });
    }
  }

  return { Action, Mode, Network, BroadcastEvent, State, Faults, fail, isObject, isFunction, nameOf, pathOf, Events, Work };
})
