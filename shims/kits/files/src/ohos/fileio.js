// @ohos:fileio: the older form of @ohos:file.fs. Descriptors are numbers; an offset is one in the buffer, a position one in the file.
(function (_, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');
  const fs = system.require('@ohos:file.fs');
  const hashes = system.require('@ohos:file.hash');
  const host = system.require('@concord:file.host');

  const invalid = () => fail(13900020, 'Invalid argument');
  const number = (value, usual) => (value === undefined || value === null ? usual : typeof value === 'number' ? value : invalid());
  const text = (value) => (typeof value === 'string' && value !== '' ? value : invalid());

  /** The part of a buffer that options name. */
  function part(buffer, options) {
    if (!(buffer instanceof ArrayBuffer) && !ArrayBuffer.isView(buffer)) invalid();
    const bytes = buffer instanceof ArrayBuffer ? new Uint8Array(buffer) : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const offset = number(options?.offset, 0);
    const length = number(options?.length, bytes.length - offset);
    if (offset < 0 || length < 0 || offset + length > bytes.length) invalid();
    return bytes.subarray(offset, offset + length);
  }

  const place = (options) => ({ offset: options?.position, encoding: options?.encoding });
  const source = (buffer, options) => (typeof buffer === 'string' ? buffer : part(buffer, options));
  const readOut = (bytesRead, buffer, options) => ({ bytesRead, offset: number(options?.offset, 0), buffer });

  const asynchronous = (f) => function (...args) {
    const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
    return system.async(() => f.apply(this, args), callback);
  };

  class Stream {
    #stream;

    constructor(stream) {
      this.#stream = stream;
    }

    readSync(buffer, options) { return this.#stream.readSync(part(buffer, options), place(options)); }
    writeSync(buffer, options) { return this.#stream.writeSync(source(buffer, options), place(options)); }
    flushSync() { this.#stream.flushSync(); }
    closeSync() { this.#stream.closeSync(); }

    static {
      const later = {
        async read(buffer, options) { return readOut(await this.#stream.read(part(buffer, options), place(options)), buffer, options); },
        write(buffer, options) { return this.#stream.write(source(buffer, options), place(options)); },
        flush() { return this.#stream.flush(); },
        close() { return this.#stream.close(); },
      };
      for (const [name, f] of Object.entries(later)) {
        Object.defineProperty(this.prototype, name, { value: asynchronous(f), writable: true, configurable: true });
      }
    }
  }

  class Dirent {
    #stat;

    constructor(name, stat) {
      this.name = name;
      this.#stat = stat;
    }

    isBlockDevice() { return this.#stat.isBlockDevice(); }
    isCharacterDevice() { return this.#stat.isCharacterDevice(); }
    isDirectory() { return this.#stat.isDirectory(); }
    isFIFO() { return this.#stat.isFIFO(); }
    isFile() { return this.#stat.isFile(); }
    isSocket() { return this.#stat.isSocket(); }
    isSymbolicLink() { return this.#stat.isSymbolicLink(); }
  }

  class Dir {
    #path;
    #names;

    constructor(path, names) {
      this.#path = path;
      this.#names = names;
    }

    /** The next entry; undefined behind the last. */
    readSync() {
      if (this.#names === undefined) fail(13900008, 'Bad file descriptor');
      const name = this.#names.shift();
      return name === undefined ? undefined : new Dirent(name, fs.lstatSync(`${this.#path}/${name}`));
    }

    closeSync() { this.#names = undefined; }
  }
  for (const name of ['read', 'close']) {
    const sync = Dir.prototype[`${name}Sync`];
    Object.defineProperty(Dir.prototype, name, { value: asynchronous(function () { return sync.apply(this); }), writable: true, configurable: true });
  }

  class Watcher {}
  const watchers = new WeakMap();
  Object.defineProperty(Watcher.prototype, 'stop', {
    value: asynchronous(function () { watchers.get(this).stop(); }), writable: true, configurable: true,
  });

  function createWatcher(filename, events, callback) {
    const watcher = fs.createWatcher(filename, events, ({ event }) => callback(undefined, event));
    watcher.start();
    const made = new Watcher();
    watchers.set(made, watcher);
    return made;
  }

  const flagsOf = (flags) => number(flags, 0);
  const older = (options) => ({ offset: options?.position, length: options?.length, encoding: options?.encoding });

  const fileIO = {
    Stream, Dir, Dirent, Watcher, Stat: fs.Stat, createWatcher,
    openSync: (path, flags) => fs.openSync(path, flagsOf(flags)).fd,
    open: asynchronous(async (path, flags) => (await fs.open(path, flagsOf(flags))).fd),
    readSync: (fd, buffer, options) => fs.readSync(fd, part(buffer, options), place(options)),
    read: asynchronous(async (fd, buffer, options) => readOut(await fs.read(fd, part(buffer, options), place(options)), buffer, options)),
    writeSync: (fd, buffer, options) => fs.writeSync(fd, source(buffer, options), place(options)),
    write: asynchronous((fd, buffer, options) => fs.write(fd, source(buffer, options), place(options))),
    readTextSync: (path, options) => fs.readTextSync(path, older(options)),
    readText: asynchronous((path, options) => fs.readText(path, older(options))),
    createStreamSync: (path, mode) => new Stream(fs.createStreamSync(path, mode)),
    createStream: asynchronous(async (path, mode) => new Stream(await fs.createStream(path, mode))),
    fdopenStreamSync: (fd, mode) => new Stream(fs.fdopenStreamSync(fd, mode)),
    fdopenStream: asynchronous(async (fd, mode) => new Stream(await fs.fdopenStream(fd, mode))),
    opendirSync: (path) => new Dir(path, fs.listFileSync(path)),
    opendir: asynchronous(async (path) => new Dir(path, await fs.listFile(path))),
    mkdirSync: (path) => fs.mkdirSync(path),
    mkdir: asynchronous((path) => fs.mkdir(path)),
    accessSync(path, mode) {
      if (!fs.accessSync(path, number(mode, 0))) fail(13900002, 'No such file or directory');
    },
    access: asynchronous((path, mode) => fileIO.accessSync(path, mode)),
    hash: hashes.hash,
  };
  // The same as now.
  for (const name of ['close', 'stat', 'lstat', 'rmdir', 'unlink', 'rename', 'copyFile', 'truncate', 'fsync', 'fdatasync', 'symlink', 'mkdtemp']) {
    fileIO[name] = fs[name];
    fileIO[`${name}Sync`] = fs[`${name}Sync`];
  }
  for (const [name, other] of [['fstat', 'stat'], ['ftruncate', 'truncate']]) {
    fileIO[name] = fs[other];
    fileIO[`${name}Sync`] = fs[`${other}Sync`];
  }
  const modes = {
    chmod: (path, mode) => ['chmod', text(path), number(mode)],
    fchmod: (fd, mode) => ['chmod', number(fd), number(mode)],
    chown: (path, uid, gid) => ['chown', text(path), number(uid), number(gid), true],
    fchown: (fd, uid, gid) => ['chown', number(fd), number(uid), number(gid), true],
    lchown: (path, uid, gid) => ['chown', text(path), number(uid), number(gid), false],
  };
  for (const [name, prepare] of Object.entries(modes)) {
    fileIO[`${name}Sync`] = (...args) => {
      const [leaf, ...values] = prepare(...args);
      return host[leaf](...values);
    };
    fileIO[name] = asynchronous((...args) => {
      const [leaf, ...values] = prepare(...args);
      return host[`${leaf}Later`](...values);
    });
  }
  fileIO.fileIO = fileIO;
  return fileIO;
})
