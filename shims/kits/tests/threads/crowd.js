// 8 workers with 500 messages each, 10,000 tasks of all priorities: everything comes back, in order where there is one.
(async function (require, check, tasks) {
  'use strict';
  const { ThreadWorker } = require('@ohos:worker');
  const taskpool = require('@ohos:taskpool');
  const MESSAGES = 500, TASKS = 10000;

  const echo = () => new Promise((resolve) => {
    const worker = new ThreadWorker('entry/ets/workers/Echo.ets');
    let seen = 0, wrong = 0;
    worker.onmessage = ({ data }) => {
      if (data.n !== seen++ || data.list.length !== 3) wrong++;
      if (seen === MESSAGES) worker.terminate();
    };
    worker.onexit = (code) => resolve({ seen, wrong, code });
    for (let n = 0; n < MESSAGES; n++) worker.postMessage({ n, list: [n, `${n}`, { n }] });
  });
  const workers = Array.from({ length: 8 }, echo);
  const results = [];
  for (let n = 0; n < TASKS; n++) results.push(taskpool.execute(new taskpool.Task(tasks.square, n), n % 4));
  const squares = await Promise.all(results);
  check(squares.every((square, n) => square === n * n), 'each task has its own result');
  for (const { seen, wrong, code } of await Promise.all(workers)) {
    check(seen === MESSAGES && wrong === 0, `${seen} messages, ${wrong} of them wrong`);
    check(code === 0, 'a worker that is terminated ends normally');
  }
  check(taskpool.getTaskPoolInfo().taskInfos.length === 0, 'no task is left');
  check(taskpool.getTaskPoolInfo().threadInfos.length <= 64, 'threads are not made for each task');

  const many = Array.from({ length: 64 }, () => new ThreadWorker('entry/ets/workers/Echo.ets'));
  let code;
  try {
    new ThreadWorker('entry/ets/workers/Echo.ets');
  } catch (error) {
    code = error.code;
  }
  check(code === 10200003, 'there are at most 64 workers');
  const ends = many.map((worker) => new Promise((resolve) => { worker.onexit = resolve; }));
  many.forEach((worker) => worker.terminate());
  await Promise.all(ends);
  const again = await echo();
  check(again.seen === MESSAGES, 'workers that have ended make room');
})
