// @ohos:data.cloudData
(function () {
  'use strict';

  return {};
})
