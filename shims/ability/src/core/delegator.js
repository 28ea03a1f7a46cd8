// @concord:delegator: the test run: runner, delegator, monitors.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  // Many suites start no ability: what abilities need is loaded when it is first asked for.
  const lazy = (request) => () => system.require(request);
  const abilities = lazy('@concord:abilities');
  const contexts = lazy('@concord:context');
  const { info, guest } = process;
  const BusinessError = system.BusinessError;
  const { test } = info;

  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);
  const failed = (what) => new BusinessError(16000100, `Calling ${what} failed.`);

  // Keys as `aa test` passes them on: `-m`, `-w`, `-s unittest` …
  const parameters = {};
  if (test) {
    parameters['-b'] = info.bundleName;
    parameters['-m'] = test.module;
    for (const [key, value] of test.params) {
      parameters[`-s ${key}`] = value;
    }
    if (test.runner !== '') {
      parameters['-s unittest'] = test.runner;
    }
    if (test.waitSeconds !== null) {
      parameters['-w'] = String(test.waitSeconds);
    }
  }

  function getArguments() {
    return test && {
      bundleName: info.bundleName,
      parameters: { ...parameters },
      testCaseNames: parameters['-s class'] ?? '',
      testRunnerClassName: parameters['-s unittest'] ?? '',
    };
  }

  let runner;
  let ended = false;

  function finish(message, code) {
    if (ended) {
      return;
    }
    ended = true;
    host.finished(String(message).slice(0, 1000), code);
  }

  // --- Monitors ------------------------------------------------------------------------------------------------------

  function checkMonitor(monitor) {
    if (monitor === null || typeof monitor !== 'object' || typeof monitor.abilityName !== 'string') {
      throw invalid('The monitor must be an object with an abilityName.');
    }
    return monitor;
  }

  // A stage monitor as @concord:abilities wants it. `srcEntrance` is the path of module.json, with or without `./`.
  const wrapped = new Map();
  function stageMonitor(monitor, found) {
    if (monitor === null || typeof monitor !== 'object' || typeof monitor.moduleName !== 'string' ||
        typeof monitor.srcEntrance !== 'string') {
      throw invalid('The monitor must be an object with moduleName and srcEntrance.');
    }
    return {
      matches: (module, entry) => module === monitor.moduleName &&
        (entry ?? '').replace(/^\.\//, '') === monitor.srcEntrance.replace(/^\.\//, ''),
      found,
    };
  }

  // Waits until `subscribe`'s callback is called, at most `timeout` ms.
  function wait(timeout, what, subscribe) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        unsubscribe();
        reject(failed(what));
      }, timeout);
      const unsubscribe = subscribe((value) => {
        clearTimeout(timer);
        unsubscribe();
        resolve(value);
      });
    });
  }

  // The overloads (x), (x, timeout), (x, callback), (x, timeout, callback).
  function timed(first, second) {
    const timeout = typeof first === 'number' ? first : 5000;
    return [timeout, [first, second].find((value) => typeof value === 'function')];
  }

  function record(ability, what) {
    const found = ability !== null && typeof ability === 'object' && abilities().recordOf(ability);
    if (!found) {
      throw failed(what);
    }
    return found;
  }

  // --- The delegator -------------------------------------------------------------------------------------------------

  // Methods are own properties: test frameworks ask with Object.hasOwn.
  const delegator = {
    addAbilityMonitor(monitor, callback) {
      checkMonitor(monitor);
      return system.async(() => void abilities().monitors.add(monitor), callback);
    },
    addAbilityMonitorSync(monitor) {
      abilities().monitors.add(checkMonitor(monitor));
    },
    removeAbilityMonitor(monitor, callback) {
      checkMonitor(monitor);
      return system.async(() => void abilities().monitors.delete(monitor), callback);
    },
    removeAbilityMonitorSync(monitor) {
      abilities().monitors.delete(checkMonitor(monitor));
    },
    waitAbilityMonitor(monitor, first, second) {
      checkMonitor(monitor);
      const [timeout, callback] = timed(first, second);
      return system.async(() => wait(timeout, 'waitAbilityMonitor', (found) => {
        // The callbacks of the app's own monitor are called too.
        const watcher = { ...monitor, onAbilityCreate: (ability) => {
          monitor.onAbilityCreate?.(ability);
          found(ability);
        } };
        const known = abilities().records.find((entry) => entry.info.name === monitor.abilityName && !entry.terminating &&
          (!monitor.moduleName || entry.info.moduleName === monitor.moduleName));
        abilities().monitors.add(watcher);
        if (known) {
          system.later(() => found(known.ability));
        }
        return () => abilities().monitors.delete(watcher);
      }), callback);
    },
    addAbilityStageMonitor(monitor, callback) {
      delegator.addAbilityStageMonitorSync(monitor);
      return system.async(() => undefined, callback);
    },
    addAbilityStageMonitorSync(monitor) {
      const watcher = stageMonitor(monitor, () => undefined);
      wrapped.set(monitor, watcher);
      abilities().stageMonitors.add(watcher);
    },
    removeAbilityStageMonitor(monitor, callback) {
      delegator.removeAbilityStageMonitorSync(monitor);
      return system.async(() => undefined, callback);
    },
    removeAbilityStageMonitorSync(monitor) {
      stageMonitor(monitor, () => undefined);
      abilities().stageMonitors.delete(wrapped.get(monitor));
      wrapped.delete(monitor);
    },
    waitAbilityStageMonitor(monitor, first, second) {
      const [timeout, callback] = timed(first, second);
      stageMonitor(monitor, () => undefined);
      return system.async(() => wait(timeout, 'waitAbilityStageMonitor', (found) => {
        const watcher = stageMonitor(monitor, found);
        abilities().stageMonitors.add(watcher);
        const known = abilities().stageOf(monitor.moduleName);
        if (known) {
          system.later(() => found(known));
        }
        return () => abilities().stageMonitors.delete(watcher);
      }), callback);
    },
    getAppContext() {
      return contexts().application;
    },
    getAbilityState(ability) {
      if (ability === null || typeof ability !== 'object') {
        throw invalid('The ability must be a UIAbility.');
      }
      return abilities().recordOf(ability)?.state ?? 0;
    },
    getCurrentTopAbility(callback) {
      return system.async(() => {
        const top = abilities().top();
        if (!top) {
          throw failed('getCurrentTopAbility');
        }
        return top.ability;
      }, callback);
    },
    startAbility(want, callback) {
      if (want === null || typeof want !== 'object') {
        throw invalid('The want must be an object.');
      }
      return system.async(() => abilities().start(want, { delegator: true }), callback);
    },
    doAbilityForeground(ability, callback) {
      return system.async(() => abilities().toForeground(record(ability, 'doAbilityForeground')), callback);
    },
    doAbilityBackground(ability, callback) {
      return system.async(() => abilities().toBackground(record(ability, 'doAbilityBackground')), callback);
    },
    print(message, callback) {
      if (typeof message !== 'string') {
        throw invalid('The message must be a string.');
      }
      return system.async(() => host.status(message.slice(0, 10000)), callback);
    },
    printSync(message) {
      if (typeof message !== 'string') {
        throw invalid('The message must be a string.');
      }
      host.status(message);
      return null;
    },
    executeShellCommand(command, first, second) {
      if (typeof command !== 'string') {
        throw invalid('The command must be a string.');
      }
      const seconds = typeof first === 'number' ? first : 0;
      const callback = [first, second].find((value) => typeof value === 'function');
      return system.async(() => new Promise((resolve) => {
        host.shell(command, seconds, (stdResult, exitCode) => resolve({ stdResult, exitCode }));
      }), callback);
    },
    finishTest(message, code, callback) {
      if (typeof message !== 'string' || typeof code !== 'number') {
        throw invalid('The message must be a string and the code a number.');
      }
      return system.async(() => {
        guest(() => runner?.onStop?.());
        finish(message, code);
      }, callback);
    },
    setMockList(list) {
      if (list === null || typeof list !== 'object') {
        throw invalid('The mock list must be an object.');
      }
      process.setMocks(Object.entries(list).map(([key, value]) => [key, String(value)]));
    },
  };

  // --- The runner ----------------------------------------------------------------------------------------------------

  // The records that may hold the runner, and the name that a failure is reported with.
  function candidates() {
    const name = test.runner || process.modules.get(test.module)?.tree.module.testRunner?.srcPath ||
      '/ets/testrunner/OpenHarmonyTestRunner';
    const plain = name.replace(/\.(abc|ets|ts|js)$/, '').replace(/^\.?\//, '');
    if (name.includes('/')) {
      return [[plain], `${test.module}/${plain}.abc`];
    }
    return [[`ets/testrunner/${plain}`, `ets/TestRunner/${plain}`], `${test.module}/ets/TestRunner/${plain}.abc`];
  }

  // Makes the runner, prepares it, and lets it run in a turn of its own.
  function run() {
    if (test.module === '') {
      finish('No module name is specified.', -1);
      return;
    }
    if (!process.modules.has(test.module)) {
      finish('The specified module name is not found.', -1);
      return;
    }
    const [paths, shown] = candidates();
    const path = paths.find((candidate) => process.hasModule(test.module, candidate));
    if (path === undefined) {
      finish(`Not found ${shown}`, -1);
      return;
    }
    parameters['-s unittest'] ??= `/${path}`;
    const Runner = guest(() => process.importModule(test.module, path))?.default;
    if (process.exiting()) {
      return;
    }
    if (typeof Runner !== 'function') {
      finish('Failed to get Test Runner object', -1);
      return;
    }
    runner = guest(() => new Runner());
    if (!runner) {
      return;
    }
    if (typeof runner.onPrepare === 'function') {
      guest(() => runner.onPrepare());
    } else {
      host.status('Failed to get onPrepare from Test Runner object');
    }
    system.later(() => {
      if (typeof runner.onRun === 'function') {
        guest(() => runner.onRun());
      } else {
        host.status('Failed to get onRun from Test Runner object');
      }
    });
  }

  return { delegator: test ? delegator : null, getArguments, run, finish };
})
