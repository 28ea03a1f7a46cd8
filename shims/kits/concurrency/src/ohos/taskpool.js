// @ohos:taskpool: tasks run one after another on the calling thread, in later turns of its loop.
(function (host, system) {
  'use strict';

  const { display } = system.require('@concord:kits');

  const Priority = { HIGH: 0, MEDIUM: 1, LOW: 2, IDLE: 3 };
  const State = { WAITING: 1, RUNNING: 2, CANCELED: 3 };

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };

  const queues = [[], [], [], []];
  const known = new Set();
  let scheduled = false;
  let running;
  let nextId = 1;

  /** Arguments are copies, so that a task cannot reach into its caller; class instances keep what structured cloning keeps. */
  function copy(value, seen = new Map()) {
    if (typeof value === 'function' || typeof value === 'symbol') {
      fail(10200006, 'An exception occurred during serialization, failed to serialize the arguments.');
    }
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const remember = (made) => {
      seen.set(value, made);
      return made;
    };
    if (value instanceof Date) return remember(new Date(value.getTime()));
    if (value instanceof RegExp) return remember(new RegExp(value.source, value.flags));
    if (value instanceof ArrayBuffer) return remember(value.slice(0));
    if (ArrayBuffer.isView(value)) return remember(new value.constructor(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength)));
    if (value instanceof Error) return remember(Object.assign(new value.constructor(value.message), { name: value.name }));
    if (Object.isSealed(value) && Object.getPrototypeOf(value) !== Object.prototype) return value;
    if (Array.isArray(value)) {
      const made = remember([]);
      for (const item of value) made.push(copy(item, seen));
      return made;
    }
    if (value instanceof Map) {
      const made = remember(new Map());
      for (const [key, item] of value) made.set(copy(key, seen), copy(item, seen));
      return made;
    }
    if (value instanceof Set) {
      const made = remember(new Set());
      for (const item of value) made.add(copy(item, seen));
      return made;
    }
    const made = remember({});
    for (const key of Object.keys(value)) made[key] = copy(value[key], seen);
    return made;
  }

  class Task {
    #listeners = {};
    #dependencies = new Set();
    #receive;

    constructor(...args) {
      const name = typeof args[0] === 'string' ? args.shift() : undefined;
      const [f, ...rest] = args;
      if (typeof f !== 'function') fail(401, `Parameter error. The type of ${display(f)} must be function.`);
      this.function = f;
      this.arguments = rest;
      this.name = name ?? f.name;
      this.taskId = nextId++;
      this.totalDuration = 0;
      this.ioDuration = 0;
      this.cpuDuration = 0;
      Object.defineProperty(this, 'state', { value: { phase: 'new', canceled: false, waiters: [] }, enumerable: false });
    }

    static isCanceled() { return running?.state.canceled ?? false; }

    static sendData(...args) {
      if (running === undefined) fail(10200022, 'The function is not called in the taskpool thread.');
      const receive = running.#receive;
      if (receive === undefined) fail(10200024, 'The callback is not registered on the host side.');
      const copies = args.map((arg) => copy(arg));
      system.later(() => receive(...copies));
    }

    setTransferList(transfer) { this.state.transfer = transfer ?? []; }
    setCloneList() {}
    onReceiveData(callback) { this.#receive = callback; }
    isDone() { return this.state.phase === 'done'; }

    addDependency(...tasks) {
      for (const task of tasks) {
        if (task === this || task.#reaches(this)) fail(10200026, 'There is a circular dependency.');
      }
      for (const task of tasks) this.#dependencies.add(task);
    }

    #reaches(task) {
      return [...this.#dependencies].some((dependency) => dependency === task || dependency.#reaches(task));
    }

    removeDependency(...tasks) {
      for (const task of tasks) {
        if (!this.#dependencies.delete(task)) fail(10200027, 'The dependency does not exist.');
      }
    }

    onEnqueued(callback) { this.#listeners.enqueued = callback; }
    onStartExecution(callback) { this.#listeners.started = callback; }
    onExecutionFailed(callback) { this.#listeners.failed = callback; }
    onExecutionSucceeded(callback) { this.#listeners.succeeded = callback; }

    static tell(task, event, ...args) {
      const listener = task.#listeners[event];
      if (listener !== undefined) system.later(listener, ...args);
    }

    static isReady(task) { return [...task.#dependencies].every((dependency) => dependency.state.phase === 'done'); }
  }

  class GenericsTask extends Task {}
  class LongTask extends Task {}

  function enqueue(task, priority) {
    task.state.phase = 'waiting';
    known.add(task);
    (queues[priority] ?? queues[Priority.MEDIUM]).push(task);
    Task.tell(task, 'enqueued');
    if (!scheduled) {
      scheduled = true;
      system.later(turn);
    }
  }

  /** Runs the next task that is ready, in the order of priorities. */
  function turn() {
    for (const queue of queues) {
      const index = queue.findIndex((task) => Task.isReady(task));
      if (index < 0) continue;
      const [task] = queue.splice(index, 1);
      system.later(turn);
      run(task);
      return;
    }
    scheduled = queues.some((queue) => queue.length > 0);
    if (scheduled) system.later(turn);
  }

  function settle(task, error, result) {
    known.delete(task);
    task.state.phase = 'done';
    task.totalDuration = Date.now() - task.state.since;
    const failed = error !== undefined;
    Task.tell(task, failed ? 'failed' : 'succeeded', ...(failed ? [error] : []));
    for (const { resolve, reject } of task.state.waiters.splice(0)) {
      if (failed) reject(error);
      else resolve(result);
    }
  }

  function run(task) {
    task.state.phase = 'running';
    task.state.since = Date.now();
    Task.tell(task, 'started');
    let result;
    running = task;
    try {
      result = task.function(...task.state.copies);
    } catch (error) {
      settle(task, error);
      return;
    } finally {
      running = undefined;
    }
    if (typeof result?.then === 'function') {
      result.then((value) => settle(task, undefined, value), (error) => settle(task, error));
    } else {
      settle(task, undefined, result);
    }
  }

  function prepare(task) {
    if (task.state.phase === 'waiting' || task.state.phase === 'running') {
      fail(10200057, 'The task cannot be executed by two APIs.');
    }
    task.state.copies = task.arguments.map((argument) => copy(argument));
    task.state.canceled = false;
    // Array buffers go over to the task unless a list says which do.
    const transfer = task.state.transfer ?? task.arguments.filter((argument) => argument instanceof ArrayBuffer);
    for (const buffer of transfer) buffer.transfer?.(0);
  }

  function submit(task, priority) {
    prepare(task);
    return new Promise((resolve, reject) => {
      task.state.waiters.push({ resolve, reject });
      enqueue(task, priority);
    });
  }

  class TaskGroup {
    #tasks = [];

    constructor(name) {
      this.name = name ?? '';
    }

    addTask(first, ...args) {
      this.#tasks.push(first instanceof Task ? first : new Task(first, ...args));
    }

    static tasksOf(group) { return group.#tasks; }
  }

  function execute(first, ...args) {
    if (first instanceof TaskGroup) {
      const priority = args[0] ?? Priority.MEDIUM;
      return Promise.all(TaskGroup.tasksOf(first).map((task) => submit(task, priority)));
    }
    if (first instanceof Task) return submit(first, (typeof args[0] === 'object' ? args[0]?.priority : args[0]) ?? Priority.MEDIUM);
    return submit(new Task(first, ...args), Priority.MEDIUM);
  }

  function checkDelay(delay) {
    if (typeof delay !== 'number') fail(401, `Parameter error. The type of ${display(delay)} must be number.`);
    if (delay < 0) fail(10200028, 'The delayTime is less than zero.');
  }

  function executeDelayed(delayTime, task, priority = Priority.MEDIUM) {
    checkDelay(delayTime);
    prepare(task);
    known.add(task);
    return new Promise((resolve, reject) => {
      task.state.waiters.push({ resolve, reject });
      task.state.timer = setTimeout(() => enqueue(task, priority), delayTime);
    });
  }

  function executePeriodically(period, task, priority = Priority.MEDIUM) {
    checkDelay(period);
    prepare(task);
    known.add(task);
    task.state.interval = setInterval(() => {
      if (task.state.phase !== 'waiting') enqueue(task, priority);
    }, period);
  }

  function cancelTask(task) {
    if (!known.has(task) && task.state.interval === undefined) {
      fail(10200015, 'The task to cancel does not exist.');
    }
    clearTimeout(task.state.timer);
    clearInterval(task.state.interval);
    task.state.interval = undefined;
    task.state.canceled = true;
    if (task.state.phase === 'running') return;
    for (const queue of queues) {
      const index = queue.indexOf(task);
      if (index >= 0) queue.splice(index, 1);
    }
    if (task.state.waiters.length > 0) settle(task, new system.BusinessError(0, 'taskpool:: task has been canceled'));
    known.delete(task);
  }

  function cancel(target) {
    if (target instanceof TaskGroup) {
      const tasks = TaskGroup.tasksOf(target).filter((task) => known.has(task));
      if (tasks.length === 0) fail(10200018, 'The task group to cancel does not exist.');
      tasks.forEach(cancelTask);
      return;
    }
    const task = typeof target === 'number' ? getTask(target) : target;
    if (!(task instanceof Task)) fail(401, 'Parameter error. The type of task must be Task.');
    cancelTask(task);
  }

  function getTask(id) {
    return [...known].find((task) => task.taskId === id);
  }

  class SequenceRunner {
    #last = Promise.resolve();
    #priority;

    constructor(...args) {
      this.#priority = args.find((arg) => typeof arg === 'number') ?? Priority.MEDIUM;
    }

    execute(task) {
      const result = this.#last.then(() => submit(task, this.#priority));
      this.#last = result.catch(() => {});
      return result;
    }
  }

  class AsyncRunner {
    #capacity;
    #active = 0;
    #waiting = [];

    constructor(...args) {
      [this.#capacity] = args.filter((arg) => typeof arg === 'number');
      if (!(this.#capacity > 0)) fail(401, 'Parameter error. The runningCapacity must be greater than zero.');
    }

    execute(task, priority = Priority.MEDIUM) {
      return new Promise((resolve, reject) => {
        this.#waiting.push(() => submit(task, priority).then(resolve, reject).finally(() => {
          this.#active -= 1;
          this.#next();
        }));
        this.#next();
      });
    }

    #next() {
      while (this.#active < this.#capacity && this.#waiting.length > 0) {
        this.#active += 1;
        this.#waiting.shift()();
      }
    }
  }

  class TaskInfo {
    constructor(task) {
      const { phase, since } = task.state;
      this.name = task.name;
      this.taskId = task.taskId;
      this.state = phase === 'running' ? State.RUNNING : State.WAITING;
      this.duration = since === undefined ? 0 : Date.now() - since;
    }
  }

  class ThreadInfo {
    constructor(tasks) {
      this.tid = 0;
      this.taskIds = tasks.map((task) => task.taskId);
      this.priority = Priority.MEDIUM;
    }
  }

  class TaskPoolInfo {
    constructor(tasks) {
      this.threadInfos = [new ThreadInfo(tasks)];
      this.taskInfos = tasks.map((task) => new TaskInfo(task));
    }
  }

  const getTaskPoolInfo = () => new TaskPoolInfo([...known]);

  return {
    Priority, State, Task, GenericsTask, LongTask, TaskGroup, SequenceRunner, AsyncRunner, execute, executeDelayed, executePeriodically,
    cancel, getTask, getTaskPoolInfo, TaskInfo, ThreadInfo, TaskPoolInfo,
    terminateTask: (task) => {
      if (known.has(task)) cancelTask(task);
    },
    isConcurrent: (f) => typeof f === 'function',
  };
})
