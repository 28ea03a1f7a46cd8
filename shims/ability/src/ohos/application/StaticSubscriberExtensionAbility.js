// @ohos:application.StaticSubscriberExtensionAbility
(function (host, system) {
  'use strict';
  return { default: system.require('@concord:extensions').StaticSubscriberExtensionAbility };
})
