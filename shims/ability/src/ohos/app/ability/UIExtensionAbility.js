// @ohos:app.ability.UIExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').UIExtensionAbility };
})
