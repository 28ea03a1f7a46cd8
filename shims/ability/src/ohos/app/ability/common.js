// @ohos:app.ability.common: types of contexts, and the event hub.
(function (host, system) {
  'use strict';
  const { EventHub, Context, ApplicationContext, AbilityStageContext, ExtensionContext, FormExtensionContext, BaseContext } =
    system.require('@concord:context');
  const { UIAbilityContext } = system.require('@concord:ability-context');
  return {
    EventHub, BaseContext, Context, ApplicationContext, AbilityStageContext, ExtensionContext, FormExtensionContext,
    UIAbilityContext,
  };
})
