// @ohos:resourceschedule.systemload: how hot and busy the machine is.
(function (host, system) {
  'use strict';
  const { declare, events } = system.require('@concord:kits/declared');

  const SystemLoadLevel = { LOW: 0, NORMAL: 1, MEDIUM: 2, HIGH: 3, OVERHEATED: 4, WARNING: 5, EMERGENCY: 6, ESCAPE: 7 };

  return {
    SystemLoadLevel,
    ...declare([], {
      'getLevel(): Promise': () => SystemLoadLevel.LOW,
    }),
    ...events(['systemLoadChange']),
  };
})
