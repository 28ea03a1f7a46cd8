// @ohos:data.uniformDataStruct
(function () {
  'use strict';

  return {};
})
