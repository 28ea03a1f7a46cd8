// @ohos:resourceManager
(function (host, system) {
  'use strict';
  const { managerOf, fail } = system.require('@concord:resources');
  const { info } = system.require('@concord:process');
  const { main } = system.require('@concord:bundle-info');
  const enums = system.require('@concord:enums')('@ohos:resourceManager');

  function getResourceManager(first, second) {
    const callback = [first, second].find((value) => typeof value === 'function');
    if (typeof first === 'string' && first !== info.bundleName) {
      throw fail(401, 'The resources of other bundles are not accessible.');
    }
    return system.async(() => managerOf(main.name), callback);
  }

  return {
    ...enums,
    getResourceManager,
    getSystemResourceManager: () => managerOf(main.name),
    getSysResourceManager: () => managerOf(main.name),
  };
})
