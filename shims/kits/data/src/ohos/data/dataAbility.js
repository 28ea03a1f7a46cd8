// @ohos:data.dataAbility
(function () {
  'use strict';

  return {};
})
