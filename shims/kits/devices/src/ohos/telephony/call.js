// @ohos:telephony.call: calls, which another program of the desktop may make.
(function (host, system) {
  'use strict';
  const { declare, fail } = system.require('@concord:kits/declared');
  const opener = system.require('@concord:opener');

  const CallState = {
    CALL_STATE_UNKNOWN: -1, CALL_STATE_IDLE: 0, CALL_STATE_RINGING: 1, CALL_STATE_OFFHOOK: 2, CALL_STATE_ANSWERED: 3,
  };
  // Numbers that any network without a card connects with help (3GPP TS 22.101).
  const EMERGENCY = new Set(['112', '911', '000', '08', '110', '118', '119', '999']);
  const NUMBER = /^[+]?[0-9*#,;. ()-]+$/;

  const invalid = () => fail(8300001, 'Invalid parameter value.');
  const digits = (number) => (NUMBER.test(number) ? number.replace(/[^0-9+*#,;]/g, '') : invalid());

  // The number comes second behind a context.
  async function makeCall(...args) {
    const number = digits(args.findLast((arg) => typeof arg === 'string') ?? fail(401, 'Parameter error. "phoneNumber" is missing.'));
    const isOpen = await opener.open({ uri: `tel:${encodeURI(number).replaceAll('#', '%23')}` });
    if (!isOpen) {
      fail(8300002, 'Operation failed. Cannot connect to service.');
    }
  }

  function format(number, country, isInternational) {
    const { PhoneNumberFormat } = system.require('@ohos:i18n');
    if (!/^[a-z]{2}$/i.test(country)) {
      invalid();
    }
    const formatter = new PhoneNumberFormat(country.toUpperCase(), isInternational ? { type: 'E164' } : undefined);
    return formatter.isValidNumber(number) ? formatter.format(number) : invalid();
  }

  return {
    CallState,
    ...declare([], {
      'makeCall(context: string|object, phoneNumber?: string): Promise': makeCall,
      'hasCall(): Promise': () => false,
      'hasCallSync()': () => false,
      'getCallState(): Promise': () => CallState.CALL_STATE_IDLE,
      'getCallStateSync()': () => CallState.CALL_STATE_IDLE,
      'hasVoiceCapability()': () => false,
      'isEmergencyPhoneNumber(phoneNumber: string, options?: object): Promise': (number) => EMERGENCY.has(digits(number)),
      'formatPhoneNumber(phoneNumber: string, options?: object): Promise': (number, options) =>
        format(number, options?.countryCode ?? 'CN', false),
      'formatPhoneNumberToE164(phoneNumber: string, countryCode: string): Promise': (number, country) => format(number, country, true),
    }),
  };
})
