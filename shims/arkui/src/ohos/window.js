// @ohos:window: windows without pixels.
(function (host, system) {
  'use strict';
  const { windows, createSubWindow, invalid, Window } = system.require('@concord:arkui/windows');
  const enums = system.require('@concord:arkui/enums')('@ohos:window');
  const { coded } = system.require('@concord:process');
  const BusinessError = system.BusinessError;

  function findWindow(name) {
    if (typeof name !== 'string') {
      throw invalid('The name must be a string.');
    }
    const found = [...windows].find((window) => window.internal.name === name);
    if (!found) {
      throw new BusinessError(1300002, 'This window state is abnormal.');
    }
    return found;
  }

  // The topmost window of a context: its last sub window, else its main window.
  function lastWindow(context) {
    const own = [...windows].filter((window) => window.internal.context === context);
    const last = own.findLast((window) => window.internal.isShown()) ?? own[own.length - 1];
    if (!last) {
      throw new BusinessError(1300002, 'Top window or main window is null or destroyed.');
    }
    return last;
  }

  return {
    ...enums,
    findWindow,
    find: (name, callback) => system.async(() => findWindow(name), coded(callback)),
    getLastWindow: (context, callback) => system.async(() => lastWindow(context), coded(callback)),
    getTopWindow(first, second) {
      const context = typeof first === 'function' ? undefined : first;
      const callback = [first, second].find((value) => typeof value === 'function');
      return system.async(() => (context ? lastWindow(context) : [...windows].pop()), coded(callback));
    },
    createWindow(configuration, callback) {
      if (configuration === null || typeof configuration !== 'object' || typeof configuration.name !== 'string') {
        throw invalid('The configuration must be an object with a name.');
      }
      return system.async(() => {
        const window = createSubWindow(undefined, configuration.name, configuration.ctx);
        return window;
      }, coded(callback));
    },
    async shiftAppWindowFocus() {},
    async getAllWindowLayoutInfo() {
      return [...windows].filter((window) => window.internal.isShown())
        .map((window) => ({ windowRect: window.getWindowProperties().windowRect }));
    },
    async getWindowsByCoordinate(displayId, count, x, y) {
      const inside = ({ left, top, width, height }) => x === undefined || x < 0 ||
        (x >= left && x < left + width && y >= top && y < top + height);
      const found = [...windows].filter((window) => window.internal.isShown() && inside(window.getWindowProperties().windowRect));
      return count > 0 ? found.slice(0, count) : found;
    },
    setWatermarkImageForAppWindows: async () => undefined,
    on() {},
    off() {},
    Window,
  };
})
