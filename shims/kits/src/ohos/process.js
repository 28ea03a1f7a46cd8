// @ohos:process
(function (host, system) {
  'use strict';

  const { display, fail } = system.require('@concord:kits');

  const ids = host.ids();
  const FIRST_APP_UID = 10000;

  function checkNumber(value) {
    if (typeof value !== 'number') fail(401, `Parameter error. The type of ${display(value)} must be number`);
    return value;
  }

  function checkText(value) {
    if (typeof value !== 'string') fail(401, `Parameter error. The type of ${display(value)} must be string`);
    return value;
  }

  /** Only this process: an app cannot signal another one. */
  function kill(signal, pid) {
    checkNumber(signal);
    if (checkNumber(pid) !== ids.pid) return false;
    if (signal !== 0) host.exit(128 + signal);
    return true;
  }

  class ProcessManager {
    isAppUid(uid) { return checkNumber(uid) >= FIRST_APP_UID; }
    getUidForName(name) { return host.uidForName(checkText(name)); }
    getThreadPriority(tid) { checkNumber(tid); return 0; }
    getSystemConfig(name) { return host.systemConfig(checkNumber(name)); }
    getEnvironmentVar(name) { return host.environment(checkText(name)); }
    exit(code) { host.exit(checkNumber(code)); }
    kill(signal, pid) { return kill(signal, pid); }
  }

  const manager = new ProcessManager();

  return {
    uid: ids.uid, gid: ids.gid, euid: ids.uid, egid: ids.gid, pid: ids.pid, ppid: ids.ppid, tid: ids.tid,
    ProcessManager,
    isIsolatedProcess: () => false,
    is64Bit: () => true,
    getStartRealtime: () => host.startRealtime(),
    getPastCpuTime: () => host.cpuTime(),
    uptime: () => host.uptime(),
    abort: () => host.exit(134),
    cwd: () => '/',
    chdir: system.stub('@ohos:process:process.chdir'),
    on: system.stub('@ohos:process:process.on'),
    off: system.stub('@ohos:process:process.off'),
    runCmd: system.stub('@ohos:process:process.runCmd'),
    exit: (code) => manager.exit(code),
    kill: (pid, signal) => kill(signal, pid),
    isAppUid: (uid) => manager.isAppUid(uid),
    getUidForName: (name) => manager.getUidForName(name),
    getThreadPriority: (tid) => manager.getThreadPriority(tid),
    getSystemConfig: (name) => manager.getSystemConfig(name),
    getEnvironmentVar: (name) => manager.getEnvironmentVar(name),
  };
})
