// @concord:process: what is known about this process: the packages, the device, the configuration.
(function (host, system) {
  'use strict';

  // {bundleName, pid, uid, startTime, device, modules, others, test, grants, lastExit}; see process.rs.
  const info = JSON.parse(host.describe());
  const modules = new Map(info.modules.map((module) => [module.name, module]));

  // The device configuration as `Configuration` objects show it. Apps get copies.
  const configuration = {
    language: info.device.locale,
    colorMode: info.device.dark ? 0 : 1,
    direction: info.device.height >= info.device.width ? 0 : 1,
    screenDensity: densityClass(info.device.density),
    displayId: 0,
    hasPointerDevice: info.device.deviceType === '2in1',
    fontId: '',
    fontSizeScale: info.device.fontScale,
    fontWeightScale: 1,
    mcc: '',
    mnc: '',
  };
  // What the device says, and what the app has chosen for itself instead.
  const ofSystem = { ...configuration };
  const chosen = {};
  const listeners = new Set();
  // Told when the device has changed in a way that no configuration tells.
  const deviceListeners = new Set();

  // The nearest of the density classes that resources distinguish.
  function densityClass(density) {
    const dpi = density * 160;
    return [120, 160, 240, 320, 480, 640].find((limit) => dpi <= limit) ?? 640;
  }

  // Changes part of the configuration. Listeners hear of it in a later turn, once for several changes of one turn.
  let pending = false;
  function configure(change) {
    let changed = false;
    for (const key of Object.keys(change)) {
      if (configuration[key] !== change[key]) {
        configuration[key] = change[key];
        changed = true;
      }
    }
    if (changed && !pending) {
      pending = true;
      system.later(() => {
        pending = false;
        for (const listener of [...listeners]) {
          listener({ ...configuration });
        }
      });
    }
  }

  // The app chooses `value` for itself; undefined to follow the system again.
  function choose(key, value) {
    chosen[key] = value;
    configure({ [key]: value ?? ofSystem[key] });
  }

  // People have changed their minds about looks. See preferences.rs.
  function systemChanged({ dark, fontScale, language, animations, accent }) {
    const change = { colorMode: dark ? 0 : 1, fontSizeScale: fontScale, language };
    Object.assign(ofSystem, change);
    Object.assign(info.device, { dark, fontScale, locale: language });
    configure(Object.fromEntries(Object.entries(change).map(([key, value]) => [key, chosen[key] ?? value])));
    if (info.device.animations !== animations || info.device.accent !== accent) {
      Object.assign(info.device, { animations, accent });
      deviceListeners.forEach((listener) => listener());
    }
  }

  // Runs a callback of the app the way the system does: an uncaught error goes to the error observers, and if nobody
  // wants it the process ends. Gives `undefined` then.
  function guest(f) {
    if (host.exiting()) {
      return undefined;
    }
    try {
      return f();
    } catch (error) {
      host.uncaught(error);
      return undefined;
    }
  }

  // A promise for a later turn of the main loop.
  function turn() {
    return new Promise((resolve) => system.later(resolve));
  }

  // Abilities and windows call back with an error object whatever happened; its code is 0 when nothing did. Apps read
  // `err.code` without looking further.
  function coded(callback) {
    return typeof callback !== 'function' ? callback
      : (error, result) => callback(error ?? Object.assign(new Error(''), { code: 0 }), result);
  }

  // Calls `f` of every member, although members may come and go meanwhile.
  function each(members, f) {
    for (const member of [...members]) {
      guest(() => f(member));
    }
  }

  return {
    info,
    modules,
    configuration,
    configurationListeners: listeners,
    deviceListeners,
    choose,
    systemChanged,
    densityClass,
    configure,
    guest,
    coded,
    each,
    turn,
    exiting: host.exiting,
    uncaught: host.uncaught,
    exit: host.exit,
    finish: host.finish,
    ensureDirectory: host.ensureDirectory,
    removeData: host.removeData,
    extractResfiles: host.extractResfiles,
    importModule: host.importModule,
    hasModule: host.hasModule,
    setMocks: host.setMocks,
    profile: host.profile,
    createStage: host.createStage,
    // `{begin(info, id, options), end(id)}` of a window system that shows something while an ability starts.
    starting: undefined,
    describeError: host.describeError,
    log: host.log,
    memory: host.memory,
  };
})
