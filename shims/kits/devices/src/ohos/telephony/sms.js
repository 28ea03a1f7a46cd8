// @ohos:telephony.sms: short messages of a device without a modem.
(function (host, system) {
  'use strict';
  const { declare, fail, refuse } = system.require('@concord:kits/declared');

  const ShortMessageClass = { UNKNOWN: 0, INSTANT_MESSAGE: 1, OPTIONAL_MESSAGE: 2, SIM_MESSAGE: 3, FORWARD_MESSAGE: 4 };
  const SendSmsResult = {
    SEND_SMS_SUCCESS: 0, SEND_SMS_FAILURE_UNKNOWN: 1, SEND_SMS_FAILURE_RADIO_OFF: 2, SEND_SMS_FAILURE_SERVICE_UNAVAILABLE: 3,
  };

  const SEND_MESSAGES = 'ohos.permission.SEND_MESSAGES';
  const noCard = refuse(8300004, 'Do not have sim card.');
  const noService = refuse(8300002, 'Operation failed. Cannot connect to service.');

  // There is nobody to decode the messages of a modem.
  const createMessage = (pdu, specification) => {
    if (pdu.length === 0 || !['3gpp', '3gpp2'].includes(specification)) {
      fail(8300001, 'Invalid parameter value.');
    }
    return noService();
  };
  const sendShortMessage = ({ slotId, destinationHost, content }) => {
    if (typeof slotId !== 'number' || typeof destinationHost !== 'string' || typeof content !== 'string' && !Array.isArray(content)) {
      fail(401, 'Parameter error. A message needs slotId, destinationHost and content.');
    }
    return noService();
  };

  return {
    ShortMessageClass, SendSmsResult,
    ...declare([], {
      'createMessage(pdu: array, specification: string): Promise': createMessage,
      'getDefaultSmsSlotId(): Promise': () => -1,
      'hasSmsCapability()': () => false,
      'getDefaultSmsSimId(): Promise': noCard,
    }),
    ...declare([SEND_MESSAGES], {
      'sendShortMessage(options: object): Promise': sendShortMessage,
    }),
  };
})
