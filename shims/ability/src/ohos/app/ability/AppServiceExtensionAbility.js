// @ohos:app.ability.AppServiceExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').AppServiceExtensionAbility };
})
