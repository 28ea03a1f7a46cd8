// @ohos:thermal: a machine that cools itself.
(function (host, system) {
  'use strict';
  const ThermalLevel = { COOL: 0, NORMAL: 1, WARM: 2, HOT: 3, OVERHEATED: 4, WARNING: 5, EMERGENCY: 6, ESCAPE: 7 };

  function check(callback, mayLack) {
    if (typeof callback !== 'function' && !(mayLack && callback === undefined)) {
      throw new system.BusinessError(401, 'Parameter error. The type of callback must be function.');
    }
  }

  return {
    ThermalLevel,
    getLevel: () => ThermalLevel.COOL,
    // A callback hears of the level at once, and of changes, of which there are none.
    registerThermalLevelCallback(callback) {
      check(callback, false);
      system.later(callback, ThermalLevel.COOL);
    },
    unregisterThermalLevelCallback(callback) {
      check(callback, true);
      if (callback) {
        system.later(callback);
      }
    },
  };
})
