// @ohos:app.ability.DriverExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').DriverExtensionAbility };
})
