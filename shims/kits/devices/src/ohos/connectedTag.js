// @ohos:connectedTag: a tag wired to the device, which has none.
(function (host, system) {
  'use strict';
  const { declare, events, refuse } = system.require('@concord:kits/declared');

  const NfcRfType = { NFC_RF_LEAVE: 0, NFC_RF_ENTER: 1 };

  const NFC_TAG = 'ohos.permission.NFC_TAG';
  const off = refuse(3200101, 'The connected NFC tag running state is abnormal in service.');

  return {
    NfcRfType,
    ...declare([NFC_TAG], {
      'initialize()': off,
      'uninitialize()': off,
      'read(): Promise': off,
      'write(data: array): Promise': off,
    }),
    ...events({ notify: [NFC_TAG] }),
  };
})
