// @concord:context: contexts and the event hub.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const bundle = system.require('@concord:bundle-info');
  const { info } = process;
  const BusinessError = system.BusinessError;

  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  // Set by @concord:abilities, which needs contexts itself.
  let abilities;
  const manager = () => (abilities ??= system.require('@concord:abilities'));

  class EventHub {
    #listeners = new Map();

    #check(event, callback) {
      if (typeof event !== 'string' && typeof event !== 'symbol') {
        throw invalid('The event must be a string.');
      }
      if (callback !== undefined && typeof callback !== 'function') {
        throw invalid('The callback must be a function.');
      }
    }

    on(event, callback) {
      this.#check(event, callback ?? null);
      const list = this.#listeners.get(event) ?? [];
      if (!list.includes(callback)) {
        this.#listeners.set(event, [...list, callback]);
      }
    }

    off(event, callback) {
      this.#check(event, callback);
      if (callback === undefined) {
        this.#listeners.delete(event);
        return;
      }
      this.#listeners.set(event, (this.#listeners.get(event) ?? []).filter((member) => member !== callback));
    }

    emit(event, ...args) {
      this.#check(event);
      for (const callback of this.#listeners.get(event) ?? []) {
        callback.apply(this, args);
      }
    }
  }

  class BaseContext {
    stageMode = true;
  }

  // What a context belongs to, out of the app's sight: {module, kind}. `module` is '' for the whole application.
  const owners = new WeakMap();
  const APPLICATION = 0;
  const STAGE = 1;
  const UI_ABILITY = 2;
  const FORM = 3;
  const OTHER = -1;

  class Context extends BaseContext {
    #area = 1;
    #resourceManager;
    #eventHub;

    constructor(module, kind) {
      super();
      owners.set(this, { module: module ?? '', kind: kind ?? OTHER });
    }

    get area() {
      return this.#area;
    }

    set area(mode) {
      if (!Number.isInteger(mode) || mode < 0 || mode > 4) {
        throw invalid('The area mode must be one of AreaMode.');
      }
      this.#area = mode;
    }

    #base() {
      const { module } = owners.get(this);
      const root = `/data/storage/el${this.#area + 1}/base`;
      return module ? `${root}/haps/${module}` : root;
    }

    get filesDir() {
      return process.ensureDirectory(`${this.#base()}/files`);
    }

    get cacheDir() {
      return process.ensureDirectory(`${this.#base()}/cache`);
    }

    get tempDir() {
      return process.ensureDirectory(`${this.#base()}/temp`);
    }

    get preferencesDir() {
      return process.ensureDirectory(`${this.#base()}/preferences`);
    }

    // The only one that is not below base/haps.
    get databaseDir() {
      const { module } = owners.get(this);
      const root = `/data/storage/el${this.#area + 1}/database`;
      return process.ensureDirectory(module ? `${root}/${module}` : root);
    }

    get bundleCodeDir() {
      return process.ensureDirectory('/data/storage/el1/bundle');
    }

    get resourceDir() {
      const { module } = owners.get(this);
      return module ? process.extractResfiles(module) : '';
    }

    get distributedFilesDir() {
      return process.ensureDirectory('/data/storage/el2/distributedfiles');
    }

    get cloudFileDir() {
      return process.ensureDirectory('/data/storage/el2/cloud');
    }

    get logFileDir() {
      return process.ensureDirectory('/data/storage/el2/log');
    }

    get processName() {
      return info.bundleName;
    }

    get applicationInfo() {
      return bundle.applicationInfo();
    }

    get resourceManager() {
      const { module } = owners.get(this);
      this.#resourceManager ??= system.require('@concord:resources').managerOf(module || bundle.main.name);
      return this.#resourceManager;
    }

    get eventHub() {
      this.#eventHub ??= new EventHub();
      return this.#eventHub;
    }

    getApplicationContext() {
      return application;
    }

    createModuleContext(first, second) {
      const [bundleName, module] = second === undefined ? [info.bundleName, first] : [first, second];
      if (typeof bundleName !== 'string' || typeof module !== 'string') {
        throw invalid('The bundle name and the module name must be strings.');
      }
      if (bundleName !== info.bundleName || !process.modules.has(module)) {
        throw invalid(`The module ${module} does not exist.`);
      }
      return new Context(module, OTHER);
    }

    createModuleResourceManager(bundleName, module) {
      if (bundleName !== info.bundleName || !process.modules.has(module)) {
        throw invalid(`The module ${module} does not exist.`);
      }
      return system.require('@concord:resources').managerOf(module);
    }

    createBundleContext() {
      throw new BusinessError(202, 'The application is not a system application.');
    }

    createSystemHspModuleResourceManager() {
      throw new BusinessError(16400001, 'The specified module is not a system HSP.');
    }

    createAreaModeContext(area) {
      const context = new Context(owners.get(this).module, OTHER);
      context.area = area;
      return context;
    }

    createDisplayContext(displayId) {
      if (!Number.isInteger(displayId)) {
        throw invalid('The display id must be an integer.');
      }
      return new Context(owners.get(this).module, OTHER);
    }

    isContextOf(type) {
      return owners.get(this).kind === type;
    }

    getGroupDir(group, callback) {
      if (typeof group !== 'string') {
        throw invalid('The group id must be a string.');
      }
      // Groups are granted by the signed profile; a package without one has none.
      return system.async(() => {
        throw new BusinessError(16000011, 'The context does not exist: the application has no data group of this id.');
      }, callback);
    }
  }

  class ApplicationContext extends Context {
    #lifecycle = new Map();
    #environment = new Map();
    #state = new Set();
    #nextId = 0;

    constructor() {
      super('', APPLICATION);
      process.configurationListeners.add((config) => {
        process.each(this.#environment.values(), (callback) => callback.onConfigurationUpdated?.(config));
      });
      Object.defineProperty(this, 'notify', {
        value: {
          lifecycle: (name, args) => process.each(this.#lifecycle.values(), (callback) => callback[name]?.(...args)),
          state: (name) => process.each(this.#state, (callback) => callback[name]?.()),
          memory: (level) => process.each(this.#environment.values(), (callback) => callback.onMemoryLevel?.(level)),
        },
      });
    }

    #map(type) {
      return { abilityLifecycle: this.#lifecycle, environment: this.#environment }[type];
    }

    on(type, callback) {
      if (callback === null || typeof callback !== 'object') {
        throw invalid('The callback must be an object.');
      }
      if (type === 'applicationStateChange') {
        this.#state.add(callback);
        return undefined;
      }
      const map = this.#map(type);
      if (!map) {
        throw invalid(`Unknown type ${String(type)}.`);
      }
      const id = this.#nextId++;
      map.set(id, callback);
      return id;
    }

    off(type, id, callback) {
      if (type === 'applicationStateChange') {
        if (id === undefined) {
          this.#state.clear();
        } else {
          this.#state.delete(id);
        }
        return undefined;
      }
      const map = this.#map(type);
      if (!map || !Number.isInteger(id)) {
        throw invalid('The type or the callback id is wrong.');
      }
      return system.async(() => {
        if (!map.delete(id)) {
          throw invalid(`There is no callback with the id ${id}.`);
        }
      }, callback);
    }

    registerAbilityLifecycleCallback(callback) {
      return this.on('abilityLifecycle', callback);
    }

    unregisterAbilityLifecycleCallback(id, callback) {
      return this.off('abilityLifecycle', id, callback);
    }

    registerEnvironmentCallback(callback) {
      return this.on('environment', callback);
    }

    unregisterEnvironmentCallback(id, callback) {
      return this.off('environment', id, callback);
    }

    getRunningProcessInformation(callback) {
      return system.async(() => [{
        pid: info.pid,
        uid: info.uid,
        processName: info.bundleName,
        bundleNames: [info.bundleName],
        state: manager().isForeground() ? 2 : 3,
        bundleType: 0,
        appCloneIndex: 0,
      }], callback);
    }

    getProcessRunningInformation(callback) {
      return this.getRunningProcessInformation(callback);
    }

    setColorMode(mode) {
      if (![-1, 0, 1].includes(mode)) {
        throw invalid('The color mode must be one of ColorMode.');
      }
      process.choose('colorMode', mode === -1 ? undefined : mode);
    }

    setLanguage(language) {
      if (typeof language !== 'string') {
        throw invalid('The language must be a string.');
      }
      process.choose('language', language || undefined);
    }

    setFont(font) {
      if (typeof font !== 'string') {
        throw invalid('The font must be a string.');
      }
      process.configure({ fontId: font });
    }

    setFontSizeScale(scale) {
      if (typeof scale !== 'number' || !(scale >= 0)) {
        throw invalid('The font size scale must be a number that is not negative.');
      }
      process.choose('fontSizeScale', scale);
    }

    killAllProcesses(first, second) {
      const callback = typeof first === 'function' ? first : second;
      return system.async(() => {
        system.later(() => process.exit(0));
      }, callback);
    }

    clearUpApplicationData(callback) {
      return system.async(() => {
        process.removeData();
        system.later(() => process.exit(0));
      }, callback);
    }

    restartApp() {
      throw new BusinessError(16000053, 'The ability is not on the top of the UI.');
    }

    setSupportedProcessCache(supported) {
      if (typeof supported !== 'boolean') {
        throw invalid('The argument must be a boolean.');
      }
    }

    getCurrentAppCloneIndex() {
      return 0;
    }

    getCurrentInstanceKey() {
      throw new BusinessError(16000078, 'The multi-instance is not supported.');
    }

    async getAllRunningInstanceKeys() {
      throw new BusinessError(16000078, 'The multi-instance is not supported.');
    }

    async getAllWindowStages() {
      return manager().stages();
    }

    async startSelfUIAbility(want) {
      await manager().start({ ...want, bundleName: info.bundleName }, {});
    }

    getUIAbilityByInstanceId(id) {
      return manager().byInstanceId(id);
    }
  }

  const application = new ApplicationContext();

  class AbilityStageContext extends Context {
    constructor(module) {
      super(module, STAGE);
    }

    get currentHapModuleInfo() {
      return bundle.hapModuleInfo(owners.get(this).module);
    }

    get config() {
      return { ...process.configuration };
    }
  }

  class ExtensionContext extends Context {
    constructor(module, extensionAbilityInfo, kind) {
      super(module, kind ?? OTHER);
      this.extensionAbilityInfo = extensionAbilityInfo;
    }

    get currentHapModuleInfo() {
      return bundle.hapModuleInfo(owners.get(this).module);
    }

    get config() {
      return { ...process.configuration };
    }
  }

  class FormExtensionContext extends ExtensionContext {
    constructor(module, extensionAbilityInfo) {
      super(module, extensionAbilityInfo, FORM);
    }

    startAbility(want, callback) {
      return system.async(() => manager().start(want, { caller: this }), callback);
    }
  }

  return {
    EventHub, BaseContext, Context, ApplicationContext, AbilityStageContext, ExtensionContext, FormExtensionContext,
    application, invalid, UI_ABILITY,
    moduleOf: (context) => owners.get(context)?.module,
  };
})
