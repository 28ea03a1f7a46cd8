// @concord:arkui/window-properties: methods of `Window` that keep a property, or are accepted without effect.
(function (host, system) {
  'use strict';
  const { coded } = system.require('@concord:process');

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
  };
})
