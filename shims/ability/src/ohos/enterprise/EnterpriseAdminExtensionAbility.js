// @ohos:enterprise.EnterpriseAdminExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').EnterpriseAdminExtensionAbility };
})
