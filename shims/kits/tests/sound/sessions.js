(async function (require, check, equal) {
  'use strict';
  const avsession = require('@ohos:multimedia.avsession');
  const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const codeOf = async (work) => {
    try {
      await work();
      return 0;
    } catch (error) {
      return error.code;
    }
  };
  equal(await codeOf(() => avsession.createAVSession({}, 'tag', 'song')), 401, 'an unknown type');
  const session = await avsession.createAVSession({}, 'tag', 'audio');
  equal([session.sessionType, session.sessionTag, session.sessionId.length > 8], ['audio', 'tag', true], 'a session');
  equal(await codeOf(() => avsession.createAVSession({}, 'other', 'audio')), 6600101, 'a second one');

  const controller = await session.getController();
  const seen = [];
  controller.on('metadataChange', ['title'], (data) => seen.push(['metadata', data]));
  controller.on('playbackStateChange', 'all', (state) => seen.push(['state', state.state]));
  controller.on('activeStateChange', (active) => seen.push(['active', active]));
  controller.on('validCommandChange', (commands) => seen.push(['commands', commands]));
  controller.on('sessionEvent', (name, args) => seen.push(['event', name, args]));
  controller.on('sessionDestroy', () => seen.push(['destroyed']));
  await session.setAVMetadata({ assetId: '1', title: 'Song', artist: 'Somebody', duration: 60000 });
  await session.setAVPlaybackState({ state: avsession.PlaybackState.PLAYBACK_STATE_PLAY, speed: 2, position: { elapsedTime: 1000, updateTime: Date.now() } });
  await session.dispatchSessionEvent('lyric', { line: 1 });
  await sleep(500);
  equal(seen, [['metadata', { title: 'Song' }], ['state', 2], ['event', 'lyric', { line: 1 }]], 'what the controller hears');
  const position = controller.getRealPlaybackPositionSync();
  check(position > 1900 && position < 2300, `half a second at double speed: ${position}`);
  equal((await controller.getAVMetadata()).artist, 'Somebody', 'metadata');

  equal(await codeOf(() => controller.sendControlCommand({ command: 'play' })), 6600106, 'a command to a session that is not active');
  await session.activate();
  equal(await codeOf(() => controller.sendControlCommand({ command: 'seek', parameter: 5 })), 6600105, 'a command that nobody hears');
  equal(await codeOf(() => controller.sendControlCommand({ command: 'fly' })), 401, 'no command');
  const heard = [];
  session.on('seek', (time) => heard.push(time));
  session.on('commonCommand', (name, args) => heard.push([name, args]));
  equal(controller.getValidCommandsSync(), ['seek'], 'valid commands');
  await controller.sendControlCommand({ command: 'seek', parameter: 5000 });
  await controller.sendCommonCommand('like', { song: 1 });
  await sleep(0);
  equal(heard, [5000, ['like', { song: 1 }]], 'commands');
  session.off('seek');
  equal(controller.getValidCommandsSync(), [], 'none left');

  equal(await codeOf(() => session.getAVCastController()), 6600109, 'no casting');
  equal(session.getOutputDeviceSync().devices[0].castCategory, 0, 'this machine');
  await session.destroy();
  await sleep(0);
  equal(seen.at(-1), ['destroyed'], 'the end');
  equal(await codeOf(() => session.activate()), 6600102, 'no session');
  equal(await codeOf(() => controller.getAVMetadata()), 6600102, 'no session for the controller');
  await controller.destroy();
  equal(await codeOf(() => controller.isActive()), 6600103, 'no controller');
  await avsession.createAVSession({}, 'next', 'video');
})
