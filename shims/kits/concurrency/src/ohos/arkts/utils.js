// @ohos:arkts.utils: locks that threads share, JSON of sendable objects, a cache.
(function (host, system) {
  'use strict';

  const { BusinessError } = system;
  const { isSendable } = system.sharing;
  const sendable = (value) => {
    const type = typeof value;
    return (type !== 'object' && type !== 'function' && type !== 'symbol') || value === null || isSendable(value);
  };

  const locks = system.require('@concord:arkts/locks').make(host);
  const utils = {
    locks,
    ASON: system.require('@concord:arkts/ason'),
    SendableLruCache: system.require('@concord:arkts/lru').SendableLruCache,
    isSendable(value) {
      if (arguments.length === 0) throw new BusinessError(401, 'Parameter error. Mandatory parameters are left unspecified.');
      return sendable(value);
    },
  };
  return utils;
})
