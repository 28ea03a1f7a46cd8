// @concord:zlib.gzip: gzip files of @ohos:zlib.
(function (host, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');
  const { TextDecoder } = system.require('@concord:util.text');
  const format = system.require('@concord:zlib.printf');
  const { failed, wrong, MESSAGES } = system.require('@concord:zlib.streams');

  const NO_FILE = 17800002;
  const INTERNAL = 17800009;

  const number = (value, name) => (typeof value === 'number' ? value : wrong(name, 'a number'));
  const text = (value, name) => (typeof value === 'string' ? value : wrong(name, 'a string'));
  const buffer = (value, name) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? value : wrong(name, 'an ArrayBuffer'));
  const internal = () => fail(INTERNAL, MESSAGES[INTERNAL]);
  const part = (value, length) => {
    const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return bytes.subarray(0, Math.max(Math.min(length, bytes.length), 0));
  };

  class GZip {
    #file;

    #open(file) {
      this.#file = file ?? fail(NO_FILE, MESSAGES[NO_FILE]);
    }

    /** Calls zlib; a result that `isWrong` is an internal error. */
    #call(name, isWrong, ...args) {
      if (this.#file === undefined) internal();
      const result = host.call(this.#file, name, ...args);
      return isWrong(result) ? internal() : result;
    }

    /** Calls zlib; a negative result is its status. */
    #status(name, ...args) {
      return this.#file === undefined ? failed(-2) : failed(host.call(this.#file, name, ...args));
    }

    #close(name) {
      const status = this.#status(name);
      this.#file = undefined;
      return status;
    }

    #write(bytes) {
      if (this.#file === undefined) internal();
      const count = host.write(this.#file, bytes);
      return count === 0 && bytes.length > 0 ? internal() : count;
    }

    gzopen(path, mode) {
      text(path, 'path');
      text(mode, 'mode');
      return system.async(() => this.#open(host.open(path, mode)));
    }

    gzdopen(fd, mode) {
      number(fd, 'fd');
      text(mode, 'mode');
      return system.async(() => this.#open(host.openDescriptor(fd, mode)));
    }

    gzbuffer(size) {
      number(size, 'size');
      return system.async(() => this.#call('gzbuffer', (result) => result < 0, size));
    }

    gzeof() { return system.async(() => (this.#file === undefined ? 0 : host.call(this.#file, 'gzeof'))); }
    gzdirect() { return system.async(() => (this.#file === undefined ? 0 : host.call(this.#file, 'gzdirect'))); }
    gzclose() { return system.async(() => this.#close('gzclose')); }
    gzclosew() { return system.async(() => this.#close('gzclosew')); }
    gzcloser() { return system.async(() => this.#close('gzcloser')); }
    gzclearerr() { return system.async(() => { if (this.#file !== undefined) host.call(this.#file, 'gzclearerr'); }); }

    gzerror() {
      return system.async(() => {
        if (this.#file === undefined) failed(-2);
        const [status, statusMsg] = host.error(this.#file);
        return { status, statusMsg };
      });
    }

    gzgetc() { return system.async(() => this.#call('gzgetc', (result) => result < 0)); }

    gzputc(ch) {
      number(ch, 'ch');
      return system.async(() => this.#call('gzputc', (result) => result < 0, ch));
    }

    gzungetc(c) {
      number(c, 'c');
      return system.async(() => this.#call('gzungetc', (result) => result < 0, c));
    }

    gzflush(flush) {
      number(flush, 'flush');
      return system.async(() => this.#status('gzflush', flush));
    }

    gzsetparams(level, strategy) {
      number(level, 'level');
      number(strategy, 'strategy');
      return system.async(() => this.#status('gzsetparams', level, strategy));
    }

    gzwrite(buf, len) {
      buffer(buf, 'buf');
      number(len, 'len');
      return system.async(() => this.#write(part(buf, len)));
    }

    gzputs(str) {
      text(str, 'str');
      return system.async(() => this.#write(str));
    }

    gzprintf(pattern, ...args) {
      text(pattern, 'format');
      return system.async(() => this.#write(format(pattern, args)));
    }

    gzread(buf) {
      buffer(buf, 'buf');
      return system.async(() => this.#read(part(buf, Infinity)));
    }

    #read(bytes) {
      if (this.#file === undefined) internal();
      const count = host.read(this.#file, bytes);
      return count < 0 ? internal() : count;
    }

    gzfread(buf, size, nitems) {
      buffer(buf, 'buf');
      number(size, 'size');
      number(nitems, 'nitems');
      return system.async(() => (size > 0 ? Math.floor(this.#read(part(buf, size * nitems)) / size) : 0));
    }

    gzfwrite(buf, size, nitems) {
      buffer(buf, 'buf');
      number(size, 'size');
      number(nitems, 'nitems');
      return system.async(() => (size > 0 ? Math.floor(this.#write(part(buf, size * nitems)) / size) : 0));
    }

    gzgets(buf) {
      buffer(buf, 'buf');
      return system.async(() => {
        if (this.#file === undefined) internal();
        const target = part(buf, Infinity);
        const line = host.line(this.#file, target.length) ?? internal();
        target.set(line);
        if (line.length < target.length) target[line.length] = 0;
        return new TextDecoder('utf-8').decodeToString(line);
      });
    }

    gzseek(offset, whence) {
      number(offset, 'offset');
      number(whence, 'whence');
      return system.async(() => this.#call('gzseek', (result) => result < 0, offset, whence));
    }

    gzrewind() { return system.async(() => this.#call('gzrewind', (result) => result < 0)); }
    gztell() { return system.async(() => this.#call('gztell', (result) => result < 0)); }
    gzoffset() { return system.async(() => this.#call('gzoffset', (result) => result < 0)); }
  }

  return GZip;
})
