// @ohos:app.ability.abilityManager
(function (host, system) {
  'use strict';
  const abilities = system.require('@concord:abilities');
  const { info } = system.require('@concord:process');
  const enums = system.require('@concord:enums')('@ohos:app.ability.abilityManager');
  const STATES = { FOREGROUND: enums.AbilityState.FOREGROUND, BACKGROUND: enums.AbilityState.BACKGROUND };

  return {
    ...enums,
    // Without ohos.permission.GET_RUNNING_INFO an application sees itself.
    getAbilityRunningInfos: (callback) => system.async(() => abilities.running().map((entry) => ({
      ability: {
        bundleName: entry.bundle, abilityName: entry.ability, moduleName: entry.module, deviceId: '',
        uri: '', shortName: '',
      },
      pid: info.pid,
      uid: info.uid,
      processName: info.bundleName,
      startTime: info.startTime,
      abilityState: STATES[entry.state] ?? enums.AbilityState.INITIAL,
    })), callback),
    restartSelfAtomicService() {
      throw new system.BusinessError(16000086, 'The context is not UIAbilityContext.');
    },
  };
})
