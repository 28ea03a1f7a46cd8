// @concord:arkui/windows: windows without pixels. Sizes come from the device, setters are stored.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const contexts = system.require('@concord:arkui/ui-context');
  const pages = system.require('@concord:arkui/pages');
  const nodes = system.require('@concord:arkui/nodes');
  const { PageStack } = system.require('@concord:arkui/page-stack');
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

    constructor(name, type, context, rect, parent) {
      this.#name = name;
      this.#type = type;
      this.#context = context;
      this.#rect = rect;
      this.#parent = parent;
      this.#pages = new PageStack({
        root: () => this.#node(),
        module: () => this.#context.abilityInfo?.moduleName ?? this.#context.currentHapModuleInfo?.name,
        ui: () => this.#context_(),
      });
      windows.add(this);
      Object.defineProperty(this, 'internal', { value: {
        show: () => this.#show(), hide: () => this.#hide(), destroy: () => this.#destroy(),
        emit: (...args) => this.#events.emit(...args), name, context, isShown: () => this.#shown, parent,
        open: (url, storage, named) => this.#open(url, storage, named), state: this.#state, pages: this.#pages,
        root: () => this.#node(),
        inherit: (ui) => { this.#ui ??= ui; },
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
        this.#events.emit('windowEvent', enums.WindowEventType.WINDOW_INACTIVE);
        this.#events.emit('windowEvent', enums.WindowEventType.WINDOW_HIDDEN);
        this.#events.emit('windowVisibilityChange', false);
      }
    }

    #destroy() {
      if (this.#alive) {
        this.#hide();
        this.#closePage();
        this.#events.emit('windowEvent', enums.WindowEventType.WINDOW_DESTROYED);
        this.#alive = false;
        windows.delete(this);
      }
    }

    #closePage() {
      this.#pages.destroy();
      if (this.#root !== undefined) {
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
      this.#root ??= nodes.createWindow(this.#rect.width, this.#rect.height);
      return this.#root;
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
      const none = () => ({ left: 0, top: 0, width: 0, height: 0 });
      return { visible: false, leftRect: none(), topRect: none(), rightRect: none(), bottomRect: none() };
    }

    getWindowAvoidAreaIgnoringVisibility(type) {
      return this.getWindowAvoidArea(type);
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
      if (this.#type === enums.WindowType.TYPE_MAIN && device.deviceType !== '2in1') {
        return;
      }
      const before = this.#rect;
      this.#rect = { ...before, ...change };
      this.#events.emit('windowRectChange', { rect: { ...this.#rect }, reason: 0 });
      if (before.width !== this.#rect.width || before.height !== this.#rect.height) {
        if (this.#root !== undefined) {
          nodes.resizeWindow(this.#root, this.#rect.width, this.#rect.height);
        }
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

    snapshot(callback) {
      return system.async(() => {
        throw new BusinessError(801, 'Capability not supported: windows have no pixels yet.');
      }, coded(callback));
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

  // Setters that only keep a property.
  const PROPERTIES = {
    setWindowLayoutFullScreen: 'isLayoutFullScreen', setLayoutFullScreen: 'isLayoutFullScreen', setFullScreen: 'isFullScreen',
    setWindowKeepScreenOn: 'isKeepScreenOn', setKeepScreenOn: 'isKeepScreenOn', setWindowBrightness: 'brightness',
    setBrightness: 'brightness', setWindowFocusable: 'focusable', setFocusable: 'focusable', setWindowTouchable: 'touchable',
    setTouchable: 'touchable', setDimBehind: 'dimBehindValue',
  };
  for (const [method, property] of Object.entries(PROPERTIES)) {
    define(method, function set(value, callback) {
      if (typeof value !== typeof this.internal.state[property]) {
        throw invalid(`${method} needs a ${typeof this.internal.state[property]}.`);
      }
      return system.async(() => {
        this.getWindowProperties();
        this.internal.state[property] = value;
      }, coded(callback));
    });
  }
  // Accepted without effect: there is nothing to be seen.
  for (const method of ['setWindowSystemBarEnable', 'setSystemBarEnable', 'setSpecificSystemBarEnabled',
    'setWindowSystemBarProperties', 'setSystemBarProperties', 'setStatusBarColor', 'setGestureBackEnabled', 'minimize',
    'maximize', 'recover', 'restore', 'setAspectRatio', 'resetAspectRatio', 'raiseToAppTop', 'setWindowTopmost',
    'setWindowTitle', 'setWindowTitleMoveEnabled', 'setSubWindowModal', 'requestFocus', 'setWindowCornerRadius', 'startMoving',
    'stopMoving', 'enableLandscapeMultiWindow', 'disableLandscapeMultiWindow', 'setWindowGrayScale', 'setWindowMask',
    'setResizeByDragEnabled', 'setDialogBackGestureEnabled', 'setSystemAvoidAreaEnabled', 'setRaiseByClickEnabled',
    'setSupportedWindowModes', 'setExclusivelyHighlighted', 'setRotationLocked', 'hideNonSystemFloatingWindows']) {
    define(method, function accept(...args) {
      return system.async(() => void this.getWindowProperties(), coded(lastFunction(args)));
    });
  }
  for (const method of ['setWindowDecorVisible', 'setWindowDecorHeight', 'setDecorButtonStyle', 'setDefaultDensityEnabled',
    'setImmersiveModeEnabledState', 'keepKeyboardOnFocus', 'setWindowContainerColor', 'setShadow', 'setWindowShadowRadius',
    'setBlur', 'setCornerRadius', 'opacity', 'scale', 'rotate', 'translate', 'setWindowTitleButtonVisible']) {
    define(method, function accept() {
      this.getWindowProperties();
    });
  }
  for (const [method, value] of Object.entries({ isGestureBackEnabled: true, isSystemAvoidAreaEnabled: true,
    getWindowDecorVisible: false, getWindowDecorHeight: 0, isWindowHighlighted: true, isImmersiveLayout: false,
    getImmersiveModeEnabledState: false, isInFreeWindowMode: false, getWindowCornerRadius: 0, getRotationLocked: false })) {
    define(method, function constant() {
      this.getWindowProperties();
      return value;
    });
  }

  function define(name, f) {
    Object.defineProperty(Window.prototype, name, { value: f, writable: true, configurable: true, enumerable: false });
  }

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

  return { Window, WindowStage, windows, createStage, createSubWindow, invalid };
})
