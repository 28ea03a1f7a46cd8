// @ohos:net.socket
(function (host, system) {
  'use strict';

  const permissions = system.require('@concord:kits/permissions');
  const { parse, stringify } = JSON;
  const decode = system.require('@ohos:util').TextEncoder;

  const INTERNET = 'ohos.permission.INTERNET';
  const ProxyTypes = { NONE: 0, SOCKS5: 1 };
  const Protocol = { TLSv12: 'TLSv1.2', TLSv13: 'TLSv1.3' };
  /** What is added to the numbers of errors: of the system, and of TLS. */
  const PLAIN = 2301000;
  const TLS = 2303000;
  const TLS_SYSTEM = 2303100;
  const EBADF = 9;
  const SIGNATURES = [
    'ECDSA+SHA384', 'ECDSA+SHA256', 'ED25519', 'RSA-PSS+SHA512', 'RSA-PSS+SHA384', 'RSA-PSS+SHA256', 'RSA+SHA512', 'RSA+SHA384', 'RSA+SHA256',
  ];

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const parameterError = () => fail(401, 'Parameter error.');
  const isObject = (value) => typeof value === 'object' && value !== null;
  const isBuffer = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);

  /** An error of a leaf, with the base of the socket that it is about. */
  function errorOf(base, number, text, kind) {
    if (kind === 'tls') return new system.BusinessError(TLS + number, text);
    return new system.BusinessError((kind === 'socks' ? PLAIN : base) + number, text);
  }

  /** The answer of a leaf that makes a system call. */
  function check(base, answer) {
    if (Array.isArray(answer)) throw errorOf(base, ...answer);
    return answer;
  }

  /** A promise of what a leaf calls back with. */
  const promised = (base, call) => new Promise((resolve, reject) => {
    call((number, ...rest) => (number === undefined ? resolve(rest) : reject(errorOf(base, number, ...rest))));
  });

  function netAddress(value) {
    if (!isObject(value) || typeof value.address !== 'string') parameterError();
    const { address, port = 0, family } = value;
    if (typeof port !== 'number' || !(port >= 0 && port <= 65535)) parameterError();
    return { address, port: Math.floor(port), family: family === 2 ? 2 : family === 1 || /^[\d.]+$/.test(address) ? 1 : undefined };
  }

  function localName(value) {
    if (!isObject(value) || typeof value.address !== 'string' || value.address === '') parameterError();
    return value.address;
  }

  function dataOf(value, encoding) {
    if (isBuffer(value)) return value;
    if (typeof value !== 'string') parameterError();
    if (typeof encoding !== 'string' || /^utf-?8$/i.test(encoding)) return value;
    return decode.create(encoding).encodeInto(value);
  }

  function optionsOf(value) {
    if (!isObject(value)) parameterError();
    return stringify(value);
  }

  function proxyOf(value) {
    if (!isObject(value) || value.type === undefined || value.type === ProxyTypes.NONE) return undefined;
    if (value.type !== ProxyTypes.SOCKS5) parameterError();
    const { address, username = '', password = '' } = value;
    return { address: netAddress(address), username, password };
  }

  const familyName = (family) => (family === 2 ? 'IPv6' : 'IPv4');

  /** Listeners of an object, called in later turns. */
  class Events {
    #listeners = new Map();
    #types;

    constructor(types) {
      this.#types = types;
    }

    on(type, callback) {
      if (!this.#types.includes(type) || typeof callback !== 'function') parameterError();
      const known = this.#listeners.get(type) ?? [];
      if (!known.includes(callback)) this.#listeners.set(type, [...known, callback]);
    }

    off(type, callback) {
      if (!this.#types.includes(type)) parameterError();
      if (callback === undefined || callback === null) this.#listeners.delete(type);
      else this.#listeners.set(type, (this.#listeners.get(type) ?? []).filter((known) => known !== callback));
    }

    emit(type, ...args) {
      for (const callback of this.#listeners.get(type) ?? []) system.later(callback, ...args);
    }
  }

  /** What all sockets have in common. */
  class Base {
    #events;
    #permission;
    handle = host.create();
    base = PLAIN;
    state = { isBound: false, isClose: false, isConnected: false };

    constructor(types, permission, base = PLAIN) {
      this.#events = new Events(types);
      this.#permission = permission;
      this.base = base;
      for (const name of ['handle', 'base', 'state']) Object.defineProperty(this, name, { enumerable: false });
    }

    on(type, callback) { this.#events.on(type, callback); }
    off(type, callback) { this.#events.off(type, callback); }

    /** Does something the way all methods do: permission, then the work, then the callback or a promise. */
    act(work, callback) {
      if (callback !== undefined && callback !== null && typeof callback !== 'function') parameterError();
      return system.async(() => {
        if (this.#permission) permissions.demand(INTERNET);
        return work();
      }, callback);
    }

    emit(type, ...args) { this.#events.emit(type, ...args); }

    call(answer) { return check(this.base, answer); }

    /** An event of the network thread. */
    heard(kind, ...args) {
      if (kind === 'error') this.emit('error', errorOf(this.base, ...args));
      if (kind === 'message') this.message(...args);
      if (kind === 'close') this.ended();
    }

    ended() {
      if (this.state.isClose) return;
      this.state = { isBound: false, isClose: true, isConnected: false };
      this.emit('close');
    }

    address(remote) { return parse(this.call(host.addresses(this.handle, remote))); }

    bound(address, datagrams) {
      this.call(host.bind(this.handle, stringify(address), datagrams));
      this.state = { ...this.state, isBound: true, isClose: false };
    }

    async closed() {
      if (this.state.isClose) return;
      await promised(this.base, (done) => host.close(this.handle, done));
      this.ended();
    }

    getState(callback) { return this.act(() => ({ ...this.state }), callback); }

    setExtraOptions(options, callback) {
      const text = optionsOf(options);
      return this.act(() => this.call(host.setOptions(this.handle, text)), callback);
    }

    getLocalAddress() { return this.act(() => this.address(false)); }
    getSocketFd(callback) { return this.act(() => host.descriptor(this.handle), callback); }
    close(callback) { return this.act(() => this.closed(), callback); }
  }

  /** A connection: what is sent, what comes. */
  class Stream extends Base {
    #remote = {};

    message(message) {
      const { address, port, family } = this.#remote;
      this.emit('message', { message, remoteInfo: { address, port, family: familyName(family), size: message.byteLength } });
    }

    know(remote) { this.#remote = remote; }

    async connected(target, below) {
      if (this.state.isConnected) fail(this.base + 106, 'Transport endpoint is already connected');
      this.state = { ...this.state, isClose: false };
      const [info, certificate] = await promised(this.base, (done) => {
        host.connect(this.handle, stringify(target), (...args) => this.heard(...args), done, below);
      });
      this.state = { isBound: true, isClose: false, isConnected: true };
      try {
        this.know(target.local === undefined ? this.address(true) : { address: target.local });
      } catch {
        // It may be over already.
      }
      this.emit('connect');
      return [info, certificate];
    }

    async sent(data) {
      await promised(this.base, (done) => host.send(this.handle, data, done));
    }

    getRemoteAddress(callback) { return this.act(() => this.address(true), callback); }
  }

  class TCPSocket extends Stream {
    constructor() {
      super(['message', 'connect', 'close', 'error'], true);
    }

    bind(address, callback) {
      const target = netAddress(address);
      return this.act(() => this.bound(target, false), callback);
    }

    connect(options, callback) {
      if (!isObject(options)) parameterError();
      const target = { address: netAddress(options.address), timeout: options.timeout, proxy: proxyOf(options.proxy) };
      return this.act(async () => {
        await this.connected(target);
      }, callback);
    }

    send(options, callback) {
      if (!isObject(options)) parameterError();
      const data = dataOf(options.data, options.encoding);
      return this.act(() => this.sent(data), callback);
    }
  }

  class UDPSocket extends Base {
    constructor() {
      super(['message', 'listening', 'close', 'error'], true);
    }

    message(message, { address, port, family }) {
      this.emit('message', { message, remoteInfo: { address, port, family: familyName(family), size: message.byteLength } });
    }

    open(address) {
      this.bound(address, true);
      this.call(host.receive(this.handle, (...args) => this.heard(...args)));
      this.emit('listening');
    }

    bind(address, callback) {
      const target = netAddress(address);
      return this.act(() => this.open(target), callback);
    }

    send(options, callback) {
      if (!isObject(options)) parameterError();
      const [data, target] = [dataOf(options.data), netAddress(options.address)];
      return this.act(async () => {
        // A socket without an address of its own gets one now.
        if (!this.state.isBound && !this.state.isClose) this.open({ address: '', port: 0, family: target.family ?? (target.address.includes(':') ? 2 : 1) });
        await promised(this.base, (done) => host.sendTo(this.handle, data, stringify(target), done));
      }, callback);
    }
  }

  class MulticastSocket extends UDPSocket {
    #set(what, value) { return this.call(host.multicast(this.handle, what, value)); }

    addMembership(multicastAddress, callback) {
      const group = netAddress(multicastAddress);
      return this.act(() => {
        if (!this.state.isBound) this.open({ address: '', port: group.port, family: group.address.includes(':') ? 2 : 1 });
        this.#set('join', stringify(group));
      }, callback);
    }

    dropMembership(multicastAddress, callback) {
      const group = netAddress(multicastAddress);
      return this.act(() => this.#set('leave', stringify(group)), callback);
    }

    setMulticastTTL(ttl, callback) {
      if (typeof ttl !== 'number') parameterError();
      return this.act(() => this.#set('ttl', ttl), callback);
    }

    getMulticastTTL(callback) { return this.act(() => this.#set('getTtl'), callback); }

    setLoopbackMode(flag, callback) {
      if (typeof flag !== 'boolean') parameterError();
      return this.act(() => this.#set('loop', Number(flag)), callback);
    }

    getLoopbackMode(callback) { return this.act(() => this.#set('getLoop') !== 0, callback); }
  }

  /** Options of TLS in the words of socket.rs. */
  function secureOf(options, server) {
    if (!isObject(options) || !isObject(options.secureOptions)) parameterError();
    const { ca, cert, key, password, protocols, cipherSuite, isBidirectionalAuthentication } = options.secureOptions;
    const list = (value) => [value ?? []].flat().filter((text) => typeof text === 'string' && text !== '');
    return {
      ca: list(ca), cert: list(cert), key: key || undefined, password, protocols: list(protocols),
      ciphers: typeof cipherSuite === 'string' ? cipherSuite.split(':').filter((name) => name !== '') : [],
      alpn: list(options.ALPNProtocols), trusting: !server && options.skipRemoteValidation === true,
      demandClient: isBidirectionalAuthentication === true,
    };
  }

  /** DER of the first certificate of a PEM text. */
  function certificateOf(text) {
    const body = /-----BEGIN CERTIFICATE-----([^-]*)-----END/.exec(text ?? '')?.[1];
    if (body === undefined) return fail(2303504, 'An error occurred when verifying the X.509 certificate.');
    const { Base64Helper } = system.require('@ohos:util');
    return { data: new Base64Helper().decodeSync(body.replace(/\s/g, '')), encodingFormat: 0 };
  }

  /** What is known of the TLS below a connection. */
  class Session {
    #info;
    #certificate;

    constructor(info, certificate) {
      this.#info = info;
      this.#certificate = certificate;
    }

    get protocol() { return this.#info.protocol; }
    get ciphers() { return [this.#info.cipherSuite]; }

    get certificate() {
      if (this.#certificate === undefined) fail(2303501, 'SSL is null.');
      return { data: new Uint8Array(this.#certificate), encodingFormat: 0 };
    }
  }

  const noSession = () => fail(2303501, 'SSL is null.');

  class TLSSocket extends Stream {
    #below;
    #own;
    #session;

    constructor(below) {
      super(['message', 'connect', 'close', 'error'], true, TLS_SYSTEM);
      this.#below = below;
    }

    bind(address, callback) {
      const target = netAddress(address);
      return this.act(() => this.bound(target, false), callback);
    }

    connect(options, callback) {
      const secure = secureOf(options, false);
      const target = { address: netAddress(options.address), timeout: options.timeout, proxy: proxyOf(options.proxy), secure };
      return this.act(async () => {
        const [info, certificate] = await this.connected(target, this.#below?.handle);
        this.#own = secure.cert[0];
        this.#session = new Session(info, certificate);
      }, callback);
    }

    send(data, callback) {
      const bytes = dataOf(data);
      return this.act(() => {
        if (!this.state.isConnected) noSession();
        return this.sent(bytes);
      }, callback);
    }

    getCertificate(callback) { return this.act(() => (this.#session ? certificateOf(this.#own) : noSession()), callback); }
    getRemoteCertificate(callback) { return this.act(() => (this.#session ?? noSession()).certificate, callback); }
    getProtocol(callback) { return this.act(() => (this.#session ?? noSession()).protocol, callback); }
    getCipherSuite(callback) { return this.act(() => (this.#session ?? noSession()).ciphers, callback); }
    getSignatureAlgorithms(callback) { return this.act(() => (this.#session ? [...SIGNATURES] : noSession()), callback); }
  }

  /** A connection that a server has accepted. */
  class Accepted extends Stream {
    constructor(server, handle, clientId, remote, permission) {
      super(['message', 'close', 'error'], permission, server.base);
      this.handle = handle;
      this.clientId = clientId;
      this.state = { isBound: true, isClose: false, isConnected: true };
      this.know(remote);
    }
  }

  class TCPSocketConnection extends Accepted {
    send(options, callback) {
      if (!isObject(options)) parameterError();
      const data = dataOf(options.data, options.encoding);
      return this.act(() => this.sent(data), callback);
    }
  }

  class TLSSocketConnection extends Accepted {
    #session;

    secure(info, certificate) { this.#session = new Session(info, certificate); }

    send(data, callback) {
      const bytes = dataOf(data);
      return this.act(() => this.sent(bytes), callback);
    }

    getRemoteCertificate(callback) { return this.act(() => this.#session.certificate, callback); }
    getCipherSuite(callback) { return this.act(() => this.#session.ciphers, callback); }
    getSignatureAlgorithms(callback) { return this.act(() => [...SIGNATURES], callback); }
  }

  class Server extends Base {
    #Connection;
    #connections = new Set();
    #next = 1;
    #needsPermission;

    constructor(Connection, permission, base) {
      super(['connect', 'error'], permission, base);
      this.#Connection = Connection;
      this.#needsPermission = permission;
    }

    heard(kind, ...args) {
      if (kind !== 'connect') {
        super.heard(kind, ...args);
        return;
      }
      const [handle, info, certificate] = args;
      const connection = new this.#Connection(this, handle, this.#next++, this.remoteOf(info), this.#needsPermission);
      connection.secure?.(info, certificate);
      this.#connections.add(connection);
      this.state = { ...this.state, isConnected: true };
      this.emit('connect', connection);
      // Only after the app has had a chance to listen.
      system.later(() => system.later(() => host.start(handle, (...told) => {
        if (told[0] === 'close') {
          this.#connections.delete(connection);
          this.state = { ...this.state, isConnected: this.#connections.size > 0 };
        }
        connection.heard(...told);
      })));
    }

    remoteOf(info) { return info.remote; }

    listening(secure) {
      this.call(host.listen(this.handle, secure, (...args) => this.heard(...args)));
    }

    async closed() {
      if (this.state.isClose) return;
      await Promise.all([...this.#connections].map((connection) => connection.closed()));
      await super.closed();
    }
  }

  class TCPSocketServer extends Server {
    constructor() {
      super(TCPSocketConnection, true, TLS_SYSTEM);
    }

    listen(address, callback) {
      const target = netAddress(address);
      return this.act(() => {
        this.bound(target, false);
        this.listening(undefined);
      }, callback);
    }
  }

  class TLSSocketServer extends Server {
    #own;
    #protocols;

    constructor() {
      super(TLSSocketConnection, true, TLS_SYSTEM);
    }

    listen(options, callback) {
      const secure = secureOf(options, true);
      const target = netAddress(options.address);
      return this.act(() => {
        this.bound(target, false);
        this.listening(stringify(secure));
        [this.#own, this.#protocols] = [secure.cert[0], secure.protocols];
      }, callback);
    }

    getCertificate(callback) { return this.act(() => (this.#own ? certificateOf(this.#own) : noSession()), callback); }
    getProtocol(callback) { return this.act(() => (this.#own ? this.#protocols[0] ?? Protocol.TLSv13 : noSession()), callback); }
  }

  class LocalMessages extends Stream {
    message(message) { this.emit('message', { message, address: this.peer ?? '', size: message.byteLength }); }
    know({ address }) { Object.defineProperty(this, 'peer', { value: address, configurable: true }); }
    getLocalAddress() { return this.act(() => this.address(false).address); }

    send(options) {
      if (!isObject(options)) parameterError();
      const data = dataOf(options.data, options.encoding);
      return this.act(() => this.sent(data));
    }
  }

  class LocalSocket extends LocalMessages {
    constructor() {
      super(['message', 'connect', 'close', 'error'], false);
    }

    bind(address) {
      const name = localName(address);
      return this.act(() => {
        this.call(host.bindLocal(this.handle, name));
        this.state = { ...this.state, isBound: true };
      });
    }

    connect(options) {
      if (!isObject(options)) parameterError();
      const target = { local: localName(options.address), timeout: options.timeout };
      return this.act(async () => {
        await this.connected(target);
      });
    }

    getExtraOptions() { return this.act(() => parse(this.call(host.readOptions(this.handle)))); }
  }

  class LocalSocketConnection extends LocalMessages {
    constructor(server, handle, clientId, remote) {
      super(['message', 'close', 'error'], false, server.base);
      this.handle = handle;
      this.clientId = clientId;
      this.state = { isBound: true, isClose: false, isConnected: true };
      this.know(remote);
    }
  }

  class LocalSocketServer extends Server {
    #name = '';

    constructor() {
      super(LocalSocketConnection, false, PLAIN);
    }

    remoteOf() { return { address: this.#name }; }

    listen(address) {
      const name = localName(address);
      return this.act(() => {
        // A name that nobody answers to any more is free again.
        this.call(host.bindLocal(this.handle, name));
        this.#name = name;
        this.state = { ...this.state, isBound: true };
        this.listening(undefined);
      });
    }

    async closed() {
      await super.closed();
      if (this.#name !== '') host.unlinkLocal(this.#name);
    }

    getLocalAddress() { return this.act(() => this.address(false).address === '' ? fail(PLAIN + EBADF, 'Bad file descriptor.') : this.#name); }
    getExtraOptions() { return this.act(() => parse(this.call(host.readOptions(this.handle)))); }
  }

  return {
    ProxyTypes, Protocol,
    constructUDPSocketInstance: () => new UDPSocket(),
    constructMulticastSocketInstance: () => new MulticastSocket(),
    constructTCPSocketInstance: () => new TCPSocket(),
    constructTLSSocketInstance(tcpSocket) {
      if (tcpSocket === undefined) return new TLSSocket();
      if (!(tcpSocket instanceof TCPSocket)) parameterError();
      if (host.descriptor(tcpSocket.handle) < 0) fail(2303601, 'Invalid socket FD.');
      if (!tcpSocket.state.isConnected) fail(2303602, 'Socket is not connected.');
      return new TLSSocket(tcpSocket);
    },
    constructTCPSocketServerInstance: () => new TCPSocketServer(),
    constructTLSSocketServerInstance: () => new TLSSocketServer(),
    constructLocalSocketInstance: () => new LocalSocket(),
    constructLocalSocketServerInstance: () => new LocalSocketServer(),
  };
})
