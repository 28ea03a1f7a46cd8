// @ohos:hiviewdfx.hiAppEvent
(function (host, system) {
  'use strict';

  const EventType = { FAULT: 1, STATISTIC: 2, SECURITY: 3, BEHAVIOR: 4 };
  const domain = { OS: 'OS' };
  const event = {
    USER_LOGIN: 'hiappevent.user_login', USER_LOGOUT: 'hiappevent.user_logout',
    DISTRIBUTED_SERVICE_START: 'hiappevent.distributed_service_start', APP_CRASH: 'APP_CRASH', APP_FREEZE: 'APP_FREEZE',
    APP_LAUNCH: 'APP_LAUNCH', SCROLL_JANK: 'SCROLL_JANK', CPU_USAGE_HIGH: 'CPU_USAGE_HIGH', BATTERY_USAGE: 'BATTERY_USAGE',
    RESOURCE_OVERLIMIT: 'RESOURCE_OVERLIMIT', ADDRESS_SANITIZER: 'ADDRESS_SANITIZER', MAIN_THREAD_JANK: 'MAIN_THREAD_JANK',
    APP_KILLED: 'APP_KILLED', APP_HICOLLIE: 'APP_HICOLLIE', AUDIO_JANK_FRAME: 'AUDIO_JANK_FRAME',
    SCROLL_ARKWEB_FLING_JANK: 'SCROLL_ARKWEB_FLING_JANK', appFreezeWarning: 'APP_FREEZE_WARNING',
  };
  const param = {
    USER_ID: 'user_id', DISTRIBUTED_SERVICE_NAME: 'ds_name', DISTRIBUTED_SERVICE_INSTANCE_ID: 'ds_instance_id',
  };
  const NAME = /^\$?[a-zA-Z][a-zA-Z0-9_]{0,46}[a-zA-Z0-9]?$/;
  const DOMAIN = /^[a-zA-Z][a-zA-Z0-9_]{0,30}[a-zA-Z0-9]?$/;

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const watchers = new Map();
  const users = { ids: new Map(), properties: new Map() };
  let disabled = false;
  let nextProcessor = 1;

  class AppEventPackageHolder {
    #watcher;
    #size = 512 * 1024;
    #rows;
    #next = 0;

    constructor(watcherName) {
      this.#watcher = watchers.get(watcherName);
    }

    setSize(size) {
      if (!(size >= 0)) fail(11104001, 'Invalid size value. Possible caused by the size value is less than 0.');
      this.#size = size;
    }

    setRow(size) {
      if (!(size > 0)) fail(11104001, 'Invalid size value.');
      this.#rows = size;
    }

    takeNext() {
      const events = this.#watcher?.events ?? [];
      const taken = [];
      let bytes = 0;
      while (events.length > 0 && taken.length < (this.#rows ?? Infinity)) {
        const size = JSON.stringify(events[0]).length;
        if (this.#rows === undefined && taken.length > 0 && bytes + size > this.#size) break;
        bytes += size;
        taken.push(events.shift());
      }
      if (taken.length === 0) return null;
      const data = taken.map((info) => JSON.stringify({ domain_: info.domain, name_: info.name, type_: info.eventType, ...info.params }));
      return { packageId: this.#next++, row: taken.length, size: bytes, data, appEventInfos: taken };
    }
  }

  function wants(filters, info) {
    return filters.length === 0 || filters.some((filter) => filter.domain === info.domain
      && (!filter.eventTypes?.length || filter.eventTypes.includes(info.eventType))
      && (!filter.names?.length || filter.names.includes(info.name)));
  }

  function dispatch(info) {
    for (const watcher of watchers.values()) {
      if (!wants(watcher.filters, info)) continue;
      if (typeof watcher.onReceive === 'function') {
        system.later(watcher.onReceive, info.domain, [{ name: info.name, appEventInfos: [info] }]);
        continue;
      }
      watcher.events.push(info);
      const { row, size } = watcher.trigger;
      const bytes = watcher.events.reduce((sum, one) => sum + JSON.stringify(one).length, 0);
      if ((row > 0 && watcher.events.length >= row) || (size > 0 && bytes >= size)) {
        system.later(watcher.onTrigger, watcher.events.length, bytes, watcher.holder);
      }
    }
  }

  function check(info) {
    if (typeof info !== 'object' || info === null) fail(401, 'Parameter error. The type of info must be AppEventInfo.');
    if (disabled) fail(11100001, 'Function disabled. Possible caused by the param disable in ConfigOption is true.');
    if (typeof info.domain !== 'string' || !DOMAIN.test(info.domain)) fail(11101001, 'Invalid event domain.');
    if (typeof info.name !== 'string' || !NAME.test(info.name)) fail(11101002, 'Invalid event name.');
    if (Object.keys(info.params ?? {}).length > 32) fail(11101003, 'Invalid number of event parameters.');
  }

  function write(info, callback) {
    check(info);
    const copy = { domain: info.domain, name: info.name, eventType: info.eventType, params: { ...info.params } };
    return system.async(() => dispatch(copy), callback);
  }

  function addWatcher(watcher) {
    if (typeof watcher !== 'object' || watcher === null) fail(401, 'Parameter error. The type of watcher must be Watcher.');
    if (typeof watcher.name !== 'string' || !/^[a-zA-Z][a-zA-Z0-9_]{0,31}$/.test(watcher.name)) fail(11102001, 'Invalid watcher name.');
    for (const filter of watcher.appEventFilters ?? []) {
      if (typeof filter.domain !== 'string' || !DOMAIN.test(filter.domain)) fail(11102002, 'Invalid filtering event domain.');
    }
    const state = {
      filters: watcher.appEventFilters ?? [], trigger: watcher.triggerCondition ?? {}, events: [], onTrigger: watcher.onTrigger ?? (() => {}),
      onReceive: watcher.onReceive,
    };
    watchers.set(watcher.name, state);
    state.holder = new AppEventPackageHolder(watcher.name);
    return state.holder;
  }

  function removeWatcher(watcher) {
    watchers.delete(watcher?.name);
  }

  return {
    EventType, domain, event, param, AppEventPackageHolder, write, addWatcher, removeWatcher,
    configure(config) {
      if (typeof config !== 'object' || config === null) fail(401, 'Parameter error. The type of config must be ConfigOption.');
      if (typeof config.maxStorage === 'string' && !/^[0-9]+[kKmMgGtT]?[bB]?$/.test(config.maxStorage)) {
        fail(11103001, 'Invalid max storage quota value.');
      }
      disabled = config.disable === true;
    },
    clearData() { for (const watcher of watchers.values()) watcher.events.length = 0; },
    setUserId(name, value) { users.ids.set(name, value); },
    getUserId: (name) => users.ids.get(name) ?? '',
    setUserProperty(name, value) { users.properties.set(name, value); },
    getUserProperty: (name) => users.properties.get(name) ?? '',
    addProcessor: () => nextProcessor++,
    addProcessorFromConfig: () => Promise.resolve(nextProcessor++),
    removeProcessor() {},
    setEventParam: () => Promise.resolve(),
    setEventConfig: () => Promise.resolve(),
    configEventPolicy: () => Promise.resolve(),
  };
})
