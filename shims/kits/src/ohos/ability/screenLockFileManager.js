// @ohos:ability.screenLockFileManager: files that are locked with the screen. None are: the desktop's lock hides no files.
(function (host, system) {
  'use strict';
  const { declare, fail } = system.require('@concord:kits/declared');

  const DataType = { MEDIA_DATA: 0x00000001, ALL_DATA: 0xffffffff };
  const AccessStatus = { ACCESS_DENIED: -1, ACCESS_GRANTED: 0 };
  const ReleaseStatus = { RELEASE_DENIED: -1, RELEASE_GRANTED: 0 };
  const KeyStatus = { KEY_NOT_EXIST: -2, KEY_RELEASED: -1, KEY_EXIST: 0 };

  // The app has not asked for such files in its configuration.
  const disabled = () => fail(29300002, 'The system ability work abnormally.');

  return {
    DataType, AccessStatus, ReleaseStatus, KeyStatus,
    ...declare([], {
      'acquireAccess(dataType?: number)': disabled,
      'releaseAccess(dataType?: number)': disabled,
      'queryAppKeyState(dataType?: number)': () => KeyStatus.KEY_NOT_EXIST,
    }),
  };
})
