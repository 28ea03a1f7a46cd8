// @ohos:data.commonType
(function () {
  'use strict';

  return {};
})
