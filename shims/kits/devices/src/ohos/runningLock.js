// @ohos:runningLock: keeps the machine awake while the app works behind a dark screen.
(function (host, system) {
  'use strict';
  const permissions = system.require('@concord:kits/permissions');

  const RunningLockType = { BACKGROUND: 1, PROXIMITY_SCREEN_CONTROL: 2, BACKGROUND_USER_IDLE: 129 };
  const PERMISSION = 'ohos.permission.RUNNING_LOCK';

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const checkType = (type) => {
    if (!Object.values(RunningLockType).includes(type)) {
      fail(401, 'Parameter error. The type must be one of RunningLockType.');
    }
  };
  // There is no sensor that knows how near somebody is.
  const isSupported = (type) => {
    checkType(type);
    return type !== RunningLockType.PROXIMITY_SCREEN_CONTROL;
  };

  class RunningLock {
    #hold;
    #timer;

    constructor(type) {
      this.#hold = isSupported(type) ? system.require('@concord:inhibit').keepAwake() : undefined;
    }

    // Milliseconds; -1 until `unhold`.
    hold(timeout) {
      if (typeof timeout !== 'number') {
        fail(401, 'Parameter error. The type of timeout must be number.');
      }
      permissions.demand(PERMISSION);
      clearTimeout(this.#timer);
      this.#hold?.set(true);
      if (timeout >= 0) {
        this.#timer = setTimeout(() => this.#hold?.set(false), timeout);
      }
    }

    isHolding() {
      return this.#hold?.isHeld ?? false;
    }

    unhold() {
      permissions.demand(PERMISSION);
      clearTimeout(this.#timer);
      this.#hold?.set(false);
    }

    // Older names.
    lock(timeout) {
      this.hold(timeout);
    }

    unlock() {
      this.unhold();
    }

    isUsed() {
      return this.isHolding();
    }
  }

  function create(name, type, callback) {
    if (typeof name !== 'string') {
      fail(401, 'Parameter error. The type of name must be string.');
    }
    checkType(type);
    return system.async(() => {
      permissions.demand(PERMISSION);
      return new RunningLock(type);
    }, callback);
  }

  return { RunningLockType, RunningLock, isSupported, create };
})
