// @ohos:data.distributedDataObject
(function () {
  'use strict';

  return {};
})
