// @concord:devices/bluetooth-profile: what all profiles of Bluetooth can do, with the adapter off.
(function (host, system) {
  'use strict';
  const { events, methods, refuse } = system.require('@concord:kits/declared');

  const ACCESS_BLUETOOTH = 'ohos.permission.ACCESS_BLUETOOTH';
  const disabled = refuse(2900003, 'Bluetooth disabled.');

  class Profile {
    constructor() {
      Object.assign(this, events({ connectionStateChange: [ACCESS_BLUETOOTH] }));
    }
  }
  methods(Profile, [ACCESS_BLUETOOTH], {
    'getConnectedDevices()': disabled,
    'getConnectionState(deviceId: string)': disabled,
  });

  return { Profile, ACCESS_BLUETOOTH, disabled };
})
