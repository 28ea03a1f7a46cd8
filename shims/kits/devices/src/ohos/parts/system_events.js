// @concord:kits/system-events: common events that the system publishes.
(function (host, system) {
  'use strict';

  // Event → the module whose `follow()` makes it happen; nothing is watched before somebody subscribes.
  const BATTERY = '@concord:kits/battery';
  const SOURCES = new Map(['BATTERY_CHANGED', 'BATTERY_LOW', 'BATTERY_OKAY', 'POWER_CONNECTED', 'POWER_DISCONNECTED', 'CHARGING',
    'DISCHARGING'].map((name) => [`usual.event.${name}`, BATTERY]));
  let deliver = () => undefined;

  return {
    // Whoever delivers events to subscribers.
    connect(f) {
      deliver = f;
    },
    // Somebody subscribes to these.
    wanted(events) {
      for (const source of new Set(events.map((event) => SOURCES.get(event)))) {
        if (source !== undefined) {
          system.require(source).follow();
        }
      }
    },
    // A sticky one is told to later subscribers too.
    publish: (name, parameters, sticky = false) => deliver(`usual.event.${name}`, parameters, sticky),
  };
})
