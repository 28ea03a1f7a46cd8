// @ohos:wifiManagerExt: power of a hotspot, which this device does not open.
(function (host, system) {
  'use strict';
  const { declare, refuse } = system.require('@concord:kits/declared');

  const PowerMode = { SLEEPING: 0, GENERAL: 1, THROUGH_WALL: 2 };

  const GET_WIFI_INFO = 'ohos.permission.GET_WIFI_INFO';

  return {
    PowerMode,
    ...declare([GET_WIFI_INFO], {
      'getSupportedPowerMode(): Promise': () => [],
      'getPowerMode(): Promise': refuse(2701000, 'Operation failed.'),
    }),
  };
})
