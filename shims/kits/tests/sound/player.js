(async function (require, check, equal, sine) {
  'use strict';
  const media = require('@ohos:multimedia.media');
  const fs = require('@ohos:file.fs');
  fs.mkdirSync('/data/storage/el2/base/files', true);
  const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const codeOf = async (work) => {
    try {
      await work();
      return 0;
    } catch (error) {
      return error.code;
    }
  };
  const path = '/data/storage/el2/base/files/sine.mp3';
  const file = fs.openSync(path, fs.OpenMode.CREATE | fs.OpenMode.READ_WRITE);
  fs.writeSync(file.fd, sine.buffer);

  const player = await media.createAVPlayer();
  const states = [];
  const errors = [];
  const times = [];
  const seen = [];
  player.on('stateChange', (state, reason) => states.push(`${state} ${reason}`));
  player.on('error', (error) => errors.push(error.code));
  player.on('timeUpdate', (time) => times.push(time));
  for (const event of ['durationUpdate', 'seekDone', 'volumeChange', 'speedDone']) player.on(event, (value) => seen.push([event, value]));
  player.on('endOfStream', () => seen.push('end'));
  equal(player.state, 'idle', 'first state');
  equal([player.currentTime, player.duration], [-1, -1], 'no times yet');
  equal(await codeOf(() => player.play()), 5400102, 'play without a source');
  player.seek(10);
  await sleep(0);
  equal(errors, [5400102], 'seek without a source');

  player.url = `fd://${file.fd}`;
  equal(player.state, 'initialized', 'a source');
  await player.prepare();
  equal(player.state, 'prepared', 'prepared');
  check(player.duration > 950 && player.duration < 1150, `duration: ${player.duration}`);
  equal(await codeOf(() => player.pause()), 5400102, 'pause before play');
  const { duration } = player;
  const begun = Date.now();
  await player.play();
  await sleep(500);
  check(player.currentTime > 400 && player.currentTime <= 520, `half a second: ${player.currentTime}`);
  await player.pause();
  const paused = player.currentTime;
  await sleep(1000);
  equal(player.currentTime, paused, 'a paused player stands still');
  player.seek(200, media.SeekMode.SEEK_CLOSEST);
  check(Math.abs(player.currentTime - 200) < 60, `after seeking: ${player.currentTime}`);
  await player.play();
  while (player.state === 'playing') await sleep(50);
  equal(player.state, 'completed', 'at the end');
  const took = Date.now() - begun;
  check(took > 2200 && took < 2600, `time passed as it should: ${took}`);
  equal(player.currentTime, duration, 'the end is the end');
  check(times.length > 8, `time was told: ${times.length}`);

  // Twice as fast from the beginning.
  player.setSpeed(media.PlaybackSpeed.SPEED_FORWARD_2_00_X);
  player.setVolume(0.25);
  const again = Date.now();
  await player.play();
  while (player.state === 'playing') await sleep(20);
  const fast = Date.now() - again;
  check(fast > 400 && fast < 700, `half the time: ${fast}`);

  // For ever.
  player.setSpeed(media.PlaybackSpeed.SPEED_FORWARD_1_00_X);
  player.loop = true;
  await player.play();
  await sleep(2500);
  equal(player.state, 'playing', 'again and again');
  check(player.currentTime < duration, `within the file: ${player.currentTime}`);
  check(seen.filter((event) => event === 'end').length >= 4, `ends were told: ${JSON.stringify(seen)}`);
  player.seek(99999);
  player.setVolume(7);
  await sleep(0);
  equal(errors, [5400102, 401, 401], 'out of range');
  await player.stop();
  equal(await codeOf(() => player.play()), 5400102, 'play when stopped');
  await player.prepare();
  const [track] = await player.getTrackDescription();
  equal([track.track_type, track.codec_mime, track.sample_rate, track.channel_count], [0, 'audio/mpeg', 22050, 1], 'the track');
  equal(await player.getSelectedTracks(), [0], 'it plays');
  await player.reset();
  equal([player.state, player.duration], ['idle', -1], 'as at first');

  player.url = 'https://example.com/song.mp3';
  equal(await codeOf(() => player.prepare()), 5411004, 'no network');
  await sleep(0);
  equal(player.state, 'error', 'broken');
  await player.reset();
  const text = fs.openSync('/data/storage/el2/base/files/text.txt', fs.OpenMode.CREATE | fs.OpenMode.READ_WRITE);
  fs.writeSync(text.fd, 'this is no sound. '.repeat(100));
  player.fdSrc = { fd: text.fd, offset: 0, length: 100 };
  equal(await codeOf(() => player.prepare()), 5400106, 'no format');
  await player.reset();

  // Piece by piece.
  let asked = 0;
  player.dataSrc = {
    fileSize: sine.length,
    callback: (buffer, length, pos) => {
      asked++;
      const part = sine.subarray(pos, pos + Math.min(length, 1000));
      new Uint8Array(buffer).set(part);
      return part.length;
    },
  };
  await player.prepare();
  check(asked >= Math.floor(sine.length / 1000), `asked ${asked} times`);
  check(Math.abs(player.duration - duration) < 5, 'the same file');
  await player.release();
  equal(player.state, 'released', 'released');
  equal(await codeOf(() => player.release()), 5400102, 'released twice');
  await sleep(0);
  equal(states.slice(0, 6), ['initialized 1', 'prepared 1', 'playing 1', 'paused 1', 'playing 1', 'completed 2'], 'states');
  check(seen.some(([event, value]) => event === 'volumeChange' && value === 0.25), 'volume was told');
  check(seen.some(([event, value]) => event === 'speedDone' && value === 4), 'speed was told');

  // The callback form.
  const other = await new Promise((resolve, reject) => media.createAVPlayer((error, value) => (error ? reject(error) : resolve(value))));
  const change = new Promise((resolve) => other.on('stateChange', resolve));
  await other.setMediaSource(media.createMediaSourceWithUrl(`file://com.example${path}`));
  equal(await change, 'initialized', 'a media source');
  await new Promise((resolve, reject) => other.prepare((error) => (error ? reject(error) : resolve())));
  equal(other.state, 'prepared', 'prepared');
  await other.release();
})
