// @concord:arkui/windows: windows and window stages. A main window fills the screen, others have a place on it.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const contexts = system.require('@concord:arkui/ui-context');
  const pages = system.require('@concord:arkui/pages');
  const nodes = system.require('@concord:arkui/nodes');
  const { PageStack } = system.require('@concord:arkui/page-stack');
  const screen = system.require('@concord:arkui/screen');
  const { SystemBars } = system.require('@concord:arkui/system-bars');
  const desktop = system.require('@concord:arkui/desktop');
  const enums = system.require('@concord:arkui/enums')('@ohos:window');
  const { device } = process.info;
  const { coded } = process;
  const BusinessError = system.BusinessError;

  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);
  const SHOWN = 1;
  const ACTIVE = 2;
  const INACTIVE = 3;
  const HIDDEN = 4;
  const RESUMED = 5;
  const PAUSED = 6;

  const windows = new Set();
  let nextId = 1;

  // Callbacks by event, as `on` and `off` keep them.
  class Events {
    #callbacks = new Map();

    on(type, callback) {
      if (typeof type !== 'string' || typeof callback !== 'function') {
        throw invalid('The type must be a string and the callback a function.');
      }
      this.#callbacks.set(type, [...(this.#callbacks.get(type) ?? []), callback]);
    }

    off(type, callback) {
      if (typeof type !== 'string') {
        throw invalid('The type must be a string.');
      }
      const rest = callback === undefined || callback === null
        ? [] : (this.#callbacks.get(type) ?? []).filter((member) => member !== callback);
      this.#callbacks.set(type, rest);
    }

    emit(type, ...args) {
      process.each(this.#callbacks.get(type) ?? [], (callback) => callback(...args));
    }
  }

  // `on('noInteractionDetected', timeout, callback)` has its callback last.
  const lastFunction = (args) => args.findLast((value) => typeof value === 'function');

  // What stands above the window of an ability.
  function labelOf(context) {
    const id = context.abilityInfo?.labelId || context.applicationInfo?.labelId;
    try {
      return id ? context.resourceManager.getStringSync(id) : process.info.bundleName;
    } catch {
      return process.info.bundleName;
    }
  }

  class Window {
    #name;
    #type;
    #context;
    #id = nextId++;
    #rect;
    #state = {
      isFullScreen: false, isLayoutFullScreen: false, focusable: true, touchable: true, brightness: -1, dimBehindValue: 0,
      isKeepScreenOn: false, isPrivacyMode: false, isRoundCorner: false, isTransparent: false,
    };
    #shown = false;
    #alive = true;
    #events = new Events();
    #ui;
    #root;
    #pages;
    #orientation = 0;
    #colorSpace = 0;
    #limits;
    #parent;
    #bars;

    constructor(name, type, context, rect, parent) {
      this.#name = name;
      this.#type = type;
      this.#context = context;
      this.#rect = rect;
      this.#parent = parent;
      this.#bars = new SystemBars(() => this.#rect, (type, area) => this.#events.emit('avoidAreaChange', { type, area }));
      this.#pages = new PageStack({
        root: () => this.#node(),
        module: () => this.#context.abilityInfo?.moduleName ?? this.#context.currentHapModuleInfo?.name,
        ui: () => this.#context_(),
      });
      windows.add(this);
      Object.defineProperty(this, 'internal', { value: {
        show: () => this.#show(), hide: () => this.#hide(), destroy: () => this.#destroy(),
        emit: (...args) => this.#events.emit(...args), name, context, isShown: () => this.#shown, isAlive: () => this.#alive, parent,
        open: (url, storage, named) => this.#open(url, storage, named), state: this.#state, pages: this.#pages,
        root: () => this.#node(),
        bars: (change) => this.#isMain && this.#bars.change(this.#root, change),
        setActive: (active) => this.#setActive(active),
        inherit: (ui) => { this.#ui ??= ui; }, fill: (rect) => this.#isMain && this.#setRect(rect),
      } });
    }

    #check() {
      if (!this.#alive) {
        throw new BusinessError(1300002, 'This window state is abnormal. Possible cause: the window is not created or destroyed.');
      }
    }

    #show() {
      if (!this.#shown) {
        this.#shown = true;
        this.#place();
        if (this.#isMain) {
          desktop.show(this, this.#node(), labelOf(this.#context), process.info.bundleName);
        }
        this.#events.emit('windowVisibilityChange', true);
        this.#events.emit('windowEvent', enums.WindowEventType.WINDOW_SHOWN);
        this.#events.emit('windowEvent', enums.WindowEventType.WINDOW_ACTIVE);
        this.#pages.setShown(true);
      }
    }

    #hide() {
      if (this.#shown) {
        this.#shown = false;
        this.#pages.setShown(false);
        this.#place();
        this.#events.emit('windowEvent', enums.WindowEventType.WINDOW_INACTIVE);
        this.#events.emit('windowEvent', enums.WindowEventType.WINDOW_HIDDEN);
        this.#events.emit('windowVisibilityChange', false);
      }
    }

    // The window gets or loses the keyboard of a desktop.
    #setActive(active) {
      const { WINDOW_ACTIVE, WINDOW_INACTIVE } = enums.WindowEventType;
      this.#events.emit('windowEvent', active ? WINDOW_ACTIVE : WINDOW_INACTIVE);
    }

    #destroy() {
      if (this.#alive) {
        this.#hide();
        this.#closePage();
        this.#events.emit('windowEvent', enums.WindowEventType.WINDOW_DESTROYED);
        this.#alive = false;
        windows.delete(this);
        contexts.forget(this.#ui);
      }
    }

    #closePage() {
      this.#pages.destroy();
      if (this.#root !== undefined) {
        desktop.forget(this.#root);
        nodes.remove(this.#root);
        this.#root = undefined;
      }
    }

    #context_() {
      this.#ui ??= contexts.make(this.#context, () => this.#pages.top?.storage, () => this);
      return this.#ui;
    }

    #open(url, storage, named) {
      this.#check();
      this.#pages.load(url, storage, named);
    }

    // The node that the window's pages and overlays are in.
    #node() {
      if (this.#root === undefined) {
        this.#root = nodes.createWindow(this.#rect.width, this.#rect.height);
        if (this.#isMain) {
          this.#bars.apply(this.#root);
        }
        this.#place();
        this.#paint();
      }
      return this.#root;
    }

    get #isMain() {
      return this.#type === enums.WindowType.TYPE_MAIN;
    }

    // Where the root is on the screen. A window that is not the main one is nowhere until it is shown.
    #place() {
      if (this.#root !== undefined) {
        const { left, top, width, height } = this.#rect;
        const visible = this.#shown || this.#isMain;
        nodes.call(this.#root, 'visibility', visible ? 0 : 2);
        nodes.moveWindow(this.#root, left, top);
        nodes.resizeWindow(this.#root, visible ? width : 0, visible ? height : 0);
      }
    }

    #paint() {
      if (this.#root !== undefined && this.#state.backgroundColor !== undefined) {
        nodes.call(this.#root, 'backgroundColor', this.#state.backgroundColor);
      }
    }

    loadContent(path, first, second) {
      return loadContent(this, path, first, second, false);
    }

    loadContentByName(name, first, second) {
      return loadContent(this, name, first, second, true);
    }

    setUIContent(path, callback) {
      return loadContent(this, path, callback, undefined, false);
    }

    getUIContext() {
      this.#check();
      return this.#context_();
    }

    getWindowProperties() {
      this.#check();
      return {
        ...this.#state,
        windowRect: { ...this.#rect },
        drawableRect: { left: 0, top: 0, width: this.#rect.width, height: this.#rect.height },
        globalDisplayRect: { ...this.#rect },
        type: this.#type,
        id: this.#id,
        displayId: 0,
        name: this.#name,
      };
    }

    getProperties(callback) {
      return system.async(() => this.getWindowProperties(), coded(callback));
    }

    getGlobalRect() {
      this.#check();
      return { ...this.#rect };
    }

    getWindowDensityInfo() {
      return { systemDensity: device.density, defaultDensity: device.density, customDensity: -1 };
    }

    getWindowAvoidArea(type) {
      this.#check();
      if (!Object.values(enums.AvoidAreaType).includes(type)) {
        throw invalid('The type must be one of AvoidAreaType.');
      }
      if (type === enums.AvoidAreaType.TYPE_KEYBOARD) {
        return system.require('@concord:arkui/keyboard').areaOf(this);
      }
      return this.#isMain ? this.#bars.area(type) : new SystemBars(() => this.#rect, () => {}).area(-1);
    }

    getWindowAvoidAreaIgnoringVisibility(type) {
      return this.#isMain ? this.#bars.area(type, true) : this.getWindowAvoidArea(type);
    }

    getAvoidArea(type, callback) {
      return system.async(() => this.getWindowAvoidArea(type), coded(callback));
    }

    isWindowShowing() {
      this.#check();
      return this.#shown;
    }

    isShowing(callback) {
      return system.async(() => this.isWindowShowing(), coded(callback));
    }

    isFocused() {
      return this.#shown;
    }

    showWindow(first) {
      return this.#change(() => this.#show(), first);
    }

    show(callback) {
      return this.showWindow(callback);
    }

    hide(callback) {
      return this.#change(() => this.#hide(), callback);
    }

    destroyWindow(callback) {
      return this.#change(() => this.#destroy(), callback);
    }

    destroy(callback) {
      return this.destroyWindow(callback);
    }

    #change(f, callback) {
      return system.async(() => {
        this.#check();
        f();
      }, coded(callback));
    }

    moveWindowTo(left, top, callback) {
      if (typeof left !== 'number' || typeof top !== 'number') {
        throw invalid('The position must be two numbers.');
      }
      return this.#change(() => this.#resize({ left, top }), callback);
    }

    moveWindowToAsync(left, top) {
      return this.moveWindowTo(left, top);
    }

    moveWindowToGlobal(left, top) {
      return this.moveWindowTo(left, top);
    }

    resize(width, height, callback) {
      if (!(width > 0) || !(height > 0)) {
        throw invalid('The size must be two positive numbers.');
      }
      return this.#change(() => this.#resize({ width, height }), callback);
    }

    resizeAsync(width, height) {
      return this.resize(width, height);
    }

    // The main window of a device with one window fills the screen.
    #resize(change) {
      if (!this.#isMain || device.deviceType === '2in1') {
        this.#setRect(change);
      }
    }

    #setRect(change) {
      const before = this.#rect;
      this.#rect = { ...before, ...change };
      this.#place();
      this.#events.emit('windowRectChange', { rect: { ...this.#rect }, reason: 0 });
      if (before.width !== this.#rect.width || before.height !== this.#rect.height) {
        this.#events.emit('windowSizeChange', { width: this.#rect.width, height: this.#rect.height });
      }
    }

    setWindowPrivacyMode(mode, callback) {
      const declared = process.info.modules.some((module) =>
        (module.tree.module.requestPermissions ?? []).some(({ name }) => name === 'ohos.permission.PRIVACY_WINDOW'));
      return this.#change(() => {
        if (!declared) {
          throw new BusinessError(201, 'Permission verification failed: ohos.permission.PRIVACY_WINDOW.');
        }
        this.#state.isPrivacyMode = mode === true;
      }, coded(callback));
    }

    setPreferredOrientation(orientation, callback) {
      if (typeof orientation !== 'number') {
        throw invalid('The orientation must be a number.');
      }
      return this.#change(() => {
        this.#orientation = orientation;
        if (this.#isMain) {
          screen.prefer(orientation);
        }
      }, coded(callback));
    }

    getPreferredOrientation() {
      this.#check();
      return this.#orientation;
    }

    setWindowColorSpace(space, callback) {
      return this.#change(() => {
        this.#colorSpace = space;
      }, coded(callback));
    }

    getWindowColorSpace() {
      this.#check();
      return this.#colorSpace;
    }

    isWindowSupportWideGamut(callback) {
      return system.async(() => false, coded(callback));
    }

    setWindowBackgroundColor(color) {
      this.#check();
      if (typeof color === 'string' && !/^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$/.test(color)) {
        throw invalid('The color must be #RRGGBB or #AARRGGBB.');
      }
      this.#state.backgroundColor = color;
      this.#paint();
    }

    getWindowStatus() {
      this.#check();
      return enums.WindowStatusType.FULL_SCREEN;
    }

    getWindowLimits() {
      return this.#limits ?? { maxWidth: device.width, maxHeight: device.height, minWidth: 320, minHeight: 240 };
    }

    async setWindowLimits(limits) {
      this.#limits = { ...this.getWindowLimits(), ...limits };
      return this.getWindowLimits();
    }

    getWindowSystemBarProperties() {
      return { statusBarColor: '#00000000', statusBarContentColor: '#FF000000', isStatusBarLightIcon: false,
        navigationBarColor: '#00000000', navigationBarContentColor: '#FF000000', isNavigationBarLightIcon: false };
    }

    createSubWindowWithOptions(name) {
      return createSubWindow(this, name, this.#context);
    }

    getParentWindow() {
      return this.#parent;
    }

    // What the window shows now, as a PixelMap.
    snapshot(callback) {
      return system.async(() => this.snapshotSync(), coded(callback));
    }

    snapshotSync() {
      this.#check();
      const taken = nodes.snapshot(this.#node());
      if (taken === undefined) {
        throw new BusinessError(1300002, 'This window state is abnormal. The window is not shown.');
      }
      return system.require('@concord:arkui/pixels').fromRgba(taken.width, taken.height, taken.pixels, { editable: true });
    }

    on(type, ...args) {
      this.#check();
      this.#events.on(type, lastFunction(args));
    }

    off(type, ...args) {
      this.#check();
      this.#events.off(type, lastFunction(args));
    }
  }

  system.require('@concord:arkui/window-properties')(Window, { invalid, lastFunction });

  function loadContent(window, url, first, second, named) {
    if (typeof url !== 'string') {
      throw invalid('The page must be a string.');
    }
    const storage = first !== null && typeof first === 'object' ? first : undefined;
    const callback = [first, second].find((value) => typeof value === 'function');
    return system.async(() => window.internal.open(url, storage, named), coded(callback));
  }

  function createSubWindow(parent, name, context) {
    if (typeof name !== 'string') {
      throw invalid('The name must be a string.');
    }
    if ([...windows].some((window) => window.internal.name === name)) {
      throw new BusinessError(1300002, `This window state is abnormal. The window ${name} already exists.`);
    }
    return new Window(name, enums.WindowType.TYPE_APP, context, { left: 0, top: 0, width: device.width, height: device.height },
      parent);
  }

  class WindowStage {
    #events = new Events();
    #main;
    #context;

    constructor(context, name) {
      this.#context = context;
      this.#main = new Window(name, enums.WindowType.TYPE_MAIN, context,
        { left: 0, top: 0, width: device.width, height: device.height });
      Object.defineProperty(this, 'internal', { value: { main: this.#main, events: this.#events } });
    }

    getMainWindowSync() {
      return this.#main;
    }

    getMainWindow(callback) {
      return system.async(() => this.#main, coded(callback));
    }

    loadContent(path, first, second) {
      return loadContent(this.#main, path, first, second, false);
    }

    loadContentByName(name, first, second) {
      return loadContent(this.#main, name, first, second, true);
    }

    createSubWindow(name, callback) {
      return system.async(() => createSubWindow(this.#main, name, this.#context), coded(callback));
    }

    async createSubWindowWithOptions(name) {
      return createSubWindow(this.#main, name, this.#context);
    }

    getSubWindow(callback) {
      return system.async(() => [...windows].filter((window) => window.internal.parent === this.#main), coded(callback));
    }

    on(type, callback) {
      this.#events.on(type, callback);
    }

    off(type, callback) {
      this.#events.off(type, callback);
    }

    async releaseUIContent() {}

    async setWindowModal() {}

    async setWindowRectAutoSave() {}

    async isWindowRectAutoSave() {
      return false;
    }

    async setSupportedWindowModes() {}

    async setImageForRecent() {}

    async removeImageForRecent() {}

    async removeStartingWindow() {}

    disableWindowDecor() {}

    setShowOnLockScreen() {
      throw new BusinessError(202, 'Permission verification failed. A non-system application calls a system API.');
    }

    setDefaultDensityEnabled() {}

    setCustomDensity() {}
  }

  // What the application model asks for; see WindowHost.
  function createStage({ context, ability, id }) {
    const stage = new WindowStage(context, `${ability}${id}`);
    const { main, events } = stage.internal;
    const emit = (event) => events.emit('windowStageEvent', event);
    return {
      stage,
      foreground() {
        const shown = main.internal.isShown();
        main.internal.show();
        if (!shown) {
          emit(SHOWN);
        }
        emit(ACTIVE);
        emit(RESUMED);
      },
      background() {
        emit(INACTIVE);
        emit(PAUSED);
        main.internal.hide();
        emit(HIDDEN);
      },
      configuration() {},
      destroy() {
        for (const window of [...windows].filter((member) => member.internal.parent === main)) {
          window.internal.destroy();
        }
        main.internal.destroy();
      },
    };
  }

  // Main windows follow the screen.
  screen.onResize(() => {
    for (const window of [...windows]) {
      window.internal.fill({ left: 0, top: 0, width: device.width, height: device.height });
    }
  });

  return { Window, WindowStage, windows, createStage, createSubWindow, invalid };
})
