// @concord:arkui/window-properties: methods of `Window` that keep a property, or are accepted without effect.
(function (host, system) {
  'use strict';
  const { coded, info } = system.require('@concord:process');
  const desktop = system.require('@concord:arkui/desktop');

  return function install(Window, { invalid, lastFunction }) {
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
          if (property === 'isKeepScreenOn') {
            this.internal.wakefulness.set(value);
          } else if (property === 'isLayoutFullScreen') {
            this.internal.bars({ immersive: value });
          } else if (property === 'isFullScreen') {
            this.internal.bars({ fullScreen: value });
            desktop.act(this.internal.root(), value ? 'fullscreen' : 'leaveFullscreen');
          }
        }, coded(callback));
      });
    }
    // Names of the bars that are shown, 'status' and 'navigation'.
    for (const method of ['setWindowSystemBarEnable', 'setSystemBarEnable']) {
      define(method, function set(names, callback) {
        if (!Array.isArray(names)) {
          throw invalid(`${method} needs an array of names.`);
        }
        return system.async(() => {
          this.getWindowProperties();
          this.internal.bars({ shown: { status: names.includes('status'), navigation: names.includes('navigation') } });
        }, coded(callback));
      });
    }
    define('setSpecificSystemBarEnabled', function set(name, enabled, ...rest) {
      return system.async(() => {
        this.getWindowProperties();
        if (['status', 'navigation', 'navigationIndicator'].includes(name)) {
          this.internal.bars({ shown: { [name]: enabled === true } });
        }
      }, coded(lastFunction(rest)));
    });
    define('setImmersiveModeEnabledState', function set(enabled) {
      this.getWindowProperties();
      this.internal.state.isImmersive = enabled === true;
      this.internal.bars({ immersive: enabled === true });
    });
    // Accepted without effect: there is nothing to be seen.
    for (const method of ['setWindowSystemBarProperties', 'setSystemBarProperties', 'setStatusBarColor', 'setGestureBackEnabled',
      'setAspectRatio', 'resetAspectRatio', 'setWindowTopmost',
      'setWindowTitleMoveEnabled', 'setSubWindowModal', 'requestFocus', 'setWindowCornerRadius',
      'stopMoving', 'enableLandscapeMultiWindow', 'disableLandscapeMultiWindow', 'setWindowGrayScale', 'setWindowMask',
      'setResizeByDragEnabled', 'setDialogBackGestureEnabled', 'setSystemAvoidAreaEnabled', 'setRaiseByClickEnabled',
      'setSupportedWindowModes', 'setExclusivelyHighlighted', 'setRotationLocked', 'hideNonSystemFloatingWindows']) {
      define(method, function accept(...args) {
        return system.async(() => void this.getWindowProperties(), coded(lastFunction(args)));
      });
    }
    // What the frame of a window on a desktop does.
    for (const [method, action] of [['minimize', 'minimize'], ['maximize', 'maximize'], ['recover', 'recover'], ['startMoving', 'move'],
      ['restore', 'raise'], ['raiseToAppTop', 'raise']]) {
      define(method, function act(...args) {
        return system.async(() => {
          this.getWindowProperties();
          desktop.act(this.internal.root(), action);
        }, coded(lastFunction(args)));
      });
    }
    define('setWindowTitle', async function setWindowTitle(title) {
      this.getWindowProperties();
      this.internal.setTitle(String(title));
    });
    for (const method of ['setWindowDecorVisible', 'setWindowDecorHeight', 'setDecorButtonStyle', 'setDefaultDensityEnabled',
      'keepKeyboardOnFocus', 'setWindowContainerColor', 'setShadow', 'setWindowShadowRadius',
      'setBlur', 'setCornerRadius', 'opacity', 'scale', 'rotate', 'translate', 'setWindowTitleButtonVisible']) {
      define(method, function accept() {
        this.getWindowProperties();
      });
    }
    for (const [method, value] of Object.entries({ isGestureBackEnabled: true, isSystemAvoidAreaEnabled: true,
      getWindowDecorVisible: false, getWindowDecorHeight: 0, isWindowHighlighted: true,
      isInFreeWindowMode: info.device.freeWindows, getWindowCornerRadius: 0, getRotationLocked: false })) {
      define(method, function constant() {
        this.getWindowProperties();
        return value;
      });
    }

    // Whether pages lie below the bars of the system.
    for (const [method, property] of [['isImmersiveLayout', 'isLayoutFullScreen'], ['getImmersiveModeEnabledState', 'isImmersive']]) {
      define(method, function get() {
        return this.getWindowProperties()[property] === true;
      });
    }

    function define(name, f) {
      Object.defineProperty(Window.prototype, name, { value: f, writable: true, configurable: true, enumerable: false });
    }
  };
})
