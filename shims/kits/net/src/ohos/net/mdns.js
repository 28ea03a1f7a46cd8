// @ohos:net.mdns: there is no responder; calls fail as where the service is not there.
(function (host, system) {
  'use strict';

  const EVENTS = ['discoveryStart', 'discoveryStop', 'serviceFound', 'serviceLost'];
  const MdnsError = { INTERNAL_ERROR: 0, ALREADY_ACTIVE: 1, MAX_LIMIT: 2 };

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const isObject = (value) => typeof value === 'object' && value !== null;

  const call = (context, service, callback) => {
    if (!isObject(context) || !isObject(service) || typeof service.serviceType !== 'string' || typeof service.serviceName !== 'string') {
      fail(401, 'Parameter error.');
    }
    return system.async(() => fail(2100002, 'Failed to connect to the service.'), callback);
  };

  class DiscoveryService {
    #type;
    #listeners = new Map(EVENTS.map((type) => [type, []]));

    constructor(type) {
      this.#type = type;
    }

    #known(type) { return this.#listeners.get(type) ?? fail(401, 'Parameter error.'); }

    on(type, callback) {
      if (typeof callback !== 'function') fail(401, 'Parameter error.');
      this.#listeners.set(type, [...this.#known(type), callback]);
    }

    off(type, callback) {
      const known = this.#known(type);
      this.#listeners.set(type, callback === undefined ? [] : known.filter((one) => one !== callback));
    }

    #tell(type) {
      const event = { serviceInfo: { serviceType: this.#type, serviceName: '' }, errorCode: MdnsError.INTERNAL_ERROR };
      for (const callback of this.#known(type)) system.later(callback, event);
    }

    startSearchingMDNS() { this.#tell('discoveryStart'); }
    stopSearchingMDNS() { this.#tell('discoveryStop'); }
  }

  return {
    MdnsError,
    addLocalService: call, removeLocalService: call, resolveLocalService: call,
    createDiscoveryService(context, serviceType) {
      if (!isObject(context) || typeof serviceType !== 'string') fail(401, 'Parameter error.');
      return new DiscoveryService(serviceType);
    },
  };
})
