// @ohos:multimodalAwareness.motion: which hand holds the device, of a device that nobody holds.
(function (host, system) {
  'use strict';
  const { declare, events, refuse } = system.require('@concord:kits/declared');

  const OperatingHandStatus = { UNKNOWN_STATUS: 0, LEFT_HAND_OPERATED: 1, RIGHT_HAND_OPERATED: 2 };
  const HoldingHandStatus = { NOT_HELD: 0, LEFT_HAND_HELD: 1, RIGHT_HAND_HELD: 2, BOTH_HANDS_HELD: 3, UNKNOWN_STATUS: 16 };

  const DETECT_GESTURE = 'ohos.permission.DETECT_GESTURE';

  const unsupported = refuse(801, 'Capability not supported.');
  const watch = { on: unsupported, off: unsupported };

  return {
    OperatingHandStatus, HoldingHandStatus,
    ...declare([], {
      'getRecentOperatingHandStatus()': unsupported,
    }),
    ...events({ operatingHandChanged: [], holdingHandChanged: [DETECT_GESTURE] }, watch),
  };
})
