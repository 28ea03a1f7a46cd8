// @concord:arkui/windows: windows. A main window fills the screen, others have a place on it; on a desktop they are free, or lie in a
// free one.
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
  const Wakefulness = system.require('@concord:arkui/wakefulness');
  const input = system.require('@concord:arkui/input');
  const { iconOf } = system.require('@concord:arkui/ability-window');
  const enums = system.require('@concord:arkui/enums')('@ohos:window');
  const { device } = process.info;
  const { coded } = process;
  const { Events, invalid } = system.require('@concord:arkui/window-events');
  const BusinessError = system.BusinessError;

  const windows = new Set();
  let nextId = 1;

  // `on('noInteractionDetected', timeout, callback)` has its callback last.
  const lastFunction = (args) => args.findLast((value) => typeof value === 'function');

  // RectChangeReason
  const UNDEFINED = 0;
  const BY_MAXIMIZE = 1;
  const BY_RECOVER = 2;
  const BY_MOVE = 3;
  const BY_DRAG = 4;

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
    #turned = false;
    #colorSpace = 0;
    // What the app has said of them, in px.
    #limits = {};
    #parent;
    #bars;
    #wakefulness = new Wakefulness();
    // {title, decorEnabled, modal, limits, start, activated, closing}: of free windows.
    #options;
    // With a place of its own on a display.
    #free;
    // The window that it is drawn into when it has none; undefined without a display.
    #below;
    #active = false;
    #status = enums.WindowStatusType.FULL_SCREEN;
    // The app has asked for another size itself.
    #resizing = false;

    constructor(name, type, context, rect, parent, options = {}) {
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
      this.#options = options;
      this.#free = desktop.on && this.#isFree;
      this.#below = desktop.on && !this.#free ? this.#hostWindow() : undefined;
      this.#free ||= desktop.on && this.#below === undefined;
      windows.add(this);
      Object.defineProperty(this, 'internal', { value: {
        isMain: this.#isMain, isFree: this.#free, show: () => this.#show(), hide: () => this.#hide(), destroy: () => this.#destroy(),
        placed: (placement, density, minimized) => this.#placed(placement, density, minimized), close: () => this.#close(),
        setTitle: (title) => this.#setTitle(title), lift: () => this.#options.start?.lift(),
        emit: (...args) => this.#events.emit(...args), name, context, isShown: () => this.#shown, isAlive: () => this.#alive, parent,
        open: (url, storage, named) => this.#open(url, storage, named), state: this.#state, pages: this.#pages,
        root: () => this.#node(), rect: () => this.#rect, below: this.#below,
        bars: (change) => this.#isMain && this.#bars.change(this.#root, change),
        wakefulness: this.#wakefulness,
        inherit: (ui) => { this.#ui ??= ui; }, fill: (rect) => this.#isMain && this.#setRect(rect),
      } });
    }

    #check() {
      if (!this.#alive) {
        throw new BusinessError(1300002, 'This window state is abnormal. Possible cause: the window is not created or destroyed.');
      }
    }

    // Free are main windows, those with a frame, and those that belong to no other window.
    get #isFree() {
      return this.#isMain || this.#options.decorEnabled === true ||
        [enums.WindowType.TYPE_FLOAT, enums.WindowType.TYPE_DIALOG].includes(this.#type);
    }

    // The free window that another one is drawn into.
    #hostWindow() {
      const main = [...windows].filter((window) => window.internal.isMain);
      const over = this.#parent ?? main.find((window) => window.internal.context === this.#context) ?? main.at(-1);
      return over?.internal.isFree === false ? over.internal.below : over;
    }

    #show() {
      if (!this.#shown) {
        this.#shown = true;
        this.#place();
        this.#open_();
        this.#wakefulness.show(true);
        this.#events.emit('windowVisibilityChange', true);
        this.#events.emit('windowEvent', enums.WindowEventType.WINDOW_SHOWN);
        // A free window is active when the desktop says so.
        if (!this.#free) {
          this.#setActive(true);
        }
        this.#pages.setShown(true);
      } else if (this.#free) {
        desktop.raise(this.#node());
      }
    }

    // Gives it its place on the display.
    #open_() {
      if (this.#free) {
        const { title, decorEnabled, modal, limits, start } = this.#options;
        const { width, height } = this.#rect;
        const framed = this.#isMain || decorEnabled === true;
        if (start?.handOver(this, this.#node())) {
          desktop.setTitle(this.#node(), title);
        } else {
          desktop.show(this, this.#node(), {
            title: title ?? this.#name, width: width / device.density, height: height / device.density, framed, modal,
            transparent: !framed, parent: this.#parent?.internal.root(), ...limits,
          });
        }
        if (this.#isMain) {
          desktop.setIcon(this.#node(), () => iconOf(this.#context.abilityInfo));
        }
      } else if (this.#below) {
        desktop.compose(this.#node(), this.#below.internal.root());
      }
    }

    #hide() {
      if (this.#shown) {
        this.#shown = false;
        this.#pages.setShown(false);
        this.#place();
        this.#setActive(false);
        this.#events.emit('windowEvent', enums.WindowEventType.WINDOW_HIDDEN);
        this.#wakefulness.show(false);
        this.#events.emit('windowVisibilityChange', false);
        // A main window that is in the background is minimised.
        if (this.#free && !this.#isMain) {
          desktop.hide(this.#node());
        }
      }
    }

    #setActive(active) {
      if (this.#active !== active) {
        this.#active = active;
        const { WINDOW_ACTIVE, WINDOW_INACTIVE } = enums.WindowEventType;
        this.#events.emit('windowEvent', active ? WINDOW_ACTIVE : WINDOW_INACTIVE);
        // The stage of another one tells by itself.
        if (this.#free) {
          this.#options.activated?.(active);
        }
      }
    }

    // The desktop shows it like this from now on; see `desktop.js`.
    #placed(placement, density, minimized) {
      const { WindowStatusType } = enums;
      const before = this.#status;
      const status = minimized ? WindowStatusType.MINIMIZE : placement.fullscreen ? WindowStatusType.FULL_SCREEN
        : placement.maximized ? WindowStatusType.MAXIMIZE : WindowStatusType.FLOATING;
      this.#status = status;
      const reason = status === WindowStatusType.MAXIMIZE ? BY_MAXIMIZE : before === WindowStatusType.MAXIMIZE ? BY_RECOVER
        : this.#resizing ? UNDEFINED : BY_DRAG;
      this.#setRect({ width: Math.round(placement.width * density), height: Math.round(placement.height * density) }, reason);
      if (status !== before) {
        this.#events.emit('windowStatusChange', status);
      }
      if (this.#shown) {
        this.#setActive(placement.active);
      }
    }

    // Somebody wants it gone: the app may keep it.
    async #close() {
      const asked = this.#isMain ? [...(this.#options.closing?.() ?? []), ...this.#events.ask('windowWillClose')]
        : this.#events.ask('subWindowClose');
      const stays = await Promise.all(asked);
      if (stays.includes(true) || !this.#alive) {
        return;
      }
      if (this.#isMain) {
        this.#context.terminateSelf?.();
      } else {
        this.#destroy();
      }
    }

    #setTitle(title) {
      this.#options.title = title;
      if (this.#root !== undefined) {
        desktop.setTitle(this.#root, title);
      }
    }

    #destroy() {
      if (this.#alive) {
        this.#hide();
        this.#closePage();
        this.#options.start?.drop();
        this.#wakefulness.set(false);
        this.#events.emit('windowEvent', enums.WindowEventType.WINDOW_DESTROYED);
        this.#alive = false;
        windows.delete(this);
        contexts.forget(this.#ui);
      }
    }

    #closePage() {
      this.#pages.destroy();
      if (this.#root !== undefined) {
        desktop.hide(this.#root);
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
      const { start } = this.#options;
      if (start && !start.own) {
        const end = input.onShown(() => {
          end();
          start.lift();
        });
      }
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
        const { width, height } = this.#rect;
        const visible = this.#shown || this.#isMain;
        nodes.call(this.#root, 'visibility', visible ? 0 : 2);
        const { left, top } = this.#origin();
        nodes.moveWindow(this.#root, left, top);
        nodes.resizeWindow(this.#root, visible ? width : 0, visible ? height : 0);
      }
    }

    // Where it is drawn: a free window has a picture of its own, others lie in one.
    #origin() {
      const around = this.#free ? this.#rect : this.#below?.internal.rect() ?? { left: 0, top: 0 };
      return { left: this.#rect.left - around.left, top: this.#rect.top - around.top };
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
        displayId: this.#displayId(),
        name: this.#name,
      };
    }

    // The number of the display that it is on, as `@ohos.display` counts them.
    #displayId() {
      return system.require('@concord:arkui/displays').of(this.#below?.internal.root() ?? this.#root);
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
      return desktop.on && this.#free ? this.#active : this.#shown;
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

    // The main window of a device with one window fills the screen. A desktop decides where free windows are and does not tell:
    // what the app says is believed, so that places of windows among each other are right.
    #resize(change) {
      if (!this.#isMain || device.freeWindows) {
        if (this.#free && 'width' in change) {
          this.#resizing = true;
          desktop.resize(this.#node(), change.width, change.height);
          this.#resizing = false;
          if (desktop.placementOf(this.#node()) !== undefined) {
            return;
          }
        }
        this.#setRect(change, 'left' in change ? BY_MOVE : UNDEFINED);
      }
    }

    #setRect(change, reason = UNDEFINED) {
      const before = this.#rect;
      this.#rect = { ...before, ...change };
      if (JSON.stringify(before) === JSON.stringify(this.#rect)) {
        return;
      }
      this.#place();
      this.#events.emit('windowRectChange', { rect: { ...this.#rect }, reason });
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
        if (this.#isMain && desktop.on) {
          this.#turn(screen.isWide(orientation));
        } else if (this.#isMain) {
          screen.prefer(orientation);
        }
      }, coded(callback));
    }

    // A window of a desktop cannot be turned: its sides change places, until the app asks for nothing any more.
    #turn(wide) {
      const { width, height } = this.#rect;
      const turns = wide === undefined ? this.#turned : wide !== width > height;
      if (turns && this.#status === enums.WindowStatusType.FLOATING) {
        this.#turned = !this.#turned;
        this.#resize({ width: height, height: width });
      }
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
      return this.#status;
    }

    getWindowLimits() {
      return { maxWidth: device.width, maxHeight: device.height, minWidth: 320, minHeight: 240, ...this.#limits };
    }

    async setWindowLimits(limits) {
      this.#check();
      this.#limits = { ...this.#limits, ...limits };
      if (this.#free) {
        const vp = Object.entries(this.#limits).map(([name, px]) => [name, px > 0 ? px / device.density : 0]);
        this.#options.limits = { ...this.#options.limits, ...Object.fromEntries(vp) };
        desktop.limit(this.#node(), this.#options.limits);
      }
      return this.getWindowLimits();
    }

    getWindowSystemBarProperties() {
      return { statusBarColor: '#00000000', statusBarContentColor: '#FF000000', isStatusBarLightIcon: false,
        navigationBarColor: '#00000000', navigationBarContentColor: '#FF000000', isNavigationBarLightIcon: false };
    }

    async createSubWindowWithOptions(name, options) {
      return createSubWindow(this, name, this.#context, options);
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

  // `options` as in `SubWindowOptions`.
  function createSubWindow(parent, name, context, options = {}, type = enums.WindowType.TYPE_APP) {
    if (typeof name !== 'string') {
      throw invalid('The name must be a string.');
    }
    if ([...windows].some((window) => window.internal.name === name)) {
      throw new BusinessError(1300002, `This window state is abnormal. The window ${name} already exists.`);
    }
    const { left, top, width, height } = parent?.internal.rect() ?? { left: 0, top: 0, width: device.width, height: device.height };
    const free = { title: options.title ?? name, decorEnabled: options.decorEnabled === true, modal: options.isModal === true };
    return new Window(name, type, context, { left, top, width, height, ...options.windowRect }, parent, free);
  }

  // Main windows follow the screen, unless people size them.
  screen.onResize(() => {
    for (const window of desktop.on ? [] : [...windows]) {
      window.internal.fill({ left: 0, top: 0, width: device.width, height: device.height });
    }
  });

  return { Window, windows, loadContent, createSubWindow, invalid };
})
