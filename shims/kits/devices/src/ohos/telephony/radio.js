// @ohos:telephony.radio: mobile networks of a device without a modem.
(function (host, system) {
  'use strict';
  const { declare, fail } = system.require('@concord:kits/declared');

  const RadioTechnology = {
    RADIO_TECHNOLOGY_UNKNOWN: 0, RADIO_TECHNOLOGY_GSM: 1, RADIO_TECHNOLOGY_1XRTT: 2, RADIO_TECHNOLOGY_WCDMA: 3,
    RADIO_TECHNOLOGY_HSPA: 4, RADIO_TECHNOLOGY_HSPAP: 5, RADIO_TECHNOLOGY_TD_SCDMA: 6, RADIO_TECHNOLOGY_EVDO: 7,
    RADIO_TECHNOLOGY_EHRPD: 8, RADIO_TECHNOLOGY_LTE: 9, RADIO_TECHNOLOGY_LTE_CA: 10, RADIO_TECHNOLOGY_IWLAN: 11,
    RADIO_TECHNOLOGY_NR: 12,
  };
  const NetworkType = {
    NETWORK_TYPE_UNKNOWN: 0, NETWORK_TYPE_GSM: 1, NETWORK_TYPE_CDMA: 2, NETWORK_TYPE_WCDMA: 3, NETWORK_TYPE_TDSCDMA: 4,
    NETWORK_TYPE_LTE: 5, NETWORK_TYPE_NR: 6,
  };
  const RegState = { REG_STATE_NO_SERVICE: 0, REG_STATE_IN_SERVICE: 1, REG_STATE_EMERGENCY_CALL_ONLY: 2, REG_STATE_POWER_OFF: 3 };
  const NsaState = {
    NSA_STATE_NOT_SUPPORT: 1, NSA_STATE_NO_DETECT: 2, NSA_STATE_CONNECTED_DETECT: 3, NSA_STATE_IDLE_DETECT: 4,
    NSA_STATE_DUAL_CONNECTED: 5, NSA_STATE_SA_ATTACHED: 6,
  };
  const NetworkSelectionMode = { NETWORK_SELECTION_UNKNOWN: 0, NETWORK_SELECTION_AUTOMATIC: 1, NETWORK_SELECTION_MANUAL: 2 };

  const GET_NETWORK_INFO = 'ohos.permission.GET_NETWORK_INFO';

  const SLOTS = [0, 1];
  const checkSlot = (slot) => {
    if (slot !== undefined && !SLOTS.includes(slot)) {
      fail(8300001, 'Invalid parameter value.');
    }
  };
  const unknownTech = (slot) => {
    checkSlot(slot);
    return { psRadioTech: RadioTechnology.RADIO_TECHNOLOGY_UNKNOWN, csRadioTech: RadioTechnology.RADIO_TECHNOLOGY_UNKNOWN };
  };
  const noNetwork = (slot) => {
    checkSlot(slot);
    return {
      longOperatorName: '', shortOperatorName: '', plmnNumeric: '', isRoaming: false, isCaActive: false, isEmergency: false,
      regState: RegState.REG_STATE_NO_SERVICE, cfgTech: RadioTechnology.RADIO_TECHNOLOGY_UNKNOWN, nsaState: NsaState.NSA_STATE_NOT_SUPPORT,
    };
  };

  return {
    RadioTechnology, NetworkType, RegState, NsaState, NetworkSelectionMode,
    ...declare([GET_NETWORK_INFO], {
      'getRadioTech(slotId: number): Promise': unknownTech,
      'getRadioTechSync(slotId: number)': unknownTech,
      'getNetworkState(slotId?: number): Promise': noNetwork,
      'isRadioOn(slotId?: number): Promise': () => false,
    }),
    ...declare([], {
      'getNetworkSelectionMode(slotId: number): Promise': () => NetworkSelectionMode.NETWORK_SELECTION_UNKNOWN,
      'getISOCountryCodeForNetwork(slotId: number): Promise': () => '',
      'getISOCountryCodeForNetworkSync(slotId: number)': () => '',
      'getPrimarySlotId(): Promise': () => -1,
      'getSignalInformation(slotId: number): Promise': () => [],
      'getSignalInformationSync(slotId: number)': () => [],
      'isNRSupported(slotId?: number)': () => false,
      'getOperatorName(slotId: number): Promise': () => '',
      'getOperatorNameSync(slotId: number)': () => '',
    }),
  };
})
