// @concord:arkui/state/monitor: @Monitor, @SyncMonitor and UIUtils.addMonitor: functions that hear of changes below paths.
(function (host, system) {
  'use strict';
  const tracking = system.require('@concord:arkui/state/tracking');
  const scheduler = system.require('@concord:arkui/state/scheduler');
  const { PREFIX } = system.require('@concord:arkui/state/observe-v2');

  // Prototype → function name → {paths, synchronous}, own ones.
  const declared = new WeakMap();
  // Object → its monitors. They live as long as the object.
  const instances = new WeakMap();

  const MISSING = Symbol('missing');

  // Traced properties are own properties under the name of their store; reading them by their own name is what is watched.
  const plainName = (name) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name);

  // What a path leads to; MISSING when it leads nowhere.
  function follow(target, names) {
    let value = target;
    for (const name of names) {
      if (value === undefined || value === null) {
        return MISSING;
      }
      value = value[name];
    }
    return value;
  }

  // What a wildcard stands for: everything that can be observed directly in an object.
  function contents(value) {
    if (typeof value !== 'object' || value === null || value === MISSING) {
      return [];
    }
    if (value instanceof Map || value instanceof Set) {
      return [...value].flat();
    }
    if (value instanceof Date) {
      return [value.getTime()];
    }
    return Array.isArray(value) ? [value.length, ...value] : Object.keys(value).map((name) => value[plainName(name)]);
  }

  const same = (one, other) => one.length === other.length && one.every((value, index) => value === other[index]);

  class Monitor {
    constructor(target, paths, callback, synchronous) {
      this.target = new WeakRef(target);
      this.callback = callback;
      this.synchronous = synchronous;
      this.paths = [];
      this.id = scheduler.addReaction(this);
      this.addPaths(paths);
    }

    addPaths(paths) {
      for (const path of paths) {
        if (!this.paths.some((known) => known.path === path)) {
          const wild = /(^|\.)\*$/.test(path);
          const names = path.split('.').slice(0, wild ? -1 : undefined);
          this.paths.push({ path, names, wild, contents: [], before: undefined, now: undefined });
        }
      }
      this.start();
    }

    // Reads all paths anew. Gives those whose value is another one.
    look() {
      const target = this.target.deref();
      if (target === undefined) {
        return [];
      }
      return tracking.run(this.id, () => this.paths.filter((path) => {
        const value = follow(target, path.names);
        const inside = path.wild ? contents(value) : path.contents;
        if (value === path.now && same(inside, path.contents)) {
          return false;
        }
        path.contents = inside;
        path.before = path.now;
        path.now = value;
        return true;
      }));
    }

    // Takes the values as they are.
    start() {
      this.look();
      for (const path of this.paths) {
        path.before = path.now;
      }
    }

    run() {
      // Monitors of a frozen component wait for it.
      const owner = this.target.deref();
      if (owner?.resting_?.() === true) {
        (owner.frozenMonitors_ ??= new Set()).add(this);
        return;
      }
      const dirty = this.look();
      if (dirty.length === 0) {
        return;
      }
      const seen = (value) => (value === MISSING ? undefined : value);
      const changes = new Map(dirty.map(({ path, before, now }) => [path, { path, before: seen(before), now: seen(now) }]));
      const monitor = {
        dirty: [...changes.keys()],
        value: (path) => (path === undefined ? changes.values().next().value : changes.get(path)),
      };
      tracking.untracked(() => Reflect.apply(this.callback, owner, [monitor]));
    }
  }

  // Options may come before the paths; they say that wildcards are meant, which no property is named like anyway.
  const decorator = (synchronous) => (...given) => (prototype, name, descriptor) => {
    const paths = given.filter((path) => typeof path === 'string');
    let functions = declared.get(prototype);
    if (!functions) {
      functions = new Map();
      declared.set(prototype, functions);
    }
    functions.set(name, { paths, synchronous });
    return descriptor;
  };

  function keep(target, monitor) {
    let monitors = instances.get(target);
    if (!monitors) {
      monitors = new Set();
      instances.set(target, monitors);
    }
    monitors.add(monitor);
  }

  // Starts the monitors that the classes of `target` declare; those of base classes come first, overridden ones not at all.
  function construct(target) {
    const chain = [];
    for (let at = Object.getPrototypeOf(target); at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      chain.unshift(at);
    }
    const functions = new Map();
    for (const prototype of chain) {
      for (const [name, monitor] of declared.get(prototype) ?? []) {
        functions.set(name, monitor);
      }
    }
    for (const [name, { paths, synchronous }] of functions) {
      keep(target, new Monitor(target, paths, target[name], synchronous));
    }
  }

  function drop(target, monitor) {
    scheduler.removeReaction(monitor.id);
    instances.get(target)?.delete(monitor);
  }

  function add(target, paths, callback, synchronous) {
    for (const monitor of instances.get(target) ?? []) {
      if (monitor.callback === callback && monitor.added) {
        monitor.addPaths(paths);
        return;
      }
    }
    const monitor = new Monitor(target, paths, callback, synchronous);
    monitor.added = true;
    keep(target, monitor);
  }

  // Ends what `add` began: for one function, or for all.
  function clear(target, paths, callback) {
    for (const monitor of [...instances.get(target) ?? []]) {
      if (monitor.added && (callback === undefined || monitor.callback === callback)) {
        monitor.paths = monitor.paths.filter(({ path }) => !paths.includes(path));
        if (monitor.paths.length === 0) {
          drop(target, monitor);
        } else {
          monitor.start();
        }
      }
    }
  }

  return {
    Monitor: decorator(false),
    SyncMonitor: decorator(true),
    construct,
    add,
    clear,
    // A component is used again: nothing has changed since.
    restart(target) {
      for (const monitor of instances.get(target) ?? []) {
        monitor.start();
      }
    },
    release(target) {
      for (const monitor of [...instances.get(target) ?? []]) {
        drop(target, monitor);
      }
    },
  };
})
