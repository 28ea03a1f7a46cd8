// @ohos:worker: the module loads (test frameworks import it); a worker cannot be started yet.
(function (host, system) {
  'use strict';

  const ThreadWorkerPriority = { HIGH: 0, MEDIUM: 1, LOW: 2, IDLE: 3, DEADLINE: 4, VIP: 5 };
  const unsupported = system.stub('@ohos:worker:worker.ThreadWorker');

  class ThreadWorker {
    constructor() {
      unsupported();
    }
  }

  const worker = { ThreadWorkerPriority, ThreadWorker, Worker: ThreadWorker, workerPort: undefined, parentPort: undefined };
  worker.worker = worker;
  return worker;
})
