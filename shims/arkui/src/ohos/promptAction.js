// @ohos:promptAction: toasts and dialogs of the topmost window.
(function (host, system) {
  'use strict';
  const enums = system.require('@concord:arkui/enums')('@ohos:promptAction');
  const { PromptAction, CommonController, DialogController, LevelOrder } = system.require('@concord:arkui/overlays/prompt-action');

  const prompt = new PromptAction(undefined);
  const names = Object.getOwnPropertyNames(PromptAction.prototype).filter((name) => name !== 'constructor');
  const functions = Object.fromEntries(names.map((name) => [name, (...args) => prompt[name](...args)]));
  return { ...enums, ...functions, CommonController, DialogController, LevelOrder };
})
