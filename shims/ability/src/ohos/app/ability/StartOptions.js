// @ohos:app.ability.StartOptions
(function () {
  'use strict';
  class StartOptions {
    windowMode;
    displayId;
  }
  return { default: StartOptions };
})
