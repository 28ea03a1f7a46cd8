// @concord:zlib.streams: Checksum and Zip of @ohos:zlib.
(function (host, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');

  const MESSAGES = {
    17800002: 'No such file or access mode error.',
    17800004: 'Compression or decompression stream error, which may be caused by an initialization error in the zlib stream structure or a modified structure.',
    17800005: 'The input data is incorrect. For example, the data does not conform to the zlib compression format, the compressed data is corrupted, or the data is not compressed.',
    17800006: 'Memory allocation failed.',
    17800007: 'The input buffer is incorrect, and the output buffer is too small to accommodate the compressed or decompressed data.',
    17800009: 'Internal structure error.',
  };
  const CODES = { '-1': 17800002, '-2': 17800004, '-3': 17800005, '-4': 17800006, '-5': 17800007 };

  function wrong(name, type) {
    return fail(401, `The parameter check failed. ${name} must be ${type}`);
  }

  /** The status of zlib, when it is not an error. */
  function failed(status) {
    return status >= 0 ? status : fail(CODES[status] ?? 17800009, MESSAGES[CODES[status] ?? 17800009]);
  }

  const number = (value, name) => (typeof value === 'number' ? value : wrong(name, 'a number'));
  const buffer = (value, name) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? value : wrong(name, 'an ArrayBuffer'));
  const bytesOf = (value) => (value instanceof ArrayBuffer ? new Uint8Array(value)
    : new Uint8Array(value.buffer, value.byteOffset, value.byteLength));

  /** The first `length` bytes of a buffer. */
  function source(value, length) {
    const bytes = bytesOf(buffer(value, 'source'));
    if (length === undefined || length === null) return bytes;
    return bytes.subarray(0, Math.max(Math.min(number(length, 'sourceLen'), bytes.length), 0));
  }

  const POLYNOMIAL = 0xc96c5795d7870f42n;
  let crc64Table;

  function table64() {
    crc64Table ??= Array.from({ length: 256 }, (_, index) => {
      let value = BigInt(index);
      for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ POLYNOMIAL : value >> 1n;
      return value;
    });
    return crc64Table;
  }

  const crcTable = () => Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  });

  class Checksum {
    adler32(adler, buf) {
      number(adler, 'adler');
      buffer(buf, 'buf');
      return system.async(() => host.sum('adler32', adler, buf));
    }

    adler32Combine(adler1, adler2, len2) {
      for (const value of [adler1, adler2, len2]) number(value, 'adler1, adler2 and len2');
      return system.async(() => host.sum('adler32Combine', adler1, adler2, len2));
    }

    crc32(crc, buf) {
      number(crc, 'crc');
      buffer(buf, 'buf');
      return system.async(() => host.sum('crc32', crc, buf));
    }

    crc32Combine(crc1, crc2, len2) {
      for (const value of [crc1, crc2, len2]) number(value, 'crc1, crc2 and len2');
      return system.async(() => host.sum('crc32Combine', crc1, crc2, len2));
    }

    crc64(crc, buf) {
      if (typeof crc !== 'bigint') number(crc, 'crc');
      buffer(buf, 'buf');
      return system.async(() => {
        const table = table64();
        let value = ~BigInt(crc) & 0xffffffffffffffffn;
        for (const byte of bytesOf(buf)) value = table[Number((value ^ BigInt(byte)) & 0xffn)] ^ (value >> 8n);
        return ~value & 0xffffffffffffffffn;
      });
    }

    getCrcTable() { return system.async(crcTable); }
    getCrc64Table() { return system.async(() => [...table64()]); }
  }

  const WINDOW = 15;
  const DEFLATED = 8;
  const MEMORY = 8;
  const OUTPUT = 32 * 1024;

  class Zip {
    #stream = host.make();
    // The buffers that the stream has seen last, how far it is in them, and how much of them it may use.
    #in = { bytes: new Uint8Array(0), at: 0, available: 0 };
    #out = { bytes: new Uint8Array(0), at: 0, available: 0 };
    #header;

    /** Takes over what a ZStream names; what it does not stays as it is. */
    #use(strm) {
      if (strm === null || typeof strm !== 'object') wrong('strm', 'a ZStream');
      for (const [side, next, available] of [[this.#in, strm.nextIn, strm.availableIn], [this.#out, strm.nextOut, strm.availableOut]]) {
        if (next !== undefined && next !== null) {
          side.bytes = bytesOf(buffer(next, 'nextIn and nextOut'));
          side.at = 0;
        }
        if (available !== undefined && available !== null) side.available = number(available, 'availableIn and availableOut');
      }
    }

    #view(side) {
      return side.bytes.subarray(side.at, Math.max(Math.min(side.at + side.available, side.bytes.length), side.at));
    }

    #move(name, ...args) {
      const [status, taken, given] = host.move(this.#stream, name, this.#view(this.#in), this.#view(this.#out), ...args);
      for (const [side, count] of [[this.#in, taken], [this.#out, given]]) {
        side.at += count;
        side.available = Math.max(side.available - count, 0);
      }
      if (this.#header !== undefined) Object.assign(this.#header, host.header(this.#stream));
      return failed(status);
    }

    #call(strm, name, ...args) {
      for (const value of args) number(value, 'the numbers');
      this.#use(strm);
      return system.async(() => failed(host.call(this.#stream, name, ...args)));
    }

    getZStream() {
      return system.async(() => {
        const [totalIn, totalOut, dataType, adler] = host.info(this.#stream);
        const rest = (side) => side.bytes.slice(side.at).buffer;
        return {
          nextIn: rest(this.#in), availableIn: this.#in.available, totalIn,
          nextOut: rest(this.#out), availableOut: this.#out.available, totalOut, dataType, adler,
        };
      });
    }

    zlibVersion() { return system.async(() => host.version()[0]); }
    zlibCompileFlags() { return system.async(() => host.version()[1]); }

    compress(dest, bytes, sourceLen) { return this.compress2(dest, bytes, -1, sourceLen); }

    compress2(dest, bytes, level, sourceLen) {
      const target = bytesOf(buffer(dest, 'dest'));
      const packed = source(bytes, sourceLen);
      number(level, 'level');
      return system.async(async () => {
        const [status, , result] = await host.packLater(packed, level, target.length);
        failed(status);
        target.set(result);
        return { status, destLen: result.length };
      });
    }

    compressBound(sourceLen) {
      number(sourceLen, 'sourceLen');
      return system.async(() => host.call(host.make(), 'deflateBound', sourceLen));
    }

    #unpack(dest, bytes, sourceLen, answer) {
      const target = bytesOf(buffer(dest, 'dest'));
      const packed = source(bytes, sourceLen);
      return system.async(async () => {
        const [status, taken, result] = await host.unpackLater(packed, target.length);
        failed(status);
        target.set(result);
        return answer(status, result.length, taken);
      });
    }

    uncompress(dest, bytes, sourceLen) {
      return this.#unpack(dest, bytes, sourceLen, (status, destLen) => ({ status, destLen }));
    }

    uncompress2(dest, bytes, sourceLen) {
      return this.#unpack(dest, bytes, sourceLen, (status, destLength, sourceLength) => ({ status, destLength, sourceLength }));
    }

    deflateInit(strm, level) { return this.deflateInit2(strm, level, DEFLATED, WINDOW, MEMORY, 0); }

    deflateInit2(strm, level, method, windowBits, memLevel, strategy) {
      this.#header = undefined;
      return this.#call(strm, 'deflateInit2', level, method, windowBits, memLevel, strategy);
    }

    inflateInit(strm) { return this.inflateInit2(strm, WINDOW); }

    inflateInit2(strm, windowBits) {
      this.#header = undefined;
      return this.#call(strm, 'inflateInit2', windowBits);
    }

    deflate(strm, flush) {
      number(flush, 'flush');
      this.#use(strm);
      return system.async(() => this.#move('deflate', flush));
    }

    inflate(strm, flush) {
      number(flush, 'flush');
      this.#use(strm);
      return system.async(() => this.#move('inflate', flush));
    }

    deflateParams(strm, level, strategy) {
      number(level, 'level');
      number(strategy, 'strategy');
      this.#use(strm);
      return system.async(() => this.#move('deflateParams', level, strategy));
    }

    inflateSync(strm) {
      this.#use(strm);
      return system.async(() => this.#move('inflateSync'));
    }

    deflateEnd(strm) { return this.#call(strm, 'deflateEnd'); }
    inflateEnd(strm) { return this.#call(strm, 'inflateEnd'); }
    deflateReset(strm) { return this.#call(strm, 'deflateReset'); }
    deflateResetKeep(strm) { return this.#call(strm, 'deflateResetKeep'); }
    deflatePrime(strm, bits, value) { return this.#call(strm, 'deflatePrime', bits, value); }

    deflateTune(strm, goodLength, maxLazy, niceLength, maxChain) {
      return this.#call(strm, 'deflateTune', goodLength, maxLazy, niceLength, maxChain);
    }

    deflateBound(strm, sourceLength) {
      number(sourceLength, 'sourceLength');
      this.#use(strm);
      return system.async(() => host.call(this.#stream, 'deflateBound', sourceLength));
    }

    deflatePending(strm) {
      this.#use(strm);
      return system.async(() => {
        const [status, pending, bits] = host.info(this.#stream).slice(4);
        return { status: failed(status), pending, bits };
      });
    }

    inflateReset(strm) { return this.#call(strm, 'inflateReset'); }
    inflateReset2(strm, windowBits) { return this.#call(strm, 'inflateReset2', windowBits); }
    inflateResetKeep(strm) { return this.#call(strm, 'inflateResetKeep'); }
    inflatePrime(strm, bits, value) { return this.#call(strm, 'inflatePrime', bits, value); }
    inflateValidate(strm, check) { return this.#call(strm, 'inflateValidate', check); }
    inflateSyncPoint(strm) { return this.#call(strm, 'inflateSyncPoint'); }

    // These give numbers, which may be negative.
    inflateMark(strm) {
      this.#use(strm);
      return system.async(() => host.call(this.#stream, 'inflateMark'));
    }

    inflateCodesUsed(strm) {
      this.#use(strm);
      return system.async(() => host.call(this.#stream, 'inflateCodesUsed'));
    }

    #setDictionary(strm, deflating, dictionary) {
      buffer(dictionary, 'dictionary');
      this.#use(strm);
      return system.async(() => failed(host.dictionary(this.#stream, deflating, dictionary)));
    }

    #getDictionary(strm, deflating, dictionary) {
      const target = bytesOf(buffer(dictionary, 'dictionary'));
      this.#use(strm);
      return system.async(() => {
        const [status, bytes] = host.dictionary(this.#stream, deflating);
        failed(status);
        target.set(bytes.subarray(0, target.length));
        return { status, dictionaryLength: bytes.length };
      });
    }

    deflateSetDictionary(strm, dictionary) { return this.#setDictionary(strm, true, dictionary); }
    inflateSetDictionary(strm, dictionary) { return this.#setDictionary(strm, false, dictionary); }
    deflateGetDictionary(strm, dictionary) { return this.#getDictionary(strm, true, dictionary); }
    inflateGetDictionary(strm, dictionary) { return this.#getDictionary(strm, false, dictionary); }

    #copy(deflating, from) {
      if (!(from instanceof Zip)) wrong('source', 'a Zip');
      return system.async(() => {
        const status = failed(host.copy(this.#stream, deflating, from.#stream));
        this.#in = { ...from.#in };
        this.#out = { ...from.#out };
        return status;
      });
    }

    deflateCopy(from) { return this.#copy(true, from); }
    inflateCopy(from) { return this.#copy(false, from); }

    deflateSetHeader(strm, head) {
      if (head === null || typeof head !== 'object') wrong('head', 'a GzHeader');
      this.#use(strm);
      return system.async(() => failed(host.setHeader(this.#stream, head)));
    }

    inflateGetHeader(strm, header) {
      if (header === null || typeof header !== 'object') wrong('header', 'a GzHeader');
      this.#use(strm);
      return system.async(() => {
        const status = failed(host.call(this.#stream, 'inflateGetHeader'));
        this.#header = header;
        return status;
      });
    }

    inflateBackInit(strm, windowBits, window) {
      number(windowBits, 'windowBits');
      buffer(window, 'window');
      this.#header = undefined;
      // Raw deflate data, which zlib marks with a minus.
      return this.#call(strm, 'inflateInit2', -windowBits);
    }

    inflateBack(strm, backIn, inDesc, backOut, outDesc) {
      for (const [name, f] of Object.entries({ backIn, backOut })) {
        if (typeof f !== 'function') wrong(name, 'a function');
      }
      this.#use(strm);
      return system.async(() => {
        const room = new Uint8Array(OUTPUT);
        let input = this.#view(this.#in);
        for (;;) {
          const [status, taken, given] = host.move(this.#stream, 'inflate', input, room, 0);
          input = input.subarray(taken);
          const refused = given > 0 && backOut(outDesc, room.slice(0, given).buffer, given) !== 0;
          if (status === 1) return status;
          if (refused) failed(-5);
          if (status === 0 || (status === -5 && given + taken > 0)) continue;
          if (status !== -5) failed(status);
          const more = backIn(inDesc);
          if (!(more instanceof ArrayBuffer) || more.byteLength === 0) failed(-5);
          input = new Uint8Array(more);
        }
      });
    }

    inflateBackEnd(strm) { return this.#call(strm, 'inflateEnd'); }
  }

  return { Checksum, Zip, failed, wrong, MESSAGES };
})
