// @ohos:batteryInfo: the battery of the machine.
(function (host, system) {
  'use strict';
  const battery = system.require('@concord:kits/battery');

  return {
    BatteryPluggedType: { NONE: 0, AC: 1, USB: 2, WIRELESS: 3 },
    BatteryChargeState: { NONE: 0, ENABLE: 1, DISABLE: 2, FULL: 3 },
    BatteryHealthState: { UNKNOWN: 0, GOOD: 1, OVERHEAT: 2, OVERVOLTAGE: 3, COLD: 4, DEAD: 5 },
    BatteryCapacityLevel: {
      LEVEL_NONE: 0, LEVEL_FULL: 1, LEVEL_HIGH: 2, LEVEL_NORMAL: 3, LEVEL_LOW: 4, LEVEL_WARNING: 5, LEVEL_CRITICAL: 6, LEVEL_SHUTDOWN: 7,
    },
    CommonEventBatteryChangedKey: {
      EXTRA_SOC: 'soc', EXTRA_CHARGE_STATE: 'chargeState', EXTRA_HEALTH_STATE: 'healthState', EXTRA_PLUGGED_TYPE: 'pluggedType',
      EXTRA_VOLTAGE: 'voltage', EXTRA_TECHNOLOGY: 'technology', EXTRA_TEMPERATURE: 'temperature', EXTRA_PRESENT: 'present',
      EXTRA_CAPACITY_LEVEL: 'capacityLevel',
    },
    get batterySOC() { return battery.now().percent; },
    get chargingStatus() { return battery.now().charge; },
    get healthStatus() { return battery.now().present ? 1 : 0; },
    get pluggedType() { return battery.now().plugged ? 1 : 0; },
    get voltage() { return battery.now().voltage; },
    get technology() { return battery.now().technology; },
    get batteryTemperature() { return battery.now().temperature; },
    get isBatteryPresent() { return battery.now().present; },
    get batteryCapacityLevel() { return battery.levelOf(battery.now().percent); },
    get nowCurrent() { return battery.now().current; },
  };
})
