// @ohos:app.ability.Want: an interface; there is nothing at run time.
(function () {
  'use strict';
  return { default: class Want {} };
})
