// @concord:arkui/overlays/sheet: panels that come up from the bottom of a window: `bindSheet`, `openBindSheet`.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const { Layer } = system.require('@concord:arkui/overlays/layer');
  const { box, set, color, text, vp } = system.require('@concord:arkui/overlays/box');
  const parts = system.require('@concord:arkui/components/parts');
  const { EFFECTS } = system.require('@concord:arkui/animation/transits');
  const { animate, settings } = system.require('@concord:arkui/animation');
  const { interpolatingSpring } = system.require('@ohos:curves');
  const { guest } = process;

  const PRESS_BACK = 0;
  const TOUCH_OUTSIDE = 1;
  const CLOSE_BUTTON = 2;
  const SLIDE_DOWN = 3;
  const BOTTOM = 2;
  const CENTER = 1;
  // SheetType
  const TYPE_BOTTOM = 0;
  const TYPE_CENTER = 1;
  const TYPE_COVER = 4;
  const RADIUS = 32;
  const BAR_HEIGHT = 16;
  const MEDIUM = 0.6;
  const CENTER_WIDTH = 480;
  const WIDE = 600;
  // A sheet keeps clear of the top of the window.
  const CLEAR = 8;
  const VERTICAL = 12;
  // How a sheet goes to another height.
  const SPRING = { curve: interpolatingSpring(0, 1, 328, 36) };
  // How fast a finger lets a sheet go, in vp per second.
  const FLING = 1000;

  class Sheet {
    #options;
    #layer;
    #panel;
    #content;
    #ended;
    #height;
    #extents;

    // `builder` or `node` is what it shows. `ended` hears of the end.
    constructor({ window, builder, node, options = {}, ended, owner }) {
      this.#options = options;
      this.#ended = ended;
      const rect = window.getWindowProperties().windowRect;
      this.#extents = { width: vp(rect.width), height: vp(rect.height) };
      guest(() => options.onWillAppear?.());
      const type = this.#type();
      const open = options.enableOutsideInteractive === true;
      this.#layer = new Layer({
        window,
        alignment: type === TYPE_CENTER ? CENTER : BOTTOM,
        modal: !open,
        mask: options.maskColor ?? '#33000000',
        embedded: options.mode === 1,
        avoids: options.keyboardAvoidMode !== 0,
        outside: () => this.dismiss(TOUCH_OUTSIDE),
        back: () => {
          this.dismiss(PRESS_BACK);
          return true;
        },
        [node === undefined ? 'left' : 'gone']: () => this.#ended?.(),
      });
      this.#content = box('Column', [{}], { width: '100%' });
      this.#panel = this.#layer.add(box('Column', [{}], {}, [this.#head(type), this.#content]));
      this.#style(type);
      this.#resize(this.#detents()[0]);
      if (node !== undefined) {
        nodes.append(this.#content, node);
      } else {
        this.#layer.build(this.#content, () => builder.call(owner));
      }
      system.later(() => {
        if (this.isOpen) {
          guest(() => options.onTypeDidChange?.(type));
          this.#layer.reveal(this.#panel, EFFECTS.panel, () => guest(() => this.#options.onAppear?.()));
          guest(() => options.onWidthDidChange?.(nodes.frame(this.#panel)[2]));
        }
      });
    }

    get isOpen() {
      return this.#layer.isOpen;
    }

    #type() {
      const wide = this.#extents.width >= WIDE;
      const wanted = this.#options.preferType;
      return wanted === TYPE_COVER ? TYPE_COVER : wide && (wanted === TYPE_CENTER || wanted === undefined) ? TYPE_CENTER : TYPE_BOTTOM;
    }

    #style(type) {
      const options = this.#options;
      const radius = options.radius ?? RADIUS;
      const corners = typeof radius === 'object' && !('id' in radius) ? radius
        : { topLeft: radius, topRight: radius, ...(type === TYPE_CENTER ? { bottomLeft: radius, bottomRight: radius } : {}) };
      set(this.#panel, {
        width: options.width ?? (type === TYPE_CENTER ? Math.min(CENTER_WIDTH, this.#extents.width) : '100%'),
        constraintSize: { maxHeight: this.#extents.height - (type === TYPE_COVER ? 0 : CLEAR), maxWidth: '100%' },
        backgroundColor: options.backgroundColor ?? color('ohos_id_color_panel_bg'),
        backgroundBlurStyle: options.blurStyle,
        borderRadius: type === TYPE_COVER ? 0 : corners,
        borderWidth: options.borderWidth,
        borderColor: options.borderColor,
        borderStyle: options.borderStyle,
        shadow: options.shadow,
        clip: true,
      });
    }

    // The bar to drag by, the title, the button that closes.
    #head(type) {
      const { title, showClose, dragBar } = this.#options;
      const detents = this.#options.detents ?? [];
      const bar = type === TYPE_BOTTOM && (dragBar ?? detents.length > 1);
      const head = box('Column', [{}], { width: '100%' }, [bar ? box('Row', [{}], { height: BAR_HEIGHT }, [
        box('Column', [{}], { width: 48, height: 4, borderRadius: 2, backgroundColor: color('ohos_id_color_fourth') }),
      ]) : undefined]);
      const builder = parts.builderOf(title);
      const close = showClose === false || showClose === undefined && title === undefined && !bar ? undefined
        : box('Button', ['\u2715', { type: 2 }], {
          width: 40, height: 40, fontSize: 16, fontColor: color('ohos_id_color_text_primary'),
          backgroundColor: color('ohos_id_color_button_normal'), onClick: () => this.dismiss(CLOSE_BUTTON),
        });
      if (title !== undefined || close !== undefined) {
        const words = box('Column', [{}], { alignItems: 0, layoutWeight: 1 }, typeof title === 'object' && title !== null && !builder ? [
          title.title === undefined ? undefined : box('Text', [text(title.title)],
            { fontSize: 20, fontWeight: 700, fontColor: color('ohos_id_color_text_primary'), maxLines: 1, textOverflow: { overflow: 1 } }),
          title.subtitle === undefined ? undefined : box('Text', [text(title.subtitle)],
            { fontSize: 14, fontColor: color('ohos_id_color_text_secondary'), maxLines: 1, textOverflow: { overflow: 1 } }),
        ] : []);
        if (builder) {
          this.#layer.build(words, builder);
        }
        nodes.append(head, box('Row', [{}], { width: '100%', constraintSize: { minHeight: 56 }, padding: { left: 16, right: 16 } },
          [words, close]));
      }
      if (type === TYPE_BOTTOM) {
        nodes.call(head, 'gesture', {
          type: 'Pan',
          options: { fingers: 1, direction: VERTICAL, distance: 5 },
          onActionUpdate: (event) => this.#drag(event.offsetY),
          onActionEnd: (event) => this.#drop(event.offsetY, event.velocityY),
          onActionCancel: () => this.#drag(0),
        }, 0);
      }
      return head;
    }

    // Heights that it may have in vp, the first first; undefined is as high as the content.
    #detents() {
      const { detents, height } = this.#options;
      const all = Array.isArray(detents) && detents.length > 0 ? detents.slice(0, 3) : [height];
      return this.#type() === TYPE_COVER ? [this.#extents.height] : all.map((wanted) => this.#heightOf(wanted));
    }

    #heightOf(wanted) {
      const largest = this.#extents.height - CLEAR;
      if (wanted === 'FIT_CONTENT') {
        return undefined;
      }
      if (wanted === 'MEDIUM') {
        return this.#extents.height * MEDIUM;
      }
      if (typeof wanted === 'number') {
        return Math.min(wanted, largest);
      }
      const parsed = /^(-?[\d.]+)(%|px|vp)?$/.exec(typeof wanted === 'object' && wanted !== null ? text(wanted) : wanted ?? '');
      if (!parsed || Number(parsed[1]) <= 0) {
        return largest;
      }
      const scale = { '%': this.#extents.height / 100, px: vp(1) }[parsed[2]] ?? 1;
      return Math.min(Number(parsed[1]) * scale, largest);
    }

    #resize(height, moves = false) {
      this.#height = height;
      const change = () => {
        nodes.call(this.#panel, 'height', height ?? 'auto');
        this.#drag(0);
      };
      if (moves) {
        animate(settings({ ...SPRING }), change);
      } else {
        change();
      }
      nodes.requestFrame();
      system.later(() => {
        if (this.isOpen) {
          nodes.flush();
          const now = nodes.frame(this.#panel)[3];
          guest(() => this.#options.onHeightDidChange?.(now));
          guest(() => this.#options.onDetentsDidChange?.(now));
        }
      });
    }

    #drag(offset) {
      nodes.call(this.#panel, 'translate', { y: Math.max(offset, 0) });
      nodes.requestFrame();
    }

    // A finger left the bar: down to the next height, up to the one above, or away.
    #drop(offset, velocity) {
      const now = this.#height ?? vp(nodes.frame(this.#panel)[3]);
      const all = this.#detents().map((height) => height ?? now).sort((one, other) => one - other);
      const wanted = now - offset;
      const lower = all.findLast((height) => height < now);
      const upper = all.find((height) => height > now);
      if (velocity > FLING || wanted < (lower ?? 0) + (now - (lower ?? 0)) / 2) {
        if (lower === undefined) {
          this.dismiss(SLIDE_DOWN);
          // The app keeps it where it was.
          if (this.isOpen) {
            this.#springBack();
          }
        } else {
          this.#resize(lower, true);
        }
      } else if (upper !== undefined && (velocity < -FLING || wanted > now + (upper - now) / 2)) {
        this.#resize(upper, true);
      } else {
        this.#springBack();
      }
    }

    #springBack() {
      animate(settings({ ...SPRING }), () => this.#drag(0));
    }

    update(options) {
      const before = this.#detents()[0];
      this.#options = options;
      this.#style(this.#type());
      const height = this.#detents()[0];
      if (height !== before) {
        this.#resize(height, true);
      }
    }

    dismiss(reason) {
      const { onWillDismiss, shouldDismiss } = this.#options;
      const dismiss = () => this.close();
      if (typeof onWillDismiss === 'function') {
        guest(() => onWillDismiss({ dismiss, reason, springBack: () => this.#springBack() }));
      } else if (typeof shouldDismiss === 'function') {
        guest(() => shouldDismiss({ dismiss }));
      } else {
        dismiss();
      }
    }

    close() {
      if (this.isOpen) {
        guest(() => this.#options.onWillDisappear?.());
        this.#layer.close(() => guest(() => this.#options.onDisappear?.()));
      }
    }
  }

  return { Sheet };
})
