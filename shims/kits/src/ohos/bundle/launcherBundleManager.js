// @ohos:bundle.launcherBundleManager: what a launcher would show, for apps that may know.
(function (host, system) {
  'use strict';
  const { declare } = system.require('@concord:kits/declared');

  const GET_BUNDLE_INFO_PRIVILEGED = 'ohos.permission.GET_BUNDLE_INFO_PRIVILEGED';

  return {
    ...declare([GET_BUNDLE_INFO_PRIVILEGED], {
      'getLauncherAbilityInfoSync(bundleName: string, userId: number)': () => [],
    }),
  };
})
