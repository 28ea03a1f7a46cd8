// @concord:arkui/window-stage: the window stage of an ability: its main window, and what the application model does with it.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const desktop = system.require('@concord:arkui/desktop');
  const { Window, windows, loadContent, createSubWindow } = system.require('@concord:arkui/windows');
  const { Events } = system.require('@concord:arkui/window-events');
  const { labelOf, limitsOf, rectOf, sourceOf } = system.require('@concord:arkui/ability-window');
  const { take } = system.require('@concord:arkui/start-window');
  const enums = system.require('@concord:arkui/enums')('@ohos:window');
  const { coded } = process;
  const BusinessError = system.BusinessError;
  const { SHOWN, ACTIVE, INACTIVE, HIDDEN, RESUMED, PAUSED } = enums.WindowStageEventType;
  const { WindowStageLifecycleEventType } = enums;

  class WindowStage {
    #events = new Events();
    #main;
    #context;

    constructor(context, name, ability, options, start) {
      this.#context = context;
      this.#main = new Window(name, enums.WindowType.TYPE_MAIN, context, rectOf(options), undefined, {
        title: labelOf(context.abilityInfo),
        start,
        limits: limitsOf(sourceOf(context.abilityInfo), options),
        activated: (active) => this.#emit(active ? ACTIVE : INACTIVE),
        // Whether the app wants to keep it although somebody wants it gone.
        closing: () => [...this.#events.ask('windowStageClose'), process.guest(() => ability?.()?.onPrepareToTerminate?.())],
      });
      Object.defineProperty(this, 'internal', { value: { main: this.#main, emit: (event) => this.#emit(event) } });
    }

    #emit(event) {
      this.#events.emit('windowStageEvent', event);
      const lifecycle = { [SHOWN]: 'SHOWN', [RESUMED]: 'RESUMED', [PAUSED]: 'PAUSED', [HIDDEN]: 'HIDDEN' }[event];
      if (lifecycle) {
        this.#events.emit('windowStageLifecycleEvent', WindowStageLifecycleEventType[lifecycle]);
      }
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

    async createSubWindowWithOptions(name, options) {
      return createSubWindow(this.#main, name, this.#context, options);
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

    async removeStartingWindow() {
      this.#main.internal.lift();
    }

    disableWindowDecor() {}

    setShowOnLockScreen() {
      throw new BusinessError(202, 'Permission verification failed. A non-system application calls a system API.');
    }

    setDefaultDensityEnabled() {}

    setCustomDensity() {}
  }

  // What the application model asks for; see WindowHost.
  function createStage({ context, ability, id, instance, options }) {
    const stage = new WindowStage(context, `${ability}${id}`, instance, options ?? {}, take(id));
    const { main, emit } = stage.internal;
    return {
      stage,
      foreground() {
        const shown = main.internal.isShown();
        main.internal.show();
        if (!shown) {
          emit(SHOWN);
        }
        // On a desktop it is the desktop that activates windows.
        if (!desktop.on) {
          emit(ACTIVE);
        }
        emit(RESUMED);
      },
      background() {
        if (!desktop.on) {
          emit(INACTIVE);
        } else if (!context.isTerminating?.()) {
          desktop.minimize(main.internal.root());
        }
        emit(PAUSED);
        main.internal.hide();
        emit(HIDDEN);
      },
      configuration() {},
      label: (label) => main.internal.setTitle(label),
      destroy() {
        for (const window of [...windows].filter((member) => member.internal.parent === main)) {
          window.internal.destroy();
        }
        main.internal.destroy();
      },
    };
  }

  return { WindowStage, createStage };
})
