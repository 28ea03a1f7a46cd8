// @ohos:app.form.formInfo
(function (host, system) {
  'use strict';
  return system.require('@concord:enums')('@ohos:app.form.formInfo');
})
