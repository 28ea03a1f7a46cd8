// Part of @ohos:file.fs: what reads and writes through an object instead of a descriptor. Gives a function of the module's own helpers.
(function (host, system) {
  'use strict';

  return function ({ host, OpenMode, File, pathOf, fdOf, fileOf, numberOf, bytesOf, readSync, writeSync, invalid, asynchronous }) {
    const { READ_ONLY, WRITE_ONLY, READ_WRITE, CREATE, TRUNC, APPEND } = OpenMode;
    const streamModes = {
      'r': READ_ONLY, 'r+': READ_WRITE, 'w': WRITE_ONLY | CREATE | TRUNC, 'w+': READ_WRITE | CREATE | TRUNC,
      'a': WRITE_ONLY | CREATE | APPEND, 'a+': READ_WRITE | CREATE | APPEND,
    };

    class Stream {
      #fd;

      constructor(fd) {
        this.#fd = fd;
      }

      // As with fseek and fread: an offset moves the position.
      #seek(options) {
        const offset = numberOf(options?.offset, undefined);
        if (offset !== undefined) host.seek(this.#fd, offset, 0);
        return { ...options, offset: undefined };
      }

      readSync(buffer, options) { return readSync(this.#fd, buffer, this.#seek(options)); }
      writeSync(buffer, options) { return writeSync(this.#fd, buffer, this.#seek(options)); }
      flushSync() { host.stat(this.#fd, true); }
      closeSync() { host.close(this.#fd); }
    }

    class RandomAccessFile {
      #pointer = 0;
      #start;
      #end;

      constructor(fd, options) {
        this.fd = fd;
        this.#start = numberOf(options?.start, 0);
        this.#end = numberOf(options?.end, Infinity);
      }

      get filePointer() { return this.#pointer; }
      setFilePointer(filePointer) { this.#pointer = numberOf(filePointer, 0); }

        // An offset counts from the file pointer.
      #place(options, length) {
        const offset = this.#start + this.#pointer + numberOf(options?.offset, 0);
        return { ...options, offset, length: Math.max(Math.min(numberOf(options?.length, length), this.#end - offset), 0) };
      }

      readSync(buffer, options) {
        const place = this.#place(options, buffer?.byteLength ?? 0);
        const count = readSync(this.fd, buffer, place);
        this.#pointer = place.offset - this.#start + count;
        return count;
      }

      writeSync(buffer, options) {
        const bytes = bytesOf(buffer, options);
        const place = this.#place(options, bytes.length);
        const count = writeSync(this.fd, bytes, place);
        this.#pointer = place.offset - this.#start + count;
        return count;
      }

      close() { host.close(this.fd); }
      getReadStream() { return new ReadStream('', { fd: host.dup(this.fd) }); }
      getWriteStream() { return new WriteStream('', { fd: host.dup(this.fd) }); }
    }

    for (const Class of [Stream, RandomAccessFile]) {
      for (const name of ['read', 'write', 'flush', 'close']) {
        const sync = Class.prototype[`${name}Sync`];
        if (sync === undefined) continue;
        Object.defineProperty(Class.prototype, name, {
          value(...args) {
            return asynchronous((...rest) => sync.apply(this, rest))(...args);
          },
          writable: true,
          configurable: true,
        });
      }
    }

    const { Readable, Writable } = system.require('@ohos:util.stream');
    const CHUNK = 64 * 1024;

    class ReadStream extends Readable {
      #fd;
      #path;
      #position;
      #end;
      #count = 0;

      constructor(path, options) {
        super();
        this.#path = path;
        this.#fd = options?.fd ?? host.open(pathOf(path), READ_ONLY);
        this.#position = numberOf(options?.start, 0);
        this.#end = numberOf(options?.end, Infinity);
      }

      get bytesRead() { return this.#count; }
      get path() { return this.#path; }

      doRead(size) {
        const bytes = host.read(this.#fd, Math.max(Math.min(size || CHUNK, this.#end - this.#position), 0), this.#position);
        this.#position += bytes.length;
        this.#count += bytes.length;
        this.push(bytes.length === 0 ? null : bytes, 'utf-8');
      }

      seek(offset, whence = 0) {
        this.#position = whence === 1 ? this.#position + offset : whence === 2 ? host.stat(this.#fd, true).size + offset : offset;
        return this.#position;
      }

      close() { host.close(this.#fd); }
    }

    class WriteStream extends Writable {
      #fd;
      #path;
      #position;
      #count = 0;

      constructor(path, options) {
        super();
        this.#path = path;
        this.#fd = options?.fd ?? host.open(pathOf(path), options?.mode ?? (READ_WRITE | CREATE));
        this.#position = numberOf(options?.start, 0);
      }

      get bytesWritten() { return this.#count; }
      get path() { return this.#path; }

      doWrite(chunk, encoding, callback) {
        const count = host.write(this.#fd, bytesOf(chunk, { encoding }), this.#position);
        this.#position += count;
        this.#count += count;
        callback();
      }

      seek(offset, whence = 0) {
        this.#position = whence === 1 ? this.#position + offset : whence === 2 ? host.stat(this.#fd, true).size + offset : offset;
        return this.#position;
      }

      close() { host.close(this.#fd); }
    }

    class AtomicFile {
      #path;
      #writer;

      constructor(path) {
        this.#path = pathOf(path);
      }

      get #draft() { return `${this.#path}.new`; }

      getBaseFile() { return new File(host.open(this.#path, READ_WRITE | CREATE), this.#path); }
      openRead() { return new ReadStream(this.#path); }

      readFully() {
        const fd = host.open(this.#path, READ_ONLY);
        try {
          return host.read(fd, host.stat(fd, true).size, 0).slice().buffer;
        } finally {
          host.close(fd);
        }
      }

      startWrite() {
        this.#writer = new WriteStream(this.#draft, { mode: READ_WRITE | CREATE | TRUNC });
        return this.#writer;
      }

      finishWrite() {
        this.#writer?.close();
        this.#writer = undefined;
        host.rename(this.#draft, this.#path);
      }

      failWrite() {
        this.#writer?.close();
        this.#writer = undefined;
        if (host.access(this.#draft, 0)) host.unlink(this.#draft);
      }

      delete() {
        this.failWrite();
        if (host.access(this.#path, 0)) host.unlink(this.#path);
      }
    }

    function modeOf(mode) {
      const flags = streamModes[mode];
      return flags === undefined ? invalid() : flags;
    }

    const createStreamSync = (path, mode) => new Stream(host.open(pathOf(path), modeOf(mode)));

    function fdopenStreamSync(fd, mode) {
      modeOf(mode);
      host.stat(fdOf(fd), true);
      return new Stream(fd);
    }

    function createRandomAccessFileSync(file, mode = READ_ONLY, options = undefined) {
      const fd = file instanceof File ? fdOf(file) : host.open(fileOf(file), mode);
      return new RandomAccessFile(fd, options);
    }

    return {
      Stream, RandomAccessFile, ReadStream, WriteStream, AtomicFile, createStreamSync, fdopenStreamSync, createRandomAccessFileSync,
      createStream: asynchronous(createStreamSync),
      fdopenStream: asynchronous(fdopenStreamSync),
      createRandomAccessFile: asynchronous(createRandomAccessFileSync),
      createReadStream: (path, options) => new ReadStream(path, options),
      createWriteStream: (path, options) => new WriteStream(path, options),
    };
  };
})
