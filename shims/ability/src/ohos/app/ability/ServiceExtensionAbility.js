// @ohos:app.ability.ServiceExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').ServiceExtensionAbility };
})
