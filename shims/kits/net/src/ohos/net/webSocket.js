// @ohos:net.webSocket
(function (host, system) {
  'use strict';

  const client = system.require('@concord:net/client');
  const { stringify } = JSON;

  const MESSAGES = {
    401: 'Parameter error.', 2302001: 'Websocket url error.', 2302002: 'Websocket certificate file does not exist.',
    2302003: 'Websocket connection already exists.', 2302004: "Can't listen on the given NIC.", 2302005: "Can't listen on the given Port.",
    2302006: 'websocket connection does not exist.', 2302998: 'It is not allowed to access this domain.',
    2302999: 'Websocket other unknown error.',
  };
  const fail = (code) => {
    throw new system.BusinessError(code, MESSAGES[code]);
  };
  const isObject = (value) => typeof value === 'object' && value !== null;
  const isData = (value) => typeof value === 'string' || client.isBuffer(value);

  class Events {
    #listeners = new Map();

    constructor(types) {
      for (const type of types) this.#listeners.set(type, []);
    }

    on(type, callback) {
      const known = this.#listeners.get(type);
      if (known === undefined || typeof callback !== 'function') fail(401);
      if (!known.includes(callback)) this.#listeners.set(type, [...known, callback]);
    }

    off(type, callback) {
      const known = this.#listeners.get(type);
      if (known === undefined) fail(401);
      this.#listeners.set(type, callback === undefined || callback === null ? [] : known.filter((one) => one !== callback));
    }

    emit(type, ...args) {
      for (const callback of this.#listeners.get(type)) system.later(callback, ...args);
    }
  }

  function proxyOf(value) {
    if (isObject(value) && value.host) return { address: value.host, port: value.port };
    const app = client.proxy.app;
    return (value === undefined || value === 'system') && app?.host ? { address: app.host, port: app.port } : undefined;
  }

  const done = (call) => new Promise((resolve, reject) => {
    call((error) => (error === undefined ? resolve(true) : reject(new system.BusinessError(2302999, MESSAGES[2302999]))));
  });

  class WebSocket {
    #events = new Events(['open', 'openInfo', 'message', 'close', 'error', 'dataEnd', 'headerReceive']);
    #connection;
    #open = false;

    on(type, callback) { this.#events.on(type, callback); }
    off(type, callback) { this.#events.off(type, callback); }

    connect(url, options, callback) {
      const [settings, finished] = typeof options === 'function' ? [{}, options] : [options ?? {}, callback];
      if (typeof url !== 'string' || !isObject(settings)) fail(401);
      return system.async(() => {
        client.demandInternet();
        if (this.#connection !== undefined) fail(2302003);
        const { header, caPath, clientCert, proxy, protocol, skipServerCertVerification } = settings;
        const spec = {
          url, headers: client.headerList(header), protocol: protocol || undefined, proxy: proxyOf(proxy), caPath,
          certPath: clientCert?.certPath, keyPath: clientCert?.keyPath, keyPassword: clientCert?.keyPassword,
          trusting: skipServerCertVerification === true,
        };
        return new Promise((resolve) => {
          const connection = host.connect(stringify(spec), (kind, ...args) => this.#heard(kind, args, resolve));
          if (typeof connection === 'number') fail(connection);
          this.#connection = connection;
        });
      }, finished);
    }

    #heard(kind, args, resolve) {
      switch (kind) {
        case 'head':
          this.#events.emit('headerReceive', client.headerObject(args[0]));
          break;
        case 'open': {
          this.#open = true;
          const info = { status: args[0], message: 'Switching Protocols' };
          this.#events.emit('open', undefined, info);
          this.#events.emit('openInfo', undefined, info);
          resolve(true);
          break;
        }
        case 'message':
          this.#events.emit('message', undefined, args[0]);
          this.#events.emit('dataEnd');
          break;
        case 'close':
          [this.#open, this.#connection] = [false, undefined];
          this.#events.emit('close', undefined, { code: args[0], reason: args[1] });
          break;
        default:
          this.#connection = undefined;
          this.#events.emit('error', new system.BusinessError(2302999, `${MESSAGES[2302999]} ${args[0]}`));
          resolve(false);
      }
    }

    send(data, callback) {
      if (!isData(data)) fail(401);
      return system.async(() => {
        client.demandInternet();
        if (!this.#open) fail(2302999);
        return done((tell) => host.send(this.#connection, data, tell));
      }, callback);
    }

    close(options, callback) {
      const [settings, finished] = typeof options === 'function' ? [{}, options] : [options ?? {}, callback];
      if (!isObject(settings)) fail(401);
      return system.async(() => {
        client.demandInternet();
        if (this.#connection === undefined) fail(2302999);
        return done((tell) => host.close(this.#connection, settings.code ?? 1000, String(settings.reason ?? ''), tell));
      }, finished);
    }
  }

  class WebSocketServer {
    #events = new Events(['connect', 'messageReceive', 'close', 'error']);
    #server;
    #clients = new Map();

    on(type, callback) { this.#events.on(type, callback); }
    off(type, callback) { this.#events.off(type, callback); }

    start(config) {
      if (!isObject(config) || typeof config.serverPort !== 'number') fail(401);
      const inRange = (value) => typeof value === 'number' && value >= 1 && value <= 10;
      if (!inRange(config.maxConcurrentClientsNumber) || !inRange(config.maxConnectionsForOneClient)) fail(401);
      return system.async(() => {
        client.demandInternet();
        if (this.#server !== undefined) fail(2302999);
        const { serverCert, ...rest } = config;
        const spec = { ...rest, serverIP: config.serverIP ?? '', certPath: serverCert?.certPath, keyPath: serverCert?.keyPath };
        const server = host.serve(stringify(spec), (...args) => this.#heard(...args));
        if (typeof server === 'number') fail(server);
        this.#server = server;
        return true;
      });
    }

    #heard(kind, id, ...rest) {
      const known = this.#clients.get(id);
      if (kind === 'connect') {
        const [who, peer] = rest;
        this.#clients.set(id, { who, peer });
        this.#events.emit('connect', { ...who });
      } else if (kind === 'message') {
        this.#events.emit('messageReceive', { clientConnection: { ...known?.who }, data: rest[0] });
      } else if (kind === 'close') {
        this.#clients.delete(id);
        this.#events.emit('close', { ...known?.who }, { code: rest[0], reason: rest[1] });
      } else {
        this.#events.emit('error', new system.BusinessError(2302999, MESSAGES[2302999]));
      }
    }

    #find(connection) {
      const found = [...this.#clients.values()].find(({ who }) => who.clientIP === connection?.clientIP && who.clientPort === connection?.clientPort);
      return found?.peer ?? fail(2302006);
    }

    listAllConnections() {
      client.demandInternet();
      return [...this.#clients.values()].map(({ who }) => ({ ...who }));
    }

    send(data, connection) {
      if (!isData(data) || !isObject(connection)) fail(401);
      return system.async(() => {
        client.demandInternet();
        const peer = this.#find(connection);
        return done((tell) => host.send(peer, data, tell));
      });
    }

    close(connection, options) {
      if (!isObject(connection)) fail(401);
      return system.async(() => {
        client.demandInternet();
        const peer = this.#find(connection);
        return done((tell) => host.close(peer, options?.code ?? 1000, String(options?.reason ?? ''), tell));
      });
    }

    stop() {
      return system.async(async () => {
        client.demandInternet();
        if (this.#server === undefined) return false;
        host.stop(this.#server);
        this.#server = undefined;
        await Promise.all([...this.#clients.values()].map(({ peer }) => done((tell) => host.close(peer, 1001, '', tell))));
        return true;
      });
    }
  }

  return {
    TlsProtocol: { TLS_V_1_0: 0, TLS_V_1_1: 1, TLS_V_1_2: 2, TLS_V_1_3: 3 },
    createWebSocket: () => new WebSocket(),
    createWebSocketServer: () => new WebSocketServer(),
  };
})
