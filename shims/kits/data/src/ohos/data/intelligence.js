// @ohos:data.intelligence
(function () {
  'use strict';

  return {};
})
