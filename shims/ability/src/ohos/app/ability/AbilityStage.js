// @ohos:app.ability.AbilityStage: base class of module stages. The framework sets context.
(function () {
  'use strict';
  class AbilityStage {
    onCreate() {}

    onAcceptWant() {
      return '';
    }

    onNewProcessRequest() {
      return '';
    }

    onConfigurationUpdate() {}

    onMemoryLevel() {}

    onDestroy() {}

    onPrepareTermination() {
      return 0;
    }
  }
  return { default: AbilityStage };
})
