// @ohos:request: files up and down, by tasks that go on while the process lives.
(function (host, system) {
  'use strict';

  const client = system.require('@concord:net/client');
  const fs = system.require('@ohos:file.fs');
  const {
    Action, Mode, Network, BroadcastEvent, State, Faults, fail, isObject, isFunction, nameOf, pathOf, Events, Work,
  } = system.require('@concord:request/work');

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
  const WaitingReason = { TASK_QUEUE_FULL: 0, NETWORK_NOT_MATCH: 1, APP_BACKGROUND: 2, USER_INACTIVATED: 3 };
  /** Tasks of an app that are not over yet. */
  const MOST_TASKS = 10;
  const LONGEST_URL = 8192;

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

  const tasks = new Map();
  const groups = new Map();
  let nextTask = 1;
  let nextGroup = 1;

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
