// @ohos:app.ability.appRecovery
(function (host, system) {
  'use strict';
  const abilities = system.require('@concord:abilities');
  const { guest } = system.require('@concord:process');
  const enums = system.require('@concord:enums')('@ohos:app.ability.appRecovery');
  const constants = system.require('@concord:enums')('@ohos:app.ability.AbilityConstant');

  const settings = { enabled: false, restart: 0, occasion: 1, mode: 1, want: undefined };

  function enableAppRecovery(restart = 0, occasion = 1, mode = 1) {
    if (![restart, occasion, mode].every((flag) => typeof flag === 'number')) {
      throw new system.BusinessError(401, 'Parameter error. The flags must be numbers.');
    }
    Object.assign(settings, { enabled: true, restart, occasion, mode });
  }

  // Asks the ability for its state. It is kept with the process: a restart of the app in place is not offered.
  function saveAppState(context) {
    if (!settings.enabled || (settings.occasion & 1) === 0) {
      return false;
    }
    const record = abilities.records.find((entry) => (context === undefined ? entry === abilities.top() : entry.context === context));
    if (!record) {
      return false;
    }
    const state = {};
    const answer = guest(() => record.ability.onSaveState?.(constants.StateType.APP_RECOVERY, state));
    const agreed = answer === constants.OnSaveResult.ALL_AGREE || answer === constants.OnSaveResult.RECOVERY_AGREE;
    if (agreed) {
      record.savedState = state;
    }
    return agreed;
  }

  return {
    ...enums,
    enableAppRecovery,
    saveAppState,
    restartApp() {
      if (settings.enabled) {
        system.report('@ohos:app.ability.appRecovery:restartApp');
      }
    },
    setRestartWant(want) {
      if (want === null || typeof want !== 'object') {
        throw new system.BusinessError(401, 'Parameter error. The want must be an object.');
      }
      settings.want = want;
    },
  };
})
