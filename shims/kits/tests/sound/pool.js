(async function (require, check, equal, sine) {
  'use strict';
  const media = require('@ohos:multimedia.media');
  const fs = require('@ohos:file.fs');
  fs.mkdirSync('/data/storage/el2/base/files', true);
  const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const path = '/data/storage/el2/base/files/click.mp3';
  const file = fs.openSync(path, fs.OpenMode.CREATE | fs.OpenMode.READ_WRITE);
  fs.writeSync(file.fd, sine.buffer);
  const pool = await media.createSoundPool(2, { usage: 1, rendererFlags: 0 });
  const loaded = [];
  let finished = [];
  pool.on('loadComplete', (id) => loaded.push(id));
  const first = await pool.load(file.fd, 0, sine.length);
  fs.closeSync(file);
  const second = await pool.load(`file://com.example${path}`);
  await sleep(0);
  equal(loaded, [first, second], 'both are loaded');
  let code = 0;
  await pool.load('file://com.example/data/storage/el2/base/files/none.mp3').catch((error) => { code = error.code; });
  equal(code, 5400103, 'no such file');

  pool.on('playFinishedWithStreamId', (id) => finished.push(id));
  const one = await pool.play(first);
  const two = await pool.play(second, { loop: 1, leftVolume: 0.5, rightVolume: 0.5, rate: 0, priority: 0 });
  check(one !== two, 'streams have numbers');
  await sleep(1300);
  equal(finished, [one], 'the first one is over');
  await sleep(1300);
  equal(finished, [one, two], 'the other played twice');

  finished = [];
  const endless = await pool.play(first, { loop: -1, priority: 5 });
  await sleep(5000);
  equal(finished, [], 'for ever');
  await pool.setLoop(endless, 0);
  await sleep(1500);
  equal(finished, [endless], 'but for setLoop');

  finished = [];
  const a = await pool.play(first);
  const b = await pool.play(first);
  await sleep(100);
  equal(finished, [a], 'the same sound starts again');
  await pool.stop(b);
  await sleep(0);
  equal(finished, [a, b], 'stopped');
  code = 0;
  await pool.stop(b).catch((error) => { code = error.code; });
  equal(code, 5400102, 'stopped already');
  await pool.unload(first);
  await pool.play(first).catch((error) => { code = error.code + 1; });
  equal(code, 5400103, 'unloaded');
  await pool.release();
})
