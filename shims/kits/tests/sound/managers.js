(async function (require, check, equal) {
  'use strict';
  const audio = require('@ohos:multimedia.audio');
  const manager = audio.getAudioManager();
  const codeOf = (work) => {
    try {
      work();
      return 0;
    } catch (error) {
      return error.code;
    }
  };
  equal(audio.AudioChannelLayout.CH_LAYOUT_7POINT1POINT4, 0x2D63F, 'a number');
  const group = await manager.getVolumeManager().getVolumeGroupManager(audio.DEFAULT_VOLUME_GROUP_ID);
  equal(group.getMaxVolumeSync(audio.AudioVolumeType.MEDIA), 15, 'most');
  equal(await group.getVolume(audio.AudioVolumeType.MEDIA), 15, 'volume');
  equal(group.isMuteSync(audio.AudioVolumeType.MEDIA), false, 'mute');
  equal(codeOf(() => group.getVolumeSync('loud')), 401, 'no number');
  equal(codeOf(() => group.getVolumeSync(77)), 6800101, 'no type');
  equal(await manager.getAudioScene(), audio.AudioScene.AUDIO_SCENE_DEFAULT, 'scene');
  const routing = manager.getRoutingManager();
  const devices = routing.getDevicesSync(audio.DeviceFlag.ALL_DEVICES_FLAG);
  equal(devices.length, 1, 'one device');
  equal([devices[0].deviceRole, devices[0].deviceType, devices[0].sampleRates], [2, 2, [48000]], 'what it is');
  equal(routing.getDevicesSync(audio.DeviceFlag.INPUT_DEVICES_FLAG), [], 'no microphone');
  const listener = () => {};
  routing.on('deviceChange', audio.DeviceFlag.ALL_DEVICES_FLAG, listener);
  routing.off('deviceChange', listener);
  equal(codeOf(() => routing.on('nothing', listener)), 6800101, 'no event');
  const session = manager.getSessionManager();
  equal(session.isAudioSessionActivated(), false, 'session');
  await session.activateAudioSession({ concurrencyMode: audio.AudioConcurrencyMode.CONCURRENCY_MIX_WITH_OTHERS });
  equal(session.isAudioSessionActivated(), true, 'session');
  await session.deactivateAudioSession();
  let code = 0;
  await audio.createAudioCapturer({}).catch((error) => { code = error.code; });
  equal(code, 6800101, 'a capturer needs options');
})
