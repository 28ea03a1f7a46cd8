// @ohos:app.ability.AbilityLifecycleCallback
(function () {
  'use strict';
  // Apps override what they want to hear of; the framework skips what is not there.
  return { default: class AbilityLifecycleCallback {} };
})
