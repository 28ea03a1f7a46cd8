// @concord:arkui/overlays/action-sheet: ActionSheet.
(function (host, system) {
  'use strict';
  const { windowOf, BOTTOM } = system.require('@concord:arkui/overlays/layer');
  const { Dialog } = system.require('@concord:arkui/overlays/dialog');
  const { hairline, head, buttons, choice, pressing, heightOf, fill } = system.require('@concord:arkui/overlays/panel');
  const { box, vp } = system.require('@concord:arkui/overlays/box');

  function show(ui, options) {
    if (options === null || typeof options !== 'object') {
      return;
    }
    const window = windowOf(ui);
    const dialog = new Dialog(window, { ...options, alignment: options.alignment ?? BOTTOM });
    const press = pressing(() => dialog);
    const rows = (Array.isArray(options.sheets) ? options.sheets : []).flatMap((sheet, index) =>
      [index > 0 ? hairline() : undefined, choice(sheet.title, sheet.icon, () => press(sheet))]);
    const list = box('Scroll', [], { width: '100%', constraintSize: { maxHeight: vp(heightOf(window)) * 0.5 }, padding: { top: 8 } },
      [box('Column', [{}], { width: '100%' }, rows)]);
    fill(dialog, [...head(options, heightOf(window)), list, options.confirm && buttons([options.confirm], press)]);
  }

  class ActionSheet {
    static show(options) {
      show(undefined, options);
    }
  }

  return { ActionSheet, show };
})
