// @ohos:arkui.inspector
(function (host, system) {
  'use strict';
  const { createComponentObserver } = system.require('@concord:arkui/inspector');
  return { createComponentObserver };
})
