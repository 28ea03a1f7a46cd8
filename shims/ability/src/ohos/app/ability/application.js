// @ohos:app.ability.application
(function (host, system) {
  'use strict';
  const contexts = system.require('@concord:context');
  const enums = system.require('@concord:enums')('@ohos:app.ability.application');
  const BusinessError = system.BusinessError;

  function check(context) {
    if (!(context instanceof contexts.Context)) {
      throw contexts.invalid('The context must be a Context.');
    }
  }

  return {
    ...enums,
    getApplicationContext: () => contexts.application,
    getApplicationContextInstance: () => contexts.application,
    async createModuleContext(context, first, second) {
      check(context);
      return context.createModuleContext(first, second);
    },
    createModuleContextSync(context, module) {
      check(context);
      return context.createModuleContext(module);
    },
    async createBundleContext(context, name) {
      check(context);
      return context.createBundleContext(name);
    },
    async createPluginModuleContext() {
      throw new BusinessError(801, 'Capability not supported.');
    },
    async promoteCurrentToCandidateMasterProcess() {
      throw new BusinessError(801, 'Capability not supported.');
    },
    async demoteCurrentFromCandidateMasterProcess() {
      throw new BusinessError(801, 'Capability not supported.');
    },
    async exitMasterProcessRole() {
      throw new BusinessError(801, 'Capability not supported.');
    },
    getAppPreloadType: () => enums.AppPreloadType.UNSPECIFIED,
  };
})
