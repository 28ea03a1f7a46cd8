// @ohos:multimedia.camera: a machine without cameras. Everything can be asked and prepared; what needs a camera fails as documented.
(function (host, system) {
  'use strict';
  const enums = system.require('@concord:camera.enums');
  const { Listeners } = system.require('@concord:sound.listeners');
  const { CameraErrorCode, SceneMode, TorchMode, ImageRotation } = enums;

  const TEXTS = {
    [CameraErrorCode.INVALID_ARGUMENT]: 'Parameter missing or parameter type incorrect.',
    [CameraErrorCode.OPERATION_NOT_ALLOWED]: 'Operation not allowed.',
    [CameraErrorCode.SESSION_NOT_CONFIG]: 'Session not config.',
    [CameraErrorCode.SESSION_NOT_RUNNING]: 'Session not running.',
    [CameraErrorCode.SESSION_CONFIG_LOCKED]: 'Session config locked.',
    [CameraErrorCode.SERVICE_FATAL_ERROR]: 'Camera service fatal error.',
  };
  const fail = (code) => {
    throw new system.BusinessError(code, TEXTS[code]);
  };
  const isProfile = (profile) => typeof profile?.format === 'number' && typeof profile.size?.width === 'number' && typeof profile.size.height === 'number';

  // `on('error', callback)` and its like; inputs have their camera in between.
  class Emitter {
    #listeners = new Listeners();

    on(type, ...args) {
      const callback = args.at(-1);
      if (typeof type !== 'string' || typeof callback !== 'function') fail(CameraErrorCode.INVALID_ARGUMENT);
      this.#listeners.add(type, callback);
    }

    off(type, ...args) {
      const callback = args.at(-1);
      this.#listeners.remove(type, typeof callback === 'function' ? callback : undefined);
    }
  }

  class Output extends Emitter {
    #profile;
    #released = false;

    constructor(profile) {
      super();
      this.#profile = profile;
    }

    getActiveProfile() { return this.#profile ?? fail(CameraErrorCode.SERVICE_FATAL_ERROR); }

    release(callback) {
      return system.async(() => {
        if (this.#released) fail(CameraErrorCode.SERVICE_FATAL_ERROR);
        this.#released = true;
      }, callback);
    }
  }

  const noFrames = {
    getSupportedFrameRates() { return []; },
    setFrameRate(min, max) {
      if (!(min <= max)) fail(CameraErrorCode.INVALID_ARGUMENT);
      throw new system.BusinessError(CameraErrorCode.UNRESOLVED_CONFLICTS_WITH_CURRENT_CONFIGURATIONS, 'Unresolved conflicts with current configurations.');
    },
    getActiveFrameRate() { return { min: 0, max: 0 }; },
  };
  const notRunning = {
    start(callback) { return system.async(() => fail(CameraErrorCode.SESSION_NOT_CONFIG), callback); },
    stop(callback) { return system.async(() => undefined, callback); },
  };

  function give(Class, methods) {
    for (const [name, value] of Object.entries(methods)) {
      Object.defineProperty(Class.prototype, name, { value, writable: true, configurable: true });
    }
  }

  class PreviewOutput extends Output {
    getPreviewRotation(rotation) { return Number.isInteger(rotation) ? rotation * 90 % 360 : ImageRotation.ROTATION_0; }

    setPreviewRotation(rotation) {
      if (!Object.values(ImageRotation).includes(rotation)) fail(CameraErrorCode.INVALID_ARGUMENT);
    }
  }
  give(PreviewOutput, noFrames);

  class PhotoOutput extends Output {
    capture(setting, callback) {
      if (typeof setting === 'function') [setting, callback] = [undefined, setting];
      return system.async(() => fail(CameraErrorCode.SESSION_NOT_RUNNING), callback);
    }

    getSupportedMovingPhotoVideoCodecTypes() { return []; }
    setMovingPhotoVideoCodecType() { fail(CameraErrorCode.SERVICE_FATAL_ERROR); }
    isMirrorSupported() { return false; }
    enableMirror() { fail(CameraErrorCode.SESSION_NOT_CONFIG); }
    isMovingPhotoSupported() { return false; }
    enableMovingPhoto() { fail(CameraErrorCode.SERVICE_FATAL_ERROR); }
    getPhotoRotation() { return ImageRotation.ROTATION_0; }
  }

  class VideoOutput extends Output {
    getVideoRotation() { return ImageRotation.ROTATION_0; }
    isMirrorSupported() { return false; }
    enableMirror() { fail(CameraErrorCode.SESSION_NOT_CONFIG); }
  }
  give(VideoOutput, noFrames);
  give(VideoOutput, notRunning);

  class MetadataOutput extends Output {}
  give(MetadataOutput, notRunning);

  // A session. It never gets an input, so that it is never configured.
  class Session extends Emitter {
    #configuring = false;
    #released = false;
    #outputs = new Set();

    #must() {
      if (this.#released) fail(CameraErrorCode.SERVICE_FATAL_ERROR);
      if (!this.#configuring) fail(CameraErrorCode.SESSION_NOT_CONFIG);
    }

    beginConfig() {
      if (this.#released) fail(CameraErrorCode.SERVICE_FATAL_ERROR);
      if (this.#configuring) fail(CameraErrorCode.SESSION_CONFIG_LOCKED);
      this.#configuring = true;
    }

    // There is nothing that could give pictures.
    commitConfig(callback) { return system.async(() => fail(CameraErrorCode.OPERATION_NOT_ALLOWED), callback); }

    canAddInput(_input) { return false; }

    addInput(_input) {
      this.#must();
      fail(CameraErrorCode.INVALID_ARGUMENT);
    }

    removeInput(_input) {
      this.#must();
      fail(CameraErrorCode.INVALID_ARGUMENT);
    }

    canAddOutput(output) { return this.#configuring && output instanceof Output && !this.#outputs.has(output); }

    addOutput(output) {
      if (!(output instanceof Output)) fail(CameraErrorCode.INVALID_ARGUMENT);
      this.#must();
      if (this.#outputs.has(output)) fail(CameraErrorCode.OPERATION_NOT_ALLOWED);
      this.#outputs.add(output);
    }

    removeOutput(output) {
      if (!(output instanceof Output)) fail(CameraErrorCode.INVALID_ARGUMENT);
      this.#must();
      if (!this.#outputs.delete(output)) fail(CameraErrorCode.OPERATION_NOT_ALLOWED);
    }

    addSecureOutput(output) { this.addOutput(output); }
    start(callback) { return system.async(() => fail(CameraErrorCode.SESSION_NOT_CONFIG), callback); }
    stop(callback) { return system.async(() => undefined, callback); }

    release(callback) {
      return system.async(() => {
        this.#released = true;
        this.#outputs.clear();
      }, callback);
    }

    canPreconfig() { return false; }
    preconfig() { fail(CameraErrorCode.SERVICE_FATAL_ERROR); }
    isControlCenterSupported() { return false; }
    getSupportedEffectTypes() { return []; }
  }

  // What is asked of a camera: there is none before the session is configured.
  const ASKED = [
    'hasFlash', 'isFlashModeSupported', 'getFlashMode', 'setFlashMode', 'isExposureModeSupported', 'getExposureBiasRange', 'getExposureMode',
    'setExposureMode', 'getMeteringPoint', 'setMeteringPoint', 'setExposureBias', 'getExposureValue', 'isFocusModeSupported', 'getFocusMode',
    'setFocusMode', 'setFocusPoint', 'getFocusPoint', 'getFocalLength', 'getZoomRatioRange', 'getZoomRatio', 'setZoomRatio', 'setSmoothZoom',
    'isVideoStabilizationModeSupported', 'getActiveVideoStabilizationMode', 'setVideoStabilizationMode', 'getSupportedColorSpaces',
    'getActiveColorSpace', 'setColorSpace', 'isAutoDeviceSwitchSupported', 'enableAutoDeviceSwitch', 'setQualityPrioritization',
    'enableControlCenter', 'isWhiteBalanceModeSupported', 'getWhiteBalanceRange', 'getWhiteBalanceMode', 'setWhiteBalanceMode',
    'getWhiteBalance', 'setWhiteBalance', 'isMacroSupported', 'enableMacro',
  ];
  give(Session, Object.fromEntries(ASKED.map((name) => [name, () => fail(CameraErrorCode.SESSION_NOT_CONFIG)])));

  class PhotoSession extends Session {}
  class VideoSession extends Session {}
  class SecureSession extends Session {}

  const NONE = { previewProfiles: [], photoProfiles: [], videoProfiles: [], supportedMetadataObjectTypes: [] };

  class CameraManager extends Emitter {
    getSupportedCameras() { return []; }
    getSupportedSceneModes(_camera) { return []; }
    getSupportedOutputCapability(_camera, _mode) { return { ...NONE }; }
    getSupportedFullOutputCapability(_camera, _mode) { return { ...NONE }; }
    isCameraMuted() { return false; }
    isCameraMuteSupported() { return false; }

    createCameraInput(camera, type) {
      if (camera === undefined || camera === null || (typeof camera === 'number' && typeof type !== 'number')) fail(CameraErrorCode.INVALID_ARGUMENT);
      return fail(CameraErrorCode.SERVICE_FATAL_ERROR);
    }

    createPreviewOutput(profile, surfaceId) {
      if (typeof profile === 'string' && surfaceId === undefined) return new PreviewOutput();
      if (!isProfile(profile) || typeof surfaceId !== 'string') fail(CameraErrorCode.INVALID_ARGUMENT);
      return new PreviewOutput(profile);
    }

    createPhotoOutput(profile) {
      if (profile !== undefined && !isProfile(profile)) fail(CameraErrorCode.INVALID_ARGUMENT);
      return new PhotoOutput(profile);
    }

    createVideoOutput(profile, surfaceId) {
      if (typeof profile === 'string' && surfaceId === undefined) return new VideoOutput();
      if (!isProfile(profile) || typeof surfaceId !== 'string') fail(CameraErrorCode.INVALID_ARGUMENT);
      return new VideoOutput(profile);
    }

    createMetadataOutput(types) {
      if (!Array.isArray(types) || types.length === 0) fail(CameraErrorCode.INVALID_ARGUMENT);
      return new MetadataOutput();
    }

    createSession(mode) {
      switch (mode) {
        case SceneMode.NORMAL_PHOTO: return new PhotoSession();
        case SceneMode.NORMAL_VIDEO: return new VideoSession();
        case SceneMode.SECURE_PHOTO: return new SecureSession();
        default: return fail(CameraErrorCode.INVALID_ARGUMENT);
      }
    }

    isTorchSupported() { return false; }
    isTorchModeSupported(_mode) { return false; }
    getTorchMode() { return TorchMode.OFF; }

    setTorchMode(mode) {
      if (!Object.values(TorchMode).includes(mode)) fail(CameraErrorCode.INVALID_ARGUMENT);
      fail(CameraErrorCode.OPERATION_NOT_ALLOWED);
    }

    getCameraDevice(_position, _type) { return fail(CameraErrorCode.SERVICE_FATAL_ERROR); }
    getCameraDevices(_position, _types, _connection) { return []; }
    getCameraConcurrentInfos(_cameras) { return []; }
  }

  let manager;

  function getCameraManager(context) {
    if (typeof context !== 'object' || context === null) fail(CameraErrorCode.INVALID_ARGUMENT);
    return manager ??= new CameraManager();
  }

  return { ...enums, getCameraManager };
})
