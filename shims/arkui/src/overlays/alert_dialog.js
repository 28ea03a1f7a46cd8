// @concord:arkui/overlays/alert-dialog: AlertDialog.
(function (host, system) {
  'use strict';
  const { windowOf } = system.require('@concord:arkui/overlays/layer');
  const { Dialog } = system.require('@concord:arkui/overlays/dialog');
  const { head, buttons, pressing, heightOf, fill } = system.require('@concord:arkui/overlays/panel');

  // One button (`confirm`), two (`primaryButton`, `secondaryButton`), or any number (`buttons`).
  function show(ui, options) {
    if (options === null || typeof options !== 'object') {
      return;
    }
    const window = windowOf(ui);
    const all = Array.isArray(options.buttons) ? options.buttons
      : [options.primaryButton, options.secondaryButton, options.confirm].filter((button) => button);
    const dialog = new Dialog(window, options);
    fill(dialog, [...head(options, heightOf(window)), buttons(all, pressing(() => dialog), options.buttonDirection)]);
  }

  class AlertDialog {
    static show(options) {
      show(undefined, options);
    }
  }

  return { AlertDialog, show };
})
