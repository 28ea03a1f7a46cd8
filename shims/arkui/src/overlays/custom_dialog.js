// @concord:arkui/overlays/custom-dialog: CustomDialogController, which shows a @CustomDialog component.
(function (host, system) {
  'use strict';
  const removal = system.require('@concord:arkui/views/removal');
  const { windowOf } = system.require('@concord:arkui/overlays/layer');
  const { Dialog } = system.require('@concord:arkui/overlays/dialog');

  const UNINITIALIZED = 0;
  const INITIALIZED = 1;
  // Element id of a component → its controllers: their dialogs go with it.
  const owned = new Map();

  class CustomDialogController {
    #options;
    #owner;
    #dialog;

    // The second argument is the component that has the dialog; compiled pages give it.
    constructor(options, owner) {
      this.#options = options ?? {};
      this.#owner = owner;
      const id = owner?.id__?.();
      if (id !== undefined) {
        owned.set(id, [...(owned.get(id) ?? []), this]);
      }
    }

    open() {
      if (this.#dialog?.isOpen || typeof this.#options.builder !== 'function') {
        return;
      }
      const options = this.#options;
      const window = windowOf(this.#owner?.getUIContext?.());
      const bare = options.customStyle === true;
      const plain = bare ? { ...options, width: undefined, height: undefined } : options;
      system.require('@concord:arkui/theme').from(this.#owner?.node_, () => {
        this.#dialog = new Dialog(window, plain, { bare });
        this.#dialog.build(() => options.builder());
      });
    }

    close() {
      this.#dialog?.close();
      this.#dialog = undefined;
    }

    getState() {
      return this.#dialog?.state ?? (typeof this.#options.builder === 'function' ? INITIALIZED : UNINITIALIZED);
    }
  }

  removal.onDeleted((elmtIds) => {
    if (owned.size > 0) {
      for (const elmtId of elmtIds) {
        const controllers = owned.get(elmtId);
        owned.delete(elmtId);
        controllers?.forEach((controller) => controller.close());
      }
    }
  });

  return { CustomDialogController };
})
