// @ohos:hidebug: what the process and the machine use.
(function (host, system) {
  'use strict';
  const { declare, fail, refuse } = system.require('@concord:kits/declared');

  const TraceFlag = { MAIN_THREAD: 1, ALL_THREADS: 2 };
  const JsRawHeapTrimLevel = { TRIM_LEVEL_1: 0, TRIM_LEVEL_2: 1 };
  const DUMP = 'ohos.permission.DUMP';
  const { floor, max } = Math;

  // Kinds of what the system can be traced for, by the bit that stands for each.
  const TAG_BITS = {
    FFRT: 13, COMMON_LIBRARY: 16, HDF: 18, NET: 23, NWEB: 24, DISTRIBUTED_AUDIO: 27, FILE_MANAGEMENT: 29, OHOS: 30,
    ABILITY_MANAGER: 31, CAMERA: 32, MEDIA: 33, IMAGE: 34, AUDIO: 35, DISTRIBUTED_DATA: 36, GRAPHICS: 38, ARKUI: 39,
    NOTIFICATION: 40, MISC: 41, MULTIMODAL_INPUT: 42, RPC: 46, ARK: 47, WINDOW_MANAGER: 48, DISTRIBUTED_SCREEN: 50,
    DISTRIBUTED_CAMERA: 51, DISTRIBUTED_HARDWARE_FRAMEWORK: 52, GLOBAL_RESOURCE_MANAGER: 53,
    DISTRIBUTED_HARDWARE_DEVICE_MANAGER: 54, SAMGR: 55, POWER_MANAGER: 56, DISTRIBUTED_SCHEDULER: 57, DISTRIBUTED_INPUT: 59,
    BLUETOOTH: 60,
  };
  const tags = Object.fromEntries(Object.entries(TAG_BITS).map(([name, bit]) => [name, 2 ** bit]));

  // Lines `Name:  123 kB` of files of the kernel, by name.
  const table = (file) => new Map([...host.read(file).matchAll(/^(\w+(?:\(\w+\))?):\s+(\d+)/gm)].map(([, name, value]) => [name, Number(value)]));
  const rollup = (name) => table('self/smaps_rollup').get(name) ?? 0;
  const status = (name) => table('self/status').get(name) ?? 0;
  const kilobytes = (number) => BigInt(floor(number));

  // The heap of native code is what the process has written to and does not share; its break tells no more.
  const heap = () => ({ size: status('VmData'), used: status('RssAnon') });

  // Ticks that a thread or process has worked, from the text of its stat; the name may have spaces.
  function worked(stat) {
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  }
  const startOf = (stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  const uptime = () => system.require('@ohos:systemDateTime').getUptime(0) / 1000;

  // The share of a processor since the last time somebody asked; since the beginning at first.
  function share(before, now) {
    const passed = now.time - before.time;
    return passed > 0 ? max(0, (now.ticks - before.ticks) / host.ticks() / passed) : 0;
  }
  let process = { ticks: 0, time: undefined };
  function cpuUsage() {
    const stat = host.read('self/stat');
    const now = { ticks: worked(stat), time: uptime() };
    const usage = share({ ...process, time: process.time ?? startOf(stat) / host.ticks() }, now);
    process = now;
    return usage;
  }

  const threads = new Map();
  const threadUsage = () => JSON.parse(host.threads()).map(([threadId, stat]) => {
    const now = { ticks: worked(stat), time: uptime() };
    const cpuUsage = share(threads.get(threadId) ?? { ticks: 0, time: startOf(stat) / host.ticks() }, now);
    threads.set(threadId, now);
    return { threadId, cpuUsage };
  });

  let machine = { busy: 0, all: 0 };
  function systemCpuUsage() {
    const times = /^cpu\s+(.*)$/m.exec(host.read('stat'))?.[1].split(' ').map(Number) ?? fail(11400104, 'The status of the system CPU usage is abnormal.');
    const all = times.slice(0, 8).reduce((sum, time) => sum + time, 0);
    const busy = all - times[3] - times[4];
    const usage = all > machine.all ? (busy - machine.busy) / (all - machine.all) : 0;
    machine = { busy, all };
    return usage;
  }

  function systemMemory() {
    const memory = table('meminfo');
    const of = (name) => kilobytes(memory.get(name) ?? 0);
    return { totalMem: of('MemTotal'), freeMem: of('MemFree'), availableMem: of('MemAvailable') };
  }

  function nativeMemory() {
    const all = table('self/smaps_rollup');
    const of = (name) => kilobytes(all.get(name) ?? 0);
    return {
      pss: of('Pss'), vss: kilobytes(status('VmSize')), rss: of('Rss'), sharedDirty: of('Shared_Dirty'), privateDirty: of('Private_Dirty'),
      sharedClean: of('Shared_Clean'), privateClean: of('Private_Clean'),
    };
  }
  let cached;
  const cachedMemory = (isForced) => (cached = isForced || cached === undefined ? nativeMemory() : cached);

  const LIMITLESS = 2n ** 63n - 1n;
  function memoryLimit() {
    const limit = host.limit();
    const vssLimit = limit === Infinity ? LIMITLESS : BigInt(limit) / 1024n;
    const total = kilobytes(table('meminfo').get('MemTotal') ?? 0);
    return { rssLimit: total, vssLimit, vmHeapLimit: total, vmTotalHeapSize: total };
  }

  // The engine collects as it likes and counts nothing.
  const STATISTICS = {
    'ark.gc.gc-count': 0, 'ark.gc.gc-time': 0, 'ark.gc.gc-bytes-allocated': 0, 'ark.gc.gc-bytes-freed': 0, 'ark.gc.fullgc-longtime-count': 0,
  };

  const RESOURCES = { pss_memory: [1024, 4194304], js_heap: [85, 95], fd: [10, 10000], thread: [1, 1000], native_heap: [1024, 4194304] };
  function setLimit(type, value) {
    const [least, most] = Object.hasOwn(RESOURCES, type) ? RESOURCES[type] : fail(401, 'Parameter error. The type of resource is unknown.');
    if (value < least || value > most) {
      fail(401, `Parameter error. "value" must be ${least} to ${most}.`);
    }
  }

  function startTrace(kinds, flag, limit) {
    if (kinds.length === 0 || !Object.values(TraceFlag).includes(flag) || limit <= 0) {
      fail(401, 'Parameter error. Tags, flag or size are wrong.');
    }
    fail(11400104, 'Abnormal trace status. Nothing can be traced.');
  }

  return {
    TraceFlag, JsRawHeapTrimLevel, tags,
    ...declare([], {
      'getNativeHeapSize()': () => BigInt(heap().size) * 1024n,
      'getNativeHeapAllocatedSize()': () => BigInt(heap().used) * 1024n,
      'getNativeHeapFreeSize()': () => BigInt(max(0, heap().size - heap().used)) * 1024n,
      'getVss()': () => kilobytes(status('VmSize')),
      'getPss()': () => kilobytes(rollup('Pss')),
      'getSharedDirty()': () => kilobytes(rollup('Shared_Dirty')),
      'getPrivateDirty()': () => kilobytes(rollup('Private_Dirty')),
      'getCpuUsage()': cpuUsage,
      'getSystemCpuUsage()': systemCpuUsage,
      'getAppThreadCpuUsage()': threadUsage,
      'getSystemMemInfo()': systemMemory,
      'getAppNativeMemInfo()': nativeMemory,
      'getAppNativeMemInfoAsync(): Promise': nativeMemory,
      'getAppNativeMemInfoWithCache(forceRefresh?: boolean)': cachedMemory,
      'getAppMemoryLimit()': memoryLimit,
      'getAppVMMemoryInfo()': () => {
        const used = kilobytes(host.heap() / 1024);
        return { totalHeap: used, heapUsed: used, allArraySize: 0n };
      },
      'getVMRuntimeStats()': () => ({ ...STATISTICS }),
      'getVMRuntimeStat(item: string)': (item) =>
        (Object.hasOwn(STATISTICS, item) ? STATISTICS[item] : fail(401, 'Parameter error. The item is unknown.')),
      'setAppResourceLimit(type: string, value: number, enableDebugLog: boolean)': setLimit,
      'isDebugState()': () => false,
      'getGraphicsMemory(): Promise': () => 0,
      'getGraphicsMemorySync()': () => 0,
      'startAppTraceCapture(tags: array, flag: number, limitSize: number)': startTrace,
      'stopAppTraceCapture()': refuse(11400105, 'No capture trace running.'),
      'setJsRawHeapTrimLevel(level: number)': () => undefined,
      'dumpJsRawHeapData(needGC?: boolean): Promise': refuse(11400106, 'Quota exceeded.'),
      'enableGwpAsanGrayscale(options?: object, duration?: number)': refuse(11400114, 'The number of GWP-ASAN applications of this device overflowed.'),
      'disableGwpAsanGrayscale()': () => undefined,
      'getGwpAsanGrayscaleState()': () => 0,
    }),
    ...declare([DUMP], {
      'getServiceDump(serviceid: number, fd: number, args: array)': refuse(11400101, 'ServiceId invalid. The system ability does not exist.'),
    }),
  };
})
