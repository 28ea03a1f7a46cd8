// @concord:kits/battery: the battery of the machine, and the common events about it.
(function (host, system) {
  'use strict';

  // What a machine that tells nothing is taken for: one that never runs empty.
  const FULL = { percent: 100, charge: 3, voltage: 4200000, temperature: 250, current: 0, present: true, plugged: true, technology: 'Li-ion' };
  const LOW = 20;
  const [CHARGING, DISCHARGING] = [1, 2];
  // BatteryCapacityLevel by the least charge of each in per cent, from full to critical.
  const LEVELS = [[100, 1], [91, 2], [LOW + 1, 3], [11, 4], [6, 5], [2, 6]];
  const SHUTDOWN = 7;

  let last;
  let following = false;

  const now = () => host.read() ?? FULL;
  const levelOf = (percent) => LEVELS.find(([least]) => percent >= least)?.[1] ?? SHUTDOWN;

  function parametersOf(battery) {
    return {
      soc: battery.percent, chargeState: battery.charge, healthState: battery.present ? 1 : 0, pluggedType: battery.plugged ? 1 : 0,
      voltage: battery.voltage, technology: battery.technology, temperature: battery.temperature, present: battery.present,
      capacityLevel: levelOf(battery.percent),
    };
  }

  const events = () => system.require('@concord:kits/system-events');

  function changed(battery) {
    const { publish } = events();
    publish('BATTERY_CHANGED', parametersOf(battery), true);
    if (battery.plugged !== last.plugged) {
      publish(battery.plugged ? 'POWER_CONNECTED' : 'POWER_DISCONNECTED', {});
    }
    if (battery.charge !== last.charge && (battery.charge === CHARGING || battery.charge === DISCHARGING)) {
      publish(battery.charge === CHARGING ? 'CHARGING' : 'DISCHARGING', {});
    }
    if ((battery.percent <= LOW) !== (last.percent <= LOW)) {
      publish(battery.percent <= LOW ? 'BATTERY_LOW' : 'BATTERY_OKAY', {});
    }
    last = battery;
  }

  return {
    now,
    levelOf,
    changed: (battery) => following && changed(battery),
    // Publishes what there is and every change from now on.
    follow() {
      if (!following) {
        following = true;
        last = now();
        events().publish('BATTERY_CHANGED', parametersOf(last), true);
        host.listen();
      }
    },
  };
})
