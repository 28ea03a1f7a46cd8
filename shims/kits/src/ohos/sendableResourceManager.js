// @ohos:sendableResourceManager
(function (host, system) {
  'use strict';

  const wrong = () => {
    throw new system.BusinessError(401, 'If the input parameter invalid. Possible causes: Incorrect parameter types.');
  };

  /** The same resource, with parameters in another kind of array. */
  function changed(resource, arrayOf) {
    const { bundleName, moduleName, id, type, params } = resource ?? wrong();
    if (typeof bundleName !== 'string' || typeof moduleName !== 'string' || typeof id !== 'number') wrong();
    return { bundleName, moduleName, id, type, params: params === undefined ? undefined : arrayOf(params) };
  }

  return {
    resourceToSendableResource: (resource) => changed(resource, (params) => {
      const { Array: Shared } = system.require('@ohos:arkts.collections');
      return Shared === undefined ? [...params] : Shared.from(params);
    }),
    sendableResourceToResource: (resource) => changed(resource, (params) => [...params]),
  };
})
