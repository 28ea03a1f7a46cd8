// @ohos:telephony.vcard: visiting cards as files.
(function (host, system) {
  'use strict';
  const { declare, refuse } = system.require('@concord:kits/declared');

  const VCardType = { VERSION_21: 0, VERSION_30: 1, VERSION_40: 2 };

  const WRITE_CONTACTS = 'ohos.permission.WRITE_CONTACTS';
  const READ_CONTACTS = 'ohos.permission.READ_CONTACTS';
  const noContacts = refuse(8300003, 'System internal error.');

  return {
    VCardType,
    ...declare([WRITE_CONTACTS, READ_CONTACTS], {
      'importVCard(context: object, filePath: string, accountId?: number): Promise': noContacts,
      'exportVCard(context: object, predicates: object, options?: object): Promise': noContacts,
    }),
  };
})
