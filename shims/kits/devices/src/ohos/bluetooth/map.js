// @ohos:bluetooth.map: messages over Bluetooth, with the adapter off.
(function (host, system) {
  'use strict';
  const { Profile } = system.require('@concord:devices/bluetooth-profile');

  return { createMapMseProfile: () => new Profile() };
})
