// @ohos:app.form.formProvider: there is no form host, so no form exists.
(function (host, system) {
  'use strict';
  const { profile, modules, info } = system.require('@concord:process');
  const BusinessError = system.BusinessError;
  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  function checkId(id) {
    if (typeof id !== 'string' || !/^\d+$/.test(id)) {
      throw invalid('The form id must be a string of digits.');
    }
  }

  const absent = () => {
    throw new BusinessError(16501001, 'The ID of the form to be operated does not exist.');
  };

  // The forms that module.json declares.
  function formsInfo(filter) {
    const forms = [];
    for (const module of modules.values()) {
      for (const extension of module.tree.module.extensionAbilities ?? []) {
        const metadata = (extension.metadata ?? []).find((entry) => entry.name === 'ohos.extension.form');
        const text = metadata && profile(module.name, metadata.resource ?? '');
        for (const form of text ? JSON.parse(text).forms ?? [] : []) {
          forms.push({
            bundleName: info.bundleName, moduleName: module.name, abilityName: extension.name, name: form.name,
            description: form.description ?? '', isDefault: form.isDefault === true, type: form.uiSyntax === 'arkts' ? 2 : 1,
            updateEnabled: form.updateEnabled === true, scheduledUpdateTime: form.scheduledUpdateTime ?? '',
            updateDuration: form.updateDuration ?? 0, supportDimensions: form.supportDimensions ?? [],
            defaultDimension: form.defaultDimension ?? '', formVisibleNotify: form.formVisibleNotify === true,
            formConfigAbility: form.formConfigAbility ?? '', colorMode: -1, customizeData: {},
          });
        }
      }
    }
    return filter?.moduleName ? forms.filter((form) => form.moduleName === filter.moduleName) : forms;
  }

  return {
    updateForm(id, data, callback) {
      checkId(id);
      return system.async(absent, callback);
    },
    setFormNextRefreshTime(id, minutes, callback) {
      checkId(id);
      if (typeof minutes !== 'number' || minutes < 5) {
        throw invalid('The time must be at least 5 minutes.');
      }
      return system.async(absent, callback);
    },
    getFormsInfo(first, second) {
      const callback = [first, second].find((value) => typeof value === 'function');
      return system.async(() => formsInfo(typeof first === 'object' ? first : undefined), callback);
    },
    requestPublishForm(want, first, second) {
      const callback = [first, second].find((value) => typeof value === 'function');
      return system.async(() => {
        throw new BusinessError(16501000, 'An internal functional error occurred: there is no form host.');
      }, callback);
    },
    isRequestPublishFormSupported: (callback) => system.async(() => false, callback),
    openFormManager() {},
  };
})
