// @ohos:net.http
(function (host, system) {
  'use strict';

  const client = system.require('@concord:net/client');
  const { isBuffer } = client;
  const { parse, stringify } = JSON;

  const enumOf = (...names) => Object.fromEntries(names.map((name) => [name, name]));
  const RequestMethod = enumOf('OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT', 'PATCH');
  const HttpDataType = { STRING: 0, OBJECT: 1, ARRAY_BUFFER: 2 };
  const HttpProtocol = { HTTP1_1: 0, HTTP2: 1, HTTP3: 2 };
  const AddressFamily = { DEFAULT: 'CURL_IPRESOLVE_WHATEVER', ONLY_V4: 'CURL_IPRESOLVE_V4', ONLY_V6: 'CURL_IPRESOLVE_V6' };
  const InterceptorType = {
    INITIAL_REQUEST: 'INITIAL_REQUEST', REDIRECTION: 'REDIRECTION', CACHE_CHECKED: 'READ_CACHE', NETWORK_CONNECT: 'CONNECT_NETWORK',
    FINAL_RESPONSE: 'FINAL_RESPONSE',
  };
  const EVENTS = ['headerReceive', 'headersReceive', 'dataReceive', 'dataEnd', 'dataReceiveProgress', 'dataSendProgress'];
  /** Methods whose data goes into the address. */
  const QUERIES = ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE', 'CONNECT'];
  const LONGEST_OBJECT = 65536;
  const TIMEOUT = 60000;

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const parameterError = () => fail(401, 'Parameter error.');
  const isObject = (value) => typeof value === 'object' && value !== null;

  function limitOf(value, whenMissing) {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > 0xffffffff) return whenMissing;
    return Math.floor(value);
  }

  function familyOf(value) {
    if (value === AddressFamily.ONLY_V4 || value === 1) return 4;
    return value === AddressFamily.ONLY_V6 || value === 2 ? 6 : 0;
  }

  /** How interceptors and the address see data: text, or what it was. */
  const textOf = (data) => (isObject(data) && !isBuffer(data) ? stringify(data) : data);

  /** What is sent, and to which address. */
  function payloadOf(url, method, headers, options) {
    const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].toLowerCase() ?? '';
    const data = options.body ?? options.extraData;
    if (QUERIES.includes(method) && options.body === undefined) {
      if (data === undefined || data === null || isBuffer(data)) return [url, {}];
      return [client.withQuery(url, isObject(data) ? client.formText(data) : String(data)), {}];
    }
    if (contentType.startsWith('multipart/form-data') && Array.isArray(options.multiFormDataList)) {
      const parts = options.multiFormDataList.map((part) => {
        if (!isObject(part) || typeof part.name !== 'string') parameterError();
        const { name, contentType: type, remoteFileName: fileName, data: content, filePath } = part;
        const body = content ?? '';
        return content === undefined && typeof filePath === 'string'
          ? { name, contentType: type ?? '', fileName: fileName ?? filePath.slice(filePath.lastIndexOf('/') + 1), file: filePath }
          : { name, contentType: type ?? '', fileName, data: isBuffer(body) ? body : textOf(body) };
      });
      return [url, { parts }];
    }
    if (data === undefined || data === null) return [url, {}];
    if (isBuffer(data) || typeof data === 'string') return [url, { body: data }];
    if (isObject(data) && contentType.startsWith('application/x-www-form-urlencoded')) return [url, { body: client.formText(data) }];
    return [url, { body: isObject(data) ? stringify(data) : String(data) }];
  }

  function proxyOf(value) {
    if (value === true || value === undefined || value === null) {
      const { host: name, port, exclusionList, username, password } = client.proxy.app ?? {};
      return name ? { host: name, port, exclusionList, username, password } : 'environment';
    }
    if (value === false) return 'none';
    if (!isObject(value) || typeof value.host !== 'string' || typeof value.port !== 'number') return parameterError();
    const { host: name, port, exclusionList = [], username = '', password = '' } = value;
    return name === '' ? 'none' : { host: name, port, exclusionList, username, password };
  }

  /** The options in the words of spec.rs. */
  function specOf(url, options, streaming) {
    const method = options.customMethod ?? options.method ?? RequestMethod.GET;
    if (typeof method !== 'string') parameterError();
    const headers = client.headerList(options.header);
    const has = (name) => headers.some(([known]) => known.toLowerCase() === name);
    if (['POST', 'PUT', 'DELETE', 'PATCH', ''].includes(method) && !has('content-type')) headers.push(['content-type', 'application/json']);
    const inRange = (value) => typeof value === 'number' && value >= 1 && value <= 4294967296;
    if (method === 'GET' && !has('range') && (inRange(options.resumeFrom) || inRange(options.resumeTo))) {
      headers.push(['range', `bytes=${inRange(options.resumeFrom) ? options.resumeFrom : 0}-${inRange(options.resumeTo) ? options.resumeTo : ''}`]);
    }
    const query = isObject(options.queryParams)
      ? Object.entries(options.queryParams).flatMap(([key, value]) => (Array.isArray(value) ? value : [value])
        .filter((one) => one !== undefined && one !== null).map((one) => client.formText({ [key]: one }))).join('&')
      : options.queryParams ?? '';
    const [address, payload] = payloadOf(client.withQuery(url, query), method, headers, options);
    const tls = isObject(options.tlsOptions) ? options.tlsOptions : {};
    const pins = [options.certificatePinning ?? []].flat();
    if (options.sslType === 'TLCP') fail(2300059, 'The specified SSL cipher cannot be used.');
    const { credential, authenticationType = 'basic' } = options.serverAuthentication ?? {};
    const certificate = options.clientCert;
    const spec = {
      url: address, method: method === '' ? 'GET' : method, headers,
      connectTimeout: limitOf(options.connectTimeout, TIMEOUT), readTimeout: limitOf(options.readTimeout, TIMEOUT),
      protocol: limitOf(options.usingProtocol, undefined), proxy: proxyOf(options.usingProxy),
      caPath: options.caPath, caData: options.caData,
      clientCert: isObject(certificate)
        ? { certPath: certificate.certPath, certType: certificate.certType, keyPath: certificate.keyPath ?? '', keyPassword: certificate.keyPassword }
        : undefined,
      dnsOverHttps: options.dnsOverHttps, dnsServers: options.dnsServers ?? [],
      maxLimit: limitOf(options.maxLimit, undefined), pins: pins.map((pin) => pin.publicKeyHash),
      skipValidation: options.remoteValidation === 'skip', tlsMin: tls.tlsVersionMin, tlsMax: tls.tlsVersionMax, ciphers: tls.cipherSuites ?? [],
      authentication: credential === undefined ? undefined
        : { username: credential.username, password: credential.password, type: authenticationType },
      family: familyOf(options.addressFamily), maxRedirects: limitOf(options.maxRedirects, undefined),
      useCache: options.usingCache ?? true, streaming,
      expect: options.expectDataType === HttpDataType.ARRAY_BUFFER ? 'bytes' : options.expectDataType === undefined ? 'any' : 'text',
    };
    return [spec, payload];
  }

  function resultOf(body, expected) {
    if (isBuffer(body)) return [body, HttpDataType.ARRAY_BUFFER];
    if (expected === HttpDataType.OBJECT && body.length <= LONGEST_OBJECT) {
      try {
        return [parse(body), HttpDataType.OBJECT];
      } catch {
        // What is no JSON is given as the text that it is.
      }
    }
    return [body, HttpDataType.STRING];
  }

  const chains = new WeakMap();

  class HttpRequest {
    #listeners = new Map();
    #running = new Set();
    #destroyed = false;

    #emit(type, ...args) {
      for (const listener of this.#listeners.get(type) ?? []) {
        if (listener.once) this.off(type, listener.callback);
        system.later(listener.callback, ...args);
      }
    }

    #listens(type) {
      return (this.#listeners.get(type) ?? []).length > 0;
    }

    #add(type, callback, once) {
      if (!EVENTS.includes(type) || typeof callback !== 'function') parameterError();
      this.#listeners.set(type, [...this.#listeners.get(type) ?? [], { callback, once }]);
    }

    on(type, callback) { this.#add(type, callback, false); }
    once(type, callback) { this.#add(type, callback, true); }

    off(type, callback) {
      const known = this.#listeners.get(type) ?? [];
      this.#listeners.set(type, callback === undefined || callback === null ? [] : known.filter((listener) => listener.callback !== callback));
    }

    #ask(url, options, callback, streaming) {
      const [settings, done] = typeof options === 'function' ? [{}, options] : [options ?? {}, callback];
      if (typeof url !== 'string' || !isObject(settings) || (done !== undefined && done !== null && typeof done !== 'function')) parameterError();
      return system.async(() => {
        client.demandInternet();
        if (this.#destroyed) fail(2300999, 'Internal error.');
        return this.#intercepted(url, { ...settings }, streaming);
      }, done);
    }

    async #run(url, options, streaming) {
      const [spec, payload] = specOf(url, options, streaming);
      spec.reportSent = this.#listens('dataSendProgress');
      const begun = Date.now();
      let head = { status: 0, headers: [], url };
      const response = (info, body) => {
        const [result, resultType] = resultOf(body, options.expectDataType);
        return {
          result, resultType, responseCode: head.status, header: client.headerObject(head.headers),
          cookies: client.cookieText(head.headers, head.url),
          performanceTiming: { ...info.timing, totalTiming: Math.max(Date.now() - begun, info.timing.totalFinishTiming) },
        };
      };
      let stop;
      try {
        return await new Promise((resolve, reject) => {
          const giveUp = client.exchange(spec, payload, {
            head: (found) => {
              head = found;
              const header = client.headerObject(found.headers);
              this.#emit('headerReceive', undefined, header);
              this.#emit('headersReceive', header);
            },
            data: (bytes) => this.#emit('dataReceive', bytes),
            received: (receiveSize, totalSize) => this.#emit('dataReceiveProgress', { receiveSize, totalSize }),
            sent: (sendSize, totalSize) => this.#emit('dataSendProgress', { sendSize, totalSize }),
            end: (info, body) => {
              if (streaming) this.#emit('dataEnd');
              resolve(streaming ? head.status : response(info, body));
            },
            fail: reject,
          });
          stop = () => {
            giveUp();
            reject(new system.BusinessError(2300023, 'Failed to write the received data to the disk or application.'));
          };
          this.#running.add(stop);
        });
      } finally {
        this.#running.delete(stop);
      }
    }

    /** The request with the interceptors of its chain around it. */
    async #intercepted(url, options, streaming) {
      const chain = chains.get(this);
      if (chain === undefined) return this.#run(url, options, streaming);
      const context = { url, header: options.header ?? {}, body: options.extraData ?? '' };
      let response = { result: '', resultType: HttpDataType.STRING, responseCode: 0, header: {}, cookies: '', performanceTiming: {} };
      const goesOn = async (type) => {
        const found = chain.find(({ interceptorType }) => interceptorType === type);
        return found === undefined || await found.interceptorHandle(context, response);
      };
      if (!await goesOn(InterceptorType.INITIAL_REQUEST)) return streaming ? response.responseCode : response;
      const redirects = chain.some(({ interceptorType }) => interceptorType === InterceptorType.REDIRECTION);
      let left = limitOf(options.maxRedirects, 30);
      for (;;) {
        if (!await goesOn(InterceptorType.NETWORK_CONNECT)) break;
        const changed = { ...options, header: context.header, extraData: context.body === '' ? options.extraData : context.body };
        const answer = await this.#run(context.url, redirects ? { ...changed, maxRedirects: 0 } : changed, streaming);
        if (streaming) return answer;
        response = answer;
        const target = redirects && [301, 302, 303, 307, 308].includes(response.responseCode) ? response.header.location : undefined;
        if (target === undefined) break;
        if (left-- <= 0) fail(2300047, 'The number of redirections reaches the maximum allowed.');
        context.url = system.require('@ohos:url').URL.parseURL(target, context.url).toString();
        if (!await goesOn(InterceptorType.REDIRECTION)) return response;
      }
      await goesOn(InterceptorType.FINAL_RESPONSE);
      return response;
    }

    request(url, options, callback) { return this.#ask(url, options, callback, false); }
    requestInStream(url, options, callback) { return this.#ask(url, options, callback, true); }

    destroy() {
      this.#destroyed = true;
      for (const stop of this.#running) stop();
      this.#listeners.clear();
    }
  }

  class HttpInterceptorChain {
    #chain = [];

    getChain() { return [...this.#chain]; }

    addChain(chain) {
      if (!Array.isArray(chain) || chain.some((one) => !isObject(one) || typeof one.interceptorHandle !== 'function'
        || !Object.values(InterceptorType).includes(one.interceptorType))) {
        fail(2300801, 'Parameter type not supported by the interceptor.');
      }
      const types = [...this.#chain, ...chain].map(({ interceptorType }) => interceptorType);
      if (new Set(types).size < types.length) fail(2300802, 'Duplicated interceptor type in the chain.');
      this.#chain.push(...chain);
      return true;
    }

    apply(request) {
      if (!(request instanceof HttpRequest)) fail(2300801, 'Parameter type not supported by the interceptor.');
      chains.set(request, this.#chain);
      return true;
    }
  }

  class HttpResponseCache {
    #act(work, callback) {
      return system.async(async () => {
        if (await work() !== undefined) fail(2300999, 'Internal error.');
      }, callback);
    }

    flush(callback) { return this.#act(client.flushCache, callback); }
    delete(callback) { return this.#act(client.deleteCache, callback); }
  }

  return {
    RequestMethod, HttpDataType, HttpProtocol, AddressFamily, InterceptorType, HttpInterceptorChain,
    ResponseCode: {
      OK: 200, CREATED: 201, ACCEPTED: 202, NOT_AUTHORITATIVE: 203, NO_CONTENT: 204, RESET: 205, PARTIAL: 206, MULT_CHOICE: 300,
      MOVED_PERM: 301, MOVED_TEMP: 302, SEE_OTHER: 303, NOT_MODIFIED: 304, USE_PROXY: 305, BAD_REQUEST: 400, UNAUTHORIZED: 401,
      PAYMENT_REQUIRED: 402, FORBIDDEN: 403, NOT_FOUND: 404, BAD_METHOD: 405, NOT_ACCEPTABLE: 406, PROXY_AUTH: 407,
      CLIENT_TIMEOUT: 408, CONFLICT: 409, GONE: 410, LENGTH_REQUIRED: 411, PRECON_FAILED: 412, ENTITY_TOO_LARGE: 413,
      REQ_TOO_LONG: 414, UNSUPPORTED_TYPE: 415, RANGE_NOT_SATISFIABLE: 416, INTERNAL_ERROR: 500, NOT_IMPLEMENTED: 501,
      BAD_GATEWAY: 502, UNAVAILABLE: 503, GATEWAY_TIMEOUT: 504, VERSION: 505,
    },
    CertType: enumOf('PEM', 'DER', 'P12'),
    TlsVersion: { TLS_V_1_0: 4, TLS_V_1_1: 5, TLS_V_1_2: 6, TLS_V_1_3: 7 },
    createHttp: () => new HttpRequest(),
    createHttpResponseCache(cacheSize) {
      client.openCache(typeof cacheSize === 'number' ? cacheSize : undefined);
      return new HttpResponseCache();
    },
  };
})
