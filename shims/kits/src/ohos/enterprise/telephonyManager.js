// @ohos:enterprise.telephonyManager: telephones as the administrator of the device sees them, which no app is.
(function (host, system) {
  'use strict';
  const { declare, refuse } = system.require('@concord:kits/declared');

  const ENTERPRISE_MANAGE_TELEPHONY = 'ohos.permission.ENTERPRISE_MANAGE_TELEPHONY';
  const notAdmin = refuse(9200001, 'The application is not an administrator application of the device.');

  return {
    ...declare([ENTERPRISE_MANAGE_TELEPHONY], {
      'setSimDisabled(admin: object, slotId: number)': notAdmin,
      'setSimEnabled(admin: object, slotId: number)': notAdmin,
      'isSimDisabled(admin: object, slotId: number)': notAdmin,
      'addOutgoingCallPolicyNumbers(admin: object, policy: number, numbers: array)': notAdmin,
      'removeOutgoingCallPolicyNumbers(admin: object, policy: number, numbers: array)': notAdmin,
      'getOutgoingCallPolicyNumbers(admin: object, policy: number)': notAdmin,
      'addIncomingCallPolicyNumbers(admin: object, policy: number, numbers: array)': notAdmin,
      'removeIncomingCallPolicyNumbers(admin: object, policy: number, numbers: array)': notAdmin,
      'getIncomingCallPolicyNumbers(admin: object, policy: number)': notAdmin,
    }),
  };
})
