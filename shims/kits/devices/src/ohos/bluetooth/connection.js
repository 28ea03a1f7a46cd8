// @ohos:bluetooth.connection: pairing and discovery, with the adapter off.
(function (host, system) {
  'use strict';
  const { declare, events, refuse } = system.require('@concord:kits/declared');

  const BluetoothTransport = { TRANSPORT_BR_EDR: 0, TRANSPORT_LE: 1, TRANSPORT_DUAL: 2, TRANSPORT_UNKNOWN: 3 };
  const ScanMode = {
    SCAN_MODE_NONE: 0, SCAN_MODE_CONNECTABLE: 1, SCAN_MODE_GENERAL_DISCOVERABLE: 2, SCAN_MODE_LIMITED_DISCOVERABLE: 3,
    SCAN_MODE_CONNECTABLE_GENERAL_DISCOVERABLE: 4, SCAN_MODE_CONNECTABLE_LIMITED_DISCOVERABLE: 5,
  };
  const BondState = { BOND_STATE_INVALID: 0, BOND_STATE_BONDING: 1, BOND_STATE_BONDED: 2 };
  const DeviceChargeState = {
    DEVICE_NORMAL_CHARGE_NOT_CHARGED: 0, DEVICE_NORMAL_CHARGE_IN_CHARGING: 1, DEVICE_SUPER_CHARGE_NOT_CHARGED: 2,
    DEVICE_SUPER_CHARGE_IN_CHARGING: 3,
  };
  const UnbondCause = { USER_REMOVED: 0, REMOTE_DEVICE_DOWN: 1, AUTH_FAILURE: 2, AUTH_REJECTED: 3, INTERNAL_ERROR: 4 };

  const ACCESS_BLUETOOTH = 'ohos.permission.ACCESS_BLUETOOTH';
  const MANAGE_BLUETOOTH = 'ohos.permission.MANAGE_BLUETOOTH';
  const disabled = refuse(2900003, 'Bluetooth disabled.');
  const failed = refuse(2900099, 'Operation failed.');

  return {
    BluetoothTransport, ScanMode, BondState, DeviceChargeState, UnbondCause,
    ...declare([ACCESS_BLUETOOTH], {
      'getProfileConnectionState(profileId?: number)': disabled,
      'pairDevice(deviceId: string): Promise': disabled,
      'getRemoteDeviceName(deviceId: string, alias?: boolean)': disabled,
      'getLocalName()': failed,
      'getPairedDevices()': disabled,
      'getPairState(deviceId: string)': disabled,
      'setDevicePinCode(deviceId: string, code: string): Promise': disabled,
      'setBluetoothScanMode(mode: number, duration: number)': disabled,
      'getBluetoothScanMode()': disabled,
      'startBluetoothDiscovery()': disabled,
      'stopBluetoothDiscovery()': disabled,
      'isBluetoothDiscovering()': disabled,
      'getRemoteDeviceBatteryInfo(deviceId: string): Promise': disabled,
      'setRemoteDeviceName(deviceId: string, name: string): Promise': disabled,
    }),
    ...declare([], {
      'getRemoteDeviceClass(deviceId: string)': disabled,
      'getRemoteDeviceTransport(deviceId: string)': disabled,
      'getLastConnectionTime(deviceId: string): Promise': disabled,
    }),
    ...declare([ACCESS_BLUETOOTH, MANAGE_BLUETOOTH], {
      'setDevicePairingConfirmation(deviceId: string, accept: boolean)': disabled,
    }),
    ...events({
      bluetoothDeviceFind: [ACCESS_BLUETOOTH], bondStateChange: [ACCESS_BLUETOOTH], pinRequired: [ACCESS_BLUETOOTH],
      batteryChange: [ACCESS_BLUETOOTH],
    }),
  };
})
