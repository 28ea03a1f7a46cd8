// @ohos:distributedDeviceManager: other devices of the person, of which there are none.
(function (host, system) {
  'use strict';
  const { declare, events, fail, methods, refuse } = system.require('@concord:kits/declared');

  const DeviceStateChange = { UNKNOWN: 0, AVAILABLE: 1, UNAVAILABLE: 2 };

  const DISTRIBUTED_DATASYNC = 'ohos.permission.DISTRIBUTED_DATASYNC';

  // Numbers of the kinds of devices.
  const DEVICE_TYPES = { '2in1': 0x0c, phone: 0x0e, tablet: 0x11, wearable: 0x6d, car: 0x83, tv: 0x9c };
  const deviceInfo = () => system.require('@ohos:deviceInfo');
  const unknownDevice = refuse(11600101, 'Failed to execute the function.');

  class DeviceManager {
    constructor() {
      Object.assign(this, events({
        deviceStateChange: [DISTRIBUTED_DATASYNC], discoverSuccess: [DISTRIBUTED_DATASYNC],
        deviceNameChange: [DISTRIBUTED_DATASYNC], discoverFailure: [DISTRIBUTED_DATASYNC], serviceDie: [DISTRIBUTED_DATASYNC],
      }));
    }
  }
  methods(DeviceManager, [DISTRIBUTED_DATASYNC], {
    'getAvailableDeviceListSync()': () => [],
    'getAvailableDeviceList(): Promise': () => [],
    'getLocalDeviceNetworkId()': () => deviceInfo().udid,
    'getLocalDeviceName()': () => deviceInfo().marketName,
    'getLocalDeviceType()': () => DEVICE_TYPES[deviceInfo().deviceType] ?? 0,
    'getLocalDeviceId()': () => deviceInfo().udid,
    'getDeviceName(networkId: string)': unknownDevice,
    'getDeviceType(networkId: string)': unknownDevice,
    'startDiscovering(discoverParam: object, filterOptions?: object)': () => undefined,
    'stopDiscovering()': () => undefined,
    'bindTarget(deviceId: string, bindParam: object): Promise': unknownDevice,
    'unbindTarget(deviceId: string)': unknownDevice,
  });

  const managers = new WeakSet();
  function create(bundleName) {
    if (bundleName === '' || bundleName.length > 255) {
      fail(401, 'Parameter error. "bundleName" must have 1 to 255 characters.');
    }
    const manager = new DeviceManager();
    managers.add(manager);
    return manager;
  }
  const release = (manager) => {
    if (!managers.delete(manager)) {
      unknownDevice();
    }
  };

  return {
    DeviceStateChange,
    ...declare([], {
      'createDeviceManager(bundleName: string)': create,
      'releaseDeviceManager(deviceManager: object)': release,
    }),
  };
})
