// @ohos:app.ability.UIAbility: base class of abilities with windows. The framework sets context, launchWant and
// lastRequestWant.
(function (host, system) {
  'use strict';
  const Ability = system.require('@ohos:app.ability.Ability').default;
  const BusinessError = system.BusinessError;

  // What an ability offers to those who started it by call.
  class Callee {
    #methods = new Map();

    on(method, callback) {
      if (typeof method !== 'string' || method === '' || typeof callback !== 'function') {
        throw new BusinessError(401, 'Parameter error. The method must be a string and the callback a function.');
      }
      if (this.#methods.has(method)) {
        throw new BusinessError(16200004, 'The method has been registered.');
      }
      this.#methods.set(method, callback);
    }

    off(method) {
      if (typeof method !== 'string' || method === '') {
        throw new BusinessError(401, 'Parameter error. The method must be a string.');
      }
      if (!this.#methods.delete(method)) {
        throw new BusinessError(16200005, 'The method has not been registered.');
      }
    }
  }

  class UIAbility extends Ability {
    callee = new Callee();

    onCreate() {}

    onWindowStageCreate() {}

    onWindowStageWillDestroy() {}

    onWindowStageDestroy() {}

    onWindowStageRestore() {}

    onDestroy() {}

    onForeground() {}

    onBackground() {}

    onWillForeground() {}

    onDidForeground() {}

    onWillBackground() {}

    onDidBackground() {}

    onNewWant() {}

    onContinue() {}

    onDump() {}

    onSaveState() {}

    onShare() {}

    onPrepareToTerminate() {
      return false;
    }

    onBackPressed() {
      return false;
    }

    onCollaborate() {
      return 1;
    }
  }

  return { default: UIAbility };
})
