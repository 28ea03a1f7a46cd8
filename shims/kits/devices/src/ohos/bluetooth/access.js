// @ohos:bluetooth.access: the adapter, which is off.
(function (host, system) {
  'use strict';
  const { declare, events, refuse } = system.require('@concord:kits/declared');

  const BluetoothState = {
    STATE_OFF: 0, STATE_TURNING_ON: 1, STATE_ON: 2, STATE_TURNING_OFF: 3, STATE_BLE_TURNING_ON: 4, STATE_BLE_ON: 5,
    STATE_BLE_TURNING_OFF: 6,
  };

  const ACCESS_BLUETOOTH = 'ohos.permission.ACCESS_BLUETOOTH';
  const PERSISTENT_BLUETOOTH_PEERS_MAC = 'ohos.permission.PERSISTENT_BLUETOOTH_PEERS_MAC';
  const disabled = refuse(2900003, 'Bluetooth disabled.');
  const failed = refuse(2900099, 'Operation failed.');

  return {
    BluetoothState,
    ...declare([ACCESS_BLUETOOTH], {
      'enableBluetooth()': failed,
      'disableBluetooth()': () => undefined,
      'enableBluetoothAsync(): Promise': failed,
      'disableBluetoothAsync(): Promise': () => undefined,
      'isValidRandomDeviceId(deviceId: string)': disabled,
    }),
    ...declare([], {
      'getState()': () => BluetoothState.STATE_OFF,
    }),
    ...declare([ACCESS_BLUETOOTH, PERSISTENT_BLUETOOTH_PEERS_MAC], {
      'addPersistentDeviceId(deviceId: string): Promise': disabled,
      'deletePersistentDeviceId(deviceId: string): Promise': disabled,
      'getPersistentDeviceIds()': disabled,
    }),
    ...events(['stateChange']),
  };
})
