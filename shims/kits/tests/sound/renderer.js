(async function (require, check, equal) {
  'use strict';
  const { default: ignored, ...rest } = require('@ohos:multimedia.audio');
  const audio = rest;
  const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const codeOf = async (work) => {
    try {
      await work();
      return 0;
    } catch (error) {
      return error.code;
    }
  };

  const streamInfo = { samplingRate: 48000, channels: 2, sampleFormat: 1, encodingType: 0 };
  const rendererInfo = { usage: audio.StreamUsage.STREAM_USAGE_MUSIC, rendererFlags: 0 };
  equal(await codeOf(() => audio.createAudioRenderer({ streamInfo })), 6800101, 'no renderer info');
  equal(await codeOf(() => audio.createAudioRenderer({ streamInfo: { ...streamInfo, samplingRate: 7 }, rendererInfo })), 6800101, 'bad rate');

  const renderer = await audio.createAudioRenderer({ streamInfo, rendererInfo });
  const states = [];
  renderer.on('stateChange', (state) => states.push(state));
  equal(renderer.state, audio.AudioState.STATE_PREPARED, 'first state');
  equal(renderer.getBufferSizeSync(), 3840, 'twenty milliseconds');
  equal(await codeOf(() => renderer.pause()), 6800301, 'pause before start');
  equal(await codeOf(() => renderer.flush()), 6800103, 'flush before start');

  let asked = 0;
  renderer.on('writeData', (buffer) => {
    asked += buffer.byteLength;
    return audio.AudioDataCallbackResult.VALID;
  });
  const marks = [];
  renderer.on('markReach', 24000, (frame) => marks.push(frame));
  renderer.on('periodReach', 12000, (frame) => marks.push(`p${frame}`));
  await renderer.start();
  equal(renderer.state, audio.AudioState.STATE_RUNNING, 'running');
  equal(await codeOf(() => renderer.start()), 6800301, 'start twice');
  await sleep(1000);
  const { framePos } = renderer.getAudioTimestampInfoSync();
  check(framePos >= 45000 && framePos <= 48000, `a second was heard: ${framePos}`);
  check(asked / 4 >= framePos && asked / 4 < framePos + 48000 / 5, `as much was asked for: ${asked}`);
  check(marks.includes(24000) && marks.filter((mark) => mark === 'p12000').length === 3, `marks: ${marks}`);
  await new Promise((resolve, reject) => renderer.pause((error) => (error ? reject(error) : resolve())));
  const paused = renderer.getAudioTimestampInfoSync().framePos;
  await sleep(500);
  equal(renderer.getAudioTimestampInfoSync().framePos, paused, 'a paused renderer stands still');
  await renderer.stop();
  equal(renderer.getAudioTimestampInfoSync().framePos, 0, 'stopping drops what waits');
  await renderer.release();
  await sleep(0);
  equal(states, [2, 5, 3, 4], 'states');

  // The old way: the app writes, and waits when there is enough.
  const writer = await audio.createAudioRenderer({ streamInfo, rendererInfo });
  await writer.start();
  const begun = Date.now();
  for (let i = 0; i < 50; i++) equal(await writer.write(new ArrayBuffer(3840)), 3840, 'written');
  const took = Date.now() - begun;
  check(took >= 600 && took <= 1100, `writing a second takes most of one: ${took}`);
  await writer.drain();
  equal(writer.getAudioTimestampInfoSync().framePos, 48000, 'all was heard');
  await sleep(60);
  check(writer.getUnderflowCountSync() >= 1, 'then there was nothing');
  equal(await codeOf(() => writer.setVolume(2)), 6800104, 'too loud');
  await writer.setVolume(0.5);
  equal(writer.getVolume(), 0.5, 'volume');
  equal(await codeOf(() => writer.setSpeed(9)), 6800101, 'too fast');
  writer.setSpeed(2);
  await writer.flush();
  for (let i = 0; i < 50; i++) await writer.write(new ArrayBuffer(3840));
  await writer.drain();
  const fast = writer.getAudioTimestampInfoSync().framePos;
  check(fast > 18000 && fast < 28000, `half as many frames at twice the speed: ${fast}`);
  const active = audio.getAudioManager().getStreamManager().getCurrentAudioRendererInfoArraySync();
  equal(active.length, 1, 'one stream');
  equal(active[0].rendererInfo.usage, 1, 'its usage');
  await writer.release();
})
