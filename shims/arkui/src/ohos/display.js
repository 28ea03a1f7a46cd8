// @ohos:display: the one display of the device profile, which may be turned.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { info: { device }, coded } = process;
  const enums = system.require('@concord:arkui/enums')('@ohos:display');
  const BusinessError = system.BusinessError;
  const screen = system.require('@concord:arkui/screen');
  const QUARTER = ['PORTRAIT', 'LANDSCAPE', 'PORTRAIT_INVERTED', 'LANDSCAPE_INVERTED'];

  const callbacks = new Map();
  function checkType(type) {
    if (typeof type !== 'string') {
      throw new BusinessError(401, 'Parameter error. The type must be a string.');
    }
  }

  class Display {
    id = 0;
    name = 'built-in display';
    alive = true;
    state = enums.DisplayState.STATE_ON;
    refreshRate = 60;
    densityDPI = device.density * 160;
    densityPixels = device.density;
    scaledDensity = device.density * device.fontScale;
    xDPI = device.density * 160;
    yDPI = device.density * 160;
    colorSpaces = [];
    hdrFormats = [];
    x = 0;
    y = 0;

    get rotation() {
      return screen.rotation();
    }

    get width() {
      return device.width;
    }

    get height() {
      return device.height;
    }

    get availableWidth() {
      return device.width;
    }

    get availableHeight() {
      return device.height;
    }

    get orientation() {
      const upright = device.height >= device.width ? 0 : 1;
      return enums.Orientation[QUARTER[screen.rotation() >= 2 ? upright + 2 : upright]];
    }

    getCutoutInfo(callback) {
      const none = { left: 0, top: 0, width: 0, height: 0 };
      return system.async(() => ({
        boundingRects: [],
        waterfallDisplayAreaRects: { left: { ...none }, top: { ...none }, right: { ...none }, bottom: { ...none } },
      }), coded(callback));
    }

    async getAvailableArea() {
      return { left: 0, top: 0, width: this.width, height: this.height };
    }

    hasImmersiveWindow(callback) {
      return system.async(() => false, coded(callback));
    }

    getRoundedCorner() {
      return [];
    }

    on(type, callback) {
      checkType(type);
    }

    off(type, callback) {
      checkType(type);
    }
  }

  const display = new Display();
  screen.onResize(() => process.each(callbacks.get('change') ?? [], (callback) => callback(display.id)));

  function byId(id) {
    if (typeof id !== 'number') {
      throw new BusinessError(401, 'Parameter error. The id must be a number.');
    }
    if (id !== display.id) {
      throw new BusinessError(1400003, 'This display manager service works abnormally: there is no such display.');
    }
    return display;
  }

  return {
    ...enums,
    getDefaultDisplay: (callback) => system.async(() => display, coded(callback)),
    getDefaultDisplaySync: () => display,
    getPrimaryDisplaySync: () => display,
    getDisplayByIdSync: byId,
    getAllDisplay: (callback) => system.async(() => [display], coded(callback)),
    getAllDisplays: (callback) => system.async(() => [display], coded(callback)),
    hasPrivateWindow: () => false,
    isFoldable: () => false,
    getFoldStatus: () => enums.FoldStatus.FOLD_STATUS_UNKNOWN,
    getFoldDisplayMode: () => enums.FoldDisplayMode.FOLD_DISPLAY_MODE_UNKNOWN,
    getCurrentFoldCreaseRegion: () => ({ displayId: 0, creaseRects: [] }),
    isCaptured: () => false,
    on(type, callback) {
      checkType(type);
      callbacks.set(type, [...(callbacks.get(type) ?? []), callback]);
    },
    off(type, callback) {
      checkType(type);
      callbacks.set(type, callback ? (callbacks.get(type) ?? []).filter((member) => member !== callback) : []);
    },
  };
})
