// @ohos:telephony.sim: SIM cards of a device that takes none.
(function (host, system) {
  'use strict';
  const { declare, refuse } = system.require('@concord:kits/declared');

  const SimType = { PSIM: 0, ESIM: 1 };
  const CardType = {
    UNKNOWN_CARD: -1, SINGLE_MODE_SIM_CARD: 10, SINGLE_MODE_USIM_CARD: 20, SINGLE_MODE_RUIM_CARD: 30, DUAL_MODE_CG_CARD: 40,
    CT_NATIONAL_ROAMING_CARD: 41, CU_DUAL_MODE_CARD: 42, DUAL_MODE_TELECOM_LTE_CARD: 43, DUAL_MODE_UG_CARD: 50,
    SINGLE_MODE_ISIM_CARD: 60,
  };
  const SimState = {
    SIM_STATE_UNKNOWN: 0, SIM_STATE_NOT_PRESENT: 1, SIM_STATE_LOCKED: 2, SIM_STATE_NOT_READY: 3, SIM_STATE_READY: 4,
    SIM_STATE_LOADED: 5,
  };

  const GET_TELEPHONY_STATE = 'ohos.permission.GET_TELEPHONY_STATE';
  const noCard = refuse(8300004, 'Do not have sim card.');
  const noLabel = refuse(8300999, 'Unknown error.');

  return {
    SimType, CardType, SimState,
    ...declare([], {
      'isSimActive(slotId: number): Promise': () => false,
      'isSimActiveSync(slotId: number)': () => false,
      'getDefaultVoiceSlotId(): Promise': () => -1,
      'hasOperatorPrivileges(slotId: number): Promise': () => false,
      'getISOCountryCodeForSim(slotId: number): Promise': () => '',
      'getISOCountryCodeForSimSync(slotId: number)': () => '',
      'getSimOperatorNumeric(slotId: number): Promise': () => '',
      'getSimOperatorNumericSync(slotId: number)': () => '',
      'getSimSpn(slotId: number): Promise': () => '',
      'getSimSpnSync(slotId: number)': () => '',
      'getSimState(slotId: number): Promise': () => SimState.SIM_STATE_NOT_PRESENT,
      'getSimStateSync(slotId: number)': () => SimState.SIM_STATE_NOT_PRESENT,
      'getCardType(slotId: number): Promise': () => CardType.UNKNOWN_CARD,
      'getCardTypeSync(slotId: number)': () => CardType.UNKNOWN_CARD,
      'getMaxSimCount()': () => 0,
      'hasSimCard(slotId: number): Promise': () => false,
      'hasSimCardSync(slotId: number)': () => false,
      'getOpKey(slotId: number): Promise': () => '',
      'getOpKeySync(slotId: number)': () => '',
      'getOpName(slotId: number): Promise': () => '',
      'getOpNameSync(slotId: number)': () => '',
      'getDefaultVoiceSimId(): Promise': noCard,
      'getSimLabel(slotId: number): Promise': noLabel,
      'getSimLabelSync(slotId: number)': noLabel,
    }),
    ...declare([GET_TELEPHONY_STATE], {
      'getSimAccountInfo(slotId: number): Promise': noCard,
      'getActiveSimAccountInfoList(): Promise': () => [],
    }),
  };
})
