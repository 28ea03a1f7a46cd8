// @ohos:app.ability.ExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').ExtensionAbility };
})
