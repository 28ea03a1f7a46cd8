// @ohos:telephony.observer: news of a modem that is not there.
(function (host, system) {
  'use strict';
  const { events } = system.require('@concord:kits/declared');

  const LockReason = {
    SIM_NONE: 0, SIM_PIN: 1, SIM_PUK: 2, SIM_PN_PIN: 3, SIM_PN_PUK: 4, SIM_PU_PIN: 5, SIM_PU_PUK: 6, SIM_PP_PIN: 7, SIM_PP_PUK: 8,
    SIM_PC_PIN: 9, SIM_PC_PUK: 10, SIM_SIM_PIN: 11, SIM_SIM_PUK: 12,
  };

  const GET_NETWORK_INFO = 'ohos.permission.GET_NETWORK_INFO';

  return {
    LockReason,
    ...events({
      networkStateChange: [GET_NETWORK_INFO], signalInfoChange: [], cellularDataConnectionStateChange: [],
      cellularDataFlowChange: [], callStateChange: [], simStateChange: [], iccAccountInfoChange: [],
    }),
  };
})
