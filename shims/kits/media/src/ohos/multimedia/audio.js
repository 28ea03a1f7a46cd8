// @ohos:multimedia.audio
(function (host, system) {
  'use strict';

  const enums = system.require('@concord:audio.enums');
  const { createAudioRenderer } = system.require('@concord:audio.renderer');
  const { manager } = system.require('@concord:audio.manager');
  const { AudioErrors } = enums;

  /** Nothing records yet: as on a device whose microphone cannot be had. */
  function createAudioCapturer(options, callback) {
    return system.async(() => {
      if (typeof options !== 'object' || options === null) {
        throw new system.BusinessError(AudioErrors.ERROR_INVALID_PARAM, 'Invalid parameter.');
      }
      system.report('@ohos:multimedia.audio:createAudioCapturer');
      throw new system.BusinessError(AudioErrors.ERROR_SYSTEM, 'System error. There is no microphone.');
    }, callback);
  }

  return {
    ...enums,
    DEFAULT_VOLUME_GROUP_ID: 1,
    DEFAULT_INTERRUPT_GROUP_ID: 1,
    getAudioManager: () => manager,
    createAudioRenderer,
    createAudioCapturer,
  };
})
