// @ohos:app.form.FormExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').FormExtensionAbility };
})
