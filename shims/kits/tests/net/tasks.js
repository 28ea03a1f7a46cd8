(async function (require, check, { port }) {
  const request = require('@ohos:request');
  const fs = require('@ohos:file.fs');
  const { agent } = request;
  const at = `http://127.0.0.1:${port}`;
  const context = { cacheDir: '/data/storage/el2/base/cache' };
  fs.mkdirSync(context.cacheDir, true);
  const on = (task, event) => new Promise((resolve) => task.on(event, resolve));

  const download = await request.downloadFile(context, { url: `${at}/file` });
  const progress = on(download, 'progress');
  await on(download, 'complete');
  await progress;
  check.equal(fs.statSync(`${context.cacheDir}/file`).size, 300000, 'the file is there');
  check.equal((await download.getTaskInfo()).status, request.SESSION_SUCCESSFUL, 'and the task knows');
  check.equal(await check.code(() => request.downloadFile(context, { url: `${at}/file` })), 13400001, 'it is not written over');
  const missing = await request.downloadFile(context, { url: `${at}/nowhere` });
  check.equal(await on(missing, 'fail'), request.ERROR_UNHANDLED_HTTP_CODE, 'the server has none');

  const task = await agent.create(context, { action: agent.Action.DOWNLOAD, url: `${at}/slow`, saveas: './slow', overwrite: true, token: 'a token of it' });
  check.equal(await check.code(() => task.pause()), 21900007, 'nothing to pause');
  const response = on(task, 'response');
  const first = on(task, 'progress');
  await task.start();
  check.equal((await response).statusCode, 200, 'response');
  await first;
  await task.pause();
  check.equal((await agent.show(task.tid)).progress.state, agent.State.PAUSED, 'paused');
  const completed = on(task, 'completed');
  await task.resume();
  check.equal((await completed).processed, 200000, 'completed');
  check.equal(fs.statSync(`${context.cacheDir}/slow`).size, 200000, 'all of it');
  check.equal((await agent.touch(task.tid, 'a token of it')).url, `${at}/slow`, 'touch');
  check.equal(await check.code(() => agent.touch(task.tid, 'another token')), 21900006, 'another token');
  check((await agent.search({ state: agent.State.COMPLETED })).includes(task.tid), 'search');
  await agent.remove(task.tid);
  check.equal(await check.code(() => agent.show(task.tid)), 21900006, 'removed');

  fs.writeSync(fs.openSync(`${context.cacheDir}/up.txt`, 0o102).fd, 'what goes up');
  const upload = await request.uploadFile(context, {
    url: `${at}/echo`, header: { 'x-up': '1' }, method: 'POST', data: [{ name: 'field', value: 'v' }],
    files: [{ filename: 'up.txt', name: 'file', uri: 'internal://cache/up.txt', type: 'text/plain' }],
  });
  const states = await on(upload, 'complete');
  check.equal(states[0].responseCode, 200, 'uploaded');
  check.equal(await check.code(() => request.uploadFile(context, {
    url: at, header: {}, method: 'POST', data: [], files: [{ filename: 'x', name: 'x', uri: 'internal://cache/none', type: '' }],
  })), 13400002, 'there is no such file');
})
