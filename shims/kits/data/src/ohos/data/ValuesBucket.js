// @ohos:data.ValuesBucket: declarations only.
(function () {
  'use strict';

  return {};
})
