// @ohos:resourceschedule.workScheduler: work for later, which is kept; the extension that would do it is not started.
(function (host, system) {
  'use strict';
  const { declare, fail } = system.require('@concord:kits/declared');

  const NetworkType = {
    NETWORK_TYPE_ANY: 0, NETWORK_TYPE_MOBILE: 1, NETWORK_TYPE_WIFI: 2, NETWORK_TYPE_BLUETOOTH: 3, NETWORK_TYPE_WIFI_P2P: 4,
    NETWORK_TYPE_ETHERNET: 5,
  };
  const ChargingType = { CHARGING_PLUGGED_ANY: 0, CHARGING_PLUGGED_AC: 1, CHARGING_PLUGGED_USB: 2, CHARGING_PLUGGED_WIRELESS: 3 };
  const BatteryStatus = { BATTERY_STATUS_LOW: 0, BATTERY_STATUS_OKAY: 1, BATTERY_STATUS_LOW_OR_OKAY: 2 };
  const StorageRequest = { STORAGE_LEVEL_LOW: 0, STORAGE_LEVEL_OKAY: 1, STORAGE_LEVEL_LOW_OR_OKAY: 2 };

  const MOST_WORKS = 10;
  const LEAST_CYCLE = 7200000;
  const records = system.require('@concord:kits/records')('works', () => []);
  const { info, modules } = system.require('@concord:process');

  // What may start work; one of them at least has to be there.
  const CONDITIONS = ['networkType', 'isCharging', 'chargerType', 'batteryLevel', 'batteryStatus', 'storageRequest', 'isRepeat',
    'repeatCycleTime', 'repeatCount', 'isDeepIdle', 'idleWaitTime', 'earliestStartTime'];

  const invalid = (what) => fail(9700004, `Check on workInfo failed. ${what}`);
  const isExtension = ({ bundleName, abilityName }) => bundleName === info.bundleName && [...modules.values()].some(({ tree }) =>
    (tree.module.extensionAbilities ?? []).some(({ name, type }) => name === abilityName && type === 'workScheduler'));

  function check(work) {
    const { workId, bundleName, abilityName, parameters } = work;
    if (typeof workId !== 'number' || typeof bundleName !== 'string' || typeof abilityName !== 'string') {
      fail(401, 'Parameter error. Work needs workId, bundleName and abilityName.');
    }
    if (workId < 0 || !isExtension(work)) {
      invalid('There is no such extension.');
    }
    if (!CONDITIONS.some((name) => work[name] !== undefined) || (work.isRepeat && !(work.repeatCycleTime >= LEAST_CYCLE))) {
      invalid('Its conditions are none, or too frequent.');
    }
    if (parameters !== undefined && !Object.values(parameters).every((value) => ['number', 'string', 'boolean'].includes(typeof value))) {
      fail(401, 'Parameter error. Parameters must be numbers, strings or booleans.');
    }
  }

  function start(work) {
    check(work);
    records.change((works) => {
      if (works.some(({ workId }) => workId === work.workId)) {
        fail(9700005, 'Calling startWork failed. The work has been added already.');
      }
      if (works.length >= MOST_WORKS) {
        invalid('There are too many.');
      }
      works.push({ ...work });
    });
  }
  const workOf = (id) => records.get().find(({ workId }) => workId === id) ?? invalid('There is no such work.');

  // `isCancelled` forgets it for ever, else its conditions would be met again later.
  function stop({ workId }, isCancelled = false) {
    workOf(workId);
    if (isCancelled) {
      records.change((works) => works.splice(works.findIndex((work) => work.workId === workId), 1));
    }
  }

  return {
    NetworkType, ChargingType, BatteryStatus, StorageRequest,
    ...declare([], {
      'startWork(work: object)': start,
      'stopWork(work: object, needCancel?: boolean)': stop,
      'getWorkStatus(workId: number): Promise': workOf,
      'obtainAllWorks(): Promise': () => records.get(),
      'stopAndClearWorks()': () => records.change((works) => works.splice(0)) && undefined,
      'isLastWorkTimeOut(workId: number): Promise': (id) => workOf(id) === undefined,
    }),
  };
})
