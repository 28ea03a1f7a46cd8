// @concord:arkui/desktop: windows on a display; see desktop.rs, whose natives these are. Windows that have a place of their own there
// are free ones: people move them, size them, put them away. The others are drawn into a free one.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const screen = system.require('@concord:arkui/screen');
  const { device } = process.info;
  const on = host.hasDesktop();

  // Free windows by their roots: {window, placement, minimized, hidden, curtain}.
  const shown = new Map();
  // Popups by their roots: what hears of events, by their names.
  const popups = new Map();
  // The one among the main windows that stands for the screen of the device: people worked with it last.
  let front;
  // What a window has that nobody sizes, in logical pixels.
  const ownSize = { width: device.width / device.density, height: device.height / device.density };
  const BACK = 2;
  // How long abilities may take to end when the display has gone.
  const PATIENCE = 2000;

  const abilities = () => system.require('@concord:abilities');
  const recordOf = (window) => abilities().records.find((record) => record.context === window.internal.context);

  // All windows are laid out at one density, the largest of their monitors; on others their pictures are made smaller.
  function settle() {
    const placed = [...shown.values()].filter(({ placement }) => placement !== undefined);
    if (placed.length === 0) {
      return;
    }
    const density = Math.max(...placed.map(({ placement }) => placement.scale));
    const { placement } = placed.find((entry) => entry === front) ?? placed[0];
    screen.resize(Math.round(placement.width * density), Math.round(placement.height * density), density);
    for (const entry of placed) {
      entry.window.internal.placed(entry.placement, density, entry.minimized);
      entry.curtain?.placed(entry.placement, density);
    }
  }

  // An ability whose window nobody sees is in the background.
  function notice(entry) {
    const hidden = entry.minimized || entry.placement?.suspended === true;
    if (hidden !== entry.hidden) {
      entry.hidden = hidden;
      const record = entry.window.internal.isMain ? recordOf(entry.window) : undefined;
      if (record && !record.terminating) {
        (hidden ? abilities().toBackground : abilities().toForeground)(record);
      }
    }
  }

  function putAway(entry) {
    entry.minimized = true;
    notice(entry);
    settle();
  }

  function comeBack(entry) {
    if (entry?.minimized) {
      entry.minimized = false;
      notice(entry);
      settle();
    }
  }

  const events = {
    placed(entry, width, height, scale, maximized, fullscreen, active, suspended, output) {
      if (entry === undefined) {
        return;
      }
      const before = entry.placement;
      entry.placement = { width, height, scale, maximized, fullscreen, active, suspended, output };
      if (active && entry.window.internal.isMain) {
        front = entry;
      }
      // Desktops do not tell that a window was called back, but that is what activates it.
      if (active && before?.active !== true) {
        entry.minimized = false;
      }
      notice(entry);
      settle();
      if (before?.output !== output) {
        changed();
      }
    },
    minimized(entry) {
      if (entry) {
        putAway(entry);
      }
    },
    // Nor do those that do not minimise at all.
    pressed: comeBack,
    keyboard(entry, gained) {
      if (gained) {
        comeBack(entry);
      }
    },
    close(entry) {
      entry?.window.internal.close();
    },
    key(entry, code) {
      if (code === BACK) {
        front?.window.internal.pages.back();
      }
    },
    outputs: () => changed(),
    gone() {
      const { records, terminate } = abilities();
      // The end of the last ability is the end of the process, which is no good one.
      process.finish = () => process.exit(1);
      setTimeout(process.finish, PATIENCE);
      records.forEach((record) => terminate(record));
    },
  };

  // Those who want to hear that there are other monitors, or a window on another one.
  const watchers = new Set();
  const changed = () => process.each([...watchers], (watcher) => watcher());

  if (on) {
    host.onDesktop((event, root, ...args) => {
      const popup = popups.get(root);
      popup ? popup[event]?.(...args) : events[event](shown.get(root), ...args);
    });
    const dark = () => host.setDesktopDark(process.configuration.colorMode === 0);
    process.configurationListeners.add(dark);
    dark();
  }

  // Gives a window a place on the display, or brings it to the front; `options` as `openOnDesktop` has them.
  function show(window, root, options) {
    if (!shown.has(root)) {
      // From the first window on, the clipboard is that of the desktop, and other programs may drag something here.
      system.require('@concord:arkui/exchange');
      system.require('@concord:arkui/drag');
      const entry = { window, placement: undefined, minimized: false, hidden: false };
      shown.set(root, entry);
      if (front === undefined && window.internal.isMain) {
        front = entry;
      }
      host.openOnDesktop(root, { appId: process.info.bundleName, ...options });
    } else {
      raise(root);
    }
  }

  // A window takes the place of a start window, which stays in front of it until it is lifted.
  function handOver(from, window, root, curtain) {
    const entry = shown.get(from);
    if (entry === undefined) {
      return;
    }
    shown.delete(from);
    shown.set(root, entry);
    Object.assign(entry, { window, curtain, hidden: false });
    host.changeOnDesktop(from, root);
    host.curtainOnDesktop(root, from);
    notice(entry);
    settle();
  }

  function lift(root) {
    const entry = shown.get(root);
    if (entry) {
      entry.curtain = undefined;
      host.curtainOnDesktop(root, 0);
    }
  }

  // `icon()` gives the layers; see ability-window.
  function setIcon(root, icon) {
    if (on && host.desktopIconSizes().length > 0) {
      const { layers, masked } = icon() ?? { layers: [], masked: false };
      if (layers.length > 0) {
        host.setDesktopIcon(root, layers, masked);
      }
    }
  }

  // Takes its place away, or its place in another window.
  function hide(root) {
    if (front !== undefined && front === shown.get(root)) {
      front = undefined;
    }
    shown.delete(root);
    host.closeOnDesktop(root);
    front ??= [...shown.values()].find(({ window }) => window.internal.isMain);
    settle();
  }

  // Shows a root as a popup beside a part of the window of another root, or in another place; see `popUpOnDesktop`. `heard` has the
  // functions for its events. False when it cannot be.
  function popUp(root, beside, place, heard) {
    popups.set(root, heard);
    return host.popUpOnDesktop(root, beside, place);
  }

  function closePopup(root) {
    popups.delete(root);
    host.closeOnDesktop(root);
  }

  // The size in px of the monitor that a window is on.
  function room(root) {
    const outputs = host.desktopOutputs();
    const on = shown.get(root)?.placement?.output;
    const [, , , , width, height, scale] = outputs.find(([id]) => id === on) ?? outputs[0] ?? [];
    return width > 0 ? { width: (width / scale) * device.density, height: (height / scale) * device.density } : undefined;
  }

  function minimize(root) {
    const entry = shown.get(root);
    if (entry && !entry.hidden) {
      host.actOnDesktop(root, 'minimize');
      putAway(entry);
    }
  }

  function act(root, action) {
    if (action === 'minimize') {
      minimize(root);
    } else if (action === 'raise') {
      raise(root);
    } else {
      host.actOnDesktop(root, action);
    }
  }

  // Brings a window to the front that is not there.
  function raise(root) {
    const entry = shown.get(root);
    if (entry?.placement && !entry.placement.active) {
      host.actOnDesktop(root, 'raise');
    }
    // One that is active all the same was not minimised by the desktop.
    if (entry?.placement?.active) {
      comeBack(entry);
    }
  }

  return {
    on,
    ownSize,
    show,
    hide,
    handOver,
    lift,
    setIcon,
    compose: host.composeOnDesktop,
    hasPopups: on && host.desktopHasPopups(),
    popUp,
    closePopup,
    room,
    act,
    minimize,
    raise,
    resize: (root, width, height) => host.resizeOnDesktop(root, width / device.density, height / device.density),
    limit: host.limitOnDesktop,
    setTitle: host.setDesktopTitle,
    // The free windows, and where they are.
    placementOf: (root) => shown.get(root)?.placement,
    front: () => front?.placement,
    outputs: host.desktopOutputs,
    onOutputs: (watcher) => void watchers.add(watcher),
  };
})
