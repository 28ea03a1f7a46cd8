// @ohos:arkui.theme
(function (host, system) {
  'use strict';
  const { ThemeControl } = system.require('@concord:arkui/theme');
  return { ThemeControl };
})
