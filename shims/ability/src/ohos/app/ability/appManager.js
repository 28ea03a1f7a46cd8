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

  const invalid = (text) => new system.BusinessError(401, `Parameter error. ${text}`);
  const RUNNING_STATE_OBSERVER = 'ohos.permission.RUNNING_STATE_OBSERVER';
  const declared = (name) => [...process.modules.values()].some(({ tree }) =>
    (tree.module.requestPermissions ?? []).some((permission) => permission.name === name));
  function demand(name) {
    if (!declared(name)) {
      throw new system.BusinessError(201, `Permission denied. The application does not have ${name}.`);
    }
  }
  function checkText(name, value) {
    if (typeof value !== 'string') {
      throw invalid(`The type of ${name} must be string.`);
    }
  }
  function checkState(type) {
    if (type !== 'applicationState') {
      throw invalid('The type of event is unknown.');
    }
  }
  // Of other apps, of which nothing is heard.
  const observers = new Set();
  let nextObserver = 0;

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
    killProcessesByBundleName: (bundleName, ...rest) => {
      checkText('bundleName', bundleName);
      return system.async(() => demand('ohos.permission.CLEAN_BACKGROUND_PROCESSES'), rest.find((arg) => typeof arg === 'function'));
    },
    killProcessWithAccount: systemOnly,
    clearUpApplicationData: systemOnly,
    getForegroundApplications: systemOnly,
    getRunningMultiAppInfo: systemOnly,
    on(type, observer) {
      checkState(type);
      if (typeof observer !== 'object' || observer === null) {
        throw invalid('The observer must be an object.');
      }
      demand(RUNNING_STATE_OBSERVER);
      const id = nextObserver++;
      observers.add(id);
      return id;
    },
    off(type, id, callback) {
      checkState(type);
      demand(RUNNING_STATE_OBSERVER);
      return system.async(() => {
        if (!observers.delete(id)) {
          throw new system.BusinessError(16000050, 'Internal error. There is no such observer.');
        }
      }, callback);
    },
  };
})
