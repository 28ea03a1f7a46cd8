// @ohos:promptAction: nothing is shown, and nobody answers: dialogs stay open until the app closes them.
(function (host, system) {
  'use strict';
  const enums = system.require('@concord:arkui/enums')('@ohos:promptAction');

  function check(options) {
    if (options === null || typeof options !== 'object') {
      throw new system.BusinessError(401, 'Parameter error. The options must be an object.');
    }
  }

  let nextId = 1;
  const unanswered = (options, callback) => {
    check(options);
    system.report('@ohos:promptAction (dialogs are not shown)');
    return typeof callback === 'function' ? undefined : new Promise(() => undefined);
  };

  return {
    ...enums,
    showToast(options) {
      check(options);
    },
    async openToast(options) {
      check(options);
      return nextId++;
    },
    closeToast() {},
    showDialog: unanswered,
    showActionMenu: unanswered,
    async openCustomDialog() {
      return nextId++;
    },
    async updateCustomDialog() {},
    async closeCustomDialog() {},
    async openPopup() {},
    async closePopup() {},
    async openMenu() {},
    async closeMenu() {},
  };
})
