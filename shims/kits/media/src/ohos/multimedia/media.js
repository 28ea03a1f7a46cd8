// @ohos:multimedia.media
(function (host, system) {
  'use strict';

  const enums = system.require('@concord:media.enums');
  const { AVPlayer } = system.require('@concord:media.player');
  const { AVMetadataExtractor } = system.require('@concord:media.metadata');
  const { createSoundPool } = system.require('@concord:media.soundPool');
  const { MediaSource, checkDescriptor, checkData } = system.require('@concord:media.source');

  return {
    ...enums,
    createAVPlayer: (callback) => system.async(() => new AVPlayer(), callback),
    createAVMetadataExtractor: (callback) => system.async(() => new AVMetadataExtractor(), callback),
    createSoundPool,
    createMediaSourceWithUrl: (url, _headers) => new MediaSource({ url: String(url) }),
    createMediaSourceWithFd: (fdSrc) => new MediaSource({ fdSrc: checkDescriptor(fdSrc) }),
    createMediaSourceWithDataSource: (dataSrc) => new MediaSource({ dataSrc: checkData(dataSrc) }),
  };
})
