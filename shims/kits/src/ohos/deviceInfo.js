// @ohos:deviceInfo
(function (host, system) {
  'use strict';

  const { info } = system.require('@concord:process');
  const { deviceType } = info.device;

  const DeviceTypes = {
    TYPE_DEFAULT: 'default', TYPE_PHONE: 'phone', TYPE_TABLET: 'tablet', TYPE_2IN1: '2in1', TYPE_TV: 'tv', TYPE_WEARABLE: 'wearable',
    TYPE_CAR: 'car',
  };
  const PerformanceClassLevel = { CLASS_LEVEL_HIGH: 0, CLASS_LEVEL_MEDIUM: 1, CLASS_LEVEL_LOW: 2 };
  const SDK = 20;

  // Nothing of the machine: no serial numbers, no names that tell who runs the app.
  return {
    DeviceTypes, PerformanceClassLevel,
    deviceType,
    manufacture: 'Concord', brand: 'Concord', marketName: 'Concord', productSeries: 'Concord', productModel: 'Concord',
    productModelAlias: 'Concord', softwareModel: 'Concord', hardwareModel: 'Concord', hardwareProfile: 'default', serial: '',
    bootloaderVersion: '', abiList: 'x86_64', securityPatchTag: '', displayVersion: 'Concord 1.0', incrementalVersion: '1.0',
    osReleaseType: 'Release', osFullName: 'OpenHarmony-6.0.0.0', majorVersion: 6, seniorVersion: 0, featureVersion: 0, buildVersion: 0,
    sdkApiVersion: SDK, sdkMinorApiVersion: 0, sdkPatchApiVersion: 0, firstApiVersion: SDK,
    versionId: `Concord/Concord/Concord/default/OpenHarmony-6.0.0.0/${SDK}/1.0/release`, buildType: 'release', buildUser: '',
    buildHost: '', buildTime: '', buildRootHash: '', udid: '', distributionOSName: '', distributionOSVersion: '',
    distributionOSApiVersion: 0, distributionOSApiName: '', distributionOSReleaseType: '', ODID: '', diskSN: '',
    performanceClass: PerformanceClassLevel.CLASS_LEVEL_HIGH, chipType: '', bootCount: 1, deviceColor: '',
    apiAvailable: (level) => Number.parseInt(level, 10) <= SDK,
  };
})
