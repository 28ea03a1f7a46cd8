// @concord:arkui/overlays/menu: menus beside a node or at a finger: `bindMenu`, `bindContextMenu`, `openMenu`.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const { Anchored } = system.require('@concord:arkui/overlays/anchored');
  const { box, set, color, vp } = system.require('@concord:arkui/overlays/box');
  const items = system.require('@concord:arkui/overlays/menu-items');
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

    // `content` is an array of items, or a function that builds. `ended` hears of the end.
    constructor({ window, target, point, content, node, options = {}, ended, owner }) {
      this.#options = options;
      this.#ended = ended;
      guest(() => options.aboutToAppear?.());
      guest(() => options.onWillAppear?.());
      const { height } = window.getWindowProperties().windowRect;
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
        target,
        point,
        placement: options.placement ?? BOTTOM_LEFT,
        space: point ? 0 : SPACE,
        offset: options.offset,
        mask: typeof options.mask === 'object' ? options.mask?.color : undefined,
        outside: () => this.close(),
        back: () => {
          this.close();
          return true;
        },
        gone: () => this.#gone(),
      });
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
      system.later(() => {
        guest(() => options.onAppear?.());
        guest(() => options.onDidAppear?.());
      });
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

    #gone() {
      const at = open.indexOf(this);
      if (at >= 0) {
        open.splice(at, 1);
      }
      this.#ended?.();
    }

    close() {
      if (!this.isOpen) {
        return;
      }
      guest(() => this.#options.aboutToDisappear?.());
      guest(() => this.#options.onWillDisappear?.());
      this.#anchored.close();
      guest(() => this.#options.onDisappear?.());
      guest(() => this.#options.onDidDisappear?.());
    }
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
  items.whenExpanded((node, builder) => {
    const parent = open.find((menu) => menu.holds(node));
    const window = system.require('@concord:arkui/overlays/layer').windowOfNode(node);
    if (parent && window) {
      new MenuLayer({ window, target: node, content: builder, options: { placement: BOTTOM_LEFT } });
    }
  });

  return {
    MenuLayer,
    // ContextMenu.close()
    closeAll: () => [...open].reverse().forEach((menu) => menu.close()),
  };
})
