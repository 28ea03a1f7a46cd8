// @ohos:base: types only; the class exists for code that constructs it.
(function (host, system) {
  'use strict';

  return { BusinessError: system.BusinessError };
})
