// @ohos:file.fs
(function (_, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');
  const permissions = system.require('@concord:kits/permissions');
  const { TextEncoder } = system.require('@concord:util.text');
  const host = system.require('@concord:file.host');
  const events = system.require('@concord:file.events');
  const makeStreams = system.require('@concord:file.streams');

  const OpenMode = {
    READ_ONLY: 0o0, WRITE_ONLY: 0o1, READ_WRITE: 0o2, CREATE: 0o100, TRUNC: 0o1000, APPEND: 0o2000, NONBLOCK: 0o4000,
    DIR: 0o200000, NOFOLLOW: 0o400000, SYNC: 0o4010000, UNCACHE: 0,
  };
  const AccessModeType = { EXIST: 0, WRITE: 2, READ: 4, READ_WRITE: 6 };
  const AccessFlagType = { LOCAL: 0 };
  const WhenceType = { SEEK_SET: 0, SEEK_CUR: 1, SEEK_END: 2 };
  const LocationType = { LOCAL: 1, CLOUD: 2 };
  const MappingMode = { READ_ONLY: 0, READ_WRITE: 1, PRIVATE: 2 };

  const invalid = () => fail(13900020, 'Invalid argument');

  function pathOf(value) {
    if (typeof value !== 'string' || value === '') invalid();
    if (!value.startsWith('file://')) return value;
    // file://bundle/data/storage/…: the app's own file.
    const slash = value.indexOf('/', 'file://'.length);
    let path;
    try {
      path = decodeURIComponent(slash < 0 ? '/' : value.slice(slash));
    } catch {
      invalid();
    }
    // file://media/Photo/…: what was chosen in the gallery.
    return value.startsWith('file://media/') ? `/data/storage/el2/media${path}` : path;
  }

  function fdOf(value) {
    const fd = value instanceof File ? value.fd : value;
    if (typeof fd !== 'number' || !Number.isInteger(fd) || fd < 0) invalid();
    return fd;
  }

  const fileOf = (value) => (typeof value === 'string' ? pathOf(value) : fdOf(value));

  function numberOf(value, whenMissing) {
    if (value === undefined || value === null) return whenMissing;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) invalid();
    return value;
  }

  function modeOf(mode, most) {
    const number = numberOf(mode, 0);
    if (!Number.isInteger(number) || number > most) invalid();
    return number;
  }

  class File {
    #path;

    constructor(fd, path) {
      this.fd = fd;
      this.#path = path;
    }

    get path() { return this.#path; }
    get name() { return this.#path.slice(this.#path.lastIndexOf('/') + 1); }

    getParent() {
      return this.#path.slice(0, Math.max(this.#path.lastIndexOf('/'), 1));
    }

    lock(exclusive, callback) {
      const [mode, done] = typeof exclusive === 'function' ? [false, exclusive] : [exclusive, callback];
      return system.async(() => events.lockApart(this.fd, mode ? 'exclusive' : 'shared', true), done);
    }

    tryLock(exclusive) { host.lock(this.fd, exclusive ? 'exclusive' : 'shared', false); }
    unlock() { host.lock(this.fd, 'none', false); }
  }

  const S_IFMT = 0o170000;

  class Stat {
    constructor(data) {
      Object.assign(this, data);
      this.location = LocationType.LOCAL;
    }

    #is(kind) { return (this.mode & S_IFMT) === kind; }
    isBlockDevice() { return this.#is(0o060000); }
    isCharacterDevice() { return this.#is(0o020000); }
    isDirectory() { return this.#is(0o040000); }
    isFIFO() { return this.#is(0o010000); }
    isFile() { return this.#is(0o100000); }
    isSocket() { return this.#is(0o140000); }
    isSymbolicLink() { return this.#is(0o120000); }
  }

  class ReaderIterator {
    #text;
    #next = 0;

    constructor(text) {
      this.#text = text;
    }

    // Each line has its line feed.
    next() {
      if (this.#next >= this.#text.length) return { done: true, value: '' };
      const end = this.#text.indexOf('\n', this.#next) + 1 || this.#text.length;
      const value = this.#text.slice(this.#next, end);
      this.#next = end;
      return { done: false, value };
    }

    [Symbol.iterator]() { return this; }
  }

  const encoders = new Map();

  function encode(text, encoding = 'utf-8') {
    if (!encoders.has(encoding)) encoders.set(encoding, new TextEncoder(encoding));
    return encoders.get(encoding).encode(text);
  }

  function bytesOf(buffer, options) {
    if (typeof buffer === 'string') return encode(buffer, options?.encoding ?? undefined);
    if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
    if (ArrayBuffer.isView(buffer)) return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    return invalid();
  }

  /** The part of a buffer that is read into. */
  function targetOf(buffer, options) {
    const target = typeof buffer === 'string' ? invalid() : bytesOf(buffer);
    const length = numberOf(options?.length, target.length);
    return length < target.length ? target.subarray(0, length) : target;
  }

  /** The bytes that are written. */
  function sourceOf(buffer, options) {
    const bytes = bytesOf(buffer, options);
    const length = numberOf(options?.length, bytes.length);
    if (length > bytes.length) invalid();
    return length < bytes.length ? bytes.subarray(0, length) : bytes;
  }

  const readSync = (fd, buffer, options) => events.readInto(fdOf(fd), targetOf(buffer, options), numberOf(options?.offset, undefined));
  const writeSync = (fd, buffer, options) => events.writeFrom(fdOf(fd), sourceOf(buffer, options), numberOf(options?.offset, undefined));

  async function readLater(fd, buffer, options) {
    const target = targetOf(buffer, options);
    const bytes = await host.readLater(fdOf(fd), target.length, numberOf(options?.offset, undefined));
    target.set(bytes);
    return bytes.length;
  }

  const writeLater = (fd, buffer, options) => host.writeLater(fdOf(fd), sourceOf(buffer, options), numberOf(options?.offset, undefined));

  /** Optional last callback of an asynchronous form. */
  const asynchronous = (f) => function (...args) {
    const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
    return system.async(() => f.apply(this, args), callback);
  };

  function listOptions(options) {
    const { suffix, displayName, fileSizeOver, lastModifiedAfter } = options?.filter ?? {};
    for (const list of [suffix, displayName]) {
      const texts = Array.isArray(list) && list.length > 0 && list.every((text) => typeof text === 'string');
      if (list !== undefined && list !== null && !texts) invalid();
    }
    return JSON.stringify({
      recursion: Boolean(options?.recursion),
      listNum: Math.trunc(numberOf(options?.listNum, 0)),
      filter: {
        suffix, displayName, fileSizeOver: numberOf(fileSizeOver, undefined), lastModifiedAfter: numberOf(lastModifiedAfter, undefined),
      },
    });
  }

  function extended(options) {
    const { fileFilter, listNum = 0, ...rest } = options ?? {};
    return (names) => {
      const chosen = typeof fileFilter?.filter === 'function' ? names.filter((name) => fileFilter.filter(name)) : names;
      return listNum > 0 ? chosen.slice(0, listNum) : chosen;
    };
  }

  // name: arguments of the guest → [leaf, its arguments, what becomes of the result].
  const operations = {
    open: (path, mode) => {
      const name = pathOf(path);
      const flags = numberOf(mode, OpenMode.READ_ONLY);
      if (!Number.isInteger(flags)) invalid();
      return ['open', [name, flags], (fd) => new File(fd, name)];
    },
    close: (file) => ['close', [fdOf(file)]],
    readText: (path, options) =>
      ['readText', [pathOf(path), numberOf(options?.offset, 0), numberOf(options?.length, undefined)]],
    readLines: (path) => ['readText', [pathOf(path), 0], (text) => new ReaderIterator(text)],
    stat: (file) => ['stat', [fileOf(file), true], (data) => new Stat(data)],
    lstat: (path) => ['stat', [pathOf(path), false], (data) => new Stat(data)],
    access: (path, mode) => ['access', [pathOf(path), modeOf(mode, 7)]],
    mkdir: (path, recursion = false) => ['mkdir', [pathOf(path), typeof recursion === 'boolean' ? recursion : invalid()]],
    rmdir: (path) => ['rmdir', [pathOf(path)]],
    unlink: (path) => ['unlink', [pathOf(path)]],
    rename: (from, to) => ['rename', [pathOf(from), pathOf(to)]],
    copyFile: (src, dest, mode) => {
      modeOf(mode, 0);
      return ['copyFile', [fileOf(src), fileOf(dest)]];
    },
    moveFile: (src, dest, mode) => ['moveFile', [pathOf(src), pathOf(dest), modeOf(mode, 1) === 0]],
    copyDir: (src, dest, mode) => ['copyDir', [pathOf(src), pathOf(dest), modeOf(mode, 1)]],
    moveDir: (src, dest, mode) => ['moveDir', [pathOf(src), pathOf(dest), modeOf(mode, 3)]],
    listFile: (path, options) => ['list', [pathOf(path), listOptions(options)]],
    listFileExt: (path, options) =>
      ['list', [pathOf(path), listOptions({ recursion: options?.recursion })], extended(options)],
    truncate: (file, length) => ['truncate', [fileOf(file), numberOf(length, 0)]],
    fsync: (fd) => ['sync', [fdOf(fd), false]],
    fdatasync: (fd) => ['sync', [fdOf(fd), true]],
    symlink: (target, link) => ['symlink', [pathOf(target), pathOf(link)]],
    mkdtemp: (prefix) => ['mkdtemp', [pathOf(prefix)]],
    setxattr: (path, key, value) => ['setxattr', [pathOf(path), textOf(key), textOf(value)]],
    getxattr: (path, key) => ['getxattr', [pathOf(path), textOf(key)]],
  };

  function textOf(value) {
    return typeof value === 'string' ? value : fail(401, 'The input parameter is invalid. It must be a string');
  }

  const lseek = (fd, offset, whence = WhenceType.SEEK_SET) => {
    if (typeof offset !== 'number' || !Number.isFinite(offset)) invalid();
    return host.seek(fdOf(fd), offset, modeOf(whence, WhenceType.SEEK_END));
  };
  const utimes = (path, mtime) => host.utimes(pathOf(path), numberOf(mtime ?? invalid(), 0));
  const dup = (fd) => new File(host.dup(fdOf(fd)), '');

  class Watcher {
    #path;
    #events;
    #listener;
    #number;

    constructor(path, events, listener) {
      this.#path = path;
      this.#events = events;
      this.#listener = listener;
    }

    start() {
      if (this.#number !== undefined) invalid();
      const number = events.add(this.#listener);
      try {
        events.watch(number, this.#path, this.#events);
      } catch (error) {
        events.remove(number);
        throw error;
      }
      this.#number = number;
    }

    stop() {
      if (this.#number === undefined) invalid();
      events.unwatch(this.#number);
      events.remove(this.#number);
      this.#number = undefined;
    }
  }

  function createWatcher(path, mask, listener) {
    const name = pathOf(path);
    if (typeof mask !== 'number' || !(mask > 0) || (mask & 0xfff) === 0 || typeof listener !== 'function') invalid();
    return new Watcher(name, mask, listener);
  }

  // TaskSignal → the number of its copy, and who waits for its end.
  const signals = new WeakMap();

  class TaskSignal {
    constructor() {
      signals.set(this, { number: undefined, waiting: [] });
    }

    cancel() {
      const { number } = signals.get(this);
      if (number === undefined || !events.cancelCopy(number)) fail(13900043, 'No task can be canceled');
    }

    onCancel() {
      return new Promise((resolve) => { signals.get(this).waiting.push(resolve); });
    }
  }

  const copy = asynchronous(async (srcUri, destUri, options) => {
    for (const uri of [srcUri, destUri]) {
      if (typeof uri !== 'string' || !uri.startsWith('file://')) invalid();
    }
    const { progressListener, copySignal } = options ?? {};
    if (progressListener !== undefined && typeof progressListener !== 'function') invalid();
    if (copySignal !== undefined && !signals.has(copySignal)) invalid();
    const [from, to] = [pathOf(srcUri), pathOf(destUri)];
    const number = events.add(progressListener);
    const signal = signals.get(copySignal ?? {}) ?? { waiting: [] };
    signal.number = number;
    try {
      await host.copyLater(from, to, number, progressListener !== undefined);
    } catch (error) {
      if (error.code === 13900004) {
        for (const resolve of signal.waiting.splice(0)) resolve(to);
      }
      throw error;
    } finally {
      signal.number = undefined;
      events.remove(number);
    }
  });

  // There are no other devices.
  function dfs(networkId) {
    textOf(networkId);
    permissions.demand('ohos.permission.DISTRIBUTED_DATASYNC');
    return system.async(() => fail(13900045, 'Connection failed'));
  }

  function connectDfs(networkId, listeners) {
    if (typeof listeners?.onStatus !== 'function') fail(401, 'The input parameter is invalid. listeners must have onStatus');
    return dfs(networkId);
  }

  const streams = makeStreams({
    host, OpenMode, File, pathOf, fdOf, fileOf, numberOf, bytesOf, readSync, writeSync, readLater, writeLater, invalid, fail,
    asynchronous,
  });

  const fileIo = {
    OpenMode, AccessModeType, AccessFlagType, WhenceType, LocationType, MappingMode, File, Stat, ReaderIterator, Watcher, TaskSignal,
    readSync, writeSync, read: asynchronous(readLater), write: asynchronous(writeLater), lseek, utimes, dup, createWatcher, copy,
    connectDfs, disconnectDfs: dfs, ...streams,
  };
  const same = (value) => value;
  for (const [name, prepare] of Object.entries(operations)) {
    fileIo[`${name}Sync`] = (...args) => {
      const [leaf, values, finish = same] = prepare(...args);
      return finish(host[leaf](...values));
    };
    fileIo[name] = asynchronous(async (...args) => {
      const [leaf, values, finish = same] = prepare(...args);
      return finish(await host[`${leaf}Later`](...values));
    });
  }
  fileIo.fileIo = fileIo;
  return fileIo;
})
