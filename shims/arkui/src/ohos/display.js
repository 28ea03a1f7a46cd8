// @ohos:display: the screen of the device, or the monitors of a desktop.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { info: { device }, coded } = process;
  const enums = system.require('@concord:arkui/enums')('@ohos:display');
  const BusinessError = system.BusinessError;
  const displays = system.require('@concord:arkui/displays');
  const QUARTER = ['PORTRAIT', 'LANDSCAPE', 'PORTRAIT_INVERTED', 'LANDSCAPE_INVERTED'];
  const EVENTS = ['add', 'remove', 'change'];
  const DPI_PER_DENSITY = 160;

  function checkType(type) {
    if (typeof type !== 'string') {
      throw new BusinessError(401, 'Parameter error. The type must be a string.');
    }
  }

  // Callbacks by event; those for one display have its number in the name.
  const callbacks = new Map();
  function on(type, callback) {
    callbacks.set(type, [...(callbacks.get(type) ?? []), callback]);
  }
  function off(type, callback) {
    callbacks.set(type, callback ? (callbacks.get(type) ?? []).filter((member) => member !== callback) : []);
  }
  const emit = (type, value) => process.each(callbacks.get(type) ?? [], (callback) => callback(value));

  // What is known of a display when an app asks for it. One that is turned or gone has other values in a new object.
  class Display {
    alive = true;
    colorSpaces = [];
    hdrFormats = [];

    constructor({ id, name, x, y, width, height, density, refreshRate, rotation, xDPI, yDPI }) {
      Object.assign(this, { id, name, x, y, width, height, refreshRate, rotation, xDPI, yDPI });
      this.state = enums.DisplayState.STATE_ON;
      this.densityDPI = density * DPI_PER_DENSITY;
      this.densityPixels = density;
      this.scaledDensity = density * device.fontScale;
      // Desktops do not tell how much of it their panels take.
      this.availableWidth = width;
      this.availableHeight = height;
      const upright = height >= width ? 0 : 1;
      this.orientation = enums.Orientation[QUARTER[rotation >= 2 ? upright + 2 : upright]];
      this.supportedRefreshRates = [refreshRate];
      this.sourceMode = displays.primary().id === id ? enums.DisplaySourceMode.MAIN : enums.DisplaySourceMode.EXTEND;
      const round = device.deviceType === 'wearable' && width === height;
      this.screenShape = round ? enums.ScreenShape.ROUND : enums.ScreenShape.RECTANGLE;
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

    // `availableAreaChange`, of this display.
    on(type, callback) {
      checkType(type);
      on(`${type} ${this.id}`, callback);
    }

    off(type, callback) {
      checkType(type);
      off(`${type} ${this.id}`, callback);
    }
  }

  const areas = new Map();
  const areaOf = ({ width, height }) => ({ left: 0, top: 0, width, height });
  displays.listen((event, id) => {
    emit(event, id);
    const now = displays.byId(id);
    const text = now && JSON.stringify(areaOf(now));
    if (event === 'change' && now && areas.get(id) !== text) {
      emit(`availableAreaChange ${id}`, areaOf(now));
    }
    areas.set(id, text);
  });
  displays.all().forEach((display) => areas.set(display.id, JSON.stringify(areaOf(display))));

  function byId(id) {
    if (typeof id !== 'number') {
      throw new BusinessError(401, 'Parameter error. The id must be a number.');
    }
    const display = displays.byId(id);
    if (display === undefined) {
      throw new BusinessError(1400003, 'This display manager service works abnormally: there is no such display.');
    }
    return new Display(display);
  }

  const all = () => displays.all().map((display) => new Display(display));
  const current = () => new Display(displays.default());

  return {
    ...enums,
    getDefaultDisplay: (callback) => system.async(current, coded(callback)),
    getDefaultDisplaySync: current,
    getPrimaryDisplaySync: () => new Display(displays.primary()),
    getDisplayByIdSync: byId,
    getAllDisplay: (callback) => system.async(all, coded(callback)),
    getAllDisplays: (callback) => system.async(all, coded(callback)),
    hasPrivateWindow: () => false,
    isFoldable: () => false,
    getFoldStatus: () => enums.FoldStatus.FOLD_STATUS_UNKNOWN,
    getFoldDisplayMode: () => enums.FoldDisplayMode.FOLD_DISPLAY_MODE_UNKNOWN,
    getCurrentFoldCreaseRegion: () => ({ displayId: 0, creaseRects: [] }),
    isCaptured: () => false,
    on(type, callback) {
      checkType(type);
      on(EVENTS.includes(type) ? type : `other ${type}`, callback);
    },
    off(type, callback) {
      checkType(type);
      off(EVENTS.includes(type) ? type : `other ${type}`, callback);
    },
  };
})
