// @ohos:multimedia.media
(function (host, system) {
  'use strict';

  const enums = system.require('@concord:media.enums');
  const { AVPlayer } = system.require('@concord:media.player');
  const { AVMetadataExtractor } = system.require('@concord:media.metadata');
  const { createSoundPool } = system.require('@concord:media.soundPool');
  const { AVRecorder } = system.require('@concord:media.recorder');
  const { AVTranscoder } = system.require('@concord:media.transcoder');
  const { AVScreenCaptureRecorder } = system.require('@concord:media.screen');
  const { AVImageGenerator } = system.require('@concord:media.frames');
  const { MediaSource, streamSource, checkDescriptor, checkData } = system.require('@concord:media.source');

  return {
    ...enums,
    createAVPlayer: (callback) => system.async(() => new AVPlayer(), callback),
    createAVMetadataExtractor: (callback) => system.async(() => new AVMetadataExtractor(), callback),
    createAVRecorder: (callback) => system.async(() => new AVRecorder(), callback),
    createAVTranscoder: () => system.async(() => new AVTranscoder()),
    createAVScreenCaptureRecorder: () => system.async(() => new AVScreenCaptureRecorder()),
    createAVImageGenerator: (callback) => system.async(() => new AVImageGenerator(), callback),
    createSoundPool,
    createMediaSourceWithStreamData: streamSource,
    createMediaSourceWithUrl: (url, _headers) => new MediaSource({ url: String(url) }),
    createMediaSourceWithFd: (fdSrc) => new MediaSource({ fdSrc: checkDescriptor(fdSrc) }),
    createMediaSourceWithDataSource: (dataSrc) => new MediaSource({ dataSrc: checkData(dataSrc) }),
  };
})
