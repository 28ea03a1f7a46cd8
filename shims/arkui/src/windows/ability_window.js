// @concord:arkui/ability-window: what a package says of the windows of its abilities.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { managerOf } = system.require('@concord:resources');
  const desktop = system.require('@concord:arkui/desktop');
  const { device } = process.info;

  // Nobody makes the window of an ability smaller that says nothing itself; in vp.
  const LEAST = 120;
  const OPEN_BRACE = 0x7b;

  // What stands above the window of an ability; `info` is its AbilityInfo.
  function labelOf({ moduleName, labelId, applicationInfo } = {}) {
    const id = labelId || applicationInfo?.labelId;
    try {
      return id ? managerOf(moduleName).getStringSync(id) : process.info.bundleName;
    } catch {
      return process.info.bundleName;
    }
  }

  // What module.json says of an ability.
  function sourceOf({ moduleName, name } = {}) {
    return process.modules.get(moduleName)?.tree.module.abilities?.find((ability) => ability.name === name) ?? {};
  }

  // `minWindowWidth` and the like of module.json and of `StartOptions`, in vp.
  function limitsOf(source, options) {
    const limit = (name, least) => [options[name], source[name]].find((value) => value > 0) ?? least;
    return {
      minWidth: limit('minWindowWidth', LEAST), minHeight: limit('minWindowHeight', LEAST),
      maxWidth: limit('maxWindowWidth', 0), maxHeight: limit('maxWindowHeight', 0),
    };
  }

  // The window of a new ability: as `StartOptions` say (in px), else as large as the device.
  function rectOf(options) {
    const own = desktop.on ? { width: desktop.ownSize.width * device.density, height: desktop.ownSize.height * device.density } : device;
    const { windowLeft = 0, windowTop = 0, windowWidth, windowHeight } = desktop.on ? options : {};
    return {
      left: windowLeft, top: windowTop, width: windowWidth > 0 ? windowWidth : Math.round(own.width),
      height: windowHeight > 0 ? windowHeight : Math.round(own.height),
    };
  }

  // The icon of an ability, else that of the app: files of pictures, the backmost first, and whether the platform's shape is cut
  // out of them. Nothing when there is none.
  function iconOf({ moduleName, iconId, applicationInfo } = {}) {
    const id = iconId || applicationInfo?.iconId;
    try {
      const manager = managerOf(moduleName);
      const bytes = id ? manager.getMediaContentSync(id) : undefined;
      if (bytes?.[0] !== OPEN_BRACE) {
        return bytes && { layers: [bytes], masked: false };
      }
      const { background, foreground } = JSON.parse(String.fromCharCode(...bytes))['layered-image'] ?? {};
      return { layers: [background, foreground].filter((layer) => layer).map((layer) => layerOf(manager, layer)), masked: true };
    } catch (error) {
      console.warn(`The window of ${moduleName} has no icon: ${error.message}`);
      return undefined;
    }
  }

  // `$media:name`, or `$media:number` in compiled packages.
  function layerOf(manager, reference) {
    const name = reference.replace(/^\$media:/, '');
    return /^\d+$/.test(name) ? manager.getMediaContentSync(Number(name)) : manager.getMediaByNameSync(name);
  }

  return { labelOf, sourceOf, limitsOf, rectOf, iconOf };
})
