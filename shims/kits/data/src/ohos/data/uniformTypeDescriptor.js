// @ohos:data.uniformTypeDescriptor
(function () {
  'use strict';

  return {};
})
