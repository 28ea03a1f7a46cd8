// @ohos:InputMethodExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').InputMethodExtensionAbility };
})
