// @ohos:bundle.overlay: modules that lie over the resources of others.
(function (host, system) {
  'use strict';
  const { declare, fail } = system.require('@concord:kits/declared');
  const { modules, info } = system.require('@concord:process');

  const targetOf = ({ tree }) => tree.module.targetModuleName;
  const moduleOf = (name) => modules.get(name) ?? fail(17700002, 'The specified module name is not found.');
  const overlayOf = (name) => {
    const module = moduleOf(name);
    return targetOf(module) === undefined ? fail(17700033, 'The specified module is not an overlay module.') : module;
  };
  const describe = (name) => {
    const module = overlayOf(name);
    const priority = module.tree.module.targetPriority ?? 1;
    return { bundleName: info.bundleName, moduleName: name, targetModuleName: targetOf(module), hapPath: '', priority, state: 0 };
  };

  return declare([], {
    'setOverlayEnabled(moduleName: string, isEnabled: boolean): Promise': (name) => {
      overlayOf(name);
      fail(801, 'Capability not supported. Overlays are not applied.');
    },
    'getOverlayModuleInfo(moduleName: string): Promise': describe,
    'getTargetOverlayModuleInfos(targetModuleName: string): Promise': (name) => {
      if (targetOf(moduleOf(name)) !== undefined) {
        fail(17700034, 'The specified module is an overlay module.');
      }
      return [...modules.keys()].filter((other) => targetOf(modules.get(other)) === name).map(describe);
    },
  });
})
