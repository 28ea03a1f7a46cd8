// @ohos:screenLock: the lock of the screen is the desktop's; apps are told that there is none.
(function (host, system) {
  'use strict';
  const { declare, refuse } = system.require('@concord:kits/declared');
  const systemOnly = refuse(202, 'Permission verification failed. A non-system application calls a system API.');

  return declare([], {
    // Before API 9.
    'isScreenLocked(): Promise': () => false,
    'isSecureMode(): Promise': () => false,
    'unlockScreen(): Promise': () => true,
    'isLocked()': systemOnly,
    'unlock(): Promise': systemOnly,
    'lock(): Promise': systemOnly,
  });
})
