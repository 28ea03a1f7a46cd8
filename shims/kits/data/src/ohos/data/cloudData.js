// @ohos:data.cloudData: strategies for a cloud that is not there.
(function (host, system) {
  'use strict';

  const StrategyType = { NETWORK: 0 };
  const NetWorkStrategy = { WIFI: 1, CELLULAR: 2 };
  const AutoSyncTriggerMode = { ACCOUNT_LOGIN: 0, CLOUD_SWITCH_ON: 1, NETWORK_RECOVER: 2, CLOUD_DATA_CHANGE: 3, USER_CHANGE: 4 };

  function invalid(what) {
    throw new system.BusinessError(401, `Parameter error. ${what}`);
  }

  function setCloudStrategy(strategy, param) {
    if (strategy !== StrategyType.NETWORK) invalid('The strategy must be a StrategyType.');
    const known = Object.values(NetWorkStrategy);
    if (param !== undefined && param !== null && !(Array.isArray(param) && param.every((one) => known.includes(one)))) {
      invalid('The param must be an array of NetWorkStrategy.');
    }
    return system.async(() => {});
  }

  function observer(callback, needed) {
    if ((needed || (callback !== undefined && callback !== null)) && typeof callback !== 'function') invalid('The callback must be a function.');
  }

  return {
    StrategyType, NetWorkStrategy, AutoSyncTriggerMode, setCloudStrategy,
    onAutoSyncTrigger: (callback) => observer(callback, true),
    offAutoSyncTrigger: (callback) => observer(callback, false),
  };
})
