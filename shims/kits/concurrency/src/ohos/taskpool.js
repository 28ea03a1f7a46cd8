// @ohos:taskpool: tasks of this thread, which run on the threads of the pool; and, on those, what runs them.
(function (host, system) {
  'use strict';

  const { display } = system.require('@concord:kits');

  const Priority = { HIGH: 0, MEDIUM: 1, LOW: 2, IDLE: 3 };
  const State = { WAITING: 1, RUNNING: 2, CANCELED: 3 };

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const wrong = (value, type) => fail(401, `Parameter error. The type of ${display(value)} must be ${type}.`);
  const notConcurrent = () => fail(10200014, 'The function is not marked as concurrent.');
  const canceled = (data) => new system.BusinessError(0, 'taskpool:: task has been canceled', data);

  // ---- On threads of the pool -----------------------------------------------------------------------------------------------------

  const { then } = Promise.prototype;

  host.runner((f, args) => {
    let result;
    try {
      result = f(...args);
    } catch (error) {
      host.failed(error);
      return;
    }
    if (result instanceof Promise) then.call(result, host.done, host.failed);
    else host.done(result);
  });

  // ---- Tasks ----------------------------------------------------------------------------------------------------------------------

  /** How a task is used: one way only. */
  const Use = { NONE: 0, COMMON: 1, GROUP: 2, SEQUENCE: 3, ASYNC: 4, PERIODIC: 5 };

  /** Runs that have not ended, by number. */
  const runs = new Map();
  /** Tasks of this thread that wait or run, by `taskId`. */
  const active = new Map();

  class TaskResult {
    constructor(result, error) {
      this.result = result;
      this.error = error;
    }
  }

  class Task {
    #use = Use.NONE;
    #executed = false;
    #done = false;
    #transfer;
    #copied;
    #receive;
    #listeners = {};
    /** Tasks that have to end before, and those that wait for this one. */
    #before = new Set();
    #after = new Set();
    /** Executions that have not ended, in order; each `{ run, timer, canceled, resolve, reject, priority }`. */
    #executions = [];
    #interval;

    constructor(...args) {
      const name = typeof args[0] === 'string' ? args.shift() : undefined;
      const [f, ...rest] = args;
      if (typeof f !== 'function') wrong(f, 'function');
      if (!host.isConcurrent(f)) notConcurrent();
      this.function = f;
      this.arguments = rest;
      this.name = name ?? f.name;
      this.taskId = host.number();
      this.totalDuration = 0;
      this.ioDuration = 0;
      this.cpuDuration = 0;
    }

    static isCanceled() {
      return host.isCanceled();
    }

    static sendData(...args) {
      host.sendData(args);
    }

    setTransferList(transfer = []) {
      if (!Array.isArray(transfer)) wrong(transfer, 'an array of ArrayBuffer');
      this.#transfer = [...transfer];
      this.#checkLists();
    }

    setCloneList(cloneList) {
      if (!Array.isArray(cloneList)) wrong(cloneList, 'an array');
      this.#copied = [...cloneList];
      this.#checkLists();
    }

    #checkLists() {
      if (this.#transfer?.some((buffer) => this.#copied?.includes(buffer))) {
        fail(10200029, 'An ArrayBuffer cannot be set as both a transfer list and a clone list.');
      }
    }

    onReceiveData(callback) {
      if (callback !== undefined && typeof callback !== 'function') wrong(callback, 'function');
      this.#receive = callback;
      for (const { run } of this.#executions) if (run !== undefined) host.hearData(run, callback !== undefined);
    }

    #listen(event, callback) {
      if (typeof callback !== 'function') wrong(callback, 'function');
      if (this.#executed) fail(10200034, 'The executed task does not support the registration of listeners.');
      this.#listeners[event] = callback;
    }

    onEnqueued(callback) {
      this.#listen('enqueued', callback);
    }

    onStartExecution(callback) {
      this.#listen('started', callback);
    }

    onExecutionFailed(callback) {
      this.#listen('failed', callback);
    }

    onExecutionSucceeded(callback) {
      this.#listen('succeeded', callback);
    }

    isDone() {
      return this.#done;
    }

    #checkDependency() {
      if (this.#use === Use.PERIODIC) fail(10200052, 'The periodic task cannot have a dependency.');
      if (this.#use === Use.ASYNC) fail(10200056, 'The task has been executed by the AsyncRunner.');
    }

    addDependency(...tasks) {
      this.#checkDependency();
      for (const task of tasks) {
        if (!(task instanceof Task)) wrong(task, 'Task');
        task.#checkDependency();
        if (task === this || task.#reaches(this)) fail(10200026, 'There is a circular dependency.');
      }
      for (const task of tasks) {
        this.#before.add(task);
        task.#after.add(this);
      }
    }

    removeDependency(...tasks) {
      this.#checkDependency();
      for (const task of tasks) {
        if (!(task instanceof Task)) wrong(task, 'Task');
        if (!this.#before.delete(task)) fail(10200027, 'The dependency does not exist.');
        task.#after.delete(this);
      }
      this.#release();
    }

    #reaches(task) {
      const seen = new Set([this]);
      for (const one of seen) {
        if (one.#before.has(task)) return true;
        for (const next of one.#before) seen.add(next);
      }
      return false;
    }

    #tell(event, ...args) {
      const listener = this.#listeners[event];
      if (listener !== undefined) system.later(listener, ...args);
    }

    // ---- For the functions of this module -----------------------------------------------------------------------------------------

    /** Claims the task for one way of being executed. */
    static claim(task, use) {
      if (!(task instanceof Task)) wrong(task, 'Task');
      if (task.#use === Use.PERIODIC) fail(10200051, 'The periodic task cannot be executed again.');
      const dependent = task.#before.size > 0 || task.#after.size > 0;
      const again = task.#use === use && use === Use.COMMON && !(task instanceof LongTask) && !dependent;
      if (use === Use.PERIODIC) {
        if (task.#use !== Use.NONE) fail(10200050, 'The concurrent task has been executed and cannot be executed periodically.');
        if (dependent) fail(10200052, 'The periodic task cannot have a dependency.');
      } else if (use === Use.SEQUENCE && dependent) {
        fail(10200025, 'dependent task not allowed.');
      } else if ((use === Use.GROUP && (dependent || task instanceof LongTask)) || (use === Use.ASYNC && dependent)) {
        if (use === Use.ASYNC) fail(10200025, 'dependent task not allowed.');
        fail(10200057, 'The task cannot be executed by two APIs.');
      } else if (task.#use !== Use.NONE && !again) {
        fail(10200057, 'The task cannot be executed by two APIs.');
      }
      task.#use = use;
    }

    static isUsed(task) {
      return task.#use !== Use.NONE;
    }

    /** Executes; the promise is of the result. */
    static execute(task, priority, delay = undefined) {
      const execution = { run: undefined, timer: undefined, canceled: false, priority, order: undefined };
      const promise = new Promise((resolve, reject) => {
        execution.resolve = resolve;
        execution.reject = reject;
      });
      const wait = delay === undefined && task.#before.size > 0;
      // What cannot be serialised is known now; tasks that wait are written down when they begin.
      if (!wait && delay === undefined) task.#submit(execution);
      task.#executed = true;
      task.#executions.push(execution);
      active.set(task.taskId, task);
      if (delay !== undefined) {
        execution.timer = setTimeout(() => {
          execution.timer = undefined;
          if (task.#before.size === 0) task.#begin(execution);
        }, delay);
      }
      return promise;
    }

    /** Hands an execution to the pool. */
    #submit(execution) {
      const run = host.submit(this.taskId, `${this.name}`, this.function, this.arguments ?? [], execution.priority, this instanceof LongTask,
        this.#transfer, this.#copied, this.#receive !== undefined, this.#listeners.started !== undefined);
      execution.run = run;
      runs.set(run, (event, ...values) => this.#hear(execution, event, values));
      this.#tell('enqueued');
    }

    #begin(execution) {
      try {
        this.#submit(execution);
      } catch (error) {
        this.#end(execution, error);
      }
    }

    /** Begins what waited for other tasks. */
    #release() {
      if (this.#before.size > 0) return;
      for (const execution of [...this.#executions]) {
        if (execution.run === undefined && execution.timer === undefined) this.#begin(execution);
      }
    }

    #hear(execution, event, values) {
      switch (event) {
        case 'started': return this.#tell('started');
        case 'data': {
          if (this.#receive !== undefined) this.#receive(...values[0]);
          return undefined;
        }
        case 'canceled': return this.#end(execution, canceled());
      }
      const [value, total, cpu] = values;
      this.totalDuration = total;
      this.cpuDuration = cpu;
      this.ioDuration = Math.max(0, total - cpu);
      const failed = event === 'failed';
      if (execution.canceled) {
        return this.#end(execution, canceled(failed ? new TaskResult(undefined, value) : new TaskResult(value)));
      }
      return failed ? this.#end(execution, value) : this.#end(execution, undefined, value);
    }

    /** The end of an execution; `error` where it failed. */
    #end(execution, error, result) {
      runs.delete(execution.run);
      clearTimeout(execution.timer);
      this.#executions.splice(this.#executions.indexOf(execution), 1);
      if (this.#executions.length === 0 && this.#interval === undefined) active.delete(this.taskId);
      this.#done = true;
      for (const task of this.#after) {
        task.#before.delete(this);
        task.#release();
      }
      this.#after.clear();
      if (error === undefined) {
        execution.resolve?.(result);
        this.#tell('succeeded');
      } else {
        execution.reject?.(error);
        this.#tell('failed', error);
      }
    }

    static repeat(task, period, priority) {
      task.#executed = true;
      active.set(task.taskId, task);
      task.#interval = setInterval(() => {
        const execution = { run: undefined, timer: undefined, canceled: false, priority };
        task.#executions.push(execution);
        task.#begin(execution);
      }, period);
    }

    /** Whether there was something to cancel. */
    static cancel(task) {
      const periodic = task.#interval !== undefined;
      if (task.#executions.length === 0 && !periodic) return false;
      clearInterval(task.#interval);
      task.#interval = undefined;
      for (const execution of [...task.#executions]) {
        execution.canceled = true;
        if (execution.run !== undefined) host.cancel(execution.run);
        else task.#end(execution, canceled());
      }
      if (task.#executions.length === 0) active.delete(task.taskId);
      return true;
    }
  }

  class GenericsTask extends Task {}
  class LongTask extends Task {}

  // Not for apps.
  const { claim, isUsed, execute: executeTask, repeat, cancel: cancelTask } = Task;
  for (const name of ['claim', 'isUsed', 'execute', 'repeat', 'cancel']) delete Task[name];

  host.listen((run, ...event) => runs.get(run)?.(...event));

  function checkPriority(priority, fallback = Priority.MEDIUM) {
    if (priority === undefined || priority === null) return fallback;
    if (!Object.values(Priority).includes(priority)) fail(401, 'Parameter error. The priority must be a Priority.');
    return priority;
  }

  // ---- Groups ---------------------------------------------------------------------------------------------------------------------

  class TaskGroup {
    #tasks = [];
    #waiting = new Set();
    #executed = false;

    constructor(name) {
      if (name !== undefined && typeof name !== 'string') wrong(name, 'string');
      this.name = name ?? '';
    }

    addTask(first, ...args) {
      if (this.#executed) fail(10200057, 'The task cannot be executed by two APIs.');
      const task = first instanceof Task ? first : new Task(first, ...args);
      claim(task, Use.GROUP);
      this.#tasks.push(task);
    }

    static execute(group, priority) {
      group.#executed = true;
      return new Promise((resolve, reject) => {
        const execution = { reject };
        const end = (settle, value) => {
          group.#waiting.delete(execution);
          settle(value);
        };
        const results = group.#tasks.map((task) => executeTask(task, priority));
        group.#waiting.add(execution);
        Promise.all(results).then((values) => end(resolve, values), (error) => end(reject, error));
      });
    }

    static cancel(group) {
      if (group.#waiting.size === 0) return false;
      for (const execution of [...group.#waiting]) execution.reject(canceled());
      group.#waiting.clear();
      group.#tasks.forEach((task) => cancelTask(task));
      return true;
    }
  }
  const { execute: executeGroup, cancel: cancelGroup } = TaskGroup;
  delete TaskGroup.execute;
  delete TaskGroup.cancel;

  // ---- Queues ---------------------------------------------------------------------------------------------------------------------

  const queues = new Map();

  /** One task after another; the end of one begins the next, however it ended. */
  class Queue {
    #capacity;
    #room;
    #running = 0;
    #waiting = [];

    constructor(capacity, room = Infinity) {
      this.#capacity = capacity;
      this.#room = room;
    }

    add(start) {
      return new Promise((resolve, reject) => {
        this.#waiting.push({ start, resolve, reject });
        this.#next();
        if (this.#waiting.length > this.#room) {
          this.#waiting.shift().reject(new system.BusinessError(10200054, 'The asyncRunner task is discarded.'));
        }
      });
    }

    #next() {
      while (this.#running < this.#capacity && this.#waiting.length > 0) {
        const { start, resolve, reject } = this.#waiting.shift();
        this.#running += 1;
        let result;
        try {
          result = start();
        } catch (error) {
          result = Promise.reject(error);
        }
        const over = (settle) => (value) => {
          this.#running -= 1;
          settle(value);
          this.#next();
        };
        result.then(over(resolve), over(reject));
      }
    }

    drop(start, error) {
      const index = this.#waiting.findIndex((waiting) => waiting.start === start);
      if (index < 0) return false;
      this.#waiting.splice(index, 1)[0].reject(error);
      return true;
    }
  }

  /** Tasks in queues that have not begun: how to take them out. */
  const queued = new Map();

  function enqueue(queue, task, priority, error) {
    const start = () => {
      queued.delete(task);
      return executeTask(task, priority);
    };
    queued.set(task, () => {
      queued.delete(task);
      return queue.drop(start, error());
    });
    return queue.add(start);
  }

  /** The queue of a name, the same for everybody who names it. */
  function named(kind, name, make) {
    if (name === undefined) return make();
    const key = `${kind} ${name}`;
    if (!queues.has(key)) queues.set(key, make());
    return queues.get(key);
  }

  class SequenceRunner {
    #shared;

    constructor(first, second) {
      const name = typeof first === 'string' ? first : undefined;
      const priority = checkPriority(name === undefined ? first : second);
      this.#shared = named('sequence', name, () => ({ queue: new Queue(1), priority }));
    }

    execute(task) {
      claim(task, Use.SEQUENCE);
      return enqueue(this.#shared.queue, task, this.#shared.priority, canceled);
    }
  }

  class AsyncRunner {
    #queue;

    constructor(...args) {
      const name = typeof args[0] === 'string' ? args.shift() : undefined;
      const [running, waiting = 0] = args;
      for (const number of [running, waiting]) if (typeof number !== 'number') wrong(number, 'number');
      if (!(running > 0)) fail(401, 'Parameter error. The runningCapacity must be greater than zero.');
      if (!(waiting >= 0)) fail(401, 'Parameter error. The waitingCapacity must be greater than or equal to zero.');
      this.#queue = named('async', name, () => new Queue(running, waiting === 0 ? Infinity : waiting));
    }

    execute(task, priority) {
      claim(task, Use.ASYNC);
      const error = () => new system.BusinessError(10200055, 'The asyncRunner task has been canceled.');
      return enqueue(this.#queue, task, checkPriority(priority), error);
    }
  }

  // ---- Functions ------------------------------------------------------------------------------------------------------------------

  function timed(promise, timeout, code, message, give) {
    if (timeout === undefined || timeout === 0) return promise;
    if (typeof timeout !== 'number' || timeout < 0) fail(401, 'Parameter error. The timeout must be a number that is not negative.');
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new system.BusinessError(code, message));
        give();
      }, timeout);
      const end = (settle) => (value) => {
        clearTimeout(timer);
        settle(value);
      };
      promise.then(end(resolve), end(reject));
    });
  }

  function execute(first, ...args) {
    if (typeof first === 'function') {
      const task = new Task(first, ...args);
      claim(task, Use.COMMON);
      return executeTask(task, Priority.MEDIUM);
    }
    const configured = typeof args[0] === 'object' && args[0] !== null;
    const { priority, timeout } = configured ? args[0] : { priority: args[0] };
    const level = checkPriority(priority);
    if (first instanceof TaskGroup) {
      return timed(executeGroup(first, level), timeout, 10200070, 'TaskGroup timed out.', () => cancelGroup(first));
    }
    claim(first, Use.COMMON);
    return timed(executeTask(first, level), timeout, 10200058, 'Task timed out.', () => cancelTask(first));
  }

  function executeDelayed(delayTime, task, priority) {
    if (typeof delayTime !== 'number') wrong(delayTime, 'number');
    if (delayTime < 0) fail(10200028, 'The delayTime is less than zero.');
    const level = checkPriority(priority);
    claim(task, Use.COMMON);
    return executeTask(task, level, delayTime);
  }

  function executePeriodically(period, task, priority) {
    if (typeof period !== 'number') wrong(period, 'number');
    if (period < 0) fail(10200028, 'The period is less than zero.');
    const level = checkPriority(priority);
    claim(task, Use.PERIODIC);
    repeat(task, period, level);
  }

  function cancel(target) {
    const none = () => fail(10200015, 'The task to cancel does not exist.');
    if (target instanceof TaskGroup) {
      if (!cancelGroup(target)) fail(10200018, 'The task group to cancel does not exist.');
      return;
    }
    if (typeof target === 'number') {
      const task = active.get(target) ?? [...queued.keys()].find((task) => task.taskId === target);
      if (task !== undefined) cancel(task);
      else if (!host.cancelTask(target)) none();
      return;
    }
    if (!(target instanceof Task)) wrong(target, 'Task');
    if (queued.get(target)?.()) return;
    if (!isUsed(target) || !cancelTask(target)) none();
  }

  class TaskInfo {
    constructor(taskId, name, running, isCanceled) {
      this.name = name;
      this.taskId = taskId;
      this.state = isCanceled ? State.CANCELED : running === undefined ? State.WAITING : State.RUNNING;
      this.duration = running ?? 0;
    }
  }

  class ThreadInfo {
    constructor(tid, taskIds) {
      this.tid = tid;
      this.taskIds = taskIds;
      this.priority = Priority.MEDIUM;
    }
  }

  class TaskPoolInfo {
    constructor(threadInfos, taskInfos) {
      this.threadInfos = threadInfos;
      this.taskInfos = taskInfos;
    }
  }

  function getTaskPoolInfo() {
    const [threads, tasks] = host.facts();
    return new TaskPoolInfo(threads.map((facts) => new ThreadInfo(...facts)), tasks.map((facts) => new TaskInfo(...facts)));
  }

  function terminateTask(longTask) {
    if (!(longTask instanceof LongTask)) wrong(longTask, 'LongTask');
    host.release(longTask.taskId);
  }

  function getTask(taskId, taskName) {
    const task = active.get(taskId) ?? [...queued.keys()].find((task) => task.taskId === taskId);
    return task !== undefined && (taskName === undefined || task.name === taskName) ? task : undefined;
  }

  return {
    Priority, State, Task, GenericsTask, LongTask, TaskGroup, SequenceRunner, AsyncRunner, execute, executeDelayed, executePeriodically,
    cancel, getTask, getTaskPoolInfo, TaskInfo, ThreadInfo, TaskPoolInfo, TaskResult, terminateTask,
    isConcurrent: (f) => typeof f === 'function' && host.isConcurrent(f),
  };
})
