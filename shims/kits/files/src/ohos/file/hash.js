// @ohos:file.hash
(function (host, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');
  const { Transform } = system.require('@ohos:util.stream');

  const ALGORITHMS = ['md5', 'sha1', 'sha256'];
  const invalid = () => fail(13900020, 'Invalid argument');
  const check = (algorithm) => (ALGORITHMS.includes(algorithm) ? algorithm : invalid());

  function hash(path, algorithm, callback) {
    return system.async(() => {
      if (typeof path !== 'string' || path === '') invalid();
      return host.hashLater(path, check(algorithm));
    }, callback);
  }

  class HashStream extends Transform {
    #state;

    constructor(algorithm) {
      super();
      this.#state = host.begin(check(algorithm));
    }

    update(data) {
      const bytes = data instanceof ArrayBuffer || ArrayBuffer.isView(data);
      if (!bytes) fail(401, 'Parameter error. data must be an ArrayBuffer');
      host.update(this.#state, data);
    }

    digest() {
      return host.digest(this.#state);
    }

    // What is written passes through, and counts.
    doTransform(chunk, encoding, callback) {
      host.update(this.#state, chunk);
      this.push(chunk);
      callback();
    }
  }

  const createHash = (algorithm) => new HashStream(typeof algorithm === 'string' ? algorithm : fail(401, 'Parameter error'));

  return { hash, createHash, HashStream };
})
