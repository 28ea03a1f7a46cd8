// @ohos:data.cloudExtension
(function () {
  'use strict';

  return {};
})
