// @ohos:app.ability.ShareExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').ShareExtensionAbility };
})
