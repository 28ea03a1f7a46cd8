// @ohos:identifier.oaid: the number by which advertisers would know the device; people have not agreed to it.
(function (host, system) {
  'use strict';
  const { declare, refuse } = system.require('@concord:kits/declared');

  const APP_TRACKING_CONSENT = ['ohos.permission.APP_TRACKING_CONSENT'];
  // What the documentation says of people who do not want to be followed.
  const NOBODY = '00000000-0000-0000-0000-000000000000';

  return {
    ...declare(APP_TRACKING_CONSENT, { 'getOAID(): Promise': () => NOBODY }),
    resetOAID: refuse(202, 'Permission verification failed. A non-system application calls a system API.'),
  };
})
