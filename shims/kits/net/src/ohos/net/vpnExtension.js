// @ohos:net.vpnExtension: the host's networks are not an app's to build; creating one is refused as it is to users who may not.
(function (host, system) {
  'use strict';

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const isObject = (value) => typeof value === 'object' && value !== null;

  class VpnConnection {
    #check(fits, work) {
      if (!fits) fail(401, 'Parameter error.');
      return system.async(work);
    }

    create(config) {
      return this.#check(isObject(config) && Array.isArray(config.addresses), () => fail(2203001, 'VPN creation denied, please check the user type.'));
    }

    generateVpnId() { return this.#check(true, () => fail(19900002, 'System internal error.')); }
    protect(socketFd) { return this.#check(typeof socketFd === 'number', () => fail(2203004, 'Invalid socket file descriptor.')); }
    destroy() { return this.#check(true, () => fail(2200002, 'Operation failed. Cannot connect to service.')); }
  }

  const ability = (want) => {
    if (!isObject(want)) fail(401, 'If the input parameter is not valid parameter.');
    return system.async(() => fail(16000001, 'The specified ability does not exist.'));
  };

  return {
    startVpnExtensionAbility: ability,
    stopVpnExtensionAbility: ability,
    createVpnConnection(context) {
      if (!isObject(context)) fail(401, 'Parameter error.');
      return new VpnConnection();
    },
  };
})
