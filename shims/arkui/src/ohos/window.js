// @ohos:window
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

  // A dialog belongs to the main window of its ability; other windows that name no parent stand alone.
  function dialogOwner(type, context) {
    return type !== enums.WindowType.TYPE_DIALOG ? undefined
      : [...windows].find((window) => window.internal.isMain && (context === undefined || window.internal.context === context));
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
        const { name, ctx, windowType, title, decorEnabled, parentId } = configuration;
        const parent = [...windows].find((window) => window.getWindowProperties().id === parentId) ?? dialogOwner(windowType, ctx);
        const modal = windowType === enums.WindowType.TYPE_DIALOG;
        return createSubWindow(parent, name, ctx, { title, decorEnabled, isModal: modal }, windowType);
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
