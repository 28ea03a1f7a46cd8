// @concord:arkui/screen: the screen, its orientation, and what a change of the configuration does to what is shown.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const { device } = process.info;

  // Told when the screen has another size.
  const listeners = new Set();
  const naturallyTall = device.height >= device.width;
  let rotation = 0;

  // Turns the screen by quarters, against the clock: 0 is as the device was built. Windows follow.
  function rotate(quarters) {
    const turned = quarters % 2 === 1;
    const tall = turned ? !naturallyTall : naturallyTall;
    rotation = quarters;
    if (tall !== (device.height >= device.width)) {
      [device.width, device.height] = [device.height, device.width];
      nodes.configure();
      process.each([...listeners], (listener) => listener());
      process.configure({ direction: tall ? 0 : 1 });
    }
  }

  // The window that stands for the screen has another size, in px, and density.
  function resize(width, height, density) {
    if (width === device.width && height === device.height && density === device.density) {
      return;
    }
    [device.width, device.height, device.density] = [width, height, density];
    nodes.configure();
    process.each([...listeners], (listener) => listener());
    process.configure({ direction: height >= width ? 0 : 1, screenDensity: process.densityClass(density) });
  }

  // `window.Orientation` → quarters; undefined when it asks for nothing.
  const QUARTERS = new Map([[1, 0], [2, 1], [3, 2], [4, 3], [6, 0], [7, 1], [9, 0], [10, 1], [13, 0], [14, 1], [15, 2], [16, 3]]);

  // Whether an orientation is one across; undefined when it asks for nothing.
  const isWide = (orientation) => (QUARTERS.has(orientation) ? QUARTERS.get(orientation) % 2 === 1 : undefined);

  // What a window would like; a screen of a desktop stays as it is.
  function prefer(orientation) {
    const quarters = orientation === 0 ? 0 : QUARTERS.get(orientation);
    if (quarters !== undefined && device.deviceType !== '2in1') {
      rotate(naturallyTall ? quarters : (quarters + 3) % 4);
    }
  }

  // Resources and colours are looked up again by everything that is shown.
  process.configurationListeners.add(() => {
    nodes.configure();
    for (const window of system.require('@concord:arkui/windows').windows) {
      window.internal.pages.updateConfiguration();
    }
  });

  process.deviceListeners.add(nodes.configure);

  return {
    rotate,
    resize,
    prefer,
    isWide,
    rotation: () => rotation,
    isLandscape: () => device.width > device.height,
    onResize: (listener) => listeners.add(listener),
  };
})
