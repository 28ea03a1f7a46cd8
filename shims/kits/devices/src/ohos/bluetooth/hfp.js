// @ohos:bluetooth.hfp: telephones over Bluetooth, with the adapter off.
(function (host, system) {
  'use strict';
  const { Profile } = system.require('@concord:devices/bluetooth-profile');

  return { createHfpAgProfile: () => new Profile() };
})
