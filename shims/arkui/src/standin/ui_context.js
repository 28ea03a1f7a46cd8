// @concord:arkui/ui-context: UIContext of a window.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { instance, swallow } = system.require('@concord:arkui/components');
  const { density, fontScale, width } = process.info.device;

  const DESIGN_WIDTH = 720;
  const units = {
    vp2px: (value) => value * density,
    px2vp: (value) => value / density,
    fp2px: (value) => value * density * fontScale,
    px2fp: (value) => value / (density * fontScale),
    lpx2px: (value) => (value * width) / DESIGN_WIDTH,
    px2lpx: (value) => (value * DESIGN_WIDTH) / width,
  };

  // A context of whom nothing more is known.
  const anonymous = {};

  // UIContext → what gives its window.
  const windows = new WeakMap();

  class UIContext {
    #context;
    #storage;
    #window;
    #router;
    #focus;
    #prompt;

    // `window` gives the window that the context is of.
    constructor(context, storage, window) {
      this.#context = context;
      this.#storage = storage;
      this.#window = window;
      windows.set(this, window);
    }

    showAlertDialog(options) {
      system.require('@concord:arkui/overlays/alert-dialog').show(this, options);
    }

    showActionSheet(options) {
      system.require('@concord:arkui/overlays/action-sheet').show(this, options);
    }

    getHostContext() {
      return this.#context;
    }

    getSharedLocalStorage() {
      return this.#storage?.();
    }

    getRouter() {
      this.#router ??= system.require('@ohos:router').of(this.#window);
      return this.#router;
    }

    // The pages of the window, for components that want back presses.
    pageStack_() {
      return this.#window?.().internal.pages;
    }

    getPromptAction() {
      this.#prompt ??= new (system.require('@concord:arkui/overlays/prompt-action').PromptAction)(this);
      return this.#prompt;
    }

    getMediaQuery() {
      return system.require('@ohos:mediaquery');
    }

    getFocusController() {
      this.#focus ??= new (system.require('@concord:arkui/focus').FocusController)();
      return this.#focus;
    }

    getMeasureUtils() {
      return system.require('@ohos:measure');
    }

    getFont() {
      return system.require('@ohos:font');
    }

    getComponentUtils() {
      return { getRectangleById: system.require('@concord:arkui/inspector').getRectangleById };
    }

    getUIInspector() {
      return { createComponentObserver: system.require('@concord:arkui/inspector').createComponentObserver };
    }

    getFilteredInspectorTree(filters) {
      return system.require('@concord:arkui/inspector').getFilteredInspectorTree(filters);
    }

    getFilteredInspectorTreeById(id, depth, filters) {
      return system.require('@concord:arkui/inspector').getFilteredInspectorTreeById(id, depth, filters);
    }

    animateTo(options, change) {
      change?.();
      system.later(() => options?.onFinish?.());
    }

    animateToImmediately(options, change) {
      this.animateTo(options, change);
    }

    keyframeAnimateTo(options, frames) {
      for (const frame of frames ?? []) {
        frame.event?.();
      }
      system.later(() => options?.onFinish?.());
    }

    runScopedTask(task) {
      task();
    }

    postFrameCallback(callback) {
      setTimeout(() => callback.onFrame?.(0), 16);
    }

    postDelayedFrameCallback(callback, delay) {
      setTimeout(() => callback.onFrame?.(0), delay);
    }

    getFrameNodeById(id) {
      const { frameNodeOf } = system.require('@concord:arkui/frame-node');
      return frameNodeOf(system.require('@concord:arkui/nodes').findByKey(String(id))) ?? null;
    }

    getFrameNodeByUniqueId(id) {
      const { frameNodeOf } = system.require('@concord:arkui/frame-node');
      return frameNodeOf(system.require('@concord:arkui/nodes').byElmtId(id)) ?? null;
    }

    getAttachedFrameNodeById(id) {
      const { frameNodeOf } = system.require('@concord:arkui/frame-node');
      return frameNodeOf(system.require('@concord:arkui/nodes').findByKey(String(id))) ?? null;
    }

    getWindowName() {
      return this.#context?.abilityInfo?.name ?? '';
    }

    getWindowWidthBreakpoint() {
      const vp = width / density;
      return [320, 600, 840, 1440].filter((limit) => vp >= limit).length;
    }

    getWindowHeightBreakpoint() {
      const ratio = process.info.device.height / width;
      return ratio < 0.8 ? 0 : ratio < 1.2 ? 1 : 2;
    }

    isFollowingSystemFontScale() {
      return false;
    }

    getMaxFontScale() {
      return fontScale;
    }

    isAvailable() {
      return true;
    }
  }
  for (const [name, convert] of Object.entries(units)) {
    UIContext.prototype[name] = (value) => convert(Number(value));
  }

  // Everything else accepts what it is told.
  function make(context, storage, window) {
    const services = new Map();
    return new Proxy(new UIContext(context, storage, window), {
      get(target, key) {
        const value = Reflect.get(target, key, target);
        if (value !== undefined || typeof key === 'symbol' || key === 'then') {
          return typeof value === 'function' ? value.bind(target) : value;
        }
        return (...args) => {
          if (!/^get[A-Z]/.test(key)) {
            return undefined;
          }
          if (!services.has(key)) {
            services.set(key, instance(key.slice(3)));
          }
          return services.get(key);
        };
      },
    });
  }

  let currentContext;
  return {
    UIContext,
    units,
    make,
    windowOf: (ui) => windows.get(ui)?.(),
    // Runs `f` while `context` is the one that pages see.
    within(context, f) {
      const before = currentContext;
      currentContext = context;
      try {
        return f();
      } finally {
        // Callbacks that run later see the last one.
        currentContext = before ?? context;
      }
    },
    current: () => currentContext ?? make(anonymous),
    swallow,
  };
})
