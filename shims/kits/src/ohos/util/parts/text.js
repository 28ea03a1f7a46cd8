// Part of @ohos:util: text codecs.
(function (host, system) {
  'use strict';

  const { parameterError, fail } = system.require('@concord:kits');

  function optionsOf(options, name) {
    if (options === undefined || options === null) return {};
    if (typeof options !== 'object') parameterError(name, 'object');
    return options;
  }

  function labelOf(encoding) {
    if (encoding === undefined || encoding === null) return 'utf-8';
    if (typeof encoding !== 'string') parameterError(String(encoding), 'string');
    if (!host.isEncoding(encoding)) fail(401, `Parameter error. Wrong encoding format: ${encoding}`);
    return encoding;
  }

  class TextDecoder {
    #encoding;
    #fatal;
    #ignoreBOM;
    #state;

    constructor(encoding, options) {
      this.#encoding = labelOf(encoding);
      const { fatal, ignoreBOM } = optionsOf(options, 'options');
      this.#fatal = Boolean(fatal);
      this.#ignoreBOM = Boolean(ignoreBOM);
    }

    static create(encoding, options) {
      return new TextDecoder(encoding, options);
    }

    get encoding() {
      return this.#encoding;
    }

    get fatal() {
      return this.#fatal;
    }

    get ignoreBOM() {
      return this.#ignoreBOM;
    }

    #decode(input, options) {
      if (!(input instanceof Uint8Array)) parameterError(String(input), 'Uint8Array');
      const stream = Boolean(optionsOf(options, 'options').stream);
      this.#state ??= host.decoder(this.#encoding, this.#ignoreBOM, this.#fatal);
      const state = this.#state;
      // A call that is not part of a stream ends it, and so does an error.
      if (!stream) this.#state = undefined;
      const text = host.decode(state, input, !stream);
      if (text === null) {
        this.#state = undefined;
        fail(401, 'Parameter error. The encoded data was not valid');
      }
      return text;
    }

    decodeToString(input, options) {
      return this.#decode(input, options);
    }

    decodeWithStream(input, options) {
      return this.#decode(input, options);
    }

    decode(input, options) {
      return this.#decode(input, options);
    }
  }

  class TextEncoder {
    #encoding;

    constructor(encoding) {
      this.#encoding = labelOf(encoding);
    }

    static create(encoding) {
      return new TextEncoder(encoding);
    }

    get encoding() {
      return this.#encoding;
    }

    encode(input) {
      if (input === undefined || input === null) return new Uint8Array(0);
      if (typeof input !== 'string') parameterError(String(input), 'string');
      return host.encode(this.#encoding, input);
    }

    encodeInto(input, dest) {
      return dest === undefined ? this.encode(input) : this.encodeIntoUint8Array(input, dest);
    }

    encodeIntoUint8Array(input, dest) {
      if (typeof input !== 'string') parameterError(String(input), 'string');
      if (!(dest instanceof Uint8Array)) parameterError(String(dest), 'Uint8Array');
      const [read, bytes] = host.encodePart(this.#encoding, input, dest.length);
      dest.set(bytes);
      return { read, written: bytes.length };
    }
  }

  class StringDecoder {
    #encoding;
    #state;

    constructor(encoding) {
      this.#encoding = labelOf(encoding);
      this.#state = host.decoder(this.#encoding, false, false);
    }

    write(chunk) {
      if (typeof chunk === 'string') return chunk;
      if (!(chunk instanceof Uint8Array)) parameterError(String(chunk), 'string or Uint8Array');
      return host.decode(this.#state, chunk, false);
    }

    end(chunk) {
      if (typeof chunk === 'string') return chunk;
      const input = chunk === undefined || chunk === null ? new Uint8Array(0) : chunk;
      if (!(input instanceof Uint8Array)) parameterError(String(chunk), 'string or Uint8Array');
      const text = host.decode(this.#state, input, true);
      this.#state = host.decoder(this.#encoding, false, false);
      return text;
    }
  }

  return { TextDecoder, TextEncoder, StringDecoder };
})
