// @concord:arkui/ui-context: UIContext, what an app asks of the user interface of one window; and which one is at work.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const units = system.require('@concord:arkui/units');
  const services = system.require('@concord:arkui/context-services');
  const lazy = (request) => () => system.require(request);
  const nodes = lazy('@concord:arkui/nodes');
  const inspector = lazy('@concord:arkui/inspector');
  const tabBars = lazy('@concord:arkui/tab-bars');
  const sheets = lazy('@concord:arkui/overlays/content-sheets');
  const { BusinessError } = system;
  const { device } = process.info;

  // UIContext → what gives its window.
  const windows = new WeakMap();
  // Those of windows, in the order in which they were made.
  const all = [];
  let nextId = 1;
  let currentContext;

  const frameNode = (node) => system.require('@concord:arkui/frame-node').frameNodeOf(node) ?? null;

  class UIContext {
    #id = nextId++;
    #context;
    #storage;
    #window;
    // What is handed out, by the name of the method: the same object each time.
    #services = new Map();
    #avoidMode = 0;
    #roundMode = 0;
    #overlayOptions = { renderRootOverlay: true, enableBackPressedEvent: false };

    // `window` gives the window that the context is of, if any; `storage` the LocalStorage of its page.
    constructor(context, storage, window) {
      this.#context = context;
      this.#storage = storage;
      this.#window = window;
      windows.set(this, window);
    }

    service_(name, make) {
      if (!this.#services.has(name)) {
        this.#services.set(name, make());
      }
      return this.#services.get(name);
    }

    // --- which one

    static getCallingScopeUIContext() {
      return currentContext;
    }

    static getLastFocusedUIContext() {
      return all.findLast((ui) => windowOf(ui)?.internal.isShown());
    }

    static getLastForegroundUIContext() {
      return UIContext.getLastFocusedUIContext();
    }

    static getAllUIContexts() {
      return all.filter((ui) => windowOf(ui) !== undefined);
    }

    static resolveUIContext() {
      return currentContext ?? UIContext.getLastFocusedUIContext();
    }

    static createUIContextWithoutWindow(context) {
      return make(context);
    }

    static destroyUIContextWithoutWindow() {}

    static setResourceManagerCacheMaxCountForHSP() {}

    isAvailable() {
      return this.#window === undefined || windowOf(this)?.internal.isAlive() === true;
    }

    getId() {
      return this.#id;
    }

    getHostContext() {
      return this.#context;
    }

    getSharedLocalStorage() {
      return this.#storage?.();
    }

    getWindowName() {
      return windowOf(this)?.internal.name;
    }

    getWindowId() {
      return windowOf(this)?.getWindowProperties().id;
    }

    isEasySplit() {
      return false;
    }

    // The pages of the window, for components that want back presses.
    pageStack_() {
      return windowOf(this)?.internal.pages;
    }

    // --- services

    getRouter() {
      return this.service_('router', () => system.require('@ohos:router').of(this.#window));
    }

    getPromptAction() {
      return this.service_('prompt', () => new (system.require('@concord:arkui/overlays/prompt-action').PromptAction)(this));
    }

    getDialogPresenter() {
      return this.service_('presenter', () => new services.DialogPresenter(this));
    }

    getOverlayManager() {
      return this.service_('overlays', () => new (system.require('@concord:arkui/overlays/overlay-manager').OverlayManager)(this));
    }

    getUIObserver() {
      return this.service_('observer', () => new (system.require('@concord:arkui/observer').UIObserver)(this));
    }

    getFocusController() {
      return this.service_('focus', () => new (system.require('@concord:arkui/focus').FocusController)());
    }

    getMediaQuery() {
      return system.require('@ohos:mediaquery');
    }

    getFont() {
      return system.require('@ohos:font');
    }

    getMeasureUtils() {
      return system.require('@ohos:measure');
    }

    getComponentSnapshot() {
      return system.require('@ohos:arkui.componentSnapshot');
    }

    createAnimator(options) {
      return system.require('@ohos:animator').create(options);
    }

    requireDynamicSyncScene() {
      return [];
    }

    // --- dialogs and sheets

    showAlertDialog(options) {
      system.require('@concord:arkui/overlays/alert-dialog').show(this, options);
    }

    showActionSheet(options) {
      system.require('@concord:arkui/overlays/action-sheet').show(this, options);
    }

    showDatePickerDialog(options) {
      system.require('@concord:arkui/overlays/picker-dialogs').show(this, 'DatePicker', options);
    }

    showTimePickerDialog(options) {
      system.require('@concord:arkui/overlays/picker-dialogs').show(this, 'TimePicker', options);
    }

    showTextPickerDialog(options) {
      system.require('@concord:arkui/overlays/picker-dialogs').show(this, 'TextPicker', options);
    }

    openBindSheet(content, options, targetId) {
      return system.async(() => sheets().open(this, content, options, targetId));
    }

    updateBindSheet(content, options, partialUpdate) {
      return system.async(() => sheets().update(content, options, partialUpdate));
    }

    closeBindSheet(content) {
      return system.async(() => sheets().close(content));
    }

    setOverlayManagerOptions(options) {
      this.#overlayOptions = { ...this.#overlayOptions, ...options };
      return true;
    }

    getOverlayManagerOptions() {
      return { ...this.#overlayOptions };
    }

    // --- the tree

    getFilteredInspectorTree(filters) {
      return inspector().getFilteredInspectorTree(filters);
    }

    getFilteredInspectorTreeById(id, depth, filters) {
      return inspector().getFilteredInspectorTreeById(id, depth, filters);
    }

    getFrameNodeById(id) {
      return frameNode(nodes().findByKey(String(id)));
    }

    getAttachedFrameNodeById(id) {
      return this.getFrameNodeById(id);
    }

    getFrameNodeByUniqueId(id) {
      return frameNode(nodes().byElmtId(id));
    }

    getPageRootNode() {
      const page = this.pageStack_()?.top?.view?.node_;
      return page === undefined ? null : frameNode(page);
    }

    // What pages a node lies in.
    getPageInfoByUniqueId(id) {
      const view = viewAround(id);
      return view ? { routerPageInfo: view.queryRouterPageInfo?.(), navDestinationInfo: view.queryNavDestinationInfo?.() } : {};
    }

    getNavigationInfoByUniqueId(id) {
      return viewAround(id)?.queryNavigationInfo?.();
    }

    // --- tabs whose bar goes away while something scrolls

    bindTabsToScrollable(tabs, scroller) {
      tabBars().bind(tabs, [scroller]);
    }

    unbindTabsFromScrollable(tabs, scroller) {
      tabBars().unbind(tabs, [scroller]);
    }

    bindTabsToNestedScrollable(tabs, parent, child) {
      tabBars().bind(tabs, [parent, child]);
    }

    unbindTabsFromNestedScrollable(tabs, parent, child) {
      tabBars().unbind(tabs, [parent, child]);
    }

    // --- doing things

    runScopedTask(task) {
      return within(this, task);
    }

    animateTo(options, change) {
      system.require('@concord:arkui/animation').animateTo(options, change);
    }

    animateToImmediately(options, change) {
      this.animateTo(options, change);
    }

    keyframeAnimateTo(options, frames) {
      system.require('@concord:arkui/animation').keyframeAnimateTo(options, frames);
    }

    postFrameCallback(callback) {
      system.require('@concord:arkui/frames').post(callback);
    }

    postDelayedFrameCallback(callback, delay) {
      setTimeout(() => this.postFrameCallback(callback), Math.max(Number(delay) || 0, 0));
    }

    dispatchKeyEvent(id, event) {
      return system.require('@concord:arkui/input').key(event?.type ?? 0, event?.keyCode ?? 0) === true;
    }

    // --- how it behaves

    getWindowWidthBreakpoint() {
      const width = units.px2vp(rectOf(this).width);
      return [320, 600, 840, 1440].filter((limit) => width >= limit).length;
    }

    getWindowHeightBreakpoint() {
      const { width, height } = rectOf(this);
      const ratio = height / width;
      return ratio < 0.8 ? 0 : ratio < 1.2 ? 1 : 2;
    }

    setKeyboardAvoidMode(mode) {
      if (!Number.isInteger(mode) || mode < 0) {
        throw new BusinessError(401, 'Parameter error. The mode must be a KeyboardAvoidMode.');
      }
      this.#avoidMode = mode;
    }

    getKeyboardAvoidMode() {
      return this.#avoidMode;
    }

    setPixelRoundMode(mode) {
      this.#roundMode = mode;
    }

    getPixelRoundMode() {
      return this.#roundMode;
    }

    isFollowingSystemFontScale() {
      return false;
    }

    getMaxFontScale() {
      return process.configuration.fontSizeScale;
    }
  }

  for (const [name, convert] of Object.entries(units)) {
    UIContext.prototype[name] = (value) => convert(Number(value));
  }
  for (const name of ['ComponentUtils', 'UIInspector', 'ContextMenuController', 'CursorController', 'AtomicServiceBar', 'DragController',
    'TextMenuController', 'Magnifier']) {
    UIContext.prototype[`get${name}`] = function get() {
      return this.service_(name, () => new services[name](this));
    };
  }
  // Accepted without effect: there are no such caches, gestures or monitors.
  for (const name of ['setImageCacheCount', 'setImageRawDataCacheSize', 'enableSwipeBack', 'setCustomKeyboardContinueFeature',
    'enableEventPassthrough', 'setTextSelectionClearPolicy', 'addLocalInputEventMonitor', 'removeLocalInputEventMonitor',
    'getSmartGestureController']) {
    UIContext.prototype[name] = function accept() {
      system.report(`@ohos.arkui.UIContext:UIContext.${name}`);
    };
  }

  const windowOf = (ui) => windows.get(ui)?.();
  const rectOf = (ui) => windowOf(ui)?.getWindowProperties().windowRect ?? device;

  function viewAround(id) {
    const elements = system.require('@concord:arkui/views/elements');
    return elements.viewOf(id) ?? elements.ownerOf(id);
  }

  function make(context, storage, window) {
    const ui = new UIContext(context, storage, window);
    if (window) {
      all.push(ui);
    }
    return ui;
  }

  // Runs `f` while `context` is the one that pages see.
  function within(context, f) {
    const before = currentContext;
    currentContext = context;
    try {
      return f();
    } finally {
      // Callbacks that run later see the last one.
      currentContext = before ?? context;
    }
  }

  // The page that a component is in: RouterPageInfo.
  function routerPageOf(view) {
    let root = view;
    while (root?.parent_) {
      root = root.parent_;
    }
    const ui = view.getUIContext();
    return ui?.pageStack_?.()?.describe(root);
  }

  // Of whom nothing more is known.
  let anonymous;
  return {
    UIContext,
    units,
    make,
    windowOf,
    within,
    routerPageOf,
    forget(ui) {
      const at = all.indexOf(ui);
      if (at >= 0) {
        all.splice(at, 1);
      }
    },
    current: () => currentContext ?? (anonymous ??= make({})),
  };
})
