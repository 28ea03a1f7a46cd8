// @ohos:bluetooth.ble: Bluetooth Low Energy, with the adapter off.
(function (host, system) {
  'use strict';
  const { declare, events, methods, refuse } = system.require('@concord:kits/declared');

  const GattWriteType = { WRITE: 1, WRITE_NO_RESPONSE: 2 };
  const ScanDuty = { SCAN_MODE_LOW_POWER: 0, SCAN_MODE_BALANCED: 1, SCAN_MODE_LOW_LATENCY: 2 };
  const MatchMode = { MATCH_MODE_AGGRESSIVE: 1, MATCH_MODE_STICKY: 2 };
  const AdvertisingState = { STARTED: 1, ENABLED: 2, DISABLED: 3, STOPPED: 4 };
  const PhyType = { PHY_LE_1M: 1, PHY_LE_ALL_SUPPORTED: 255 };
  const ScanReportMode = { NORMAL: 1, BATCH: 2, FENCE_SENSITIVITY_LOW: 10, FENCE_SENSITIVITY_HIGH: 11 };
  const ScanReportType = { ON_FOUND: 1, ON_LOST: 2, ON_BATCH: 3 };
  const GattDisconnectReason = { CONN_TIMEOUT: 1, CONN_TERMINATE_PEER_USER: 2, CONN_TERMINATE_LOCAL_HOST: 3, CONN_UNKNOWN: 4 };

  const ACCESS_BLUETOOTH = 'ohos.permission.ACCESS_BLUETOOTH';
  const disabled = refuse(2900003, 'Bluetooth disabled.');
  const failed = refuse(2900099, 'Operation failed.');

  class GattServer {
    constructor() {
      Object.assign(this, events({
        characteristicRead: [ACCESS_BLUETOOTH], characteristicWrite: [ACCESS_BLUETOOTH], descriptorRead: [ACCESS_BLUETOOTH],
        descriptorWrite: [ACCESS_BLUETOOTH], connectionStateChange: [ACCESS_BLUETOOTH], BLEMtuChange: [ACCESS_BLUETOOTH],
      }));
    }
  }
  methods(GattServer, [ACCESS_BLUETOOTH], {
    'addService(service: object)': disabled,
    'removeService(serviceUuid: string)': disabled,
    'close()': disabled,
    'notifyCharacteristicChanged(deviceId: string, notifyCharacteristic: object): Promise': disabled,
    'sendResponse(serverResponse: object)': disabled,
  });

  class GattClientDevice {
    constructor() {
      Object.assign(this, events({
        BLECharacteristicChange: [ACCESS_BLUETOOTH], BLEConnectionStateChange: [ACCESS_BLUETOOTH],
        BLEMtuChange: [ACCESS_BLUETOOTH],
      }));
    }
  }
  methods(GattClientDevice, [ACCESS_BLUETOOTH], {
    'connect()': disabled,
    'disconnect()': disabled,
    'close()': disabled,
    'getDeviceName(): Promise': failed,
    'getServices(): Promise': failed,
    'readCharacteristicValue(characteristic: object): Promise': failed,
    'readDescriptorValue(descriptor: object): Promise': failed,
    'writeCharacteristicValue(characteristic: object, writeType: number): Promise': failed,
    'writeDescriptorValue(descriptor: object): Promise': failed,
    'getRssiValue(): Promise': failed,
    'setBLEMtuSize(mtu: number)': failed,
    'setCharacteristicChangeNotification(characteristic: object, enable: boolean): Promise': failed,
    'setCharacteristicChangeIndication(characteristic: object, enable: boolean): Promise': failed,
  });

  class BleScanner {
    constructor() {
      Object.assign(this, events({ BLEDeviceFind: [ACCESS_BLUETOOTH] }));
    }
  }
  methods(BleScanner, [ACCESS_BLUETOOTH], {
    'startScan(filters: array, options?: object): Promise': disabled,
    'stopScan(): Promise': disabled,
  });

  return {
    GattWriteType, ScanDuty, MatchMode, AdvertisingState, PhyType, ScanReportMode, ScanReportType, GattDisconnectReason,
    ...declare([], {
      'createGattServer()': () => new GattServer(),
      'createGattClientDevice(deviceId: string)': () => new GattClientDevice(),
      'createBleScanner()': () => new BleScanner(),
    }),
    ...declare([ACCESS_BLUETOOTH], {
      'getConnectedBLEDevices()': disabled,
      'startBLEScan(filters: array, options?: object)': disabled,
      'stopBLEScan()': disabled,
      'startAdvertising(setting: object, advData?: object, advResponse?: object): Promise': disabled,
      'stopAdvertising(advertisingId?: number): Promise': disabled,
      'enableAdvertising(advertisingEnableParams: object): Promise': disabled,
      'disableAdvertising(advertisingDisableParams: object): Promise': disabled,
    }),
    ...events({ advertisingStateChange: [ACCESS_BLUETOOTH], BLEDeviceFind: [ACCESS_BLUETOOTH] }),
  };
})
