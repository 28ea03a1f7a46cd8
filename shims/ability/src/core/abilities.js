// @concord:abilities: the ability manager of this process: which instances there are and what happens to them.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const bundle = system.require('@concord:bundle-info');
  const wants = system.require('@concord:want');
  const contexts = system.require('@concord:context');
  const opener = system.require('@concord:opener');
  const { UIAbilityContext } = system.require('@concord:ability-context');
  const { info, guest, turn } = process;
  const BusinessError = system.BusinessError;

  // The states that a delegator reports (AbilityLifecycleState).
  const CREATED = 1;
  const FOREGROUND = 2;
  const BACKGROUND = 3;
  const DESTROYED = 4;

  // Live instances, oldest first; and those that have been in the foreground, the topmost last.
  const records = [];
  const stack = [];
  const stages = new Map();
  const monitors = new Set();
  const stageMonitors = new Set();
  let nextId = 1;
  let inForeground = false;

  // One transition after the other, as the system's ability manager serves requests.
  let queue = Promise.resolve();
  function enqueue(transition) {
    const result = queue.then(async () => {
      if (!process.exiting()) {
        await transition();
      }
    });
    queue = result.catch((error) => process.uncaught(error));
    return result;
  }

  // --- Who hears of a step -------------------------------------------------------------------------------------------

  function lifecycle(name, record, ...rest) {
    contexts.application.notify.lifecycle(name, [record.ability, ...rest]);
  }

  function monitor(name, record) {
    process.each(monitors, (member) => {
      if (member.abilityName === record.info.name &&
          (member.moduleName === undefined || member.moduleName === '' || member.moduleName === record.info.moduleName)) {
        member[name]?.(record.ability);
      }
    });
  }

  process.configurationListeners.add((config) => {
    for (const stage of stages.values()) {
      guest(() => stage.onConfigurationUpdate?.(config));
    }
    for (const record of [...records]) {
      guest(() => record.ability.onConfigurationUpdate?.(config));
      guest(() => record.stage?.configuration(config));
    }
  });

  // --- Loading -------------------------------------------------------------------------------------------------------

  // `./ets/entryability/EntryAbility.ets` → `ets/entryability/EntryAbility`
  const sourcePath = (entry) => entry.replace(/^\.\//, '').replace(/\.(ets|ts|js)$/, '');

  function loadDefault(module, entry, what) {
    const namespace = process.importModule(module, sourcePath(entry));
    const Class = namespace.default ?? Object.values(namespace).find((value) => typeof value === 'function');
    if (typeof Class !== 'function') {
      throw new Error(`${what}: ${entry} of module ${module} has no default export that is a class`);
    }
    return Class;
  }

  // The AbilityStage of a module, made before the module's first ability.
  function ensureStage(moduleName) {
    if (stages.has(moduleName)) {
      return stages.get(moduleName);
    }
    const entry = process.modules.get(moduleName).tree.module.srcEntry ?? process.modules.get(moduleName).tree.module.srcEntrance;
    let stage;
    if (typeof entry === 'string' && entry !== '') {
      stage = guest(() => new (loadDefault(moduleName, entry, 'AbilityStage'))());
    }
    const Base = system.require('@ohos:app.ability.AbilityStage').default;
    stage ??= new Base();
    stage.context = new contexts.AbilityStageContext(moduleName);
    stages.set(moduleName, stage);
    guest(() => stage.onCreate?.());
    process.each(stageMonitors, (member) => {
      if (member.matches(moduleName, entry)) {
        member.found(stage);
      }
    });
    return stage;
  }

  // --- Finding -------------------------------------------------------------------------------------------------------

  function sourceOf(module, abilityName) {
    return (module.tree.module.abilities ?? []).find((ability) => ability.name === abilityName);
  }

  const NO_MATCH = 16000019;
  const noMatch = () => new BusinessError(NO_MATCH, 'No matching ability is found.');
  const absent = () => new BusinessError(16000001, 'The specified ability does not exist.');

  // The ability that a normalized want asks for. `caller` is undefined for the system and the shell.
  function resolve(want) {
    if (want.abilityName !== '') {
      return resolveExplicit(want);
    }
    if (want.bundleName !== '' && want.action === '' && want.entities.length === 0 && want.uri === '' && want.type === '') {
      // Only a bundle: its main ability.
      const module = want.moduleName ? process.modules.get(want.moduleName) : bundle.main;
      const name = module?.tree.module.mainElement;
      if (want.bundleName === info.bundleName && name) {
        return resolveExplicit({ ...want, abilityName: name, moduleName: module.name });
      }
    }
    return resolveImplicit(want);
  }

  function resolveExplicit(want) {
    if (want.bundleName !== '' && want.bundleName !== info.bundleName) {
      const other = info.others.find((entry) => entry.bundleName === want.bundleName);
      const ability = other?.modules.filter((module) => !want.moduleName || module.name === want.moduleName)
        .map((module) => sourceOf(module, want.abilityName)).find((source) => source);
      if (!ability) {
        throw absent();
      }
      if (!(ability.exported ?? ability.visible)) {
        throw new BusinessError(16000004, 'Cannot start an invisible component.');
      }
      system.report('@ohos:app.ability.common:UIAbilityContext.startAbility (of another application)');
      throw new BusinessError(16000050, 'Internal error: abilities of other applications need the session service.');
    }
    const candidates = want.moduleName ? [process.modules.get(want.moduleName)].filter((module) => module) : info.modules;
    for (const module of candidates) {
      if (sourceOf(module, want.abilityName)) {
        return bundle.abilityInfo(module.name, want.abilityName);
      }
      if ((module.tree.module.extensionAbilities ?? []).some((extension) => extension.name === want.abilityName)) {
        throw new BusinessError(16000002, 'Incorrect ability type.');
      }
    }
    throw absent();
  }

  function resolveImplicit(want) {
    const found = [];
    if (want.bundleName === '' || want.bundleName === info.bundleName) {
      for (const module of info.modules) {
        if (want.moduleName !== '' && want.moduleName !== module.name) {
          continue;
        }
        for (const ability of module.tree.module.abilities ?? []) {
          if ((ability.skills ?? []).some((skill) => wants.matchSkill(want, skill))) {
            found.push(bundle.abilityInfo(module.name, ability.name));
          }
        }
      }
    }
    // With several candidates a device asks the person; the first one is the answer here.
    if (found.length === 0) {
      throw noMatch();
    }
    return found[0];
  }

  // --- Starting ------------------------------------------------------------------------------------------------------

  // Checks the request and queues the start; throws what the caller gets. `from.caller` is the record of the caller. What no
  // ability of the app takes is given to the desktop; a promise tells how that ended.
  function start(original, from, result) {
    const want = wants.normalize(original);
    let target;
    try {
      target = resolve(want);
    } catch (error) {
      if (error.code === NO_MATCH && from.caller && opener.takes(want)) {
        return outside(want, result);
      }
      throw error;
    }
    want.bundleName = target.bundleName;
    want.moduleName ||= target.moduleName;
    want.abilityName = target.name;
    want.parameters['ohos.aafwk.param.callerPid'] ??= info.pid;
    want.parameters['ohos.aafwk.param.callerUid'] ??= info.uid;
    want.parameters['ohos.aafwk.param.callerBundleName'] ??= info.bundleName;
    want.parameters['ohos.aafwk.param.callerAbilityName'] ??= from.caller?.info?.name ?? '';
    enqueue(() => launch(target, want, from, result));
  }

  // Gives a want to another program, which leaves no result.
  async function outside(want, result) {
    if (!await opener.open(want)) {
      throw noMatch();
    }
    result?.deliver({ resultCode: 0 });
  }

  // Like start; gives the result that the target leaves.
  function startForResult(original, from) {
    return new Promise((resolveResult, reject) => {
      Promise.resolve(start(original, from, { caller: from.caller, deliver: resolveResult })).catch(reject);
    });
  }

  async function launch(target, want, from, result) {
    const stage = ensureStage(target.moduleName);
    const reason = from.reason ?? 1;
    let key;
    if (target.launchType === 2) {
      key = from.flag ?? guest(() => stage.onAcceptWant?.(want)) ?? '';
      if (key === '' && typeof stage.onAcceptWantAsync === 'function') {
        key = (await guest(() => stage.onAcceptWantAsync(want))) ?? '';
      }
    }
    const existing = target.launchType === 1 ? undefined : records.find((record) =>
      record.info === target && !record.terminating && (target.launchType === 0 || (key !== '' && record.key === key)));
    if (existing) {
      await again(existing, want, reason, result);
      return;
    }
    await create(target, want, from, key, result);
  }

  function launchParam(reason) {
    return {
      launchReason: reason,
      launchReasonMessage: '',
      lastExitReason: info.lastExit.reason,
      lastExitMessage: info.lastExit.message,
      lastExitDetailInfo: {
        pid: 0, processName: info.bundleName, uid: info.uid, exitSubReason: 0, exitMsg: info.lastExit.message, rss: 0, pss: 0,
        timestamp: 0,
      },
    };
  }

  async function create(target, want, from, key, result) {
    const reason = from.reason ?? 1;
    const module = process.modules.get(target.moduleName);
    const source = sourceOf(module, target.name);
    const entry = source.srcEntry ?? source.srcEntrance ?? source.srcPath;
    const record = {
      id: nextId++, info: target, key, state: CREATED, terminating: false, label: '', results: [], stage: undefined,
    };
    if (result) {
      record.results.push(result);
    }
    // Loading the code of an ability may take a while: something is seen of it before.
    const seen = process.starting?.begin(target, record.id, from.options ?? {});
    if (seen) {
      await seen;
    }
    const Class = guest(() => loadDefault(target.moduleName, entry, 'UIAbility'));
    const ability = Class && guest(() => new Class());
    if (!ability) {
      result?.deliver({ resultCode: -1 });
      process.starting?.end(record.id);
      return;
    }
    record.ability = ability;
    records.push(record);
    ability.context = record.context = new UIAbilityContext(record);
    ability.launchWant = want;
    ability.lastRequestWant = want;
    ability.specifiedId = key;

    lifecycle('onAbilityWillCreate', record);
    guest(() => ability.onCreate?.(want, launchParam(reason)));
    lifecycle('onAbilityCreate', record);
    monitor('onAbilityCreate', record);
    await turn();
    if (process.exiting()) {
      return;
    }
    record.stage = guest(() => process.createStage({
      context: record.context, module: target.moduleName, ability: target.name, id: record.id, storage: record.restoredStorage,
      instance: () => record.ability, options: from.options,
    }));
    if (record.stage) {
      lifecycle('onWindowStageWillCreate', record, record.stage.stage);
      guest(() => ability.onWindowStageCreate?.(record.stage.stage));
      lifecycle('onWindowStageCreate', record, record.stage.stage);
      monitor('onWindowStageCreate', record);
      await turn();
    }
    if (!record.terminating) {
      await raise(record);
    }
  }

  // A further request for an instance that is there.
  async function again(record, want, reason, result) {
    if (result) {
      record.results.push(result);
    }
    record.ability.lastRequestWant = want;
    lifecycle('onWillNewWant', record);
    guest(() => record.ability.onNewWant?.(want, launchParam(reason)));
    lifecycle('onNewWant', record);
    await turn();
    await raise(record);
  }

  // Brings an instance to the front; where one ability fills the screen the one before goes to the background.
  async function raise(record) {
    const before = stack[stack.length - 1];
    const at = stack.indexOf(record);
    if (at >= 0) {
      stack.splice(at, 1);
    }
    stack.push(record);
    if (record.state !== FOREGROUND) {
      await foreground(record);
    } else {
      record.stage?.foreground();
    }
    if (before && before !== record && !info.device.freeWindows) {
      await background(before);
    }
  }

  async function foreground(record) {
    if (process.exiting()) {
      return;
    }
    const { ability } = record;
    lifecycle('onAbilityWillForeground', record);
    guest(() => ability.onWillForeground?.());
    record.state = FOREGROUND;
    updateApplicationState();
    guest(() => ability.onForeground?.(ability.lastRequestWant));
    lifecycle('onAbilityForeground', record);
    monitor('onAbilityForeground', record);
    if (record.stage) {
      guest(() => record.stage.foreground());
      lifecycle('onWindowStageActive', record, record.stage.stage);
    }
    await turn();
    if (record.state === FOREGROUND) {
      guest(() => ability.onDidForeground?.());
    }
  }

  async function background(record) {
    if (record.state !== FOREGROUND || process.exiting()) {
      return;
    }
    const { ability } = record;
    lifecycle('onAbilityWillBackground', record);
    guest(() => ability.onWillBackground?.());
    if (record.stage) {
      lifecycle('onWindowStageInactive', record, record.stage.stage);
      guest(() => record.stage.background());
    }
    record.state = BACKGROUND;
    guest(() => ability.onBackground?.());
    lifecycle('onAbilityBackground', record);
    monitor('onAbilityBackground', record);
    updateApplicationState();
    await turn();
    guest(() => ability.onDidBackground?.());
  }

  function isForeground() {
    return records.some((record) => record.state === FOREGROUND);
  }

  function updateApplicationState() {
    const now = isForeground();
    if (now !== inForeground) {
      inForeground = now;
      contexts.application.notify.state(now ? 'onApplicationForeground' : 'onApplicationBackground');
    }
  }

  // --- Ending --------------------------------------------------------------------------------------------------------

  function terminate(record, result) {
    if (record.terminating) {
      return;
    }
    record.terminating = true;
    record.result = result && { resultCode: result.resultCode, want: result.want && copyResultWant(result.want) };
    enqueue(() => destroy(record));
  }

  function copyResultWant(want) {
    return wants.normalize(want);
  }

  async function destroy(record) {
    const { ability } = record;
    await background(record);
    if (record.stage) {
      const { stage } = record.stage;
      lifecycle('onWindowStageWillDestroy', record, stage);
      guest(() => ability.onWindowStageWillDestroy?.(stage));
      guest(() => ability.onWindowStageDestroy?.());
      lifecycle('onWindowStageDestroy', record, stage);
      monitor('onWindowStageDestroy', record);
      guest(() => record.stage.destroy());
      await turn();
    }
    const at = stack.indexOf(record);
    if (at >= 0) {
      stack.splice(at, 1);
    }
    if (process.exiting()) {
      return;
    }
    lifecycle('onAbilityWillDestroy', record);
    const done = guest(() => ability.onDestroy?.());
    // An asynchronous onDestroy may start something itself, so the queue does not wait for it.
    if (done && typeof done.then === 'function') {
      Promise.resolve(done).then(() => gone(record), (error) => {
        process.uncaught(error);
        gone(record);
      });
    } else {
      gone(record);
    }
    const top = stack[stack.length - 1];
    if (top && top.state !== FOREGROUND && !record.silent && !info.device.freeWindows) {
      await foreground(top);
    }
  }

  function gone(record) {
    process.starting?.end(record.id);
    record.state = DESTROYED;
    lifecycle('onAbilityDestroy', record);
    monitor('onAbilityDestroy', record);
    const at = records.indexOf(record);
    if (at >= 0) {
      records.splice(at, 1);
    }
    const last = record.results.pop();
    for (const cancelled of record.results.splice(0)) {
      cancelled.deliver({ resultCode: -1 });
    }
    last?.deliver(record.result ?? { resultCode: -1 });
    updateApplicationState();
    if (records.length === 0 && !info.test) {
      enqueue(async () => {
        await turn();
        if (records.length === 0) {
          process.finish();
        }
      });
    }
  }

  // --- Requests of contexts and of the delegator ---------------------------------------------------------------------

  function recordOf(ability) {
    return records.find((record) => record.ability === ability);
  }

  // Answers the caller that passed `requestCode`, and goes away.
  function answerCaller(record, result) {
    const waiting = record.results.pop();
    if (!waiting) {
      throw new BusinessError(16000075, 'BackToCaller is not supported.');
    }
    waiting.deliver({ resultCode: result.resultCode ?? 0, want: result.want && wants.normalize(result.want) });
    if (waiting.caller) {
      enqueue(() => raise(waiting.caller));
    }
  }

  async function openLink(link, options, caller, callback) {
    const want = { uri: link, action: 'ohos.want.action.viewData', entities: ['entity.system.browsable'],
      parameters: options.parameters ?? {} };
    const normal = wants.normalize(want);
    let target;
    try {
      target = resolveImplicit(normal);
    } catch {
      if (options.appLinkingOnly === true || !opener.takes(normal)) {
        throw noMatch();
      }
      await outside(normal);
      return;
    }
    const request = { ...want, bundleName: target.bundleName, moduleName: target.moduleName, abilityName: target.name };
    if (typeof callback === 'function') {
      startForResult(request, { caller }).then((result) => callback(undefined, result));
    } else {
      start(request, { caller });
    }
  }

  let nextConnection = 0;
  function refuseConnection(options, code) {
    const connection = nextConnection++;
    system.later(() => guest(() => options.onFailed?.(code)));
    return connection;
  }

  // What `aa dump` lists.
  function running() {
    const names = { [CREATED]: 'INITIAL', [FOREGROUND]: 'FOREGROUND', [BACKGROUND]: 'BACKGROUND', [DESTROYED]: 'TERMINATING' };
    return records.map((record) => ({
      id: record.id, bundle: record.info.bundleName, module: record.info.moduleName, ability: record.info.name,
      state: names[record.state],
    }));
  }

  return {
    CREATED, FOREGROUND, BACKGROUND, DESTROYED,
    start,
    startForResult,
    terminate,
    // Ends all abilities, and the process with the last one.
    terminateAll() {
      if (records.length === 0) {
        process.finish();
      }
      [...records].forEach((record) => terminate(record));
    },
    toForeground: (record) => enqueue(() => raise(record)),
    toBackground: (record) => enqueue(() => background(record)),
    answerCaller,
    openLink,
    refuseConnection,
    isForeground,
    recordOf,
    monitors,
    stageMonitors,
    ensureStage,
    stageOf: (module) => stages.get(module),
    records,
    top: () => stack[stack.length - 1],
    stages: () => records.filter((record) => record.stage).map((record) => record.stage.stage),
    byInstanceId: (id) => records.find((record) => String(record.id) === String(id))?.ability,
    running,
    resolve,
  };
})
