// @ohos:data.dataSharePredicates
(function () {
  'use strict';

  return {};
})
