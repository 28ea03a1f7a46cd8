// @ohos:app.ability.contextConstant
(function (host, system) {
  'use strict';
  return system.require('@concord:enums')('@ohos:app.ability.contextConstant');
})
