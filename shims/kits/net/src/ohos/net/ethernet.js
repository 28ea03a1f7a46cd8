// @ohos:net.ethernet
(function (host, system) {
  'use strict';

  const networks = system.require('@concord:kits/networks');
  const permissions = system.require('@concord:kits/permissions');
  const WIRED = 3;

  return {
    getMacAddress: () => system.async(() => {
      permissions.demand('ohos.permission.GET_ETHERNET_LOCAL_MAC');
      const wired = networks.now().filter(({ capabilities }) => capabilities.bearerTypes.includes(WIRED)).map(({ properties }) => properties.interfaceName);
      const found = networks.interfaces().filter(({ name, mac }) => wired.includes(name) && mac !== '');
      if (found.length === 0) throw new system.BusinessError(2201005, 'Device information does not exist.');
      return found.map(({ name, mac }) => ({ iface: name, macAddress: mac }));
    }),
  };
})
