// @concord:camera.enums: numbers of `@ohos:multimedia.camera`.
(function () {
  'use strict';

  const CameraStatus = { CAMERA_STATUS_APPEAR: 0, CAMERA_STATUS_DISAPPEAR: 1, CAMERA_STATUS_AVAILABLE: 2, CAMERA_STATUS_UNAVAILABLE: 3 };
  const FoldStatus = { NON_FOLDABLE: 0, EXPANDED: 1, FOLDED: 2 };
  const CameraErrorCode = {
    INVALID_ARGUMENT: 7400101, OPERATION_NOT_ALLOWED: 7400102, SESSION_NOT_CONFIG: 7400103, SESSION_NOT_RUNNING: 7400104,
    SESSION_CONFIG_LOCKED: 7400105, DEVICE_SETTING_LOCKED: 7400106, CONFLICT_CAMERA: 7400107, DEVICE_DISABLED: 7400108,
    DEVICE_PREEMPTED: 7400109, UNRESOLVED_CONFLICTS_WITH_CURRENT_CONFIGURATIONS: 7400110, SERVICE_FATAL_ERROR: 7400201,
  };
  const TorchMode = { OFF: 0, ON: 1, AUTO: 2 };
  const CameraPosition = { CAMERA_POSITION_UNSPECIFIED: 0, CAMERA_POSITION_BACK: 1, CAMERA_POSITION_FRONT: 2 };
  const CameraType = {
    CAMERA_TYPE_DEFAULT: 0, CAMERA_TYPE_WIDE_ANGLE: 1, CAMERA_TYPE_ULTRA_WIDE: 2, CAMERA_TYPE_TELEPHOTO: 3, CAMERA_TYPE_TRUE_DEPTH: 4,
  };
  const ConnectionType = { CAMERA_CONNECTION_BUILT_IN: 0, CAMERA_CONNECTION_USB_PLUGIN: 1, CAMERA_CONNECTION_REMOTE: 2 };
  const SceneMode = { NORMAL_PHOTO: 1, NORMAL_VIDEO: 2, SECURE_PHOTO: 12 };
  const CameraFormat = {
    CAMERA_FORMAT_RGBA_8888: 3, CAMERA_FORMAT_YUV_420_SP: 1003, CAMERA_FORMAT_JPEG: 2000, CAMERA_FORMAT_YCBCR_P010: 2001,
    CAMERA_FORMAT_YCRCB_P010: 2002, CAMERA_FORMAT_HEIC: 2003,
  };
  const FlashMode = { FLASH_MODE_CLOSE: 0, FLASH_MODE_OPEN: 1, FLASH_MODE_AUTO: 2, FLASH_MODE_ALWAYS_OPEN: 3 };
  const ExposureMode = { EXPOSURE_MODE_LOCKED: 0, EXPOSURE_MODE_AUTO: 1, EXPOSURE_MODE_CONTINUOUS_AUTO: 2 };
  const FocusMode = { FOCUS_MODE_MANUAL: 0, FOCUS_MODE_CONTINUOUS_AUTO: 1, FOCUS_MODE_AUTO: 2, FOCUS_MODE_LOCKED: 3 };
  const FocusState = { FOCUS_STATE_SCAN: 0, FOCUS_STATE_FOCUSED: 1, FOCUS_STATE_UNFOCUSED: 2 };
  const SmoothZoomMode = { NORMAL: 0 };
  const VideoStabilizationMode = { OFF: 0, LOW: 1, MIDDLE: 2, HIGH: 3, AUTO: 4 };
  const ControlCenterEffectType = { BEAUTY: 0, PORTRAIT: 1 };
  const PreconfigType = {
    PRECONFIG_720P: 0, PRECONFIG_1080P: 1, PRECONFIG_4K: 2, PRECONFIG_HIGH_QUALITY: 3, PRECONFIG_HIGH_QUALITY_PHOTOSESSION_BT2020: 4,
  };
  const PreconfigRatio = { PRECONFIG_RATIO_1_1: 0, PRECONFIG_RATIO_4_3: 1, PRECONFIG_RATIO_16_9: 2 };
  const QualityPrioritization = { HIGH_QUALITY: 0, POWER_BALANCE: 1 };
  const SystemPressureLevel = {
    SYSTEM_PRESSURE_NORMAL: 0, SYSTEM_PRESSURE_MILD: 1, SYSTEM_PRESSURE_SEVERE: 2, SYSTEM_PRESSURE_CRITICAL: 3,
    SYSTEM_PRESSURE_SHUTDOWN: 4,
  };
  const ImageRotation = { ROTATION_0: 0, ROTATION_90: 90, ROTATION_180: 180, ROTATION_270: 270 };
  const QualityLevel = { QUALITY_LEVEL_HIGH: 0, QUALITY_LEVEL_MEDIUM: 1, QUALITY_LEVEL_LOW: 2 };
  const VideoCodecType = { AVC: 0, HEVC: 1 };
  const MetadataObjectType = { FACE_DETECTION: 0 };
  const CameraConcurrentType = { CAMERA_FULL_CAPABILITY: 1, CAMERA_LIMITED_CAPABILITY: 0 };

  return {
    CameraStatus, FoldStatus, CameraErrorCode, TorchMode, CameraPosition, CameraType, ConnectionType, SceneMode, CameraFormat,
    FlashMode, ExposureMode, FocusMode, FocusState, SmoothZoomMode, VideoStabilizationMode, ControlCenterEffectType, PreconfigType,
    PreconfigRatio, QualityPrioritization, SystemPressureLevel, ImageRotation, QualityLevel, VideoCodecType, MetadataObjectType,
    CameraConcurrentType,
  };
})
