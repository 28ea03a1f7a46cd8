// @concord:arkui/overlays/menu: menus beside a node or at a finger: `bindMenu`, `bindContextMenu`, `openMenu`.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const { Anchored } = system.require('@concord:arkui/overlays/anchored');
  const { box, set, color, vp } = system.require('@concord:arkui/overlays/box');
  const items = system.require('@concord:arkui/overlays/menu-items');
  const { EFFECTS, given } = system.require('@concord:arkui/animation/transits');
  const { guest } = process;

  const RADIUS = 20;
  const SPACE = 8;
  const BOTTOM_LEFT = 6;

  // Open menus, the latest last.
  const open = [];

  class MenuLayer {
    #options;
    #anchored;
    #ended;
    // Whether what it shows is its own, and not an app's node that has to be given back.
    #owned = true;

    // `content` is an array of items, or a function that builds. `ended` hears of the end.
    // `leaves` says whether it may leave the window; the app does where nobody does.
    constructor({ window, target, point, content, node, options = {}, ended, owner, previewed, leaves = leavesFor(options) }) {
      this.#options = options;
      this.#ended = ended;
      this.leaves = leaves;
      guest(() => options.aboutToAppear?.());
      guest(() => options.onWillAppear?.());
      const preview = previewed === undefined ? undefined : previewOf(previewed, options, owner);
      // With a preview it stands beside that, above the mask of the window.
      const outside = leaves && preview === undefined;
      const { height } = Anchored.room(window, outside);
      this.frame = box('Column', [{}], {
        constraintSize: { maxHeight: vp(height) * 0.8, maxWidth: '100%' },
        borderRadius: options.borderRadius ?? RADIUS,
        backgroundColor: options.backgroundColor ?? color('ohos_id_color_dialog_bg'),
        backgroundBlurStyle: options.backgroundBlurStyle,
        shadow: 2,
        clip: true,
      });
      this.#anchored = new Anchored(this.frame, {
        window,
        target: preview ?? target,
        point: preview === undefined ? point : undefined,
        placement: options.placement ?? BOTTOM_LEFT,
        space: point ? 0 : SPACE,
        offset: options.offset,
        leaves: outside,
        mask: typeof options.mask === 'object' ? options.mask?.color : preview === undefined ? undefined : PREVIEW_MASK,
        outside: () => this.close(),
        back: () => {
          this.close();
          return true;
        },
        left: () => this.#left(),
        gone: () => node !== undefined && this.#ended?.(),
      });
      if (preview !== undefined) {
        this.#anchored.layer.add(preview);
        placePreview(preview, previewed, window, options);
      }
      open.push(this);
      this.#anchored.build(this.frame, () => {
        if (Array.isArray(content)) {
          const rows = content.map((item) => items.plain(item, () => this.close()));
          nodes.append(this.frame, box('Menu', [], {}, [title(options.title), ...rows]));
        } else if (node !== undefined) {
          nodes.append(this.frame, node);
        } else {
          content.call(owner);
        }
      });
      this.#owned = node === undefined;
      system.later(() => this.isOpen && this.#anchored.layer.reveal(this.frame, given(options.transition, EFFECTS.menu), () => {
        guest(() => options.onAppear?.());
        guest(() => options.onDidAppear?.());
      }));
    }

    get isOpen() {
      return this.#anchored.isOpen;
    }

    holds(node) {
      let at = node;
      while (at !== 0 && at !== this.frame) {
        at = nodes.parent(at);
      }
      return at !== 0;
    }

    update(options) {
      this.#options = { ...this.#options, ...options };
      set(this.frame, { backgroundColor: options.backgroundColor, borderRadius: options.borderRadius });
      this.#anchored.update({ placement: this.#options.placement ?? BOTTOM_LEFT, offset: this.#options.offset });
    }

    #left() {
      const at = open.indexOf(this);
      if (at >= 0) {
        open.splice(at, 1);
      }
      if (this.#owned) {
        this.#ended?.();
      }
    }

    close() {
      if (!this.isOpen) {
        return;
      }
      guest(() => this.#options.aboutToDisappear?.());
      guest(() => this.#options.onWillDisappear?.());
      this.#anchored.close(() => {
        guest(() => this.#options.onDisappear?.());
        guest(() => this.#options.onDidDisappear?.());
      });
    }
  }

  // `MenuOptions.showInSubWindow` is of devices with free windows, where it is the default.
  const leavesFor = (options) => process.info.device.freeWindows === true && options.showInSubWindow !== false;

  // MenuPreviewMode.IMAGE
  const IMAGE = 1;
  const PREVIEW_MASK = '#33182431';
  const PREVIEW_SCALE = 1.1;

  // What is shown of the component besides its menu: its picture, or what a builder makes.
  function previewOf(node, options, owner) {
    const { preview } = options;
    if (preview === IMAGE) {
      const taken = nodes.snapshot(node);
      if (!taken) {
        return undefined;
      }
      const { fromRgba } = system.require('@concord:arkui/pixels');
      const picture = fromRgba(taken.width, taken.height, taken.pixels, { editable: false });
      return box('Image', [picture], { objectFit: 0 });
    }
    const builder = typeof preview === 'function' ? preview : preview?.builder;
    if (typeof builder !== 'function') {
      return undefined;
    }
    const made = box('Column', [{}], {});
    const stack = system.require('@concord:arkui/view-stack');
    const { building } = system.require('@concord:arkui/views/base');
    guest(() => building(() => stack.within(made, () => builder.call(owner))));
    return made;
  }

  // Where the component is, in the window as a whole.
  function placePreview(preview, node, window, options) {
    const [left, top, windowWidth, windowHeight] = nodes.frame(window.internal.root());
    const [x, y, width, height] = nodes.frame(node);
    const scale = options.previewAnimationOptions?.scale?.[1] ?? PREVIEW_SCALE;
    if (options.preview === IMAGE) {
      set(preview, { width: `${width * scale}px`, height: `${height * scale}px` });
    }
    const radius = options.previewBorderRadius;
    set(preview, { borderRadius: radius, clip: radius === undefined ? undefined : true });
    nodes.flush();
    const [, , wide, high] = nodes.frame(preview);
    const within = (at, extent, room) => Math.max(0, Math.min(at, room - extent));
    set(preview, { position: { x: `${within(x - left + (width - wide) / 2, wide, windowWidth)}px`,
      y: `${within(y - top + (height - high) / 2, high, windowHeight)}px` } });
    nodes.flush();
  }

  function title(text) {
    return text === undefined ? undefined : box('Row', [{}], { padding: { left: 16, right: 16, top: 12, bottom: 12 } },
      [box('Text', [text], { fontSize: 20, fontWeight: 700, fontColor: color('ohos_id_color_text_primary') })]);
  }

  // An item was chosen: its menu and those that it opened from go, once the click has been dealt with.
  items.whenChosen((node) => system.later(() => {
    if (open.some((menu) => menu.holds(node))) {
      [...open].reverse().forEach((menu) => menu.close());
    }
  }));

  // A menu of its own beside an item (`MenuItem` with a builder).
  items.whenExpanded((node, builder, stacked) => {
    const parent = open.find((menu) => menu.holds(node));
    const window = system.require('@concord:arkui/overlays/layer').windowOfNode(node);
    if (parent && window) {
      // A stacked one lies over the item that it belongs to.
      const [, , , height] = nodes.frame(node);
      new MenuLayer({ window, target: node, content: builder, leaves: parent.leaves,
        options: { placement: BOTTOM_LEFT, offset: stacked ? { x: 0, y: -vp(height) - SPACE } : undefined } });
    }
  });

  return {
    MenuLayer,
    // ContextMenu.close()
    closeAll: () => [...open].reverse().forEach((menu) => menu.close()),
  };
})
