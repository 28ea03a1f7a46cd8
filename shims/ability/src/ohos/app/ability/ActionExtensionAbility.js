// @ohos:app.ability.ActionExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').ActionExtensionAbility };
})
