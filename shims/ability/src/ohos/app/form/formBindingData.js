// @ohos:app.form.formBindingData
(function (host, system) {
  'use strict';
  class FormBindingData {
    constructor(data) {
      this.data = data;
    }
  }

  function createFormBindingData(source) {
    if (source === undefined || source === null) {
      return new FormBindingData('{}');
    }
    if (typeof source !== 'string' && typeof source !== 'object') {
      throw new system.BusinessError(401, 'Parameter error. The data must be a string or an object.');
    }
    return new FormBindingData(typeof source === 'string' ? source : JSON.stringify(source));
  }

  return { createFormBindingData };
})
