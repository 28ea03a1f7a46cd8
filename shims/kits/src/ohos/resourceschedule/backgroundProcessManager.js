// @ohos:resourceschedule.backgroundProcessManager: how child processes rank, of which apps have none.
(function (host, system) {
  'use strict';
  const { declare, refuse } = system.require('@concord:kits/declared');

  const ProcessPriority = { PROCESS_BACKGROUND: 1, PROCESS_INACTIVE: 2 };
  const PowerSaveMode = { EFFICIENCY_MODE: 1, DEFAULT_MODE: 2 };

  const BACKGROUND_MANAGER_POWER_SAVE_MODE = 'ohos.permission.BACKGROUND_MANAGER_POWER_SAVE_MODE';
  const unsupported = refuse(801, 'Capability not supported.');

  return {
    ProcessPriority, PowerSaveMode,
    ...declare([], {
      'setProcessPriority(pid: number, priority: number): Promise': () => undefined,
      'resetProcessPriority(pid: number): Promise': () => undefined,
    }),
    ...declare([BACKGROUND_MANAGER_POWER_SAVE_MODE], {
      'setPowerSaveMode(pid: number, powerSaveMode: number): Promise': unsupported,
      'isPowerSaveMode(pid: number): Promise': unsupported,
    }),
  };
})
