// @ohos:app.ability.AbilityConstant
(function (host, system) {
  'use strict';
  return system.require('@concord:enums')('@ohos:app.ability.AbilityConstant');
})
