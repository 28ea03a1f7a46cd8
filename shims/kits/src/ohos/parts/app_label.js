// @concord:kits/app-label: what people call the app, in their language.
(function (host, system) {
  'use strict';
  const { info } = system.require('@concord:process');

  return {
    get label() {
      try {
        const { application } = system.require('@concord:context');
        return application.resourceManager.getStringSync(application.applicationInfo.labelId);
      } catch {
        // Without a text of its own, or without a process.
        return info.bundleName;
      }
    },
  };
})
