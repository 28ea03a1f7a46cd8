// @ohos:net.connection: the networks of the machine.
(function (host, system) {
  'use strict';
  const client = system.require('@concord:net/client');
  const networks = system.require('@concord:kits/networks');
  const permissions = system.require('@concord:kits/permissions');

  const NetCap = {
    NET_CAPABILITY_MMS: 0, NET_CAPABILITY_NOT_METERED: 11, NET_CAPABILITY_INTERNET: 12, NET_CAPABILITY_NOT_VPN: 15,
    NET_CAPABILITY_VALIDATED: 16, NET_CAPABILITY_PORTAL: 17, NET_CAPABILITY_CHECKING_CONNECTIVITY: 31,
  };
  const NetBearType = { BEARER_CELLULAR: 0, BEARER_WIFI: 1, BEARER_BLUETOOTH: 2, BEARER_ETHERNET: 3, BEARER_VPN: 4 };
  const FamilyType = { FAMILY_TYPE_ALL: 0, FAMILY_TYPE_IPV4: 1, FAMILY_TYPE_IPV6: 2 };
  const GET_NETWORK_INFO = 'ohos.permission.GET_NETWORK_INFO';
  const INTERNET = 'ohos.permission.INTERNET';
  const EVENTS = ['netAvailable', 'netBlockStatusChange', 'netCapabilitiesChange', 'netConnectionPropertiesChange', 'netLost', 'netUnavailable'];

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const failed = () => fail(2100002, 'Failed to connect to the service.');
  const invalid = () => fail(2100001, 'Invalid parameter value.');
  const defaultOf = (all) => all.find((network) => network.isDefault);

  class NetHandle {
    constructor(netId = 0) {
      this.netId = netId;
    }

    bindSocket(socket, callback) {
      if (typeof socket?.getSocketFd !== 'function') {
        fail(401, 'Parameter error.');
      }
      return system.async(async () => {
        if (!networks.now().some((network) => network.netId === this.netId)) {
          invalid();
        }
      }, callback);
    }

    getAddressesByName(name, callback) { return addressesOf(name, callback); }

    getAddressByName(name, callback) {
      const all = addressesOf(name);
      return system.async(() => all.then(([first]) => first), callback);
    }
  }

  function addressesOf(name, callback) {
    if (typeof name !== 'string') {
      fail(401, 'Parameter error. The type of host must be string.');
    }
    return system.async(() => {
      permissions.demand(INTERNET);
      if (!defaultOf(networks.now())) {
        failed();
      }
      return networks.resolve(name).catch(() => fail(2100003, 'System internal error.'));
    }, callback);
  }

  function find(handle) {
    if (handle === null || typeof handle !== 'object' || typeof handle.netId !== 'number') {
      fail(401, 'Parameter error. The type of netHandle must be NetHandle.');
    }
    permissions.demand(GET_NETWORK_INFO);
    return networks.now().find((network) => network.netId === handle.netId) ?? invalid();
  }

  // A function of what is known, as `name` and `nameSync`.
  const both = (name, read) => ({
    [`${name}Sync`](...args) {
      permissions.demand(GET_NETWORK_INFO);
      return read(...args);
    },
    [name](...args) {
      const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
      return system.async(() => {
        permissions.demand(GET_NETWORK_INFO);
        return read(...args);
      }, callback);
    },
  });

  // A rule for a name: `work` says whether it could be done.
  const ruling = (host, callback, work) => {
    if (typeof host !== 'string' || host === '') {
      fail(401, 'Parameter error.');
    }
    return system.async(() => {
      permissions.demand(INTERNET);
      if (!work()) {
        invalid();
      }
    }, callback);
  };

  function proxyNow() {
    if (client.proxy.app !== undefined) {
      return { ...client.proxy.app };
    }
    const found = /^(?:\w+:\/\/)?(?:[^@/]*@)?(\[[^\]]*\]|[^:/]+)(?::(\d+))?/.exec(networks.environmentProxy() ?? '');
    return { host: found?.[1] ?? '', port: Number(found?.[2] ?? (found ? 80 : 0)), exclusionList: [] };
  }

  const reported = (handle, callback) => {
    if (typeof handle?.netId !== 'number') {
      fail(401, 'Parameter error. The type of netHandle must be NetHandle.');
    }
    return system.async(() => {
      permissions.demand(INTERNET);
      find(handle);
    }, callback);
  };

  let appNet = 0;

  const defaultNet = () => new NetHandle(defaultOf(networks.now())?.netId);

  class NetConnection {
    #specifier;
    #timeout;
    #listeners = new Map();
    #stop;
    #timer;
    #network;

    constructor(specifier, timeout) {
      this.#specifier = specifier?.netCapabilities;
      this.#timeout = timeout;
    }

    on(type, callback) {
      if (!EVENTS.includes(type) || typeof callback !== 'function') {
        fail(401, 'Parameter error.');
      }
      this.#listeners.set(type, callback);
    }

    register(callback) {
      return system.async(() => {
        permissions.demand(GET_NETWORK_INFO);
        if (this.#stop) {
          fail(2101008, 'The callback already exists.');
        }
        this.#stop = networks.follow((all) => this.#heard(all));
        this.#heard(networks.now());
        if (!this.#network) {
          this.#timer = setTimeout(() => this.#tell('netUnavailable'), this.#timeout ?? 0);
        }
      }, callback);
    }

    unregister(callback) {
      return system.async(() => {
        if (!this.#stop) {
          fail(2101007, 'The callback does not exist.');
        }
        clearTimeout(this.#timer);
        this.#stop();
        this.#stop = undefined;
        this.#network = undefined;
      }, callback);
    }

    #matches({ capabilities }) {
      const { networkCap = [], bearerTypes = [] } = this.#specifier ?? {};
      return networkCap.every((wanted) => capabilities.networkCap.includes(wanted)) &&
        bearerTypes.every((wanted) => capabilities.bearerTypes.includes(wanted));
    }

    // Without a specifier it is about the default network.
    #heard(all) {
      const before = this.#network;
      const now = this.#specifier ? all.find((network) => this.#matches(network)) : defaultOf(all);
      this.#network = now;
      const same = (part) => before?.netId === now?.netId && JSON.stringify(before?.[part]) === JSON.stringify(now?.[part]);
      if (before && before.netId !== now?.netId) {
        this.#tell('netLost', { netHandle: new NetHandle(before.netId) });
      }
      if (!now) {
        return;
      }
      clearTimeout(this.#timer);
      const netHandle = new NetHandle(now.netId);
      if (before?.netId !== now.netId) {
        this.#tell('netAvailable', netHandle);
        this.#tell('netBlockStatusChange', { netHandle, blocked: false });
      }
      if (!same('capabilities')) {
        this.#tell('netCapabilitiesChange', { netHandle, netCap: now.capabilities });
      }
      if (!same('properties')) {
        this.#tell('netConnectionPropertiesChange', { netHandle, connectionProperties: now.properties });
      }
    }

    #tell(type, ...args) {
      const listener = this.#listeners.get(type);
      if (listener) {
        system.later(listener, ...args);
      }
    }
  }

  return {
    NetCap, NetBearType, FamilyType, NetHandle,
    ...both('getDefaultNet', defaultNet),
    ...both('hasDefaultNet', () => defaultOf(networks.now()) !== undefined),
    ...both('getAllNets', () => networks.now().map(({ netId }) => new NetHandle(netId))),
    ...both('isDefaultNetMetered', () => defaultOf(networks.now())?.metered ?? false),
    ...both('getAppNet', () => (appNet === 0 ? defaultNet() : new NetHandle(appNet))),
    ...both('getNetCapabilities', (handle) => find(handle).capabilities),
    ...both('getConnectionProperties', (handle) => find(handle).properties),
    getDefaultHttpProxy: (callback) => system.async(proxyNow, callback),
    setAppHttpProxy(proxy) {
      if (proxy === null || typeof proxy !== 'object' || typeof proxy.host !== 'string' || typeof proxy.port !== 'number') {
        fail(401, 'Parameter error.');
      }
      if (!(proxy.port >= 0 && proxy.port <= 65535)) {
        invalid();
      }
      const { host: name, port, exclusionList = [], username = '', password = '' } = proxy;
      client.proxy.app = name === '' ? undefined : { host: name, port, exclusionList: [...exclusionList], username, password };
    },
    addCustomDnsRule: (host, ip, callback) => (Array.isArray(ip)
      ? ruling(host, callback, () => networks.setRule(host, ip)) : fail(401, 'Parameter error.')),
    removeCustomDnsRule: (host, callback) => ruling(host, callback, () => networks.setRule(host)),
    clearCustomDnsRules: (callback) => system.async(() => {
      permissions.demand(INTERNET);
      networks.clearRules();
    }, callback),
    setAppNet(handle, callback) {
      if (typeof handle?.netId !== 'number') {
        fail(401, 'Parameter error. The type of netHandle must be NetHandle.');
      }
      return system.async(() => {
        permissions.demand(INTERNET);
        if (handle.netId !== 0 && !networks.now().some((network) => network.netId === handle.netId)) {
          invalid();
        }
        appNet = handle.netId;
      }, callback);
    },
    reportNetConnected: (handle, callback) => reported(handle, callback),
    reportNetDisconnected: (handle, callback) => reported(handle, callback),
    getAddressesByName: addressesOf,
    createNetConnection: (specifier, timeout) => new NetConnection(specifier, timeout),
  };
})
