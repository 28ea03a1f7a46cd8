// @concord:arkui/uitest/window: `UiWindow`, a window that was found.
(function (host, system) {
  'use strict';
  const { asynchronous } = system.require('@concord:arkui/uitest/calls');
  const { error } = system.require('@concord:arkui/uitest/arguments');
  const { info } = system.require('@concord:process');
  const { windows } = system.require('@concord:arkui/windows');

  const FULLSCREEN = 0;
  const FLOATING = 3;
  // Devices on which windows can be moved about.
  const FREE = info.device.deviceType === '2in1';

  const shown = () => [...windows].filter((window) => window.internal.isShown());

  // How windows look to UiTest, the topmost first; the topmost has the focus.
  const all = () => shown().reverse().map((window, index) => {
    const { windowRect: rect, name } = window.getWindowProperties();
    return { window, bundleName: info.bundleName, title: name, focused: index === 0, active: index === 0, displayId: 0, rect };
  });

  class UiWindow {
    #window;

    constructor(window) {
      this.#window = window;
    }

    now() {
      const found = all().find(({ window }) => window === this.#window);
      if (!found) {
        throw error(17000004);
      }
      return found;
    }
  }

  const read = (name) => ['', function () { return this.now()[name]; }];

  // What only devices with free windows can do.
  const free = (signature, work) => [signature, async function (...args) {
    const { window, rect } = this.now();
    if (!FREE) {
      throw error(17000005);
    }
    await work(window, args, rect);
    return true;
  }];

  asynchronous(UiWindow, {
    getBundleName: read('bundleName'),
    getTitle: read('title'),
    isFocused: read('focused'),
    isActive: read('active'),
    isActived: read('active'),
    getDisplayId: read('displayId'),
    getBounds: ['', function () {
      const { rect, displayId } = this.now();
      return { left: rect.left, top: rect.top, right: rect.left + rect.width, bottom: rect.top + rect.height, displayId };
    }],
    getWindowMode: ['', function () {
      const { rect } = this.now();
      return rect.width >= info.device.width && rect.height >= info.device.height ? FULLSCREEN : FLOATING;
    }],
    focus: ['', function () {
      this.now();
      return true;
    }],
    moveTo: free('int int', (window, [x, y]) => window.moveWindowTo(x, y)),
    resize: free('int int int', async (window, [width, height, direction], rect) => {
      const sideways = direction === 0 || direction === 1;
      const upright = direction === 2 || direction === 3;
      if ((sideways && height !== rect.height) || (upright && width !== rect.width)) {
        throw error(17000005, 'Resize cannot be done in this direction.');
      }
      await window.resize(width, height);
    }),
    split: free('', () => Promise.reject(error(17000005))),
    maximize: free('', (window) => window.maximize?.()),
    resume: free('', (window) => window.recover?.()),
    minimize: free('', (window) => window.minimize?.()),
    close: free('', (window) => window.destroyWindow?.()),
  });

  // The first window that a filter fits; null when there is none.
  function find(filter) {
    if (Object.keys(filter).length === 0) {
      throw error(401, 'WindowFilter cannot be empty');
    }
    const names = { bundleName: 'bundleName', title: 'title', focused: 'focused', active: 'active', actived: 'active', displayId: 'displayId' };
    const found = all().find((window) => Object.entries(filter).every(([name, value]) => value === undefined ||
      window[names[name]] === value));
    return found ? new UiWindow(found.window) : null;
  }

  return { UiWindow, find };
})
