// Errors of other threads: their class and message (what is assembled has no places), and the codes of what is refused.
(async function (require, check, tasks) {
  'use strict';
  const { ThreadWorker } = require('@ohos:worker');
  const taskpool = require('@ohos:taskpool');
  const caught = async (f) => {
    try {
      await f();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  const failed = await caught(() => taskpool.execute(tasks.fail, 'too far'));
  check(failed instanceof RangeError, 'a task rejects with the class of the error');
  check((await caught(() => taskpool.execute(tasks.plain))).code === 10200014, 'a function that is not concurrent');
  check((await caught(() => taskpool.execute(tasks.square, () => 1))).code === 10200006, 'an argument that cannot be serialised');
  const task = new taskpool.Task(tasks.square, 2);
  let heard;
  task.onExecutionFailed((error) => { heard = error; });
  check(await taskpool.execute(task) === 4 && heard === undefined && task.isDone(), 'a task that succeeds');
  check((await caught(() => taskpool.Task.sendData(1))).code === 10200022, 'sendData outside of the pool');
  const late = taskpool.executeDelayed(50, new taskpool.Task(tasks.square, 3));
  check(await late === 9, 'a delayed task');
  const dropped = new taskpool.Task(tasks.square, 3);
  const result = caught(() => taskpool.executeDelayed(1000, dropped));
  taskpool.cancel(dropped);
  check((await result).message.includes('canceled'), 'a task that is cancelled before it begins');
  check((await caught(() => taskpool.cancel(dropped))).code === 10200015, 'a task that is not there any more');

  const script = 'entry/ets/workers/Echo.ets';
  for (const path of ['entry/ets/workers/None.ets', '']) {
    check((await caught(() => new ThreadWorker(path))).code === 10200007, `there is no script '${path}'`);
  }
  for (const path of [script, '../workers/Echo.ets', '@bundle:dev.concord.threads/entry/ets/workers/Echo', 'ets/workers/Echo.ets']) {
    const worker = new ThreadWorker(path);
    const answer = new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data.path); });
    worker.postMessage({ path });
    check(await answer === path, `a script is named ${path}`);
    worker.terminate();
  }

  const fragile = new ThreadWorker(script, { name: 'fragile' });
  const error = new Promise((resolve) => { fragile.onerror = resolve; });
  const exit = new Promise((resolve) => { fragile.onexit = resolve; });
  fragile.postMessage({ fail: true });
  const event = await error;
  check(event.message.includes('missing is not defined'), event.message);
  check(event.error instanceof ReferenceError, 'the error itself arrives');
  check(await exit === 1, 'an error that only onerror hears ends the worker');
  check((await caught(() => fragile.postMessage(1))).code === 10200004, 'nothing goes to a worker that has ended');

  const robust = new ThreadWorker(script);
  const heardAll = new Promise((resolve) => { robust.onAllErrors = resolve; });
  robust.postMessage({ fail: true });
  await heardAll;
  const alive = new Promise((resolve) => { robust.onmessage = resolve; });
  robust.postMessage({ n: 1 });
  check((await alive).data.n === 1, 'onAllErrors leaves the worker alive');
  check((await caught(() => robust.postMessage(() => 1))).code === 10200006, 'functions are refused');
  const buffer = new ArrayBuffer(8);
  robust.postMessage({ buffer }, [buffer]);
  check(buffer.byteLength === 0, 'a buffer is moved');
  robust.terminate();
})
