// @ohos:multimedia.audio
(function (host, system) {
  'use strict';

  const enums = system.require('@concord:audio.enums');
  const { createAudioRenderer } = system.require('@concord:audio.renderer');
  const { manager } = system.require('@concord:audio.manager');
  const { createAudioCapturer, createAudioLoopback } = system.require('@concord:audio.capturer');

  return {
    ...enums,
    DEFAULT_VOLUME_GROUP_ID: 1,
    DEFAULT_INTERRUPT_GROUP_ID: 1,
    getAudioManager: () => manager,
    createAudioRenderer,
    createAudioCapturer,
    createAudioLoopback,
  };
})
