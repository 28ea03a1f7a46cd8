// @ohos:telephony.data: mobile data of a device without a modem.
(function (host, system) {
  'use strict';
  const { declare } = system.require('@concord:kits/declared');

  const DataFlowType = {
    DATA_FLOW_TYPE_NONE: 0, DATA_FLOW_TYPE_DOWN: 1, DATA_FLOW_TYPE_UP: 2, DATA_FLOW_TYPE_UP_DOWN: 3, DATA_FLOW_TYPE_DORMANT: 4,
  };
  const DataConnectState = {
    DATA_STATE_UNKNOWN: -1, DATA_STATE_DISCONNECTED: 0, DATA_STATE_CONNECTING: 1, DATA_STATE_CONNECTED: 2,
    DATA_STATE_SUSPENDED: 3,
  };

  const GET_NETWORK_INFO = 'ohos.permission.GET_NETWORK_INFO';
  const MANAGE_APN_SETTING = 'ohos.permission.MANAGE_APN_SETTING';

  return {
    DataFlowType, DataConnectState,
    ...declare([], {
      'getDefaultCellularDataSlotId(): Promise': () => -1,
      'getDefaultCellularDataSlotIdSync()': () => -1,
      'getDefaultCellularDataSimId()': () => -1,
    }),
    ...declare([GET_NETWORK_INFO], {
      'getCellularDataFlowType(): Promise': () => DataFlowType.DATA_FLOW_TYPE_NONE,
      'getCellularDataState(): Promise': () => DataConnectState.DATA_STATE_UNKNOWN,
      'isCellularDataEnabled(): Promise': () => false,
      'isCellularDataEnabledSync()': () => false,
      'isCellularDataRoamingEnabled(slotId: number): Promise': () => false,
      'isCellularDataRoamingEnabledSync(slotId: number)': () => false,
      'getActiveApnName(): Promise': () => '',
    }),
    ...declare([MANAGE_APN_SETTING], {
      'queryAllApns(): Promise': () => [],
      'queryApnIds(apnInfo: object): Promise': () => [],
      'setPreferredApn(apnId: number): Promise': () => false,
    }),
  };
})
