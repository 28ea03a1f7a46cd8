// @ohos:nfc.cardEmulation: cards that a device without NFC does not emulate.
(function (host, system) {
  'use strict';
  const { declare, events, methods, refuse } = system.require('@concord:kits/declared');

  const CardType = { PAYMENT: 'payment', OTHER: 'other' };

  const NFC_CARD_EMULATION = 'ohos.permission.NFC_CARD_EMULATION';
  const off = refuse(3100301, 'The card emulation running state is abnormal in service.');

  class HceService {
    constructor() {
      Object.assign(this, events({ hceCmd: [NFC_CARD_EMULATION] }));
    }
  }
  methods(HceService, [NFC_CARD_EMULATION], {
    'start(elementName: object, aidList: array)': off,
    'stop(elementName: object)': off,
    'transmit(response: array): Promise': off,
  });

  return {
    CardType, HceService,
    ...declare([NFC_CARD_EMULATION], {
      'hasHceCapability()': () => false,
      'isDefaultService(elementName: object, type: string)': () => false,
    }),
  };
})
