// @ohos:app.ability.Ability: base class of abilities.
(function () {
  'use strict';
  class Ability {
    onConfigurationUpdate() {}

    onMemoryLevel() {}
  }
  return { default: Ability };
})
