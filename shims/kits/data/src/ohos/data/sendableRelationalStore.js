// @ohos:data.sendableRelationalStore
(function () {
  'use strict';

  return {};
})
