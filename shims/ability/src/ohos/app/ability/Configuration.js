// @ohos:app.ability.Configuration: an interface; there is nothing at run time.
(function () {
  'use strict';
  return { default: class Configuration {} };
})
