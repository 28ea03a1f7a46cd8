// @ohos:data.ValuesBucket
(function () {
  'use strict';

  return {};
})
