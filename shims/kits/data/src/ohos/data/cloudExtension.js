// @ohos:data.cloudExtension: declarations for providers of clouds, which are part of the system.
(function () {
  'use strict';

  return {};
})
