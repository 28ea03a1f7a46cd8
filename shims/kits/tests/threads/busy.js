// A worker in an endless loop ends when it is told to.
(async function (require, check) {
  'use strict';
  const { ThreadWorker } = require('@ohos:worker');
  const worker = new ThreadWorker('entry/ets/workers/Echo.ets');
  const started = new Promise((resolve) => { worker.onmessage = resolve; });
  worker.postMessage({});
  await started;
  worker.postMessage({ spin: true });
  const exit = new Promise((resolve) => { worker.onexit = resolve; });
  worker.terminate();
  check(await exit >= 0, 'it has ended');
})
