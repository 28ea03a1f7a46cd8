// @ohos:arkui.UIContext
(function (host, system) {
  'use strict';
  const { UIContext, swallow } = system.require('@concord:arkui/ui-context');
  const names = ['Font', 'MediaQuery', 'UIInspector', 'UIObserver', 'PromptAction', 'Router', 'ComponentUtils', 'DragController',
    'FocusController', 'OverlayManager', 'AtomicServiceBar', 'ContextMenuController', 'CursorController', 'FrameCallback',
    'ComponentSnapshot', 'MeasureUtils', 'TextMenuController', 'DynamicSyncScene', 'SwiperDynamicSyncScene'];
  return { UIContext, ...Object.fromEntries(names.map((name) => [name, name === 'FrameCallback' ? class FrameCallback {
    onFrame() {}

    onIdle() {}
  } : swallow(name)])) };
})
