// @ohos:app.ability.insightIntent
(function (host, system) {
  'use strict';
  return system.require('@concord:enums')('@ohos:app.ability.insightIntent');
})
