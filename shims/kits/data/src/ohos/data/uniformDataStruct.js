// @ohos:data.uniformDataStruct: shapes of data, declarations only; what understands them is @ohos:data.unifiedDataChannel.
(function () {
  'use strict';

  return {};
})
