// @ohos:telephony.esim: eSIMs of a device that takes none.
(function (host, system) {
  'use strict';
  const { declare, refuse } = system.require('@concord:kits/declared');

  const SET_TELEPHONY_ESIM_STATE_OPEN = 'ohos.permission.SET_TELEPHONY_ESIM_STATE_OPEN';
  const noService = refuse(3120001, 'Service connection failed.');

  return {
    ...declare([], {
      'isSupported(slotId: number)': () => false,
    }),
    ...declare([SET_TELEPHONY_ESIM_STATE_OPEN], {
      'addProfile(profile: object): Promise': noService,
    }),
  };
})
