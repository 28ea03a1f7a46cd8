// @ohos:app.ability.abilityDelegatorRegistry
(function (host, system) {
  'use strict';
  const { delegator, getArguments } = system.require('@concord:delegator');
  const enums = system.require('@concord:enums')('@ohos:app.ability.abilityDelegatorRegistry');
  return { ...enums, getAbilityDelegator: () => delegator, getArguments };
})
