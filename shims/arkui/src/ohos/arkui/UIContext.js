// @ohos:arkui.UIContext
(function (host, system) {
  'use strict';
  const { UIContext } = system.require('@concord:arkui/ui-context');
  const services = system.require('@concord:arkui/context-services');
  const { UIObserver } = system.require('@concord:arkui/observer');
  const { OverlayManager } = system.require('@concord:arkui/overlays/overlay-manager');
  const { PromptAction } = system.require('@concord:arkui/overlays/prompt-action');
  const { FocusController } = system.require('@concord:arkui/focus');
  // Only types to apps, which get the objects from a UIContext.
  const names = ['Font', 'MediaQuery', 'Router', 'ComponentSnapshot', 'MeasureUtils', 'SwiperDynamicSyncScene'];
  const types = Object.fromEntries(names.map((name) => [name, { [name]: class {} }[name]]));
  return { UIContext, ...services, UIObserver, OverlayManager, PromptAction, FocusController, ...types,
    KeyboardAvoidMode: { OFFSET: 0, RESIZE: 1, OFFSET_WITH_CARET: 2, RESIZE_WITH_CARET: 3, NONE: 4 },
    PixelRoundMode: { PIXEL_ROUND_ON_LAYOUT_FINISH: 0, PIXEL_ROUND_AFTER_MEASURE: 1 } };
})
