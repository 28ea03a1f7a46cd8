// @concord:arkui/state/ui-utils: UIUtils.
(function (host, system) {
  'use strict';
  const tracking = system.require('@concord:arkui/state/tracking');
  const scheduler = system.require('@concord:arkui/state/scheduler');
  const kinds = system.require('@concord:arkui/state/kinds');
  const v1 = system.require('@concord:arkui/state/observed-object');
  const v2 = system.require('@concord:arkui/state/observe-v2');
  const monitor = system.require('@concord:arkui/state/monitor');

  // A value behind functions; what a builder gets to read, and to write, state of its caller.
  class Binding {
    #get;

    constructor(get) {
      this.#get = get;
    }

    get value() {
      return this.#get();
    }
  }

  class MutableBinding extends Binding {
    #set;

    constructor(get, set) {
      super(get);
      this.#set = set;
    }

    get value() {
      return super.value;
    }

    set value(value) {
      this.#set(value);
    }
  }

  const isTarget = (target) => kinds.isObject(target) && (v2.isObservedV2(target) || target.isViewV2?.() === true);

  function checkTarget(target) {
    if (!isTarget(target)) {
      throw new system.BusinessError(130000, 'The target is not a custom component instance or V2 class instance.');
    }
  }

  function pathsOf(path) {
    const paths = Array.isArray(path) ? path : [path];
    if (!paths.every((item) => typeof item === 'string')) {
      throw new system.BusinessError(130001, 'The path is invalid.');
    }
    return paths;
  }

  function checkCallback(callback) {
    if (typeof callback !== 'function' || callback.name === '') {
      throw new system.BusinessError(130002, 'addMonitor/clearMonitor failed because the monitorFunc is illegal, ' +
        'monitorFunc must be function or but cannot be an anonymous function.');
    }
  }

  function checkCaller(inMonitor) {
    const reader = tracking.current();
    if (reader < 0) {
      throw new system.BusinessError(140001, 'The function is not allowed to be called in @Computed.');
    }
    if (inMonitor && scheduler.inMonitor()) {
      throw new system.BusinessError(140002, 'The function is not allowed to be called in @Monitor.');
    }
  }

  class UIUtils {
    // The object behind an observed one.
    static getTarget(value) {
      return kinds.unwrap(value);
    }

    // Watches a plain object deeply.
    static makeObserved(value) {
      return v1.isObserved(value) || v1.isOfObservedClass(value) ? value : v2.observed(value, true);
    }

    // A value of the first generation for @Param and its like.
    static enableV2Compatibility(value) {
      return v1.isObserved(value) ? v1.shareWithV2(value) : value;
    }

    static makeV1Observed(value) {
      return kinds.isV2(value) ? value : v1.observe(value);
    }

    static addMonitor(target, path, callback, options) {
      checkTarget(target);
      const paths = pathsOf(path);
      checkCallback(callback);
      monitor.add(target, paths, callback, options?.isSynchronous === true);
    }

    static clearMonitor(target, path, callback) {
      checkTarget(target);
      const paths = pathsOf(path);
      if (callback !== undefined) {
        checkCallback(callback);
      }
      monitor.clear(target, paths, callback);
    }

    static makeBinding(get, set) {
      return set ? new MutableBinding(get, set) : new Binding(get);
    }

    // Runs a function and everything that follows from its changes.
    static applySync(task) {
      checkCaller(false);
      const result = task();
      scheduler.flush();
      return result;
    }

    static flushUpdates() {
      checkCaller(true);
      scheduler.flush();
    }

    static flushUIUpdates() {
      checkCaller(true);
      scheduler.flush();
    }

    // Whether changes of a value reach the page, and why not.
    static canBeObserved(value) {
      const isObserved = v1.isObserved(value) || v2.isV2Proxy(value) || v2.isObservedV2(value);
      return { isObserved, reason: isObserved ? '' : 'The value is not observed.', decoratorInfo: [] };
    }
  }

  return { UIUtils, Binding, MutableBinding };
})
