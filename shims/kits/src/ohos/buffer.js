// @ohos:buffer
(function (host, system) {
  'use strict';

  const { fail, indexed } = system.require('@concord:kits');
  const {
    MAX_LENGTH, wrongType, outOfRange, checkNumber, checkInteger, checkSize, isEncoding, checkEncoding,
  } = system.require('@concord:buffer.checks');

  const encode = (text, encoding) => host.encode(encoding, text);
  const decode = (bytes, encoding) => host.decode(encoding, bytes);

  const compareBytes = (a, b) => {
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i++) {
      if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
    }
    return Math.sign(a.length - b.length);
  };

  const clamp = (value, length, whenMissing) => {
    if (value === undefined || value === null || Number.isNaN(Number(value))) return whenMissing;
    return Math.min(Math.max(Math.trunc(Number(value)), 0), length);
  };

  class Buffer {
    #bytes;

    /** Not for guests: they have no way to name this class with a Uint8Array. */
    constructor(bytes) {
      this.#bytes = bytes;
    }

    static {
      indexed(
        Buffer,
        (self) => #bytes in self,
        (self, index) => self.#bytes[index],
        (self, index, value) => {
          self.#bytes[index] = value;
        },
      );
    }

    static isBuffer(value) {
      return typeof value === 'object' && value !== null && #bytes in value;
    }

    /** Bytes of a Buffer or Uint8Array. */
    static bytesOf(value, name, types = 'Buffer or Uint8Array') {
      if (Buffer.isBuffer(value)) return value.#bytes;
      if (value instanceof Uint8Array) return value;
      return wrongType(name, types, value);
    }

    get length() { return this.#bytes.length; }
    set length(value) { fail(10200013, 'length cannot be set for the buffer that has only a getter'); }
    get buffer() { return this.#bytes.buffer; }
    set buffer(value) { fail(10200013, 'buffer cannot be set for the buffer that has only a getter'); }
    get byteOffset() { return this.#bytes.byteOffset; }
    set byteOffset(value) { fail(10200013, 'byteOffset cannot be set for the buffer that has only a getter'); }

    fill(value, offset = 0, end = this.#bytes.length, encoding = undefined) {
      const length = this.#bytes.length;
      checkInteger('offset', offset, 0, length);
      checkInteger('end', end, 0, length);
      if (typeof value === 'number') {
        this.#bytes.fill(value, offset, end);
        return this;
      }
      const pattern = typeof value === 'string'
        ? encode(value, checkEncoding(encoding)) : Buffer.bytesOf(value, 'value', 'Buffer or Uint8Array or string or number');
      for (let i = offset; i < end; i++) this.#bytes[i] = pattern.length === 0 ? 0 : pattern[(i - offset) % pattern.length];
      return this;
    }

    compare(target, targetStart = 0, targetEnd = target?.length, sourceStart = 0, sourceEnd = this.#bytes.length) {
      const other = Buffer.bytesOf(target, 'target');
      checkInteger('targetStart', targetStart, 0, MAX_LENGTH);
      checkInteger('targetEnd', targetEnd, 0, other.length);
      checkInteger('sourceStart', sourceStart, 0, MAX_LENGTH);
      checkInteger('sourceEnd', sourceEnd, 0, this.#bytes.length);
      return compareBytes(this.#bytes.subarray(sourceStart, sourceEnd), other.subarray(targetStart, targetEnd));
    }

    copy(target, targetStart = 0, sourceStart = 0, sourceEnd = this.#bytes.length) {
      const other = Buffer.bytesOf(target, 'target');
      checkInteger('targetStart', targetStart, 0, MAX_LENGTH);
      checkInteger('sourceStart', sourceStart, 0, this.#bytes.length);
      checkInteger('sourceEnd', sourceEnd, 0, MAX_LENGTH);
      if (targetStart >= other.length || sourceStart >= sourceEnd) return 0;
      const part = this.#bytes.subarray(sourceStart, Math.min(sourceEnd, sourceStart + other.length - targetStart));
      other.set(part, targetStart);
      return part.length;
    }

    equals(otherBuffer) {
      return compareBytes(this.#bytes, Buffer.bytesOf(otherBuffer, 'otherBuffer')) === 0;
    }

    #needle(value, encoding) {
      if (typeof value === 'string') return encode(value, checkEncoding(encoding));
      if (typeof value === 'number') return Uint8Array.of(value);
      return Buffer.bytesOf(value, 'value', 'number or string, Buffer, Uint8Array');
    }

    #start(byteOffset, whenMissing) {
      if (byteOffset === undefined || byteOffset === null) return whenMissing;
      const offset = Math.trunc(checkNumber('byteOffset', byteOffset));
      return offset < 0 ? offset + this.#bytes.length : offset;
    }

    indexOf(value, byteOffset, encoding) {
      const needle = this.#needle(value, encoding);
      const from = Math.max(this.#start(byteOffset, 0), 0);
      for (let i = from; i + needle.length <= this.#bytes.length; i++) {
        if (needle.every((byte, k) => this.#bytes[i + k] === byte)) return i;
      }
      return -1;
    }

    lastIndexOf(value, byteOffset, encoding) {
      const needle = this.#needle(value, encoding);
      const from = Math.min(this.#start(byteOffset, this.#bytes.length), this.#bytes.length - needle.length);
      for (let i = from; i >= 0; i--) {
        if (needle.every((byte, k) => this.#bytes[i + k] === byte)) return i;
      }
      return -1;
    }

    includes(value, byteOffset, encoding) {
      return this.indexOf(value, byteOffset, encoding) >= 0;
    }

    keys() { return this.#bytes.keys(); }
    values() { return this.#bytes.values(); }
    entries() { return this.#bytes.entries(); }
    [Symbol.iterator]() { return this.#bytes.values(); }

    subarray(start, end) {
      const length = this.#bytes.length;
      const relative = (value, whenMissing) => {
        if (value === undefined || value === null) return whenMissing;
        const index = Math.trunc(checkNumber('start or end', value)) || 0;
        return index < 0 ? Math.max(index + length, 0) : Math.min(index, length);
      };
      const from = relative(start, 0);
      return new Buffer(this.#bytes.subarray(from, Math.max(relative(end, length), from)));
    }

    #swap(size) {
      if (this.#bytes.length % size !== 0) fail(10200009, `The buffer size must be a multiple of ${size * 8}-bits`);
      for (let i = 0; i < this.#bytes.length; i += size) this.#bytes.subarray(i, i + size).reverse();
      return this;
    }

    swap16() { return this.#swap(2); }
    swap32() { return this.#swap(4); }
    swap64() { return this.#swap(8); }

    toJSON() {
      return { type: 'Buffer', data: Array.from(this.#bytes) };
    }

    toString(encoding, start, end) {
      const name = checkEncoding(encoding);
      const length = this.#bytes.length;
      return decode(this.#bytes.subarray(clamp(start, length, 0), clamp(end, length, length)), name);
    }

    write(str, offset = 0, length = undefined, encoding = undefined) {
      if (typeof str !== 'string') wrongType('str', 'string', str);
      // write(str, encoding)
      if (typeof offset === 'string') return this.write(str, 0, undefined, offset);
      checkInteger('offset', offset, 0, this.#bytes.length);
      const room = this.#bytes.length - offset;
      if (length !== undefined && length !== null) checkInteger('length', length, 0, MAX_LENGTH);
      const bytes = host.encodePart(checkEncoding(encoding), str, Math.min(length ?? room, room));
      this.#bytes.set(bytes, offset);
      return bytes.length;
    }

    // The numbers. `#view` checks that `size` bytes lie at the offset.
    #view(offset, size) {
      checkNumber('offset', offset);
      const last = this.#bytes.length - size;
      if (!Number.isInteger(offset) || offset < 0 || offset > last) outOfRange('offset', 0, Math.max(last, 0), offset);
      return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + offset, size);
    }

    #int(offset, byteLength, littleEndian) {
      checkInteger('byteLength', byteLength, 1, 6);
      const view = this.#view(offset, byteLength);
      let value = 0;
      for (let i = 0; i < byteLength; i++) value = value * 256 + view.getUint8(littleEndian ? byteLength - 1 - i : i);
      return value;
    }

    #signed(offset, byteLength, littleEndian) {
      const value = this.#int(offset, byteLength, littleEndian);
      return value >= 2 ** (byteLength * 8 - 1) ? value - 2 ** (byteLength * 8) : value;
    }

    #setInt(value, offset, byteLength, littleEndian, low, high) {
      checkNumber('value', value);
      const view = this.#view(offset, byteLength);
      if (value < low || value > high) outOfRange('value', low, high, value);
      let rest = Math.trunc(value);
      if (rest < 0) rest += 2 ** (byteLength * 8);
      for (let i = 0; i < byteLength; i++) {
        view.setUint8(littleEndian ? i : byteLength - 1 - i, rest % 256);
        rest = Math.floor(rest / 256);
      }
      return offset + byteLength;
    }

    #setVariable(value, offset, byteLength, littleEndian, signed) {
      checkInteger('byteLength', byteLength, 1, 6);
      const range = 2 ** (byteLength * 8);
      return this.#setInt(value, offset, byteLength, littleEndian, signed ? -range / 2 : 0, signed ? range / 2 - 1 : range - 1);
    }

    #big(offset, method, littleEndian) {
      return this.#view(offset, 8)[method](0, littleEndian);
    }

    #setBig(value, offset, littleEndian, low, high) {
      if (typeof value !== 'bigint') wrongType('value', 'bigint', value);
      const view = this.#view(offset, 8);
      if (value < low || value > high) outOfRange('value', low, high, value);
      view.setBigInt64(0, BigInt.asIntN(64, value), littleEndian);
      return offset + 8;
    }

    #setFloat(value, offset, size, littleEndian) {
      checkNumber('value', value);
      const view = this.#view(offset, size);
      if (size === 4) view.setFloat32(0, value, littleEndian);
      else view.setFloat64(0, value, littleEndian);
      return offset + size;
    }

    readBigInt64BE(offset = 0) { return this.#big(offset, 'getBigInt64', false); }
    readBigInt64LE(offset = 0) { return this.#big(offset, 'getBigInt64', true); }
    readBigUInt64BE(offset = 0) { return this.#big(offset, 'getBigUint64', false); }
    readBigUInt64LE(offset = 0) { return this.#big(offset, 'getBigUint64', true); }
    readDoubleBE(offset = 0) { return this.#view(offset, 8).getFloat64(0, false); }
    readDoubleLE(offset = 0) { return this.#view(offset, 8).getFloat64(0, true); }
    readFloatBE(offset = 0) { return this.#view(offset, 4).getFloat32(0, false); }
    readFloatLE(offset = 0) { return this.#view(offset, 4).getFloat32(0, true); }
    readInt8(offset = 0) { return this.#view(offset, 1).getInt8(0); }
    readInt16BE(offset = 0) { return this.#view(offset, 2).getInt16(0, false); }
    readInt16LE(offset = 0) { return this.#view(offset, 2).getInt16(0, true); }
    readInt32BE(offset = 0) { return this.#view(offset, 4).getInt32(0, false); }
    readInt32LE(offset = 0) { return this.#view(offset, 4).getInt32(0, true); }
    readIntBE(offset, byteLength) { return this.#signed(offset, byteLength, false); }
    readIntLE(offset, byteLength) { return this.#signed(offset, byteLength, true); }
    readUInt8(offset = 0) { return this.#view(offset, 1).getUint8(0); }
    readUInt16BE(offset = 0) { return this.#view(offset, 2).getUint16(0, false); }
    readUInt16LE(offset = 0) { return this.#view(offset, 2).getUint16(0, true); }
    readUInt32BE(offset = 0) { return this.#view(offset, 4).getUint32(0, false); }
    readUInt32LE(offset = 0) { return this.#view(offset, 4).getUint32(0, true); }
    readUIntBE(offset, byteLength) { return this.#int(offset, byteLength, false); }
    readUIntLE(offset, byteLength) { return this.#int(offset, byteLength, true); }

    writeBigInt64BE(value, offset = 0) { return this.#setBig(value, offset, false, -(2n ** 63n), 2n ** 63n - 1n); }
    writeBigInt64LE(value, offset = 0) { return this.#setBig(value, offset, true, -(2n ** 63n), 2n ** 63n - 1n); }
    writeBigUInt64BE(value, offset = 0) { return this.#setBig(value, offset, false, 0n, 2n ** 64n - 1n); }
    writeBigUInt64LE(value, offset = 0) { return this.#setBig(value, offset, true, 0n, 2n ** 64n - 1n); }
    writeDoubleBE(value, offset = 0) { return this.#setFloat(value, offset, 8, false); }
    writeDoubleLE(value, offset = 0) { return this.#setFloat(value, offset, 8, true); }
    writeFloatBE(value, offset = 0) { return this.#setFloat(value, offset, 4, false); }
    writeFloatLE(value, offset = 0) { return this.#setFloat(value, offset, 4, true); }
    writeInt8(value, offset = 0) { return this.#setInt(value, offset, 1, false, -128, 127); }
    writeInt16BE(value, offset = 0) { return this.#setInt(value, offset, 2, false, -32768, 32767); }
    writeInt16LE(value, offset = 0) { return this.#setInt(value, offset, 2, true, -32768, 32767); }
    writeInt32BE(value, offset = 0) { return this.#setInt(value, offset, 4, false, -2147483648, 2147483647); }
    writeInt32LE(value, offset = 0) { return this.#setInt(value, offset, 4, true, -2147483648, 2147483647); }
    writeIntBE(value, offset, byteLength) { return this.#setVariable(value, offset, byteLength, false, true); }
    writeIntLE(value, offset, byteLength) { return this.#setVariable(value, offset, byteLength, true, true); }
    writeUInt8(value, offset = 0) { return this.#setInt(value, offset, 1, false, 0, 255); }
    writeUInt16BE(value, offset = 0) { return this.#setInt(value, offset, 2, false, 0, 65535); }
    writeUInt16LE(value, offset = 0) { return this.#setInt(value, offset, 2, true, 0, 65535); }
    writeUInt32BE(value, offset = 0) { return this.#setInt(value, offset, 4, false, 0, 4294967295); }
    writeUInt32LE(value, offset = 0) { return this.#setInt(value, offset, 4, true, 0, 4294967295); }
    writeUIntBE(value, offset, byteLength) { return this.#setVariable(value, offset, byteLength, false, false); }
    writeUIntLE(value, offset, byteLength) { return this.#setVariable(value, offset, byteLength, true, false); }
  }

  function alloc(size, fill, encoding) {
    const buffer = new Buffer(new Uint8Array(checkSize('size', size)));
    if (fill === undefined || fill === null || fill === 0) return buffer;
    if (typeof fill !== 'string' && typeof fill !== 'number' && !Buffer.isBuffer(fill) && !(fill instanceof Uint8Array)) {
      wrongType('fill', 'Buffer or Uint8Array, string, number', fill);
    }
    return buffer.fill(fill, 0, buffer.length, encoding);
  }

  const allocUninitialized = (size) => new Buffer(new Uint8Array(checkSize('size', size)));

  function from(value, offsetOrEncoding, length) {
    if (typeof value === 'string') return new Buffer(encode(value, checkEncoding(offsetOrEncoding)));
    if (value instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer)) {
      const offset = offsetOrEncoding ?? 0;
      checkInteger('byteOffset', offset, 0, value.byteLength);
      const room = value.byteLength - offset;
      return new Buffer(new Uint8Array(value, offset, length === undefined ? room : checkInteger('length', length, 0, room)));
    }
    if (Buffer.isBuffer(value)) return new Buffer(Uint8Array.from(Buffer.bytesOf(value, 'value')));
    if (Array.isArray(value) || ArrayBuffer.isView(value)) return new Buffer(Uint8Array.from(value));
    if (typeof value === 'object' && value !== null) {
      const primitive = value[Symbol.toPrimitive]?.('string') ?? value.valueOf?.();
      if (typeof primitive === 'string') return from(primitive, offsetOrEncoding);
      if (typeof primitive === 'object' && primitive !== value) return from(primitive, offsetOrEncoding, length);
    }
    return wrongType('value', 'Buffer or ArrayBuffer, Array, Array-like, string, object', value);
  }

  function byteLength(value, encoding) {
    if (typeof value === 'string') return encode(value, checkEncoding(encoding)).length;
    if (Buffer.isBuffer(value)) return value.length;
    if (typeof value === 'object' && value !== null && typeof value.byteLength === 'number') return value.byteLength;
    return wrongType('string', 'Buffer or ArrayBuffer, Array, Array-like, string', value);
  }

  function concat(list, totalLength) {
    if (!Array.isArray(list)) wrongType('list', 'Buffer[] or Uint8Array[]', list);
    const parts = list.map((part) => Buffer.bytesOf(part, 'list', 'Buffer[] or Uint8Array[]'));
    const sum = parts.reduce((total, part) => total + part.length, 0);
    const length = totalLength === undefined || totalLength === null ? sum : checkInteger('totalLength', totalLength, 0, MAX_LENGTH);
    const bytes = new Uint8Array(length);
    let offset = 0;
    for (const part of parts) {
      if (offset >= length) break;
      const fitting = part.subarray(0, length - offset);
      bytes.set(fitting, offset);
      offset += fitting.length;
    }
    return new Buffer(bytes);
  }

  function compare(buf1, buf2) {
    return compareBytes(Buffer.bytesOf(buf1, 'buf1'), Buffer.bytesOf(buf2, 'buf2'));
  }

  function transcode(source, fromEnc, toEnc) {
    const bytes = Buffer.bytesOf(source, 'source');
    return new Buffer(encode(decode(bytes, checkEncoding(fromEnc)), checkEncoding(toEnc)));
  }

  class Blob {
    #bytes;
    #type;

    constructor(sources, options) {
      if (!Array.isArray(sources) && !ArrayBuffer.isView(sources)) wrongType('sources', 'Iterable', sources);
      if (options !== undefined && options !== null && typeof options !== 'object') wrongType('options', 'Object', options);
      const endings = options?.endings ?? 'transparent';
      if (endings !== 'transparent' && endings !== 'native') {
        fail(401, 'Parameter error. The value of endings is neither "transparent" nor "native"');
      }
      this.#type = options?.type ?? '';
      const parts = Array.isArray(sources) ? sources : [sources];
      this.#bytes = Buffer.bytesOf(concat(parts.map((part) => Blob.#bytesOf(part))), 'sources');
    }

    static #bytesOf(source) {
      if (typeof source === 'string') return encode(source, 'utf8');
      if (source instanceof ArrayBuffer) return new Uint8Array(source);
      if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
      if (Buffer.isBuffer(source)) return Buffer.bytesOf(source, 'source');
      if (typeof source === 'object' && source !== null && #bytes in source) return source.#bytes;
      return encode(String(source), 'utf8');
    }

    get size() { return this.#bytes.length; }
    get type() { return this.#type; }

    arrayBuffer() {
      return system.async(() => this.#bytes.slice().buffer);
    }

    text() {
      return system.async(() => decode(this.#bytes, 'utf8'));
    }

    slice(start, end, type) {
      return new Blob([this.#bytes.slice(start ?? 0, end ?? this.#bytes.length)], { type: type ?? this.#type });
    }
  }

  return {
    Buffer, Blob, alloc, allocUninitialized, allocUninitializedFromPool: allocUninitialized, from, byteLength, concat, compare,
    isBuffer: Buffer.isBuffer, isEncoding, transcode,
  };
})
