// @concord:arkui/resources: what `$r(…)` and `$rawfile(…)` mean to components.
(function (host, system) {
  'use strict';
  const { ResourceManager, managerOf } = system.require('@concord:resources');
  const process = system.require('@concord:process');

  // Resources that were missing, so that each is told of once.
  const missing = new Set();

  // A number, text, list, `{module, path}`, or undefined when there is no such resource.
  function resolve(resource) {
    const module = process.modules.has(resource.moduleName) ? resource.moduleName : process.info.modules[0]?.name ?? '';
    try {
      return ResourceManager.forComponent(managerOf(module), { ...resource, moduleName: module });
    } catch (error) {
      const name = resource.params?.[0] ?? resource.id;
      if (!missing.has(name)) {
        missing.add(name);
        console.warn(`Resource ${name} of ${module} cannot be used: ${error.message}`);
      }
      return undefined;
    }
  }

  return { resolve, bytes: (module, path) => ResourceManager.fileOf({ module: module || (process.info.modules[0]?.name ?? ''), path }) };
})
