// @ohos:arkui.componentUtils
(function (host, system) {
  'use strict';
  const { getRectangleById } = system.require('@concord:arkui/inspector');
  return { getRectangleById };
})
