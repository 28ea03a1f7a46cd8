// @hms:collaboration.rcp: sessions of requests (Remote Communication Kit).
(function (host, system) {
  'use strict';

  const client = system.require('@concord:net/client');
  const { URL } = system.require('@ohos:url');
  const { TextDecoder } = system.require('@ohos:util');
  const fs = system.require('@ohos:file.fs');
  const { parse, stringify } = JSON;

  const BASE = 1007900000;
  const CANCELED = 1007900992;
  const CLOSED = 1007900993;
  const TOO_MANY = 1007900994;
  const BAD_URL = 1007900003;
  const MOST_SESSIONS = 1024;
  const TIMEOUT = 60000;
  const MOST_BYTES = 100 * 1024 * 1024;

  const MESSAGES = { 401: 'Parameter error.', [BAD_URL]: 'Invalid URL format or missing URL.', [CANCELED]: 'Request is canceled.', [CLOSED]: 'Session is closed.', [TOO_MANY]: 'Sessions number reached limit.' };
  const fail = (code) => {
    throw new system.BusinessError(code, MESSAGES[code]);
  };
  const isObject = (value) => typeof value === 'object' && value !== null;
  const isFunction = (value) => typeof value === 'function';
  const own = (error) => (error?.code >= 2300000 && error.code < 2301000
    ? new system.BusinessError(BASE + error.code - 2300000, error.message) : error);

  function address(...args) {
    try {
      return URL.parseURL(...args);
    } catch {
      return fail(BAD_URL);
    }
  }

  let nextRequest = 0;
  let nextSession = 0;
  const sessions = new Set();

  class Form {
    constructor(fields) { this.fields = fields; }
  }

  class MultipartForm {
    constructor(fields) { this.fields = fields; }
  }

  class Request {
    constructor(url, method = 'GET', headers = undefined, content = undefined, cookies = undefined, transferRange = undefined, configuration = undefined) {
      if (typeof url !== 'string' && !isObject(url)) fail(401);
      Object.defineProperty(this, 'id', { value: String(nextRequest++), enumerable: true });
      this.url = typeof url === 'string' ? address(url) : url;
      this.method = method;
      this.headers = headers;
      this.content = content;
      this.cookies = cookies;
      this.transferRange = transferRange;
      this.configuration = configuration;
    }
  }

  class Response {
    constructor(request, head, body, timing, collects) {
      this.request = request;
      this.statusCode = head.status;
      this.reasonPhrase = head.reason;
      this.httpVersion = head.version;
      this.headers = client.headerObject(head.headers);
      this.effectiveUrl = URL.parseURL(head.url);
      this.body = body;
      this.cookies = (this.headers['set-cookie'] ?? []).map((text) => {
        const [name, ...value] = text.split(';')[0].split('=');
        return { name: name.trim(), value: value.join('=').trim() };
      });
      if (collects) {
        this.timeInfo = {
          nameLookupTimeMs: timing.dnsTiming, connectTimeMs: timing.tcpTiming, tlsHandshakeTimeMs: timing.tlsTiming,
          preTransferTimeMs: timing.firstSendTiming, startTransferTimeMs: timing.firstReceiveTiming, totalTimeMs: timing.totalFinishTiming,
          redirectTimeMs: timing.redirectTiming,
        };
      }
    }

    toString() { return this.body === undefined ? null : TextDecoder.create('utf-8').decodeToString(new Uint8Array(this.body)); }

    toJSON() {
      const text = this.toString();
      return text === null ? null : parse(text);
    }
  }

  /** Settings of a request: its own, and for what they leave open those of the session. */
  function merged(first, second) {
    const names = new Set([...Object.keys(first ?? {}), ...Object.keys(second ?? {})]);
    const both = {};
    for (const name of names) {
      const [one, two] = [first?.[name], second?.[name]];
      const plain = isObject(one) && isObject(two) && !Array.isArray(one) && !isFunction(one);
      both[name] = plain ? { ...two, ...one } : one ?? two;
    }
    return both;
  }

  const pathOf = (value) => (isObject(value) && typeof value.path === 'string' ? value.path : value);

  /** A field of a form as parts. */
  function partsOf(name, value) {
    if (Array.isArray(value)) return value.flatMap((one) => partsOf(name, one));
    if (!isObject(value)) return [{ name, contentType: '', data: String(value) }];
    const { contentType = 'application/octet-stream', remoteFileName, contentOrPath } = value;
    const content = isObject(contentOrPath) && contentOrPath.content !== undefined ? contentOrPath.content : undefined;
    if (content !== undefined || client.isBuffer(contentOrPath)) {
      return [{ name, contentType, fileName: remoteFileName ?? name, data: content ?? contentOrPath }];
    }
    const path = String(pathOf(contentOrPath) ?? '');
    return [{ name, contentType, fileName: remoteFileName ?? path.slice(path.lastIndexOf('/') + 1), file: path }];
  }

  /** What is sent, and what type it has unless the app says so. */
  function payloadOf(content) {
    if (content === undefined || content === null) return [{}, undefined];
    if (content instanceof MultipartForm) return [{ parts: Object.entries(content.fields).flatMap(([name, value]) => partsOf(name, value)) }, undefined];
    if (content instanceof Form) return [{ body: client.formText(content.fields) }, 'application/x-www-form-urlencoded'];
    if (content instanceof UploadFromFile) return [{ parts: [{ name: '', file: content.path }] }, 'application/octet-stream'];
    if (typeof content === 'string') return [{ body: content }, 'text/plain'];
    if (client.isBuffer(content)) return [{ body: content }, 'application/octet-stream'];
    if (isObject(content) && isObject(content.fields)) return payloadOf(new Form(content.fields));
    return [{ body: stringify(content) }, 'application/json'];
  }

  class UploadFromFile {
    constructor(fileOrPath) {
      this.fileOrPath = fileOrPath;
      Object.defineProperty(this, 'path', { value: String(pathOf(fileOrPath)) });
    }
  }

  function proxyOf(value) {
    if (value === 'no-proxy') return 'none';
    if (!isObject(value)) return 'environment';
    const url = URL.parseURL(String(value.url));
    return { host: `${url.protocol}//${url.hostname}`, port: Number(url.port || 80), exclusionList: Array.isArray(value.exclusions) ? value.exclusions : [] };
  }

  const TLS_VERSIONS = { 'TlsV1.0': 4, 'TlsV1.1': 5, 'TlsV1.2': 6, 'TlsV1.3': 7 };

  function securityOf(security = {}) {
    const { remoteValidation, certificate, certificatePinning, serverAuthentication, tlsOptions } = security;
    const authority = isObject(remoteValidation) ? remoteValidation : {};
    const { credential, authenticationType = 'basic' } = serverAuthentication ?? {};
    const tls = isObject(tlsOptions) ? tlsOptions : {};
    return {
      skipValidation: remoteValidation === 'skip', caData: authority.content, caPath: authority.filePath,
      clientCert: isObject(certificate)
        ? { certPath: certificate.filePath ?? '', certType: certificate.type, keyPath: certificate.key ?? certificate.filePath ?? '', keyPassword: certificate.keyPassword, content: certificate.content, key: certificate.content === undefined ? undefined : certificate.key }
        : undefined,
      pins: [certificatePinning ?? []].flat().map((pin) => pin.publicKeyHash),
      authentication: credential === undefined ? undefined : { username: credential.username, password: credential.password, type: authenticationType },
      tlsMin: TLS_VERSIONS[tls.tlsVersionMin], tlsMax: TLS_VERSIONS[tls.tlsVersionMax], ciphers: tls.cipherSuites ?? [],
    };
  }

  function rangeOf(range) {
    const one = ({ from, to }) => `${from ?? ''}-${to ?? ''}`;
    return range === undefined ? undefined : `bytes=${[range].flat().map(one).join(',')}`;
  }

  class Session {
    #running = new Map();
    #closed = false;

    constructor(configuration) {
      this.id = String(nextSession++);
      this.configuration = configuration;
    }

    #run(request, target) {
      const settings = merged(request.configuration, this.configuration?.requestConfiguration);
      const { transfer = {}, tracing = {}, security, proxy, dns = {} } = settings;
      const events = tracing.httpEventsHandler ?? {};
      const headers = client.headerList({ ...this.configuration?.headers, ...request.headers });
      const has = (name) => headers.some(([known]) => known.toLowerCase() === name);
      const [payload, contentType] = payloadOf(request.content);
      if (contentType !== undefined && !has('content-type')) headers.push(['content-type', contentType]);
      const cookies = { ...this.configuration?.cookies, ...request.cookies };
      if (Object.keys(cookies).length > 0) headers.push(['cookie', Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join('; ')]);
      const range = rangeOf(request.transferRange);
      if (range !== undefined) headers.push(['range', range]);
      const { connectMs = TIMEOUT, transferMs = TIMEOUT } = transfer.timeout ?? {};
      const streaming = target === undefined && isFunction(events.onDataReceive);
      const spec = {
        url: request.url.toString(), method: request.method, headers, connectTimeout: connectMs, readTimeout: transferMs,
        protocol: transfer.protocol === 'http1.1' ? 0 : undefined, proxy: proxyOf(proxy), maxRedirects: transfer.autoRedirect === false ? 0 : undefined,
        dnsOverHttps: dns.dnsOverHttps?.url, dnsServers: Array.isArray(dns.dnsRules) ? dns.dnsRules.map(({ ip }) => ip).filter((ip) => typeof ip === 'string') : [],
        maxLimit: MOST_BYTES, streaming, reportSent: isFunction(events.onUploadProgress), expect: 'bytes',
        save: target === undefined ? undefined : { path: target }, ...securityOf(security),
      };
      return new Promise((resolve, reject) => {
        let head;
        const over = () => this.#running.delete(request);
        const giveUp = client.exchange(spec, payload, {
          head: (found) => {
            head = found;
            events.onHeaderReceive?.(client.headerObject(found.headers));
          },
          data: (bytes) => events.onDataReceive(bytes),
          received: (received, total) => events.onDownloadProgress?.(total, received),
          sent: (sent, total) => events.onUploadProgress?.(total, sent),
          end: (info, body) => {
            over();
            events.onDataEnd?.();
            const response = new Response(request, head, streaming || target !== undefined ? undefined : body, info.timing, tracing.collectTimeInfo !== false);
            if (target !== undefined) response.downloadedTo = { kind: 'file', file: target };
            resolve(response);
          },
          fail: (error) => {
            over();
            reject(own(error));
          },
        });
        this.#running.set(request, () => {
          giveUp();
          over();
          events.onCanceled?.();
          reject(new system.BusinessError(CANCELED, MESSAGES[CANCELED]));
        });
      });
    }

    /** The request through all interceptors of the session. */
    #handle(request, target) {
      client.demandInternet();
      if (this.#closed) fail(CLOSED);
      const interceptors = this.configuration?.interceptors ?? [];
      const handler = (index) => ({
        handle: async (context) => {
          const interceptor = interceptors[index];
          return interceptor === undefined ? this.#run(context.request, target) : interceptor.intercept(context, handler(index + 1));
        },
      });
      return handler(0).handle({ request, session: this });
    }

    #send(request, target) { return system.async(() => this.#handle(request, target)); }

    fetch(request) {
      if (!(request instanceof Request)) fail(401);
      return this.#send(request);
    }

    #make(url, method, content, destination) {
      const base = this.configuration?.baseAddress;
      const target = isObject(url) ? url : base === undefined ? address(url) : address(url, String(base));
      return new Request(target, method, undefined, content, undefined, destination);
    }

    get(url) { return this.#send(this.#make(url, 'GET')); }
    head(url) { return this.#send(this.#make(url, 'HEAD')); }
    delete(url) { return this.#send(this.#make(url, 'DELETE')); }
    post(url, content) { return this.#send(this.#make(url, 'POST', content)); }
    put(url, content) { return this.#send(this.#make(url, 'PUT', content)); }
    patch(url, content) { return this.#send(this.#make(url, 'PATCH', content)); }
    uploadFromFile(url, from) { return this.#send(this.#make(url, 'PUT', from instanceof UploadFromFile ? from : new UploadFromFile(from?.fileOrPath ?? from))); }

    downloadToFile(url, to) {
      if (!isObject(to)) fail(401);
      const request = this.#make(url, 'GET');
      let path = String(pathOf(to.file ?? to.path));
      if (to.kind === 'folder') {
        if (!fs.accessSync(path)) fs.mkdirSync(path, true);
        path = `${path.replace(/\/$/, '')}/${to.name ?? (request.url.pathname.split('/').pop() || 'download')}`;
      }
      return this.#send(request, path);
    }

    async downloadToStream(url, to) {
      const response = await this.#send(this.#make(url, 'GET'));
      await to?.stream?.write?.(response.body);
      return response;
    }

    cancel(requests) {
      const chosen = requests === undefined ? [...this.#running.keys()] : [requests].flat();
      for (const request of chosen) this.#running.get(request)?.();
      this.configuration?.sessionListener?.onCanceled?.();
    }

    close() {
      if (this.#closed) return;
      this.#closed = true;
      for (const stop of [...this.#running.values()]) stop();
      sessions.delete(this);
      this.configuration?.sessionListener?.onClosed?.();
    }
  }

  return {
    Request, Response, Form, MultipartForm, UploadFromFile,
    createSession(configuration) {
      if (configuration !== undefined && configuration !== null && !isObject(configuration)) fail(401);
      if (sessions.size >= MOST_SESSIONS) fail(TOO_MANY);
      const session = new Session(configuration ?? undefined);
      sessions.add(session);
      return session;
    },
  };
})
