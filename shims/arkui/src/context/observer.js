// @concord:arkui/observer: who wants to hear what happens in user interfaces: UIContext.getUIObserver(), uiObserver.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const input = system.require('@concord:arkui/input');
  const { BusinessError } = system;

  // {ui, type, filter, callback}; without `ui` for all windows.
  let observers = [];

  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  // `(type, callback)`, `(type, options, callback)`, `(type, uniqueId, callback)`.
  function parse(args) {
    const [type, ...rest] = args;
    if (typeof type !== 'string') {
      throw invalid('The type must be a string.');
    }
    return { type, filter: rest.find((value) => typeof value === 'number' || isFilter(value)),
      callback: rest.find((value) => typeof value === 'function') };
  }

  const KEYS = ['navigationId', 'id', 'tabsId', 'swiperId'];
  const isFilter = (value) => typeof value === 'object' && value !== null && KEYS.some((key) => key in value);
  const same = (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other);
  const matches = (filter, info) => filter === undefined ||
    (typeof filter === 'number' ? info?.uniqueId === filter : KEYS.every((key) => !(key in filter) || info?.[key] === filter[key]));

  function on(ui, args) {
    const { type, filter, callback } = parse(args);
    if (!callback) {
      throw invalid('The callback must be a function.');
    }
    if (!observers.some((one) => one.ui === ui && one.type === type && one.callback === callback && same(one.filter, filter))) {
      observers.push({ ui, type, filter, callback });
    }
  }

  function off(ui, args) {
    const { type, filter, callback } = parse(args);
    observers = observers.filter((one) => one.ui !== ui || one.type !== type || (callback && one.callback !== callback) ||
      !same(one.filter, filter));
  }

  // Tells of something that happened in the window of a UIContext.
  function emit(ui, type, ...infos) {
    if (observers.length > 0) {
      const wanted = observers.filter((one) => one.type === type && (one.ui === undefined || one.ui === ui) && matches(one.filter, infos.at(-1)));
      process.each(wanted, ({ callback }) => callback(...infos));
    }
  }

  input.onShown(() => {
    for (const type of ['didLayout', 'willDraw']) {
      process.each(observers.filter((one) => one.type === type), ({ callback }) => callback());
    }
  });

  class UIObserver {
    #ui;

    constructor(ui) {
      this.#ui = ui;
    }

    on(...args) {
      on(this.#ui, args);
    }

    off(...args) {
      off(this.#ui, args);
    }

    addGlobalGestureListener() {
      system.report('@ohos.arkui.UIContext:UIObserver.addGlobalGestureListener');
    }

    removeGlobalGestureListener() {}
  }
  for (const name of ['SwiperContentUpdate', 'RouterPageSizeChange', 'NavDestinationSizeChange', 'NavDestinationSizeChangeByUniqueId']) {
    const type = name[0].toLowerCase() + name.slice(1);
    UIObserver.prototype[`on${name}`] = function (...args) {
      this.on(type, ...args);
    };
    UIObserver.prototype[`off${name}`] = function (...args) {
      this.off(type, ...args);
    };
  }

  return { UIObserver, emit, on, off };
})
