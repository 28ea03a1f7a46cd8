// @concord:arkui/overlays/dialog: what all dialogs have in common: a frame in a modal layer, ways to dismiss it, its life.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const { Layer, BOTTOM, alignmentOf, placeOf } = system.require('@concord:arkui/overlays/layer');
  const { box, set, color, vp } = system.require('@concord:arkui/overlays/box');
  const { subWindow, roomOf } = system.require('@concord:arkui/overlays/sub-window');
  const { EFFECTS, both, given } = system.require('@concord:arkui/animation/transits');
  const { settings } = system.require('@concord:arkui/animation');
  const { guest } = process;

  const PRESS_BACK = 0;
  const TOUCH_OUTSIDE = 1;
  // From the platform's theme of dialogs, in vp.
  const RADIUS = 32;
  const MAX_WIDTH = 400;
  const MARGIN = 16;
  const MASK = '#33000000';
  const COLUMNS = 4;

  // CommonState
  const APPEARING = 2;
  const APPEARED = 3;
  const DISAPPEARING = 4;
  const DISAPPEARED = 5;

  const pair = (offset) => offset && { x: offset.dx ?? 0, y: offset.dy ?? 0 };

  class Dialog {
    #layer;
    #frame;
    #options;
    #bare;
    #state = APPEARING;
    #sub;

    // `options` are those that dialogs of all kinds have. A `bare` dialog is as large as its content and has no looks.
    constructor(window, options, { bare = false, gone } = {}) {
      this.#options = options;
      this.#bare = bare;
      guest(() => options.onWillAppear?.());
      const transparent = options.isModal === false;
      const cancels = options.autoCancel !== false;
      this.#sub = options.showInSubWindow === true
        ? subWindow({ window, grabs: !transparent && cancels, dismissed: (asked) => this.#layer.dismissed(asked) }) : undefined;
      this.#layer = new Layer({
        window,
        alignment: options.alignment,
        modal: !transparent,
        mask: transparent ? undefined : options.maskColor ?? MASK,
        maskRect: options.maskRect,
        order: options.levelOrder?.getOrder?.(),
        avoids: options.keyboardAvoidMode !== 1,
        embedded: options.levelMode === 1,
        outside: () => this.#options.autoCancel !== false && this.dismiss(TOUCH_OUTSIDE),
        back: () => {
          this.dismiss(PRESS_BACK);
          return true;
        },
        sub: this.#sub,
        place: this.#sub && (() => this.#place()),
        maskEffect: given(options.maskTransition, undefined),
        gone: () => {
          this.#state = DISAPPEARED;
          gone?.();
        },
      });
      this.#frame = this.#layer.add(box('Column', [{}]));
      this.#style();
      // What is in it is built by then.
      system.later(() => {
        if (this.#state === APPEARING) {
          this.#layer.reveal(this.#frame, this.#effect(), () => {
            if (this.#state === APPEARING) {
              this.#state = APPEARED;
              guest(() => options.onDidAppear?.());
            }
          });
        }
      });
    }

    // `transition` of the app; the parameters of `openAnimation` and `closeAnimation` only say how long the usual ones take.
    #effect() {
      const { transition, dialogTransition, openAnimation, closeAnimation } = this.#options;
      const own = given(transition ?? dialogTransition, undefined);
      const times = { in: openAnimation && settings(openAnimation), out: closeAnimation && settings(closeAnimation) };
      return own ?? both(...EFFECTS.dialog.effects_.map((one) => ({ ...one, animation: times[one.way] ?? one.animation })));
    }

    #style() {
      const options = this.#options;
      const { window } = this.#layer;
      const { width, height } = (this.#sub && roomOf(window)) ?? window.getWindowProperties().windowRect;
      const free = vp(width) - 2 * MARGIN;
      const bottom = alignmentOf(options.alignment) === BOTTOM && !this.#bare ? MARGIN : 0;
      const columns = options.gridCount > 0 ? (free * Math.min(options.gridCount, COLUMNS)) / COLUMNS : free;
      set(this.#frame, {
        width: options.width ?? (this.#bare ? undefined : Math.min(columns, MAX_WIDTH)),
        height: options.height,
        constraintSize: { maxWidth: '100%', maxHeight: vp(height) * 0.9 },
        margin: bottom > 0 ? { bottom } : undefined,
        offset: this.#sub ? undefined : pair(options.offset),
      });
      if (this.#bare) {
        return;
      }
      set(this.#frame, {
        backgroundColor: options.backgroundColor ?? color('ohos_id_color_dialog_bg'),
        borderRadius: options.cornerRadius ?? RADIUS,
        borderWidth: options.borderWidth,
        borderColor: options.borderColor,
        borderStyle: options.borderStyle,
        shadow: options.shadow,
        backgroundBlurStyle: options.backgroundBlurStyle,
        clip: true,
      });
    }

    // Beside nothing, but where it would be in the window.
    #place() {
      const options = this.#options;
      const at = placeOf(options.alignment);
      const { dx, dy } = options.offset ?? {};
      const px = (length) => (Number(length) || 0) * process.info.device.density;
      const gap = [0, alignmentOf(options.alignment) === BOTTOM && !this.#bare ? px(MARGIN) : 0];
      this.#sub.place(this.#frame, { anchor: nodes.frame(this.#layer.window.internal.root()), offset: [px(dx), px(dy)],
        at, towards: at.map((part) => -part), flips: [0, 0], gap });
    }

    // The node that the content goes into.
    get frame() {
      return this.#frame;
    }

    get isOpen() {
      return this.#layer.isOpen;
    }

    get state() {
      return this.#state;
    }

    add(node) {
      nodes.append(this.#frame, node);
      nodes.requestFrame();
    }

    build(builder) {
      this.#layer.build(this.#frame, builder);
    }

    update(options) {
      this.#options = { ...this.#options, ...options };
      this.#layer.align(this.#options.alignment);
      if ('maskColor' in options) {
        this.#layer.setMask(options.maskColor);
      }
      this.#style();
      nodes.requestFrame();
    }

    // Someone wants the dialog to go: the app is asked when it wants to be, else the dialog is cancelled.
    dismiss(reason) {
      const { onWillDismiss, cancel } = this.#options;
      const leave = () => {
        if (this.isOpen) {
          this.close();
          guest(() => cancel?.());
        }
      };
      if (typeof onWillDismiss === 'function') {
        guest(() => onWillDismiss({ dismiss: leave, reason }));
      } else {
        leave();
      }
    }

    close() {
      if (!this.isOpen || this.#state === DISAPPEARING) {
        return;
      }
      this.#state = DISAPPEARING;
      guest(() => this.#options.onWillDisappear?.());
      this.#layer.close(() => guest(() => this.#options.onDidDisappear?.()));
    }
  }

  return { Dialog, MASK };
})
