// Part of @ohos:file.fs: what reads and writes through an object instead of a descriptor. Gives a function of the module's own helpers.
(function (host, system) {
  'use strict';

  return function (shared) {
    const { host, OpenMode, File, pathOf, fdOf, fileOf, numberOf, bytesOf, readSync, writeSync, readLater, writeLater } = shared;
    const { invalid, asynchronous } = shared;
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
      // Nothing is held back here: what is written is with the kernel.
      flushSync() { host.stat(this.#fd, true); }
      closeSync() { host.close(this.#fd); }

      static {
        const later = {
          read(buffer, options) { return readLater(this.#fd, buffer, this.#seek(options)); },
          write(buffer, options) { return writeLater(this.#fd, buffer, this.#seek(options)); },
          flush() { this.flushSync(); },
          close() { return host.closeLater(this.#fd); },
        };
        for (const [name, f] of Object.entries(later)) {
          Object.defineProperty(this.prototype, name, { value: asynchronous(f), writable: true, configurable: true });
        }
      }
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
      setFilePointer(filePointer) { this.#pointer = numberOf(filePointer ?? invalid(), 0); }

      // An offset counts from the file pointer.
      #place(options, length) {
        const offset = this.#start + this.#pointer + numberOf(options?.offset, 0);
        return { ...options, offset, length: Math.max(Math.min(numberOf(options?.length, length), this.#end - offset), 0) };
      }

      #moved(place, count) {
        this.#pointer = place.offset - this.#start + count;
        return count;
      }

      readSync(buffer, options) {
        const place = this.#place(options, buffer?.byteLength ?? 0);
        return this.#moved(place, readSync(this.fd, buffer, place));
      }

      writeSync(buffer, options) {
        const bytes = bytesOf(buffer, options);
        const place = this.#place(options, bytes.length);
        return this.#moved(place, writeSync(this.fd, bytes, place));
      }

      static {
        const later = {
          async read(buffer, options) {
            const place = this.#place(options, buffer?.byteLength ?? 0);
            return this.#moved(place, await readLater(this.fd, buffer, place));
          },
          async write(buffer, options) {
            const bytes = bytesOf(buffer, options);
            const place = this.#place(options, bytes.length);
            return this.#moved(place, await writeLater(this.fd, bytes, place));
          },
        };
        for (const [name, f] of Object.entries(later)) {
          Object.defineProperty(this.prototype, name, { value: asynchronous(f), writable: true, configurable: true });
        }
      }

      close() { host.close(this.fd); }
      getReadStream() { return new ReadStream('', { fd: host.dup(this.fd) }); }
      getWriteStream() { return new WriteStream('', { fd: host.dup(this.fd) }); }
    }

    const { Readable, Writable } = system.require('@ohos:util.stream');
    const CHUNK = 64 * 1024;
    const AT_ONCE = Symbol('at once');
    const EXCLUSIVE = 0o200;
    const EEXIST = 13900015;

    class ReadStream extends Readable {
      #fd;
      #path;
      #position;
      #end;
      #count = 0;
      #busy = false;

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
        if (this.#busy) return;
        this.#busy = true;
        const length = Math.max(Math.min(Math.max(size || 0, CHUNK), this.#end - this.#position), 0);
        this.#fill(length).catch((error) => this.events.emit(this, 'error', error));
      }

      async #fill(length) {
        const bytes = await host.readLater(this.#fd, length, this.#position);
        this.#busy = false;
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
      // Drafts of atomic files are: finishing one does not wait.
      #atOnce;

      constructor(path, options) {
        super();
        this.#path = path;
        this.#atOnce = Boolean(options?.[AT_ONCE]);
        this.#fd = options?.fd ?? host.open(pathOf(path), options?.mode ?? (READ_WRITE | CREATE));
        this.#position = numberOf(options?.start, 0);
      }

      get bytesWritten() { return this.#count; }
      get path() { return this.#path; }

      doWrite(chunk, encoding, callback) {
        if (this.#atOnce) {
          this.#wrote(host.write(this.#fd, bytesOf(chunk, { encoding }), this.#position));
          callback();
        } else {
          this.#drain(bytesOf(chunk, { encoding })).then(() => callback(), callback);
        }
      }

      async #drain(bytes) {
        for (let done = 0; done < bytes.length;) {
          const count = await host.writeLater(this.#fd, bytes.subarray(done), this.#position);
          this.#wrote(count);
          done += count;
        }
      }

      #wrote(count) {
        this.#position += count;
        this.#count += count;
      }

      seek(offset, whence = 0) {
        this.#position = whence === 1 ? this.#position + offset : whence === 2 ? host.stat(this.#fd, true).size + offset : offset;
        return this.#position;
      }

      close() { host.close(this.#fd); }
    }

    let drafts = 0;

    /** What is written goes to a draft beside the file, which takes its name when it is finished: nobody ever sees half of it. */
    class AtomicFile {
      #path;
      #draft;
      #writer;

      constructor(path) {
        this.#path = pathOf(path);
      }

      getBaseFile() { return new File(host.open(this.#path, READ_ONLY), this.#path); }
      openRead() { return new ReadStream(this.#path); }

      readFully() {
        const fd = host.open(this.#path, READ_ONLY);
        try {
          return host.read(fd, host.stat(fd, true).size, 0).slice().buffer;
        } finally {
          host.close(fd);
        }
      }

      #openDraft() {
        for (;;) {
          drafts += 1;
          const name = `${this.#path}_${drafts.toString(36).padStart(6, '0')}`;
          try {
            return [name, host.open(name, READ_WRITE | CREATE | TRUNC | EXCLUSIVE)];
          } catch (error) {
            // Left by a process that was ended.
            if (error.code !== EEXIST) throw error;
          }
        }
      }

      startWrite() {
        this.failWrite();
        const [name, fd] = this.#openDraft();
        this.#draft = name;
        this.#writer = new WriteStream(name, { fd, [AT_ONCE]: true });
        return this.#writer;
      }

      #endWrite() {
        const writer = this.#writer;
        this.#writer = undefined;
        try {
          writer.close();
        } catch {
          // The app has closed it.
        }
      }

      finishWrite() {
        if (this.#writer === undefined) shared.fail(13900042, 'Internal error');
        this.#endWrite();
        host.replace(this.#draft, this.#path);
      }

      failWrite() {
        if (this.#writer === undefined) return;
        this.#endWrite();
        host.unlink(this.#draft);
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

    async function createStream(path, mode) {
      return new Stream(await host.openLater(pathOf(path), modeOf(mode)));
    }

    function fdopenStreamSync(fd, mode) {
      modeOf(mode);
      host.stat(fdOf(fd), true);
      return new Stream(fd);
    }

    function createRandomAccessFileSync(file, mode = READ_ONLY, options = undefined) {
      const fd = file instanceof File ? fdOf(file) : host.open(pathOf(file), numberOf(mode, READ_ONLY));
      return new RandomAccessFile(fd, options);
    }

    async function createRandomAccessFile(file, mode = READ_ONLY, options = undefined) {
      const fd = file instanceof File ? fdOf(file) : await host.openLater(pathOf(file), numberOf(mode, READ_ONLY));
      return new RandomAccessFile(fd, options);
    }

    return {
      Stream, RandomAccessFile, ReadStream, WriteStream, AtomicFile, createStreamSync, fdopenStreamSync, createRandomAccessFileSync,
      createStream: asynchronous(createStream),
      fdopenStream: asynchronous(fdopenStreamSync),
      createRandomAccessFile: asynchronous(createRandomAccessFile),
      createReadStream: (path, options) => new ReadStream(path, options),
      createWriteStream: (path, options) => new WriteStream(path, options),
    };
  };
})
