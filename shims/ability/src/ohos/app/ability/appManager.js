// @ohos:app.ability.appManager
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const contexts = system.require('@concord:context');
  const enums = system.require('@concord:enums')('@ohos:app.ability.appManager');
  const { info } = process;

  const systemOnly = () => {
    throw new system.BusinessError(202, 'Not system application.');
  };

  return {
    ...enums,
    isRunningInStabilityTest: (callback) => system.async(() => false, callback),
    isRamConstrainedDevice: (callback) => system.async(() => false, callback),
    // Megabytes that an app may use, as a phone of today says.
    getAppMemorySize: (callback) => system.async(() => 512, callback),
    getRunningProcessInformation: (callback) => contexts.application.getRunningProcessInformation(callback),
    getRunningProcessInformationByBundleName: systemOnly,
    isApplicationRunning: async (bundleName) => bundleName === info.bundleName,
    isAppRunning: async (bundleName) => bundleName === info.bundleName,
    killProcessesByBundleName: systemOnly,
    killProcessWithAccount: systemOnly,
    clearUpApplicationData: systemOnly,
    getForegroundApplications: systemOnly,
    getRunningMultiAppInfo: systemOnly,
    on: systemOnly,
    off: systemOnly,
  };
})
