// @concord:ability-context: UIAbilityContext.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const bundle = system.require('@concord:bundle-info');
  const { Context, invalid, UI_ABILITY } = system.require('@concord:context');
  const { coded } = process;
  const BusinessError = system.BusinessError;

  let abilities;
  const manager = () => (abilities ??= system.require('@concord:abilities'));

  function checkWant(want) {
    if (want === null || typeof want !== 'object') {
      throw invalid('The want must be an object.');
    }
    for (const key of ['bundleName', 'abilityName', 'moduleName', 'uri', 'type', 'action', 'deviceId']) {
      if (want[key] !== undefined && want[key] !== null && typeof want[key] !== 'string') {
        throw invalid(`The ${key} of the want must be a string.`);
      }
    }
  }

  // The overloads (want), (want, options), (want, callback), (want, options, callback).
  function overload(first, second) {
    if (typeof first === 'function') {
      return [{}, first];
    }
    if (first !== undefined && first !== null && typeof first !== 'object') {
      throw invalid('The options must be an object.');
    }
    return [first ?? {}, typeof second === 'function' ? second : undefined];
  }

  const noExtension = () => {
    throw new BusinessError(16000001, 'The specified ability does not exist.');
  };
  const noPermission = (permission) => {
    throw new BusinessError(201, `The application does not have the permission ${permission} required to call the interface.`);
  };

  class UIAbilityContext extends Context {
    #record;

    constructor(record) {
      super(record.info.moduleName, UI_ABILITY);
      this.#record = record;
      this.abilityInfo = record.info;
    }

    get currentHapModuleInfo() {
      return bundle.hapModuleInfo(this.#record.info.moduleName);
    }

    get config() {
      return { ...process.configuration };
    }

    get windowStage() {
      return this.#record.stage?.stage;
    }

    // A context whose ability is gone cannot start anything.
    #alive() {
      if (this.#record.state === manager().DESTROYED) {
        throw new BusinessError(16000011, 'The context does not exist.');
      }
    }

    startAbility(want, first, second) {
      checkWant(want);
      const [options, callback] = overload(first, second);
      return system.async(() => {
        this.#alive();
        return manager().start(want, { caller: this.#record, options });
      }, coded(callback));
    }

    startAbilityAsCaller(want, first, second) {
      return this.startAbility(want, first, second);
    }

    startRecentAbility(want, first, second) {
      return this.startAbility(want, first, second);
    }

    startAbilityForResult(want, first, second) {
      checkWant(want);
      const [options, callback] = overload(first, second);
      return system.async(() => {
        this.#alive();
        return manager().startForResult(want, { caller: this.#record, options });
      }, coded(callback));
    }

    startAbilityWithAccount() {
      return noPermission('ohos.permission.INTERACT_ACROSS_LOCAL_ACCOUNTS');
    }

    startAbilityForResultWithAccount() {
      return noPermission('ohos.permission.INTERACT_ACROSS_LOCAL_ACCOUNTS');
    }

    async startAbilityByCall(want) {
      checkWant(want);
      // Without ohos.permission.ABILITY_BACKGROUND_COMMUNICATION, which only system applications get.
      throw new BusinessError(201, 'The application does not have permission to call the interface.');
    }

    openLink(link, options, callback) {
      if (typeof link !== 'string' || link === '') {
        throw invalid('The link must be a string.');
      }
      return system.async(() => manager().openLink(link, options ?? {}, this.#record, callback), undefined);
    }

    terminateSelf(callback) {
      return system.async(() => manager().terminate(this.#record), coded(callback));
    }

    terminateSelfWithResult(result, callback) {
      if (result === null || typeof result !== 'object' || typeof result.resultCode !== 'number') {
        throw invalid('The result must be an object with a resultCode.');
      }
      return system.async(() => manager().terminate(this.#record, result), coded(callback));
    }

    async backToCallerAbilityWithResult(result, requestCode) {
      if (result === null || typeof result !== 'object' || typeof requestCode !== 'string') {
        throw invalid('The result must be an object and the request code a string.');
      }
      manager().answerCaller(this.#record, result, requestCode);
    }

    isTerminating() {
      return this.#record.terminating;
    }

    async moveAbilityToBackground() {
      this.#alive();
      manager().toBackground(this.#record);
    }

    async showAbility() {
      manager().toForeground(this.#record);
    }

    async hideAbility() {
      manager().toBackground(this.#record);
    }

    setMissionLabel(label, callback) {
      if (typeof label !== 'string') {
        throw invalid('The label must be a string.');
      }
      return system.async(() => {
        this.#record.label = label;
        this.#record.stage?.label?.(label);
      }, coded(callback));
    }

    setMissionIcon(icon, callback) {
      if (icon === null || typeof icon !== 'object') {
        throw invalid('The icon must be a PixelMap.');
      }
      return system.async(() => undefined, coded(callback));
    }

    async setAbilityInstanceInfo(label) {
      if (typeof label !== 'string') {
        throw invalid('The label must be a string.');
      }
      this.#record.label = label;
      this.#record.stage?.label?.(label);
    }

    async setMissionWindowIcon() {}

    setMissionContinueState(state, callback) {
      if (state !== 0 && state !== 1) {
        throw invalid('The state must be one of ContinueState.');
      }
      return system.async(() => {
        this.#record.continueState = state;
      }, coded(callback));
    }

    setRestoreEnabled(enabled) {
      if (typeof enabled !== 'boolean') {
        throw invalid('The argument must be a boolean.');
      }
      this.#record.restoreEnabled = enabled;
    }

    restoreWindowStage(storage) {
      this.#record.restoredStorage = storage;
    }

    reportDrawnCompleted(callback) {
      return system.async(() => undefined, coded(callback));
    }

    setColorMode(mode) {
      process.choose('colorMode', mode === -1 ? undefined : mode);
    }

    async setOnNewWantSkipScenarios(scenarios) {
      if (!Number.isInteger(scenarios)) {
        throw invalid('The scenarios must be an integer.');
      }
      this.#record.skipScenarios = scenarios;
    }

    async revokeDelegator() {
      throw new BusinessError(16000065, 'The interface can be called only when the ability is delegated.');
    }

    async startSelfUIAbilityInCurrentProcess(want, flag, options) {
      await manager().start(want, { caller: this.#record, options: options ?? {}, flag });
    }

    async restartApp() {
      throw new BusinessError(16000064, 'Restart too frequently. Try again at least 3s later.');
    }

    // Third-party applications cannot offer these extensions, so within the opened packages none can exist.
    startServiceExtensionAbility(want, callback) {
      checkWant(want);
      return system.async(noExtension, coded(callback));
    }

    stopServiceExtensionAbility(want, callback) {
      checkWant(want);
      return system.async(noExtension, coded(callback));
    }

    startServiceExtensionAbilityWithAccount(want, account, callback) {
      return this.startServiceExtensionAbility(want, callback);
    }

    stopServiceExtensionAbilityWithAccount(want, account, callback) {
      return this.stopServiceExtensionAbility(want, callback);
    }

    connectServiceExtensionAbility(want, options) {
      checkWant(want);
      if (options === null || typeof options !== 'object') {
        throw invalid('The options must be an object.');
      }
      return manager().refuseConnection(options, 16000001);
    }

    connectServiceExtensionAbilityWithAccount(want, account, options) {
      return this.connectServiceExtensionAbility(want, options);
    }

    connectAppServiceExtensionAbility(want, options) {
      return this.connectServiceExtensionAbility(want, options);
    }

    disconnectServiceExtensionAbility(connection, callback) {
      if (typeof connection !== 'number') {
        throw invalid('The connection must be a number.');
      }
      return system.async(() => {
        throw new BusinessError(16000003, 'The specified ID does not exist.');
      }, coded(callback));
    }

    disconnectAppServiceExtensionAbility(connection) {
      return this.disconnectServiceExtensionAbility(connection);
    }

    async startAppServiceExtensionAbility(want) {
      checkWant(want);
      noExtension();
    }

    async stopAppServiceExtensionAbility(want) {
      checkWant(want);
      noExtension();
    }

    async startUIServiceExtensionAbility(want) {
      checkWant(want);
      noExtension();
    }

    async connectUIServiceExtensionAbility(want) {
      checkWant(want);
      noExtension();
    }

    async disconnectUIServiceExtensionAbility() {
      noExtension();
    }

    startAbilityByType(type, parameters, startCallback, callback) {
      if (typeof type !== 'string' || startCallback === null || typeof startCallback !== 'object') {
        throw invalid('The type must be a string and the callback an object.');
      }
      return system.async(() => {
        throw new BusinessError(16000050, 'Internal error: no application of this type is known.');
      }, coded(callback));
    }

    requestDialogService(want, callback) {
      checkWant(want);
      return system.async(noExtension, coded(callback));
    }

    requestModalUIExtension(want, callback) {
      checkWant(want);
      return system.async(noExtension, coded(callback));
    }

    async openAtomicService() {
      throw new BusinessError(16000001, 'The specified ability does not exist.');
    }
  }

  return { UIAbilityContext, checkWant };
})
