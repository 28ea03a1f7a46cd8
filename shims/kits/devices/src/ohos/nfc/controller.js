// @ohos:nfc.controller: the NFC of a device without it.
(function (host, system) {
  'use strict';
  const { declare, events, refuse } = system.require('@concord:kits/declared');

  const NfcState = { STATE_OFF: 1, STATE_TURNING_ON: 2, STATE_ON: 3, STATE_TURNING_OFF: 4 };

  const MANAGE_SECURE_SETTINGS = 'ohos.permission.MANAGE_SECURE_SETTINGS';
  const failed = refuse(3100101, 'The NFC state is abnormal in service.');

  return {
    NfcState,
    ...declare([MANAGE_SECURE_SETTINGS], {
      'enableNfc()': failed,
      'disableNfc()': failed,
    }),
    ...declare([], {
      'isNfcOpen()': () => false,
      'getNfcState()': () => NfcState.STATE_OFF,
    }),
    ...events(['nfcStateChange']),
  };
})
