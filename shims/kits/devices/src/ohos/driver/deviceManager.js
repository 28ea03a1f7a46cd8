// @ohos:driver.deviceManager: drivers of apps for devices, of which they see none.
(function (host, system) {
  'use strict';
  const { declare, refuse } = system.require('@concord:kits/declared');

  const BusType = { USB: 1 };

  const ACCESS_EXTENSIONAL_DEVICE_DRIVER = 'ohos.permission.ACCESS_EXTENSIONAL_DEVICE_DRIVER';
  const ACCESS_DDK_DRIVERS = 'ohos.permission.ACCESS_DDK_DRIVERS';
  const noDevice = refuse(26300001, 'ExternalDeviceManager service exception.');

  return {
    BusType,
    ...declare([ACCESS_EXTENSIONAL_DEVICE_DRIVER], {
      'queryDevices(busType?: number)': () => [],
    }),
    ...declare([ACCESS_DDK_DRIVERS], {
      'bindDriverWithDeviceId(deviceId: number, onDisconnect: function): Promise': noDevice,
      'unbindDriverWithDeviceId(deviceId: number): Promise': noDevice,
    }),
  };
})
