// @concord:arkui/desktop: main windows on a display; see desktop.rs, whose natives these are.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const screen = system.require('@concord:arkui/screen');
  const { device } = process.info;

  // Windows with a place on the display, by their roots.
  const shown = new Map();
  const BACK = 2;
  // How long abilities may take to end when the display has gone.
  const PATIENCE = 2000;

  const events = {
    placed(window, width, height, scale) {
      screen.resize(width, height, scale);
    },
    close(window) {
      window?.internal.context.terminateSelf?.();
    },
    keyboard(window, gained) {
      window?.internal.setActive(gained);
    },
    key(window, code) {
      if (code === BACK) {
        [...shown.values()].at(-1)?.internal.pages.back();
      }
    },
    outputs() {},
    gone() {
      const { records, terminate } = system.require('@concord:abilities');
      // The end of the last ability is the end of the process, which is no good one.
      process.finish = () => process.exit(1);
      setTimeout(process.finish, PATIENCE);
      records.forEach((record) => terminate(record));
    },
  };

  if (host.hasDesktop()) {
    host.onDesktop((event, root, ...args) => events[event](shown.get(root), ...args));
  }

  // Gives a main window a place on the display.
  function show(window, root, title, appId) {
    if (host.hasDesktop() && !shown.has(root)) {
      shown.set(root, window);
      host.openOnDesktop(root, title, appId, device.width / device.density, device.height / device.density);
    }
  }

  return { show, forget: (root) => void shown.delete(root), act: host.actOnDesktop, setTitle: host.setDesktopTitle, outputs: host.desktopOutputs };
})
