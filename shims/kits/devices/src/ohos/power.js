// @ohos:power: the machine as the app sees it: awake, in its normal mode.
(function () {
  'use strict';
  const DevicePowerMode = {
    MODE_NORMAL: 600, MODE_POWER_SAVE: 601, MODE_PERFORMANCE: 602, MODE_EXTREME_POWER_SAVE: 603, MODE_CUSTOM_POWER_SAVE: 650,
  };
  const PowerKeyFilteringStrategy = { DISABLE_LONG_PRESS_FILTERING: 0, LONG_PRESS_FILTERING_ONCE: 1 };

  return {
    DevicePowerMode,
    PowerKeyFilteringStrategy,
    // Asleep, nobody could ask.
    isActive: () => true,
    isStandby: () => false,
    getPowerMode: () => DevicePowerMode.MODE_NORMAL,
  };
})
