// @ohos:app.ability.wantConstant
(function (host, system) {
  'use strict';
  return system.require('@concord:enums')('@ohos:app.ability.wantConstant');
})
