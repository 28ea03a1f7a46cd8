// @concord:arkui/nodes: see nodes.rs, whose natives these are, by name.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { resolve } = system.require('@concord:arkui/resources');
  const { device } = process.info;

  function configure() {
    host.configure({
      density: device.density,
      fontScale: process.configuration.fontSizeScale,
      animations: device.animations,
      windowWidth: device.width,
      dark: process.configuration.colorMode === 0,
      rightToLeft: process.configuration.direction === 1 && /^(ar|fa|he|iw|ur|ug)\b/.test(process.configuration.language),
      locale: process.configuration.language,
      targetApi: (process.info.modules[0]?.tree.app?.targetAPIVersion ?? 20) % 1000,
    });
  }
  configure();
  host.resolveWith(resolve);
  return { ...host, append: (parent, child) => host.insert(parent, child), configure };
})
