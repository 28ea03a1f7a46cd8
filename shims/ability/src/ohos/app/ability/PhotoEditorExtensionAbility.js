// @ohos:app.ability.PhotoEditorExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').PhotoEditorExtensionAbility };
})
