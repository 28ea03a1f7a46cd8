// @ohos:distributedHardware.mechanicManager: stands that turn a camera.
(function (host, system) {
  'use strict';
  const { declare, events, refuse } = system.require('@concord:kits/declared');

  const TrackingEvent = { CAMERA_TRACKING_USER_ENABLED: 0, CAMERA_TRACKING_USER_DISABLED: 1, CAMERA_TRACKING_LAYOUT_CHANGED: 2 };
  const MechDeviceType = { GIMBAL_DEVICE: 0 };
  const AttachState = { ATTACHED: 0, DETACHED: 1 };
  const CameraTrackingLayout = { DEFAULT: 0, LEFT: 1, MIDDLE: 2, RIGHT: 3 };
  const noDevice = refuse(33300002, 'Device not connected.');

  return {
    TrackingEvent, MechDeviceType, AttachState, CameraTrackingLayout,
    ...declare([], {
      'getAttachedMechDevices()': () => [],
      'setCameraTrackingEnabled(isEnabled: boolean)': noDevice,
      'getCameraTrackingEnabled()': noDevice,
      'getCameraTrackingLayout()': noDevice,
    }),
    ...events(['attachStateChange', 'trackingStateChange']),
  };
})
