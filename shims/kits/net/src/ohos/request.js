// @ohos:request: files up and down, by tasks that go on while the process lives.
(function (host, system) {
  'use strict';

  const client = system.require('@concord:net/client');
  const fs = system.require('@ohos:file.fs');

  const constants = {
    EXCEPTION_PERMISSION: 201, EXCEPTION_PARAMCHECK: 401, EXCEPTION_UNSUPPORTED: 801, EXCEPTION_FILEIO: 13400001,
    EXCEPTION_FILEPATH: 13400002, EXCEPTION_SERVICE: 13400003, EXCEPTION_OTHERS: 13499999,
    NETWORK_MOBILE: 1, NETWORK_WIFI: 0x10000,
    ERROR_CANNOT_RESUME: 0, ERROR_DEVICE_NOT_FOUND: 1, ERROR_FILE_ALREADY_EXISTS: 2, ERROR_FILE_ERROR: 3, ERROR_HTTP_DATA_ERROR: 4,
    ERROR_INSUFFICIENT_SPACE: 5, ERROR_TOO_MANY_REDIRECTS: 6, ERROR_UNHANDLED_HTTP_CODE: 7, ERROR_UNKNOWN: 8, ERROR_OFFLINE: 9,
    ERROR_UNSUPPORTED_NETWORK_TYPE: 10,
    PAUSED_QUEUED_FOR_WIFI: 0, PAUSED_WAITING_FOR_NETWORK: 1, PAUSED_WAITING_TO_RETRY: 2, PAUSED_BY_USER: 3, PAUSED_UNKNOWN: 4,
    SESSION_SUCCESSFUL: 0, SESSION_RUNNING: 1, SESSION_PENDING: 2, SESSION_PAUSED: 3, SESSION_FAILED: 4,
  };
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
  const WaitingReason = { TASK_QUEUE_FULL: 0, NETWORK_NOT_MATCH: 1, APP_BACKGROUND: 2, USER_INACTIVATED: 3 };
  const EVENTS = ['progress', 'completed', 'failed', 'pause', 'resume', 'remove', 'response', 'faultOccur', 'wait'];
  /** Tasks of an app that are not over yet. */
  const MOST_TASKS = 10;
  const LONGEST_URL = 8192;

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

  /** The same in the numbers of DownloadTask. */
  function reasonOf(fault, status) {
    if (status >= 400) return constants.ERROR_UNHANDLED_HTTP_CODE;
    switch (fault) {
      case Faults.FSIO: return constants.ERROR_FILE_ERROR;
      case Faults.REDIRECT: return constants.ERROR_TOO_MANY_REDIRECTS;
      case Faults.DNS: case Faults.TCP: case Faults.DISCONNECTED: return constants.ERROR_OFFLINE;
      case Faults.PROTOCOL: return constants.ERROR_HTTP_DATA_ERROR;
      default: return constants.ERROR_UNKNOWN;
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

  function exists(path) {
    try {
      return fs.accessSync(path);
    } catch {
      return false;
    }
  }

  function checkUrl(url) {
    if (typeof url !== 'string' || url === '' || url.length > LONGEST_URL || !/^https?:\/\//i.test(url)) fail(401, 'the address is not one of http or https');
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

  const tasks = new Map();
  const groups = new Map();
  let nextTask = 1;
  let nextGroup = 1;

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

  /** Makes a task of checked options. */
  function makeWork(context, config) {
    const running = [...tasks.values()].filter((work) => !work.isOver).length;
    if (running >= MOST_TASKS) fail(21900004);
    const work = new Work(String(nextTask++), config, context);
    tasks.set(work.tid, work);
    return work;
  }

  const find = (id) => tasks.get(id) ?? fail(21900006);

  class Task {
    #work;

    constructor(work) {
      this.#work = work;
      this.tid = work.tid;
      this.config = work.config;
    }

    on(event, callback) { this.#work.events.on(event, callback); }
    off(event, callback) { this.#work.events.off(event, callback); }

    #act(work, callback, internet) {
      return system.async(() => {
        if (internet) client.demandInternet();
        if (!tasks.has(this.tid)) fail(21900007);
        work();
      }, callback);
    }

    start(callback) { return this.#act(() => this.#work.start(), callback, true); }
    pause(callback) { return this.#act(() => this.#work.pause(), callback, false); }
    resume(callback) { return this.#act(() => this.#work.resume(), callback, true); }
    stop(callback) { return this.#act(() => this.#work.stop(), callback, false); }

    setMaxSpeed(speed) {
      if (typeof speed !== 'number' || speed < 16 * 1024) fail(401);
      return this.#act(() => {}, undefined, false);
    }
  }

  function infoOf(work, full) {
    const { config } = work;
    return {
      ...(full ? { saveas: config.action === Action.DOWNLOAD ? work.path : undefined, url: config.url, data: config.data } : {}),
      tid: work.tid, title: config.title, description: config.description, action: config.action, mode: config.mode,
      priority: config.priority, mimeType: work.mimeType, progress: work.progress, gauge: config.gauge, ctime: work.ctime,
      mtime: work.mtime, retry: config.retry, tries: work.tries, faults: work.fault, reason: work.reason, extras: config.extras ?? {},
    };
  }

  /** Options with what is missing. */
  function checked(config) {
    if (!isObject(config) || (config.action !== Action.DOWNLOAD && config.action !== Action.UPLOAD)) fail(401);
    checkUrl(config.url);
    if (config.title !== undefined && (typeof config.title !== 'string' || config.title.length > 256)) fail(401);
    if (config.description !== undefined && (typeof config.description !== 'string' || config.description.length > 1024)) fail(401);
    if (config.token !== undefined && (typeof config.token !== 'string' || config.token.length < 8 || config.token.length > 2048)) fail(401);
    if (config.action === Action.UPLOAD && !Array.isArray(config.data)) fail(401);
    const upload = config.action === Action.UPLOAD;
    return {
      title: upload ? 'upload' : 'download', description: '', mode: Mode.BACKGROUND, overwrite: false, method: upload ? 'PUT' : 'GET',
      headers: {}, data: upload ? [] : '', saveas: './', network: Network.ANY, metered: false, roaming: true, retry: true, redirect: true,
      index: 0, begins: 0, ends: -1, gauge: false, precise: false, priority: 0, extras: {}, multipart: false, ...config,
    };
  }

  const agent = {
    VISIBILITY_COMPLETION: 1, VISIBILITY_PROGRESS: 2,
    Action, Mode, Network, BroadcastEvent, State, Faults, WaitingReason,

    create(context, config, callback) {
      if (!isObject(context)) fail(401);
      const settings = checked(config);
      return system.async(() => {
        client.demandInternet();
        if (settings.action === Action.DOWNLOAD && !settings.overwrite && exists(pathOf(context, settings.saveas, nameOf(settings.url)))) {
          fail(13400001, 'the file exists already');
        }
        return new Task(makeWork(context, settings));
      }, callback);
    },

    getTask(context, id, token) {
      if (!isObject(context) || typeof id !== 'string') fail(401);
      return system.async(() => {
        const work = find(id);
        if (work.config.token !== undefined && work.config.token !== token) fail(21900006);
        return new Task(work);
      });
    },

    remove(id, callback) {
      if (typeof id !== 'string') fail(401);
      return system.async(() => {
        find(id).remove();
        tasks.delete(id);
      }, callback);
    },

    show(id, callback) {
      if (typeof id !== 'string') fail(401);
      return system.async(() => infoOf(find(id), false), callback);
    },

    touch(id, token, callback) {
      if (typeof id !== 'string' || typeof token !== 'string') fail(401);
      return system.async(() => {
        const work = find(id);
        if (work.config.token !== token) fail(21900006);
        return infoOf(work, true);
      }, callback);
    },

    search(filter, callback) {
      const [wanted, done] = isFunction(filter) ? [{}, filter] : [filter ?? {}, callback];
      if (!isObject(wanted)) fail(401);
      return system.async(() => {
        const { before = Date.now(), after = before - 24 * 3600 * 1000, state, action, mode } = wanted;
        const fits = (known, asked) => asked === undefined || asked === known;
        return [...tasks.values()]
          .filter((work) => work.ctime >= after && work.ctime <= before && fits(work.state, state) && fits(work.config.action, action)
            && fits(work.config.mode, mode))
          .map(({ tid }) => tid);
      }, done);
    },

    createGroup(config) {
      if (!isObject(config) || !isObject(config.notification)) fail(401);
      return system.async(() => {
        const gid = String(nextGroup++);
        groups.set(gid, []);
        return gid;
      });
    },

    attachGroup(gid, tids) {
      if (typeof gid !== 'string' || !Array.isArray(tids)) fail(401);
      return system.async(() => {
        const group = groups.get(gid) ?? fail(21900008);
        const works = tids.map(find);
        if (works.some(({ config }) => config.mode !== Mode.BACKGROUND)) fail(21900005);
        if (works.some(({ state }) => state !== State.INITIALIZED)) fail(21900007);
        group.push(...tids);
      });
    },

    deleteGroup(gid) {
      if (typeof gid !== 'string') fail(401);
      return system.async(() => {
        if (!groups.delete(gid)) fail(21900008);
      });
    },
  };

  class DownloadTask {
    #work;
    #config;
    #events = new Events(['progress', 'complete', 'pause', 'remove', 'fail']);

    constructor(work, config) {
      this.#work = work;
      this.#config = config;
      work.events.on('progress', ({ processed, sizes }) => this.#events.emit('progress', processed, sizes[0]));
      work.events.on('completed', () => this.#events.emit('complete'));
      work.events.on('pause', () => this.#events.emit('pause'));
      work.events.on('remove', () => this.#events.emit('remove'));
      work.events.on('failed', () => this.#events.emit('fail', reasonOf(work.fault, work.status)));
    }

    on(type, callback) { this.#events.on(type, callback); }
    off(type, callback) { this.#events.off(type, callback); }

    /** True when it could be done. */
    #try(work, callback, answer = true) {
      return system.async(() => {
        client.demandInternet();
        try {
          work();
          return answer ? true : undefined;
        } catch {
          return answer ? false : undefined;
        }
      }, callback);
    }

    #remove() {
      if (!tasks.delete(this.#work.tid)) fail(21900006);
      this.#work.remove();
    }

    delete(callback) { return this.#try(() => this.#remove(), callback); }
    remove(callback) { return this.#try(() => this.#remove(), callback); }
    suspend(callback) { return this.#try(() => this.#work.pause(), callback); }
    restore(callback) { return this.#try(() => this.#work.resume(), callback); }
    pause(callback) { return this.#try(() => this.#work.pause(), callback, false); }
    resume(callback) { return this.#try(() => this.#work.resume(), callback, false); }

    #info() {
      const work = this.#work;
      const status = {
        [State.COMPLETED]: constants.SESSION_SUCCESSFUL, [State.FAILED]: constants.SESSION_FAILED, [State.PAUSED]: constants.SESSION_PAUSED,
        [State.RUNNING]: constants.SESSION_RUNNING, [State.RETRYING]: constants.SESSION_RUNNING,
      }[work.state] ?? constants.SESSION_PENDING;
      return {
        description: this.#config.description ?? '', downloadedBytes: work.processed, downloadId: Number(work.tid),
        failedReason: work.state === State.FAILED ? reasonOf(work.fault, work.status) : 0, fileName: work.path.slice(work.path.lastIndexOf('/') + 1),
        filePath: work.path, pausedReason: work.state === State.PAUSED ? constants.PAUSED_BY_USER : 0, status, targetURI: work.config.url,
        downloadTitle: this.#config.title ?? '', downloadTotalBytes: work.sizes[0],
      };
    }

    #ask(read, callback) {
      return system.async(() => {
        client.demandInternet();
        return read();
      }, callback);
    }

    getTaskInfo(callback) { return this.#ask(() => this.#info(), callback); }
    query(callback) { return this.#ask(() => this.#info(), callback); }
    getTaskMimeType(callback) { return this.#ask(() => this.#work.mimeType, callback); }
    queryMimeType(callback) { return this.#ask(() => this.#work.mimeType, callback); }
  }

  function download(context, config, callback) {
    if (!isObject(config)) fail(401);
    checkUrl(config.url);
    return system.async(() => {
      client.demandInternet();
      const settings = checked({ action: Action.DOWNLOAD, url: config.url, saveas: config.filePath, headers: config.header ?? {} });
      const path = pathOf(context, config.filePath, nameOf(config.url));
      if (exists(path)) fail(13400001, 'the file exists already');
      if (!exists(path.slice(0, path.lastIndexOf('/')))) fail(13400002);
      const work = makeWork(context, settings);
      const task = new DownloadTask(work, config);
      work.start();
      return task;
    }, callback);
  }

  class UploadTask {
    #work;
    #events = new Events(['progress', 'headerReceive', 'complete', 'fail']);

    constructor(work, files) {
      this.#work = work;
      const states = (message) => files.map((file) => ({ path: file.uri ?? file.filename ?? '', responseCode: work.status, message }));
      const total = work.sizes.reduce((sum, size) => sum + size, 0);
      work.events.on('progress', ({ index, processed, sizes }) => {
        this.#events.emit('progress', sizes.slice(0, index).reduce((sum, size) => sum + size, 0) + processed, total);
      });
      work.events.on('response', ({ headers }) => {
        this.#events.emit('headerReceive', Object.fromEntries([...headers].map(([name, values]) => [name, values.join(', ')])));
      });
      work.events.on('completed', () => this.#events.emit('complete', states('')));
      work.events.on('failed', () => this.#events.emit('fail', states(work.reason)));
    }

    on(type, callback) { this.#events.on(type, callback); }
    off(type, callback) { this.#events.off(type, callback); }

    delete(callback) {
      return system.async(() => {
        client.demandInternet();
        const known = tasks.delete(this.#work.tid);
        if (known) this.#work.remove();
        return known;
      }, callback);
    }

    remove(callback) { return this.delete(callback); }
  }

  function upload(context, config, callback) {
    if (!isObject(config) || !Array.isArray(config.files) || config.files.length === 0) fail(401);
    checkUrl(config.url);
    return system.async(() => {
      client.demandInternet();
      const files = config.files.map((file) => {
        if (!isObject(file) || typeof file.uri !== 'string' || !/^(internal:\/\/cache\/|file:\/\/|\/)/.test(file.uri)) fail(13400002);
        return { name: file.name ?? 'file', value: { path: file.uri, filename: file.filename, contentType: file.type } };
      });
      const fields = (config.data ?? []).map(({ name, value }) => ({ name, value: String(value) }));
      const settings = checked({
        action: Action.UPLOAD, url: config.url, headers: config.header ?? {}, method: config.method || 'POST', data: [...fields, ...files],
        multipart: true, index: config.index, begins: config.begins, ends: config.ends,
      });
      for (const { value } of files) {
        if (!exists(pathOf(context, value.path, ''))) fail(13400002);
      }
      const work = makeWork(context, settings);
      const task = new UploadTask(work, config.files);
      work.start();
      return task;
    }, callback);
  }

  return {
    ...constants, agent,
    downloadFile: (context, config, callback) => (isObject(context) ? download(context, config, callback) : fail(401)),
    uploadFile: (context, config, callback) => (isObject(context) ? upload(context, config, callback) : fail(401)),
    download: (config, callback) => download(undefined, config, callback),
    upload: (config, callback) => upload(undefined, config, callback),
  };
})
