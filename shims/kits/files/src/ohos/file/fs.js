// @ohos:file.fs
(function (host, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');
  const { encode, decode } = system.require('@concord:file.text');
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
    const path = decodeURIComponent(slash < 0 ? '/' : value.slice(slash));
    // file://media/Photo/…: what was chosen in the gallery.
    return value.startsWith('file://media/') ? `/data/storage/el2/media${path}` : path;
  }

  function fdOf(value) {
    const fd = value instanceof File ? value.fd : value;
    if (typeof fd !== 'number' || !Number.isInteger(fd) || fd < 0) invalid();
    return fd;
  }

  const fileOf = (value) => (typeof value === 'number' ? fdOf(value) : pathOf(value));

  function numberOf(value, whenMissing) {
    if (value === undefined || value === null) return whenMissing;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) invalid();
    return value;
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
      return system.async(() => host.lock(this.fd, mode ? 'exclusive' : 'shared', true), done);
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

  function openSync(path, mode = OpenMode.READ_ONLY) {
    const name = pathOf(path);
    if (typeof mode !== 'number' || !Number.isInteger(mode) || mode < 0) invalid();
    return new File(host.open(name, mode), name);
  }

  function closeSync(file) {
    host.close(fdOf(file));
  }

  function bytesOf(buffer, options) {
    if (typeof buffer === 'string') return encode(buffer, options?.encoding);
    if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
    if (ArrayBuffer.isView(buffer)) return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    return invalid();
  }

  function readSync(fd, buffer, options) {
    const target = typeof buffer === 'string' ? invalid() : bytesOf(buffer);
    const length = Math.min(numberOf(options?.length, target.length), target.length);
    const bytes = host.read(fdOf(fd), length, numberOf(options?.offset, undefined));
    target.set(bytes);
    return bytes.length;
  }

  function writeSync(fd, buffer, options) {
    const bytes = bytesOf(buffer, options);
    const length = numberOf(options?.length, bytes.length);
    if (length > bytes.length) invalid();
    return host.write(fdOf(fd), bytes.subarray(0, length), numberOf(options?.offset, undefined));
  }

  function withFile(path, mode, use) {
    const fd = host.open(pathOf(path), mode);
    try {
      return use(fd);
    } finally {
      host.close(fd);
    }
  }

  function readTextSync(path, options) {
    return withFile(path, OpenMode.READ_ONLY, (fd) => {
      const { size } = host.stat(fd, true);
      const offset = numberOf(options?.offset, 0);
      const length = numberOf(options?.length, Math.max(size - offset, 0));
      return decode(host.read(fd, length, offset), options?.encoding);
    });
  }

  class ReaderIterator {
    #lines;
    #next = 0;

    constructor(lines) {
      this.#lines = lines;
    }

    next() {
      const done = this.#next >= this.#lines.length;
      return { done, value: done ? '' : this.#lines[this.#next++] };
    }

    [Symbol.iterator]() { return this; }
  }

  function readLinesSync(path, options) {
    // Each line with its line feed.
    return new ReaderIterator(readTextSync(path, options).match(/[^\n]*\n|[^\n]+/g) ?? []);
  }

  const statSync = (file) => new Stat(host.stat(fileOf(file), true));
  const lstatSync = (path) => new Stat(host.stat(pathOf(path), false));
  const accessSync = (path, mode = AccessModeType.EXIST) => host.access(pathOf(path), mode);
  const rmdirSync = (path) => host.rmdir(pathOf(path));
  const unlinkSync = (path) => host.unlink(pathOf(path));
  const renameSync = (from, to) => host.rename(pathOf(from), pathOf(to));
  const truncateSync = (file, length) => host.truncate(fileOf(file), numberOf(length, 0));
  const fsyncSync = (fd) => host.sync(fdOf(fd), false);
  const fdatasyncSync = (fd) => host.sync(fdOf(fd), true);
  const symlinkSync = (target, link) => host.symlink(pathOf(target), pathOf(link));
  const mkdtempSync = (prefix) => host.mkdtemp(pathOf(prefix));

  function mkdirSync(path, recursion = false) {
    if (typeof recursion !== 'boolean') invalid();
    host.mkdir(pathOf(path), recursion);
  }

  function copyFileSync(src, dest, mode = 0) {
    if (mode !== 0) invalid();
    host.copyFile(fileOf(src), fileOf(dest));
  }

  const exists = (path) => host.access(path, AccessModeType.EXIST);

  function moveFileSync(src, dest, mode = 0) {
    const [from, to] = [pathOf(src), pathOf(dest)];
    if (mode === 1 && exists(to)) fail(13900015, 'File exists');
    host.rename(from, to);
  }

  /** Files below a directory with their names relative to it, directories after their contents. */
  function* walk(directory, prefix = '') {
    for (const [name, isDirectory] of host.list(directory)) {
      const relative = `${prefix}/${name}`;
      if (isDirectory) yield* walk(`${directory}/${name}`, relative);
      yield [relative, isDirectory];
    }
  }

  function targetOf(src, dest) {
    const from = pathOf(src).replace(/\/+$/, '');
    const to = pathOf(dest).replace(/\/+$/, '');
    if (!statSync(from).isDirectory() || !statSync(to).isDirectory()) fail(13900018, 'Not a directory');
    if (`${to}/`.startsWith(`${from}/`)) invalid();
    return [from, `${to}${from.slice(from.lastIndexOf('/'))}`];
  }

  function conflicts(from, target) {
    return [...walk(from)]
      .filter(([name, isDirectory]) => !isDirectory && exists(target + name))
      .map(([name]) => ({ srcFile: from + name, destFile: target + name }));
  }

  function failWithConflicts(files) {
    throw new system.BusinessError(13900015, 'File exists', files);
  }

  function copyTree(from, target) {
    if (!exists(target)) host.mkdir(target, true);
    for (const [name, isDirectory] of host.list(from)) {
      if (isDirectory) copyTree(`${from}/${name}`, `${target}/${name}`);
      else host.copyFile(`${from}/${name}`, `${target}/${name}`);
    }
  }

  function copyDirSync(src, dest, mode = 0) {
    const [from, target] = targetOf(src, dest);
    const files = mode === 0 ? conflicts(from, target) : [];
    if (files.length > 0) failWithConflicts(files);
    copyTree(from, target);
  }

  /** mode 0: fails when the target has something; 1: fails with the conflicting files; 2: overwrites them; 3: replaces the target. */
  function moveDirSync(src, dest, mode = 0) {
    const [from, target] = targetOf(src, dest);
    if (exists(target)) {
      if (mode === 0 && host.list(target).length > 0) fail(13900032, 'Directory not empty');
      const files = mode === 1 ? conflicts(from, target) : [];
      if (files.length > 0) failWithConflicts(files);
      if (mode === 3 || mode === 0) host.rmdir(target);
    }
    if (!exists(target)) {
      host.rename(from, target);
    } else {
      copyTree(from, target);
      host.rmdir(from);
    }
  }

  function copySync(srcUri, destUri, options) {
    const [from, to] = [pathOf(srcUri), pathOf(destUri)];
    if (statSync(from).isDirectory()) copyTree(from, to);
    else host.copyFile(from, to);
    const size = statSync(to).size;
    options?.progressListener?.({ processedSize: size, totalSize: size });
  }

  const matches = (name, pattern) => new RegExp(
    `^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`,
  ).test(name);

  function passes(filter, name, size, mtime) {
    if (filter === undefined || filter === null) return true;
    const base = name.slice(name.lastIndexOf('/') + 1);
    if (Array.isArray(filter.suffix) && !filter.suffix.some((suffix) => base.endsWith(suffix))) return false;
    if (Array.isArray(filter.displayName) && !filter.displayName.some((pattern) => matches(base, pattern))) return false;
    if (typeof filter.fileSizeOver === 'number' && size <= filter.fileSizeOver) return false;
    return !(typeof filter.lastModifiedAfter === 'number' && mtime <= filter.lastModifiedAfter);
  }

  function listFileSync(path, options) {
    const limit = numberOf(options?.listNum, 0) || Infinity;
    const recursive = Boolean(options?.recursion);
    const names = [];
    const visit = (directory, prefix) => {
      for (const [name, isDirectory, size, mtime] of host.list(directory)) {
        if (names.length >= limit) return;
        const shown = recursive ? `${prefix}/${name}` : name;
        if (recursive && isDirectory) visit(`${directory}/${name}`, shown);
        // A filter looks at files only.
        else if (passes(options?.filter, name, isDirectory ? Infinity : size, isDirectory ? Infinity : mtime)) names.push(shown);
      }
    };
    visit(pathOf(path), '');
    return names;
  }

  function listFileExtSync(path, options) {
    const { fileFilter, ...rest } = options ?? {};
    const names = listFileSync(path, { ...rest, listNum: 0 }).filter((name) => fileFilter?.filter?.(name) ?? true);
    return rest.listNum > 0 ? names.slice(0, rest.listNum) : names;
  }

  const lseek = (fd, offset, whence = WhenceType.SEEK_SET) => host.seek(fdOf(fd), offset, whence);
  const utimes = (path, mtime) => host.utimes(pathOf(path), numberOf(mtime, 0));

  function dup(fd) {
    return new File(host.dup(fdOf(fd)), '');
  }

  class Watcher {
    start() {}
    stop() {}
  }

  function createWatcher(path, events, listener) {
    pathOf(path);
    if (typeof events !== 'number' || typeof listener !== 'function') invalid();
    return new Watcher();
  }

  class TaskSignal {
    cancel() {}
    onCancel() { return Promise.resolve(''); }
  }

  /** The asynchronous form of `f`: the last argument may be a callback, else a promise is given. */
  const asynchronous = (f) => (...args) => {
    const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
    return system.async(() => f(...args), callback);
  };

  const streams = makeStreams({ host, OpenMode, File, pathOf, fdOf, fileOf, numberOf, bytesOf, readSync, writeSync, invalid, asynchronous });

  const fileIo = {
    OpenMode, AccessModeType, AccessFlagType, WhenceType, LocationType, MappingMode, File, Stat, ReaderIterator, Watcher, TaskSignal,
    openSync, closeSync, readSync, writeSync, readTextSync, readLinesSync, statSync, lstatSync, accessSync, mkdirSync, rmdirSync,
    unlinkSync, renameSync, copyFileSync, moveFileSync, copyDirSync, moveDirSync, listFileSync, listFileExtSync, truncateSync,
    fsyncSync, fdatasyncSync, symlinkSync, mkdtempSync, lseek, utimes, dup, createWatcher, ...streams,
  };
  for (const name of ['open', 'close', 'read', 'write', 'readText', 'readLines', 'stat', 'lstat', 'access', 'mkdir', 'rmdir', 'unlink',
    'rename', 'copyFile', 'moveFile', 'copyDir', 'moveDir', 'listFile', 'listFileExt', 'truncate', 'fsync', 'fdatasync', 'symlink',
    'mkdtemp']) {
    fileIo[name] = asynchronous(fileIo[`${name}Sync`]);
  }
  fileIo.copy = asynchronous(copySync);
  fileIo.fileIo = fileIo;
  return fileIo;
})
