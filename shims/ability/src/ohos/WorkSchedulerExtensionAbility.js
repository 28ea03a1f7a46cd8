// @ohos:WorkSchedulerExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').WorkSchedulerExtensionAbility };
})
