// @ohos:resourceschedule.backgroundTaskManager: time behind other windows. Programs of a desktop go on there anyway, so all that is asked for is granted.
(function (host, system) {
  'use strict';
  const { declare, events, fail } = system.require('@concord:kits/declared');

  const BackgroundMode = {
    DATA_TRANSFER: 1, AUDIO_PLAYBACK: 2, AUDIO_RECORDING: 3, LOCATION: 4, BLUETOOTH_INTERACTION: 5, MULTI_DEVICE_CONNECTION: 6,
    VOIP: 8, TASK_KEEPING: 9,
  };
  const ContinuousTaskCancelReason = {
    USER_CANCEL: 1, SYSTEM_CANCEL: 2, USER_CANCEL_REMOVE_NOTIFICATION: 3, SYSTEM_CANCEL_DATA_TRANSFER_LOW_SPEED: 4,
    SYSTEM_CANCEL_AUDIO_PLAYBACK_NOT_USE_AVSESSION: 5, SYSTEM_CANCEL_AUDIO_PLAYBACK_NOT_RUNNING: 6,
    SYSTEM_CANCEL_AUDIO_RECORDING_NOT_RUNNING: 7, SYSTEM_CANCEL_NOT_USE_LOCATION: 8, SYSTEM_CANCEL_NOT_USE_BLUETOOTH: 9,
    SYSTEM_CANCEL_NOT_USE_MULTI_DEVICE: 10, SYSTEM_CANCEL_USE_ILLEGALLY: 11,
  };
  const BackgroundSubMode = { CAR_KEY: 1 };
  const BackgroundModeType = { SUB_MODE: 'subMode' };
  const ContinuousTaskSuspendReason = {
    SYSTEM_SUSPEND_DATA_TRANSFER_LOW_SPEED: 4, SYSTEM_SUSPEND_AUDIO_PLAYBACK_NOT_USE_AVSESSION: 5,
    SYSTEM_SUSPEND_AUDIO_PLAYBACK_NOT_RUNNING: 6, SYSTEM_SUSPEND_AUDIO_RECORDING_NOT_RUNNING: 7,
    SYSTEM_SUSPEND_LOCATION_NOT_USED: 8, SYSTEM_SUSPEND_BLUETOOTH_NOT_USED: 9, SYSTEM_SUSPEND_MULTI_DEVICE_NOT_USED: 10,
    SYSTEM_SUSPEND_USED_ILLEGALLY: 11, SYSTEM_SUSPEND_SYSTEM_LOAD_WARNING: 12, SYSTEM_SUSPEND_VOIP_NOT_USED: 13,
    SYSTEM_SUSPEND_BLUETOOTH_DATA_NOT_EXIST: 14, SYSTEM_SUSPEND_POSITION_NOT_MOVED: 15, SYSTEM_SUSPEND_AUDIO_PLAYBACK_MUTE: 16,
    SYSTEM_SUSPEND_NEARLINK_NOT_USED: 17, SYSTEM_SUSPEND_NEARLINK_DATA_NOT_EXIST: 18, SYSTEM_SUSPEND_USER_UNAUTHORIZED: 19,
  };

  const KEEP_BACKGROUND_RUNNING = 'ohos.permission.KEEP_BACKGROUND_RUNNING';

  // What the documentation allows a phone.
  const MOST_REQUESTS = 3;
  const [DELAY, DAILY] = [180000, 600000];
  const MODES = new Set([...Object.values(BackgroundMode)]);
  // The same modes by the names of module.json.
  const NAMES = new Map([
    ['dataTransfer', 1], ['audioPlayback', 2], ['audioRecording', 3], ['location', 4], ['bluetoothInteraction', 5],
    ['multiDeviceConnection', 6], ['voip', 8], ['taskKeeping', 9],
  ]);
  const { modules } = system.require('@concord:process');

  // Request id → {until, timer}.
  const delays = new Map();
  let nextRequest = 1;

  function requestDelay(reason, callback) {
    if (delays.size >= MOST_REQUESTS) {
      fail(9900001, 'Caller information verification failed for a transient task.');
    }
    const requestId = nextRequest++;
    const timer = setTimeout(() => {
      delays.delete(requestId);
      callback();
    }, DELAY);
    delays.set(requestId, { until: Date.now() + DELAY, timer });
    return { requestId, actualDelayTime: DELAY };
  }
  const delayOf = (id) => delays.get(id) ?? fail(9900002, 'Transient task verification failed.');
  function cancelDelay(id) {
    clearTimeout(delayOf(id).timer);
    delays.delete(id);
  }
  const transientTasks = () => ({
    remainingQuota: DAILY,
    transientTasks: [...delays].map(([requestId, { until }]) => ({ requestId, actualDelayTime: until - Date.now() })),
  });

  // Ability → its task.
  const tasks = new Map();
  let nextTask = 1;

  const modeOf = (mode) => NAMES.get(mode) ?? (MODES.has(mode) ? mode : fail(401, 'Parameter error. The background mode is unknown.'));
  const abilityOf = ({ abilityInfo }) =>
    abilityInfo?.name ?? fail(401, 'Parameter error. The context must be that of an ability.');
  const modesOf = (name) => [...modules.values()].flatMap(({ tree }) => tree.module.abilities ?? [])
    .filter((ability) => ability.name === name).flatMap((ability) => ability.backgroundModes ?? []).map((mode) => NAMES.get(mode));

  function checkModes(name, modes) {
    const declared = modesOf(name);
    if (modes.length === 0 || !modes.every((mode) => declared.includes(mode))) {
      fail(9800005, 'Continuous task verification failed. The ability does not declare the background mode.');
    }
  }

  function start(context, mode) {
    const name = abilityOf(context);
    const modes = (Array.isArray(mode) ? mode : [mode]).map(modeOf);
    checkModes(name, modes);
    if (tasks.has(name)) {
      fail(9800005, 'Continuous task verification failed. The ability has one already.');
    }
    tasks.set(name, { abilityName: name, modes, continuousTaskId: nextTask++ });
    return taskOf(name);
  }
  function update(context, modes) {
    const name = abilityOf(context);
    const task = tasks.get(name) ?? fail(9800005, 'Continuous task verification failed. The ability has none.');
    const wanted = modes.map(modeOf);
    checkModes(name, wanted);
    task.modes = wanted;
    return taskOf(name);
  }
  const CONTENT = 10;
  const taskOf = (name) => {
    const { continuousTaskId } = tasks.get(name);
    return { slotType: 0xffff, contentType: CONTENT, notificationId: continuousTaskId, continuousTaskId };
  };
  const stop = (context) => {
    if (!tasks.delete(abilityOf(context))) {
      fail(9800005, 'Continuous task verification failed. The ability has none.');
    }
  };
  const { uid, pid } = system.require('@concord:process').info;
  const all = () => [...tasks.values()].map(({ abilityName, modes, continuousTaskId }) => ({
    abilityName, uid, pid, isFromWebView: false, backgroundModes: modes.map(nameOf), backgroundSubModes: [],
    notificationId: continuousTaskId, continuousTaskId, abilityId: 0, wantAgentBundleName: '', wantAgentAbilityName: '', suspendState: false,
  }));
  const nameOf = (mode) => [...NAMES].find(([, number]) => number === mode)?.[0];

  return {
    BackgroundMode, ContinuousTaskCancelReason, BackgroundSubMode, BackgroundModeType, ContinuousTaskSuspendReason,
    ...declare([], {
      'cancelSuspendDelay(requestId: number)': cancelDelay,
      'getRemainingDelayTime(requestId: number): Promise': (id) => Math.max(0, delayOf(id).until - Date.now()),
      'requestSuspendDelay(reason: string, callback: function)': requestDelay,
      'getTransientTaskInfo(): Promise': transientTasks,
      'stopBackgroundRunning(context: object): Promise': stop,
    }),
    ...declare([KEEP_BACKGROUND_RUNNING], {
      'startBackgroundRunning(context: object, bgMode: number|array, wantAgent: object): Promise': start,
      'updateBackgroundRunning(context: object, bgModes: array): Promise': update,
      'getAllContinuousTasks(context: object, includeSuspended?: boolean): Promise': all,
    }),
    ...events({
      continuousTaskCancel: [KEEP_BACKGROUND_RUNNING], continuousTaskSuspend: [KEEP_BACKGROUND_RUNNING],
      continuousTaskActive: [KEEP_BACKGROUND_RUNNING],
    }),
  };
})
