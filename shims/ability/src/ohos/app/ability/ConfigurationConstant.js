// @ohos:app.ability.ConfigurationConstant
(function (host, system) {
  'use strict';
  return system.require('@concord:enums')('@ohos:app.ability.ConfigurationConstant');
})
