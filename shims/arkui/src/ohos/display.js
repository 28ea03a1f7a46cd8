// @ohos:display: the one display of the device profile.
(function (host, system) {
  'use strict';
  const { info: { device }, coded } = system.require('@concord:process');
  const enums = system.require('@concord:arkui/enums')('@ohos:display');
  const BusinessError = system.BusinessError;
  const landscape = device.width > device.height;
  const natural = device.deviceType === 'phone' || device.deviceType === 'wearable';

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
    rotation = natural && landscape ? 1 : 0;
    width = device.width;
    height = device.height;
    availableWidth = device.width;
    availableHeight = device.height;
    densityDPI = device.density * 160;
    densityPixels = device.density;
    scaledDensity = device.density * device.fontScale;
    xDPI = device.density * 160;
    yDPI = device.density * 160;
    orientation = landscape ? enums.Orientation.LANDSCAPE : enums.Orientation.PORTRAIT;
    colorSpaces = [];
    hdrFormats = [];
    x = 0;
    y = 0;

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
