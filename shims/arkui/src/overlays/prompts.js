// @concord:arkui/overlays/prompts: questions with buttons, for `showDialog` and `showActionMenu`.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { windowOf, BOTTOM } = system.require('@concord:arkui/overlays/layer');
  const { Dialog } = system.require('@concord:arkui/overlays/dialog');
  const { head, buttons, choice, divider, heightOf, fill, words, given } = system.require('@concord:arkui/overlays/panel');
  const { box } = system.require('@concord:arkui/overlays/box');

  // Runs `answer(index)` for a button, `answer(undefined)` for none.
  function ask(window, options, answer, content) {
    const dialog = new Dialog(window, { ...options, cancel: () => answer(undefined) });
    fill(dialog, content((index) => {
      dialog.close();
      answer(index);
    }));
  }

  // Up to three buttons.
  function showDialog(ui, options, answer) {
    const window = windowOf(ui);
    const all = (Array.isArray(options.buttons) ? options.buttons : []).slice(0, 3)
      .map((button, index) => ({ ...button, style: button.primary ? 1 : undefined, index }));
    ask(window, options, answer, (choose) => [...head(options, heightOf(window)), buttons(all, ({ index }) => choose(index))]);
  }

  // Up to six lines, and one to cancel.
  function showActionMenu(ui, options, answer) {
    const window = windowOf(ui);
    const all = (Array.isArray(options.buttons) ? options.buttons : []).slice(0, 6);
    ask(window, { ...options, alignment: options.alignment ?? BOTTOM }, answer, (choose) => [
      given(options.title) ? box('Row', [{}], { width: '100%', padding: { left: 24, right: 24, top: 24, bottom: 8 } },
        [words(options.title, 20, 'ohos_id_color_text_primary', { fontWeight: 700 })]) : undefined,
      ...all.flatMap((button, index) => [index > 0 ? divider() : undefined, choice(button.text, undefined, () => choose(index))]),
      buttons([{ value: nodes.word('Cancel') }], () => choose(undefined)),
    ]);
  }

  return { showDialog, showActionMenu };
})
