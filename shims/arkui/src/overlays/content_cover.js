// @concord:arkui/overlays/content-cover: a page-like layer that fills the window: `bindContentCover`.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { Layer } = system.require('@concord:arkui/overlays/layer');
  const { box } = system.require('@concord:arkui/overlays/box');
  const { EFFECTS, given } = system.require('@concord:arkui/animation/transits');
  const { guest } = process;

  // ModalTransition
  const NONE = 1;
  const ALPHA = 2;

  const PRESS_BACK = 0;

  class ContentCover {
    #options;
    #layer;

    constructor({ window, builder, options = {}, ended, owner }) {
      this.#options = options;
      guest(() => options.onWillAppear?.());
      this.#layer = new Layer({ window, back: () => {
        this.dismiss(PRESS_BACK);
        return true;
      }, left: () => ended?.() });
      const frame = this.#layer.add(box('Column', [{}], { width: '100%', height: '100%', backgroundColor: options.backgroundColor }));
      this.#layer.build(frame, () => builder.call(owner));
      const { modalTransition, transition } = options;
      const usual = modalTransition === NONE ? undefined : modalTransition === ALPHA ? EFFECTS.fade : EFFECTS.panel;
      system.later(() => this.isOpen &&
        this.#layer.reveal(frame, given(transition, usual), () => guest(() => this.#options.onAppear?.())));
    }

    get isOpen() {
      return this.#layer.isOpen;
    }

    update(options) {
      this.#options = options;
    }

    dismiss(reason) {
      const { onWillDismiss } = this.#options;
      if (typeof onWillDismiss === 'function') {
        guest(() => onWillDismiss({ dismiss: () => this.close(), reason }));
      } else {
        this.close();
      }
    }

    close() {
      if (this.isOpen) {
        guest(() => this.#options.onWillDisappear?.());
        this.#layer.close(() => guest(() => this.#options.onDisappear?.()));
      }
    }
  }

  return { ContentCover };
})
