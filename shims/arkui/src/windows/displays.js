// @concord:arkui/displays: the displays that an app can know of: the screen of the device, or the monitors of a desktop.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const screen = system.require('@concord:arkui/screen');
  const desktop = system.require('@concord:arkui/desktop');
  const { device } = process.info;

  const MM_PER_INCH = 25.4;
  const DPI_PER_DENSITY = 160;
  // Where a compositor says nothing.
  const REFRESH = 60;

  // The screen of the device, which may be turned.
  const builtIn = {
    id: 0, name: 'built-in display', x: 0, y: 0, refreshRate: REFRESH,
    get width() { return device.width; },
    get height() { return device.height; },
    get density() { return device.density; },
    get rotation() { return screen.rotation(); },
    get xDPI() { return device.density * DPI_PER_DENSITY; },
    get yDPI() { return device.density * DPI_PER_DENSITY; },
  };

  // Numbers of displays by those of monitors: the first one is 0, none is used twice.
  const numbers = new Map();
  function numberOf(output) {
    if (!numbers.has(output)) {
      numbers.set(output, numbers.size);
    }
    return numbers.get(output);
  }

  function monitors() {
    return desktop.outputs().map(([output, name, x, y, width, height, scale, refresh, widthMm, heightMm, rotation]) => {
      const dpi = (px, mm) => (mm > 0 ? (px * MM_PER_INCH) / mm : scale * DPI_PER_DENSITY);
      return { id: numberOf(output), name, x: Math.round(x * scale), y: Math.round(y * scale), width, height, density: scale,
        refreshRate: refresh > 0 ? Math.round(refresh) : REFRESH, rotation, xDPI: dpi(width, widthMm), yDPI: dpi(height, heightMm) };
    });
  }

  // Apps for devices on which one window fills the screen ask the display how much room they have. For them the display that they
  // are on is as large as their window, as it is for such apps on the platform's own desktops.
  function fitted(display) {
    const fills = device.deviceType !== '2in1' && display.id === current();
    return fills ? { ...display, width: device.width, height: device.height, density: device.density } : display;
  }

  // The number of the display that people work on.
  function current() {
    const output = desktop.front()?.output;
    return output === undefined || output < 0 ? 0 : numberOf(output);
  }

  function all() {
    const found = desktop.on ? monitors() : [];
    return found.length > 0 ? found.map(fitted) : [builtIn];
  }

  const byId = (id) => all().find((display) => display.id === id);

  // The one that a free window is on.
  function of(root) {
    const output = desktop.placementOf(root)?.output;
    return output === undefined || output < 0 ? current() : numberOf(output);
  }

  // Called with 'add', 'remove' or 'change', and the number of the display.
  const listeners = new Set();
  let known = new Map();

  function look() {
    const now = new Map(all().map((display) => [display.id, JSON.stringify(display)]));
    const before = known;
    known = now;
    const tell = (event, id) => process.each([...listeners], (listener) => listener(event, id));
    [...now.keys()].filter((id) => !before.has(id)).forEach((id) => tell('add', id));
    [...before.keys()].filter((id) => !now.has(id)).forEach((id) => tell('remove', id));
    [...now].filter(([id, text]) => before.has(id) && before.get(id) !== text).forEach(([id]) => tell('change', id));
  }

  screen.onResize(look);
  desktop.onOutputs(look);
  known = new Map(all().map((display) => [display.id, JSON.stringify(display)]));

  return { all, byId, of, default: () => byId(current()) ?? all()[0], primary: () => all()[0], listen: (listener) => void listeners.add(listener) };
})
