// @ohos:util.stream
(function (host, system) {
  'use strict';

  const { display, fail } = system.require('@concord:kits');
  const { TextEncoder, TextDecoder } = system.require('@concord:util.text');

  const HIGH_WATERMARK = 16 * 1024;

  function checkFunction(value) {
    if (typeof value !== 'function') fail(401, `Parameter error. The type of ${display(value)} must be function`);
  }

  /** Listeners by event; a listener gets one object, `this` is the stream. */
  class Events {
    #listeners = new Map();

    on(event, callback) {
      checkFunction(callback);
      const list = this.#listeners.get(event) ?? [];
      this.#listeners.set(event, [...list, callback]);
    }

    off(event, callback) {
      const list = this.#listeners.get(event) ?? [];
      this.#listeners.set(event, callback === undefined ? [] : list.filter((listener) => listener !== callback));
    }

    has(event) {
      return (this.#listeners.get(event) ?? []).length > 0;
    }

    emit(stream, event, data) {
      for (const listener of this.#listeners.get(event) ?? []) listener.call(stream, data);
    }
  }

  const sizeOf = (chunk) => (typeof chunk === 'string' ? chunk.length : chunk?.byteLength ?? 0);

  /** What a stream writes into; `owner` has the hooks (doWrite, doWritev, doInitialize). */
  class WritableState {
    #owner;
    #events;
    #queue = [];
    #busy = false;
    #encoding = 'utf-8';
    corked = 0;
    ended = false;
    finished = false;
    failed = false;
    length = 0;
    needDrain = false;

    constructor(owner, events) {
      this.#owner = owner;
      this.#events = events;
    }

    setDefaultEncoding(encoding) {
      this.#encoding = encoding ?? 'utf-8';
      return true;
    }

    write(chunk, encoding, callback) {
      const done = typeof encoding === 'function' ? encoding : callback;
      if (this.ended || this.failed) {
        const error = new system.BusinessError(10200037, 'The value of writable is false: write after end');
        system.later(() => {
          done?.(error);
          this.#events.emit(this.#owner, 'error', error);
        });
        return false;
      }
      if (chunk === null || chunk === undefined || (typeof chunk !== 'string' && !(chunk instanceof Uint8Array))) {
        if (!this.#owner.writableObjectMode) {
          fail(401, `Parameter error. The type of ${display(chunk)} must be string or UInt8Array`);
        }
      }
      const entry = { chunk, encoding: typeof encoding === 'string' ? encoding : this.#encoding, callback: done };
      this.length += sizeOf(chunk);
      this.#queue.push(entry);
      const room = this.length < HIGH_WATERMARK;
      if (!room) this.needDrain = true;
      this.flush();
      return room;
    }

    #settle(entries, error) {
      this.#busy = false;
      for (const entry of entries) {
        this.length -= sizeOf(entry.chunk);
        if (entry.callback !== undefined) system.later(entry.callback, error ?? null);
      }
      if (error) {
        this.failed = true;
        system.later(() => this.#events.emit(this.#owner, 'error', error));
        return;
      }
      if (this.needDrain && this.length === 0 && !this.ended) {
        this.needDrain = false;
        system.later(() => this.#events.emit(this.#owner, 'drain'));
      }
      this.flush();
    }

    flush() {
      if (this.#busy || this.corked > 0 || this.failed) return;
      if (this.#queue.length > 0) {
        this.#busy = true;
        const many = this.#queue.length > 1 && this.#owner.doWritev !== Writable.prototype.doWritev;
        const entries = many ? this.#queue.splice(0) : [this.#queue.shift()];
        const done = (error) => this.#settle(entries, error);
        if (many) this.#owner.doWritev(entries.map(({ chunk }) => chunk), done);
        else this.#owner.doWrite(entries[0].chunk, entries[0].encoding, done);
      } else if (this.ended && !this.finished) {
        this.finished = true;
        this.#owner.beforeFinish?.();
        system.later(() => this.#events.emit(this.#owner, 'finish'));
      }
    }

    end(chunk, encoding, callback) {
      const done = [chunk, encoding, callback].find((value) => typeof value === 'function');
      if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') this.write(chunk, encoding);
      if (done !== undefined) this.#events.on('finish', () => done());
      this.ended = true;
      this.corked = 0;
      this.flush();
    }
  }

  class Writable {
    #events = new Events();
    #state = new WritableState(this, this.#events);

    constructor() {
      system.later(() => this.doInitialize(() => {}));
    }

    doInitialize(callback) { callback?.(); }
    doWrite(chunk, encoding, callback) { callback(new Error('The doWrite method is not implemented')); }
    doWritev(chunks, callback) { callback(new Error('The doWritev method is not implemented')); }

    write(chunk, encoding, callback) { return this.#state.write(chunk, encoding, callback); }
    end(chunk, encoding, callback) { this.#state.end(chunk, encoding, callback); return this; }
    setDefaultEncoding(encoding) { return this.#state.setDefaultEncoding(encoding); }
    cork() { this.#state.corked += 1; return true; }
    uncork() { this.#state.corked = Math.max(this.#state.corked - 1, 0); this.#state.flush(); return true; }
    on(event, callback) { this.#events.on(event, callback); }
    off(event, callback) { this.#events.off(event, callback); }
    get writableObjectMode() { return false; }
    get writableHighWatermark() { return HIGH_WATERMARK; }
    get writable() { return !this.#state.ended && !this.#state.failed; }
    get writableLength() { return this.#state.length; }
    get writableCorked() { return this.#state.corked; }
    get writableEnded() { return this.#state.ended; }
    get writableFinished() { return this.#state.finished; }
  }

  class Readable {
    #chunks = [];
    #length = 0;
    #flowing = null;
    #ended = false;
    #endEmitted = false;
    #reading = false;
    #decoder;
    #encoding;
    #pipes = new Map();
    // Shared with the writing half of a Duplex.
    events = new Events();

    constructor(options) {
      Object.defineProperty(this, 'events', { enumerable: false });
      this.#encoding = options?.encoding ?? 'utf-8';
      system.later(() => this.doInitialize(() => {}));
    }

    doInitialize(callback) { callback?.(); }
    doRead(size) { throw new Error('The doRead method is not implemented'); }

    /** Asks for data until there is enough, the stream ends, or doRead has nothing now. */
    #pull() {
      if (this.#reading || this.#ended || this.#length >= HIGH_WATERMARK) return;
      this.#reading = true;
      const before = this.#length;
      try {
        this.doRead(HIGH_WATERMARK - this.#length);
      } catch (error) {
        this.#ended = true;
        this.events.emit(this, 'error', error);
      }
      this.#reading = false;
      if (this.#length > before && !this.#ended) system.later(() => this.#flow());
    }

    push(chunk, encoding) {
      if (chunk === null || chunk === undefined) {
        this.#ended = true;
      } else {
        const data = typeof chunk === 'string' && encoding !== undefined && this.#encoding === undefined
          ? new TextEncoder(encoding).encode(chunk) : chunk;
        this.#chunks.push(data);
        this.#length += sizeOf(data);
      }
      system.later(() => this.#flow());
      return this.#length < HIGH_WATERMARK && !this.#ended;
    }

    #textOf(chunk) {
      if (typeof chunk === 'string') return chunk;
      this.#decoder ??= new TextDecoder(this.#encoding);
      return this.#decoder.decodeToString(chunk, { stream: true });
    }

    #flow() {
      if (this.#flowing === false) return;
      if (this.#flowing === null && !this.events.has('readable')) return;
      if (this.#flowing === null) {
        if (this.#length > 0) this.events.emit(this, 'readable');
      } else {
        while (this.#flowing && this.#chunks.length > 0) {
          const chunk = this.#chunks.shift();
          this.#length -= sizeOf(chunk);
          this.events.emit(this, 'data', { data: this.#encoding === undefined ? chunk : this.#textOf(chunk) });
          for (const [destination] of this.#pipes) {
            if (!destination.write(chunk, this.#encoding)) this.#waitFor(destination);
          }
        }
      }
      if (this.#ended && this.#chunks.length === 0 && !this.#endEmitted) {
        this.#endEmitted = true;
        for (const [destination] of this.#pipes) destination.end();
        this.events.emit(this, 'end');
        this.events.emit(this, 'close');
      } else {
        this.#pull();
      }
    }

    #waitFor(destination) {
      this.#flowing = false;
      const resume = () => {
        destination.off('drain', resume);
        this.resume();
      };
      destination.on('drain', resume);
    }

    read(size) {
      if (this.#chunks.length === 0) {
        this.#pull();
        if (this.#chunks.length === 0) return null;
      }
      const text = this.#chunks.splice(0).map((chunk) => this.#textOf(chunk)).join('');
      this.#length = 0;
      if (size === undefined || size === null || size >= text.length) {
        system.later(() => this.#flow());
        return text;
      }
      this.#chunks = [text.slice(size)];
      this.#length = text.length - size;
      return text.slice(0, size);
    }

    resume() { this.#flowing = true; this.events.emit(this, 'resume'); system.later(() => this.#flow()); return this; }
    pause() { this.#flowing = false; this.events.emit(this, 'pause'); return this; }
    isPaused() { return this.#flowing === false; }
    setEncoding(encoding) { this.#encoding = encoding ?? 'utf-8'; this.#decoder = undefined; return true; }

    on(event, callback) {
      this.events.on(event, callback);
      if (event === 'data' && this.#flowing !== false) this.resume();
      if (event === 'readable') system.later(() => this.#flow());
    }

    off(event, callback) { this.events.off(event, callback); }

    pipe(destination) {
      this.#pipes.set(destination, true);
      destination.events?.emit(destination, 'pipe', this);
      this.resume();
      return destination;
    }

    unpipe(destination) {
      if (destination === undefined) this.#pipes.clear();
      else this.#pipes.delete(destination);
      if (this.#pipes.size === 0) this.pause();
      return this;
    }

    get readableObjectMode() { return false; }
    get readable() { return !this.#endEmitted; }
    get readableHighWatermark() { return HIGH_WATERMARK; }
    get readableFlowing() { return this.#flowing; }
    get readableLength() { return this.#length; }
    get readableEncoding() { return this.#encoding; }
    get readableEnded() { return this.#endEmitted; }
  }

  class Duplex extends Readable {
    #state = new WritableState(this, this.events);

    doRead() {}
    doWrite(chunk, encoding, callback) { callback(new Error('The doWrite method is not implemented')); }

    write(chunk, encoding, callback) { return this.#state.write(chunk, encoding, callback); }
    end(chunk, encoding, callback) { this.#state.end(chunk, encoding, callback); return this; }
    setDefaultEncoding(encoding) { return this.#state.setDefaultEncoding(encoding); }
    cork() { this.#state.corked += 1; return true; }
    uncork() { this.#state.corked = Math.max(this.#state.corked - 1, 0); this.#state.flush(); return true; }
    get writableObjectMode() { return false; }
    get writableHighWatermark() { return HIGH_WATERMARK; }
    get writable() { return !this.#state.ended && !this.#state.failed; }
    get writableLength() { return this.#state.length; }
    get writableCorked() { return this.#state.corked; }
    get writableEnded() { return this.#state.ended; }
    get writableFinished() { return this.#state.finished; }
  }
  Duplex.prototype.doWritev = Writable.prototype.doWritev;

  class Transform extends Duplex {
    doTransform(chunk, encoding, callback) { callback(new Error('The doTransform method is not implemented')); }
    doFlush(callback) { callback(); }

    doWrite(chunk, encoding, callback) {
      this.doTransform(chunk, encoding, (error, data) => {
        if (!error && data !== undefined && data !== null) this.push(data);
        callback(error ?? undefined);
      });
    }

    /** The last data of the transformation comes before the end of the readable half. */
    beforeFinish() {
      this.doFlush((error, data) => {
        if (!error && data !== undefined && data !== null) this.push(data);
        this.push(null);
      });
    }
  }

  return { Writable, Readable, Duplex, Transform };
})
