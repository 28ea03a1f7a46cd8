// @ohos:arkui.observer: the observers of all windows, or of one that is named by its context.
(function (host, system) {
  'use strict';
  const { on, off } = system.require('@concord:arkui/observer');
  const { UIContext } = system.require('@concord:arkui/ui-context');

  // A UIContext among the arguments, or an ability's context, which has windows.
  function split(args) {
    const ui = args.find((value) => value instanceof UIContext) ??
      UIContext.getAllUIContexts().find((one) => args.includes(one.getHostContext()));
    return [ui, args.filter((value) => value !== ui && (ui === undefined || value !== ui.getHostContext()))];
  }

  return {
    on: (...args) => on(...split(args)),
    off: (...args) => off(...split(args)),
    NavDestinationState: { ON_SHOWN: 0, ON_HIDDEN: 1, ON_APPEAR: 2, ON_DISAPPEAR: 3, ON_WILL_SHOW: 4, ON_WILL_HIDE: 5, ON_WILL_APPEAR: 6,
      ON_WILL_DISAPPEAR: 7, ON_ACTIVE: 8, ON_INACTIVE: 9, ON_BACKPRESS: 100 },
    RouterPageState: { ABOUT_TO_APPEAR: 0, ABOUT_TO_DISAPPEAR: 1, ON_PAGE_SHOW: 2, ON_PAGE_HIDE: 3, ON_BACK_PRESS: 4 },
    ScrollEventType: { SCROLL_START: 0, SCROLL_STOP: 1 },
    TabContentState: { ON_SHOW: 0, ON_HIDE: 1 },
  };
})
