// @ohos:application.BackupExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').BackupExtensionAbility };
})
