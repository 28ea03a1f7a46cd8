(async function (require, check, equal, sine) {
  'use strict';
  const media = require('@ohos:multimedia.media');
  const fs = require('@ohos:file.fs');
  fs.mkdirSync('/data/storage/el2/base/files', true);
  const extractor = await media.createAVMetadataExtractor();
  let code = 0;
  await extractor.fetchMetadata().catch((error) => { code = error.code; });
  equal(code, 5400102, 'no source');
  const file = fs.openSync('/data/storage/el2/base/files/m.mp3', fs.OpenMode.CREATE | fs.OpenMode.READ_WRITE);
  fs.writeSync(file.fd, sine.buffer);
  extractor.fdSrc = { fd: file.fd, offset: 0, length: sine.length };
  const found = await extractor.fetchMetadata();
  equal([found.title, found.artist, found.album, found.genre], ['Sine', 'Concord', 'Tests', 'Tone'], 'texts');
  equal([found.hasAudio, found.hasVideo, found.mimeType, found.sampleRate, found.trackCount], ['yes', null, 'audio/mpeg', '22050', '1'].map((x) => x ?? undefined), 'what it is');
  check(Number(found.duration) > 950, `duration ${found.duration}`);
  await extractor.release();
  await extractor.fetchMetadata().catch((error) => { code = error.code + 1; });
  equal(code, 5400103, 'released');
})
