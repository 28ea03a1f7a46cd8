// @concord:arkui/uitest/calls: how functions of UiTest are made: arguments are checked, one runs at a time, time is the loop's.
(function (host, system) {
  'use strict';
  const input = system.require('@concord:arkui/input');
  const { check, error, classes } = system.require('@concord:arkui/uitest/arguments');
  const { setTimeout } = globalThis;

  const sleep = (ms) => new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

  // What the app has just changed is shown before anybody looks, unless it never stops changing.
  const FRAMES = 3;
  const FRAME = 17;

  async function ready() {
    for (let frame = 0; frame < FRAMES && input.isBusy(); frame++) {
      await sleep(FRAME);
    }
  }

  // When those that run were called.
  const running = new Set();
  // A call that was begun longer ago was given up by a test that ran out of time, rather than not waited for.
  const GIVEN_UP = 1000;

  // Runs a function of UiTest. Two at once are refused, as the platform does.
  async function run(work) {
    const call = { begun: input.now() };
    if ([...running].some(({ begun }) => call.begun - begun < GIVEN_UP)) {
      throw error(17000002);
    }
    running.add(call);
    try {
      await ready();
      return await work();
    } finally {
      running.delete(call);
    }
  }

  const listOf = (signatures) => (Array.isArray(signatures) ? signatures : [signatures]);

  // Adds functions that give promises: name → [signatures, function, {young}].
  function asynchronous(Class, methods) {
    classes.set(Class.name, Class);
    for (const [name, [signatures, work, options]] of Object.entries(methods)) {
      Object.defineProperty(Class.prototype, name, {
        configurable: true,
        writable: true,
        value: { async [name](...args) {
          check(args, listOf(signatures), options?.young);
          return run(() => work.apply(this, args));
        } }[name],
      });
    }
  }

  // Adds functions that answer at once.
  function synchronous(Class, methods) {
    classes.set(Class.name, Class);
    for (const [name, [signatures, work, options]] of Object.entries(methods)) {
      Object.defineProperty(Class.prototype, name, {
        configurable: true,
        writable: true,
        value: { [name](...args) {
          check(args, listOf(signatures), options?.young);
          return work.apply(this, args);
        } }[name],
      });
    }
  }

  return { sleep, ready, run, asynchronous, synchronous };
})
