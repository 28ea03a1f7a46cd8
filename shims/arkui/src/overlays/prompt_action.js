// @concord:arkui/overlays/prompt-action: PromptAction, as the module `promptAction` and each UIContext have it.
(function (host, system) {
  'use strict';
  const toast = system.require('@concord:arkui/overlays/toast');
  const prompts = system.require('@concord:arkui/overlays/prompts');
  const contents = system.require('@concord:arkui/overlays/content-dialogs');
  const anchored = () => system.require('@concord:arkui/overlays/anchored-contents');
  const { BusinessError } = system;

  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  function check(options, ...keys) {
    if (options === null || typeof options !== 'object' || keys.some((key) => options[key] === undefined)) {
      throw invalid(`The options must be an object${keys.length > 0 ? ` with ${keys.join(', ')}` : ''}.`);
    }
  }

  // What a dialog, toast or popup with an API of its own is controlled by.
  class CommonController {
    close() {
      this.dialog_?.close();
    }

    getState() {
      return this.dialog_?.state ?? 0;
    }
  }
  class DialogController extends CommonController {}

  class LevelOrder {
    #order;

    constructor(order = 0) {
      this.#order = order;
    }

    static clamp(order) {
      return new LevelOrder(Math.min(Math.max(Number(order) || 0, -100_000), 100_000));
    }

    getOrder() {
      return this.#order;
    }
  }

  // The answer to a question, by callback or promise; no button is an error.
  function answered(show, ui, options, callback) {
    if (typeof callback === 'function') {
      show(ui, options, (index) => (index === undefined ? callback(new Error('cancel'), undefined) : callback(undefined, { index })));
      return undefined;
    }
    return new Promise((resolve, reject) => {
      show(ui, options, (index) => (index === undefined ? reject(new Error('cancel')) : resolve({ index })));
    });
  }

  const later = (f) => system.async(f, undefined);

  class PromptAction {
    #ui;

    constructor(ui) {
      this.#ui = ui;
    }

    showToast(options) {
      check(options, 'message');
      toast.show(this.#ui, options);
    }

    openToast(options) {
      check(options, 'message');
      return later(() => toast.show(this.#ui, options));
    }

    closeToast(id) {
      if (!toast.close(id)) {
        throw new BusinessError(103401, 'Cannot find the toast.');
      }
    }

    showDialog(options, callback) {
      check(options);
      return answered(prompts.showDialog, this.#ui, options, callback);
    }

    showActionMenu(options, callback) {
      check(options, 'buttons');
      return answered(prompts.showActionMenu, this.#ui, options, callback);
    }

    // `({builder, …}) → id` or `(content, options)`.
    openCustomDialog(first, options) {
      if (typeof first?.builder === 'function') {
        return later(() => contents.openBuilder(this.#ui, () => first.builder(), first));
      }
      return later(() => void contents.openContent(this.#ui, first, options));
    }

    openCustomDialogWithController(content, controller, options) {
      return later(() => {
        const dialog = contents.openContent(this.#ui, content, options);
        if (controller) {
          controller.dialog_ = dialog;
        }
      });
    }

    presentCustomDialog(builder, controller, options) {
      if (typeof builder !== 'function') {
        throw invalid('The builder must be a function.');
      }
      return later(() => {
        const id = contents.openBuilder(this.#ui, builder, options);
        if (controller) {
          controller.dialog_ = contents.dialogOf(id);
        }
        return id;
      });
    }

    updateCustomDialog(content, options) {
      return later(() => contents.find(content).update(options ?? {}));
    }

    // By the content that was opened, or by the id of a builder's dialog, which returns at once.
    closeCustomDialog(key) {
      if (typeof key === 'number') {
        contents.find(key).close();
        return undefined;
      }
      return later(() => contents.find(key).close());
    }

    getTopOrder() {
      return new LevelOrder(0);
    }

    getBottomOrder() {
      return new LevelOrder(0);
    }

    openPopup(content, target, options) {
      return later(() => anchored().open('popup', this.#ui, content, target, options));
    }

    updatePopup(content, options, partial) {
      return later(() => anchored().update('popup', content, options, partial));
    }

    closePopup(content) {
      return later(() => anchored().close('popup', content));
    }

    openMenu(content, target, options) {
      return later(() => anchored().open('menu', this.#ui, content, target, options));
    }

    updateMenu(content, options, partial) {
      return later(() => anchored().update('menu', content, options, partial));
    }

    closeMenu(content) {
      return later(() => anchored().close('menu', content));
    }
  }

  return { PromptAction, CommonController, DialogController, LevelOrder };
})
