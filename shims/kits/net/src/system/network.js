// @system:network
(function (host, system) {
  'use strict';

  const networks = system.require('@concord:kits/networks');
  const permissions = system.require('@concord:kits/permissions');

  /** By NetBearType; a cable counts as wireless, because apps ask whether a network costs something. */
  const TYPES = ['4g', 'wifi', 'bluetooth', 'wifi', 'vpn'];
  let stop;

  function describe(all) {
    const found = all.find(({ isDefault }) => isDefault);
    if (found === undefined) return { type: 'none', metered: false };
    return { type: TYPES[found.capabilities.bearerTypes[0]] ?? 'others', metered: found.metered };
  }

  function allowed(options) {
    try {
      permissions.demand('ohos.permission.GET_NETWORK_INFO');
      return true;
    } catch (error) {
      system.later(() => options?.fail?.(error.message, 602));
      return false;
    }
  }

  class Network {
    static getType(options) {
      if (allowed(options)) system.later(() => options?.success?.(describe(networks.now())));
      system.later(() => options?.complete?.());
    }

    static subscribe(options) {
      if (!allowed(options)) return;
      stop?.();
      stop = networks.follow((all) => options?.success?.(describe(all)));
      system.later(() => options?.success?.(describe(networks.now())));
    }

    static unsubscribe() {
      stop?.();
      stop = undefined;
    }
  }

  return { default: Network };
})
