// What a desktop does not have answers as documented.
(async function (require, check, equal) {
  'use strict';
  const camera = require('@ohos:multimedia.camera');
  const drm = require('@ohos:multimedia.drm');
  const media = require('@ohos:multimedia.media');
  const audio = require('@ohos:multimedia.audio');
  const audioHaptic = require('@ohos:multimedia.audioHaptic');
  const picker = require('@ohos:multimedia.cameraPicker');
  const codeOf = async (work) => {
    try {
      await work();
      return 0;
    } catch (error) {
      return error.code;
    }
  };

  equal(await codeOf(() => camera.getCameraManager()), 7400101, 'a manager needs a context');
  const manager = camera.getCameraManager({});
  equal([manager.getSupportedCameras(), manager.isTorchSupported(), manager.isCameraMuted()], [[], false, false], 'no cameras');
  equal(await codeOf(() => manager.createCameraInput()), 7400101, 'no camera, no input');
  equal(await codeOf(() => manager.createSession(99)), 7400101, 'an unknown mode');
  const session = manager.createSession(camera.SceneMode.NORMAL_PHOTO);
  equal(await codeOf(() => session.getZoomRatioRange()), 7400103, 'not configured');
  equal(await codeOf(() => session.addOutput(manager.createPhotoOutput())), 7400103, 'nothing before beginConfig');
  session.beginConfig();
  equal(await codeOf(() => session.beginConfig()), 7400105, 'configured already');
  session.addOutput(manager.createPhotoOutput());
  equal(await codeOf(() => session.commitConfig()), 7400102, 'without an input');
  equal(await codeOf(() => session.start()), 7400103, 'start');
  equal(await codeOf(() => manager.createPhotoOutput().capture()), 7400104, 'capture');
  equal((await picker.pick({}, ['photo'], {})).resultCode, -1, 'no picture');

  equal([drm.getMediaKeySystems(), drm.isMediaKeySystemSupported('x')], [[], false], 'no DRM');
  equal([await codeOf(() => drm.createMediaKeySystem('x')), await codeOf(() => drm.createMediaKeySystem(''))], [24700101, 401], 'no key system');

  const recorder = await media.createAVRecorder();
  const states = [];
  recorder.on('stateChange', (state, reason) => states.push([state, reason]));
  equal(await codeOf(() => recorder.start()), 5400102, 'start before prepare');
  equal(await codeOf(() => recorder.prepare({ profile: {}, url: 'fd://1', audioSourceType: 1 })), 201, 'without a permission');
  equal(await codeOf(() => recorder.prepare({ profile: {}, url: 'fd://1', videoSourceType: 0 })), 5400105, 'nothing records');
  await recorder.reset();
  await recorder.release();
  await new Promise((resolve) => setTimeout(resolve, 0));
  equal(states.map(([state]) => state), ['error', 'idle', 'released'], 'states of a recorder');
  const transcoder = await media.createAVTranscoder();
  equal(await codeOf(() => transcoder.prepare({ fileFormat: 'mp4' })), 5400102, 'without files');
  transcoder.fdSrc = { fd: 1 };
  transcoder.fdDst = 1;
  equal(await codeOf(() => transcoder.prepare({ fileFormat: 'mp4' })), 5400106, 'no encoders');
  const screen = await media.createAVScreenCaptureRecorder();
  equal(await codeOf(() => screen.startRecording()), 5400103, 'not initialised');
  const generator = await media.createAVImageGenerator();
  equal(await codeOf(() => generator.fetchFrameByTime(0, 0, {})), 5400102, 'no source');

  const streamInfo = { samplingRate: 48000, channels: 2, sampleFormat: 1, encodingType: 0 };
  equal(await codeOf(() => audio.createAudioCapturer({ streamInfo })), 6800101, 'an incomplete capturer');
  equal(await codeOf(() => audio.createAudioCapturer({ streamInfo, capturerInfo: { source: 0, capturerFlags: 0 } })), 6800301, 'no permission');
  equal(await codeOf(() => audio.createAudioLoopback(0)), 201, 'a loopback needs the permission too');
  const haptic = audioHaptic.getAudioHapticManager();
  const id = await haptic.registerSource('/data/none.mp3', '/data/none.json');
  equal(await codeOf(() => haptic.createPlayer(id)), 201, 'vibrating needs a permission');
  equal(await codeOf(() => haptic.createPlayer(id + 1, { muteHaptics: true })), 5400102, 'an unknown source');
})
