// @ohos:nfc.tag: the messages that tags hold, and no tag.
(function (host, system) {
  'use strict';
  const { declare, events, fail, refuse } = system.require('@concord:kits/declared');
  const ndef = system.require('@concord:devices/ndef');

  const TnfType = {
    TNF_EMPTY: 0x0, TNF_WELL_KNOWN: 0x1, TNF_MEDIA: 0x2, TNF_ABSOLUTE_URI: 0x3, TNF_EXT_APP: 0x4, TNF_UNKNOWN: 0x5,
    TNF_UNCHANGED: 0x6,
  };
  const NfcForumType = {
    NFC_FORUM_TYPE_1: 1, NFC_FORUM_TYPE_2: 2, NFC_FORUM_TYPE_3: 3, NFC_FORUM_TYPE_4: 4, MIFARE_CLASSIC: 101,
  };
  const MifareClassicType = { TYPE_UNKNOWN: 0, TYPE_CLASSIC: 1, TYPE_PLUS: 2, TYPE_PRO: 3 };
  const MifareClassicSize = { MC_SIZE_MINI: 320, MC_SIZE_1K: 1024, MC_SIZE_2K: 2048, MC_SIZE_4K: 4096 };
  const MifareUltralightType = { TYPE_UNKNOWN: 0, TYPE_ULTRALIGHT: 1, TYPE_ULTRALIGHT_C: 2 };

  const NFC_TAG = 'ohos.permission.NFC_TAG';
  const off = refuse(3100201, 'The tag running state is abnormal in service.');

  // What the system writes into the want with which it starts an app for a tag.
  function tagInfo({ parameters }) {
    const { uid, technology } = parameters ?? {};
    if (!Array.isArray(uid) || !Array.isArray(technology)) {
      fail(401, 'Parameter error. The want is not about a tag.');
    }
    return { ...parameters };
  }

  return {
    TnfType, NfcForumType, MifareClassicType, MifareClassicSize, MifareUltralightType,
    NFC_A: 1, NFC_B: 2, ISO_DEP: 3, NFC_F: 4, NFC_V: 5, NDEF: 6, NDEF_FORMATABLE: 7, MIFARE_CLASSIC: 8, MIFARE_ULTRALIGHT: 9,
    NFC_BARCODE: 10,
    RTD_TEXT: [0x54], RTD_URI: [0x55],
    ndef,
    ...declare([], {
      'getNfcA(tagInfo: object)': off,
      'getNfcB(tagInfo: object)': off,
      'getNfcF(tagInfo: object)': off,
      'getNfcV(tagInfo: object)': off,
      'getIsoDep(tagInfo: object)': off,
      'getNdef(tagInfo: object)': off,
      'getMifareClassic(tagInfo: object)': off,
      'getMifareUltralight(tagInfo: object)': off,
      'getNdefFormatable(tagInfo: object)': off,
      'getBarcodeTag(tagInfo: object)': off,
      'getTagInfo(want: object)': tagInfo,
      // Before API 9.
      'getNfcATag(tagInfo: object)': off,
      'getNfcBTag(tagInfo: object)': off,
      'getNfcFTag(tagInfo: object)': off,
      'getNfcVTag(tagInfo: object)': off,
    }),
    ...declare([NFC_TAG], {
      'registerForegroundDispatch(elementName: object, discTech: array, callback: function)': off,
      'unregisterForegroundDispatch(elementName: object)': off,
    }),
    ...events({ readerMode: [NFC_TAG] }, { on: off, off }),
  };
})
