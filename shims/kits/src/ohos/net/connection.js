// @ohos:net.connection: an app without a network.
(function (host, system) {
  'use strict';

  const NetCap = {
    NET_CAPABILITY_MMS: 0, NET_CAPABILITY_NOT_METERED: 11, NET_CAPABILITY_INTERNET: 12, NET_CAPABILITY_NOT_VPN: 15,
    NET_CAPABILITY_VALIDATED: 16, NET_CAPABILITY_PORTAL: 17, NET_CAPABILITY_CHECKING_CONNECTIVITY: 31,
  };
  const NetBearType = { BEARER_CELLULAR: 0, BEARER_WIFI: 1, BEARER_BLUETOOTH: 2, BEARER_ETHERNET: 3, BEARER_VPN: 4 };
  const FamilyType = { FAMILY_TYPE_ALL: 0, FAMILY_TYPE_IPV4: 1, FAMILY_TYPE_IPV6: 2 };
  const failed = () => {
    throw new system.BusinessError(2100002, 'Failed to connect to the service.');
  };

  class NetHandle {
    netId = 0;
    bindSocket(socket, callback) { return system.async(failed, callback); }
    getAddressesByName(name, callback) { return system.async(failed, callback); }
    getAddressByName(name, callback) { return system.async(failed, callback); }
  }

  class NetConnection {
    #listeners = new Map();

    on(type, callback) {
      if (typeof callback !== 'function') throw new system.BusinessError(401, 'Parameter error.');
      this.#listeners.set(type, callback);
    }

    register(callback) {
      const unavailable = this.#listeners.get('netUnavailable');
      if (unavailable !== undefined) system.later(unavailable);
      return system.async(() => undefined, callback);
    }

    unregister(callback) { return system.async(() => undefined, callback); }
  }

  return {
    NetCap, NetBearType, FamilyType, NetHandle,
    getDefaultNetSync: () => new NetHandle(),
    getDefaultNet: (callback) => system.async(() => new NetHandle(), callback),
    hasDefaultNetSync: () => false,
    hasDefaultNet: (callback) => system.async(() => false, callback),
    getAllNetsSync: () => [],
    getAllNets: (callback) => system.async(() => [], callback),
    isDefaultNetMetered: (callback) => system.async(() => false, callback),
    isDefaultNetMeteredSync: () => false,
    getAppNetSync: () => new NetHandle(),
    getAppNet: (callback) => system.async(() => new NetHandle(), callback),
    getNetCapabilities: (handle, callback) => system.async(failed, callback),
    getNetCapabilitiesSync: failed,
    getConnectionProperties: (handle, callback) => system.async(failed, callback),
    getConnectionPropertiesSync: failed,
    getDefaultHttpProxy: (callback) => system.async(() => ({ host: '', port: 0, exclusionList: [] }), callback),
    getAddressesByName: (name, callback) => system.async(failed, callback),
    createNetConnection: () => new NetConnection(),
  };
})
