// @ohos:bluetooth.pan: networks over Bluetooth, with the adapter off.
(function (host, system) {
  'use strict';
  const { Profile } = system.require('@concord:devices/bluetooth-profile');

  return { createPanProfile: () => new Profile() };
})
