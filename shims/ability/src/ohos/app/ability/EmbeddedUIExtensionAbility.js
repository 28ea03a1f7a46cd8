// @ohos:app.ability.EmbeddedUIExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').EmbeddedUIExtensionAbility };
})
