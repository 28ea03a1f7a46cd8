// @concord:arkui/overlays/popup: bubbles beside a node: `bindPopup`, `openPopup`.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const { Anchored, px } = system.require('@concord:arkui/overlays/anchored');
  const { box, set, color, text } = system.require('@concord:arkui/overlays/box');
  const parts = system.require('@concord:arkui/components/parts');
  const { EFFECTS, given } = system.require('@concord:arkui/animation/transits');
  const { guest } = process;
  const { density } = process.info.device;

  const BOTTOM = 3;
  const RADIUS = 20;
  const SPACE = 8;
  const PRESS_BACK = 0;
  const TOUCH_OUTSIDE = 1;
  // A square on its corner; what the bubble does not cover of it is the arrow.
  const ARROW = 11;

  class Popup {
    #options;
    #anchored;
    #arrow;
    #ended;

    // `options` of `bindPopup` with a message or a builder, or a `node` to show. `ended(byUser)` hears of the end.
    constructor({ window, target, options, node, ended, owner }) {
      this.#options = options;
      this.#ended = ended;
      guest(() => options.onWillAppear?.());
      const background = options.popupColor ?? options.backgroundColor ?? color('ohos_id_color_dialog_bg');
      const frame = box('Column', [{}], {
        backgroundColor: background,
        borderRadius: options.radius ?? RADIUS,
        width: options.width,
        constraintSize: { maxWidth: '100%' },
        shadow: options.shadow ?? 2,
      });
      const colored = typeof options.mask === 'object' && options.mask !== null;
      this.#anchored = new Anchored(frame, {
        window,
        target,
        placement: options.placement ?? (options.placementOnTop ? 2 : BOTTOM),
        space: Number(options.targetSpace) || SPACE,
        offset: options.offset,
        modal: options.mask !== false,
        mask: colored ? options.mask.color : undefined,
        leaves: options.showInSubWindow === true,
        outside: options.autoCancel === false ? undefined : () => this.dismiss(TOUCH_OUTSIDE),
        back: () => {
          this.dismiss(PRESS_BACK);
          return true;
        },
        moved: (place) => this.#point(place),
        [node === undefined ? 'left' : 'gone']: () => this.#ended?.(),
      });
      if (options.enableArrow ?? true) {
        this.#arrow = this.#anchored.layer.add(box('Column', [{}], {
          width: ARROW, height: ARROW, backgroundColor: background, rotate: { angle: 45 }, hitTestBehavior: 3,
        }));
        // Behind the bubble.
        nodes.call(frame, 'zIndex', 1);
      }
      const builder = parts.builderOf(options.builder);
      this.#anchored.build(frame, () => {
        if (node !== undefined) {
          nodes.append(frame, node);
        } else if (builder) {
          builder.call(owner);
        } else {
          this.#message(frame);
        }
      });
      const effect = given(options.transition, EFFECTS.popup);
      if (this.#arrow !== undefined) {
        this.#anchored.layer.accompany(this.#arrow, effect);
      }
      system.later(() => this.isOpen && this.#anchored.layer.reveal(frame, effect, () => this.#visible(true)));
    }

    get isOpen() {
      return this.#anchored.isOpen;
    }

    #visible(isVisible) {
      guest(() => this.#options.onStateChange?.({ isVisible }));
      guest(() => (isVisible ? this.#options.onDidAppear : this.#options.onDidDisappear)?.());
    }

    #message(frame) {
      const { message, messageOptions, primaryButton, secondaryButton } = this.#options;
      nodes.append(frame, box('Text', [text(message)], {
        fontSize: messageOptions?.font?.size ?? 14,
        fontWeight: messageOptions?.font?.weight,
        fontColor: messageOptions?.textColor ?? color('ohos_id_color_text_primary'),
        padding: { left: 16, right: 16, top: 12, bottom: 12 },
      }));
      const buttons = [primaryButton, secondaryButton].filter((button) => button);
      if (buttons.length > 0) {
        nodes.append(frame, box('Row', [{}], { padding: { left: 8, right: 8, bottom: 4 } }, buttons.map((button) =>
          box('Button', [text(button.value), { type: 1 }], {
            height: 40,
            fontSize: 14,
            fontColor: color('ohos_id_color_text_primary_activated'),
            backgroundColor: '#00000000',
            onClick: () => guest(() => button.action?.()),
          }))));
      }
    }

    // The arrow lies on the edge of the bubble that is next to the target, in the middle of the target.
    #point({ x, y, width, height, side, target: [tx, ty, tw, th] }) {
      if (this.#arrow === undefined) {
        return;
      }
      const half = (ARROW * density) / 2;
      const inset = 2 * half;
      const between = (value, low, high) => Math.min(Math.max(value, low + inset), Math.max(high - inset, low + inset));
      const middle = { x: between(tx + tw / 2, x, x + width), y: between(ty + th / 2, y, y + height) };
      const at = {
        bottom: { x: middle.x, y },
        top: { x: middle.x, y: y + height },
        left: { x: x + width, y: middle.y },
        right: { x, y: middle.y },
      }[side];
      nodes.call(this.#arrow, 'position', { x: px(at.x - half), y: px(at.y - half) });
    }

    update(options) {
      this.#options = { ...this.#options, ...options };
      set(this.#anchored.frame, { width: options.width, backgroundColor: options.popupColor });
      this.#anchored.update({ placement: this.#options.placement ?? BOTTOM, offset: this.#options.offset });
    }

    // Callbacks of the app change with every update of the page.
    tell(options) {
      this.#options = options;
    }

    dismiss(reason) {
      const { onWillDismiss } = this.#options;
      if (typeof onWillDismiss === 'function') {
        guest(() => onWillDismiss({ dismiss: () => this.close(), reason }));
      } else if (onWillDismiss !== false) {
        this.close();
      }
    }

    close() {
      if (this.isOpen) {
        guest(() => this.#options.onWillDisappear?.());
        this.#anchored.close(() => this.#visible(false));
      }
    }
  }

  return { Popup };
})
