// @concord:arkui/overlays/layer: what lies above the pages of a window: one layer for each dialog, sheet, menu, popup and toast.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const input = system.require('@concord:arkui/input');
  const stack = system.require('@concord:arkui/view-stack');
  const elements = system.require('@concord:arkui/views/elements');
  const removal = system.require('@concord:arkui/views/removal');
  const { building } = system.require('@concord:arkui/views/base');
  const { box } = system.require('@concord:arkui/overlays/box');
  const { ownerOf } = system.require('@concord:arkui/overlays/sub-window');
  const transits = system.require('@concord:arkui/animation/transits');
  const { BusinessError } = system;

  // HitTestMode: touches go past the node itself, or past everything in it.
  const HIT_NONE = 3;
  const HIT_NOTHING = 5;
  // `Alignment` by `DialogAlignment`: Top, Center, Bottom, Default, TopStart, TopEnd, CenterStart, CenterEnd, BottomStart, BottomEnd.
  const ALIGNMENTS = [1, 4, 7, 4, 0, 2, 3, 5, 6, 8];
  const CENTER = 1;
  const BOTTOM = 2;
  const DEFAULT = 3;

  // By element id, so that a layer that goes with its page is noticed.
  const layers = new Map();

  // Where a dialog without a word about it goes: apps made for API 11 and before have it at the bottom of a phone.
  function alignmentOf(value) {
    if (Number.isInteger(value) && value >= 0 && value < ALIGNMENTS.length && value !== DEFAULT) {
      return value;
    }
    const { device, modules } = process.info;
    const old = ((modules[0]?.tree.app?.targetAPIVersion ?? 20) % 1000) < 12;
    return old && device.deviceType === 'phone' && device.height > device.width ? BOTTOM : CENTER;
  }

  // The window of a UIContext; that of the topmost ability without one.
  function windowOf(ui) {
    const own = system.require('@concord:arkui/ui-context').windowOf(ui);
    const window = own ?? system.require('@concord:abilities').top()?.stage?.stage.getMainWindowSync?.();
    if (!window) {
      throw new BusinessError(100001, 'Internal error. The UI execution context is not found: there is no window.');
    }
    return window;
  }

  function windowOfNode(node) {
    let root = node;
    for (let up = nodes.parent(root); up !== 0; up = nodes.parent(up)) {
      root = up;
    }
    return ownerOf(root) ?? [...system.require('@concord:arkui/windows').windows].find((window) => window.internal.root() === root);
  }

  // Where in a window an alignment is: -1 for the start or the top, 0 for the middle, 1 for the end or the bottom.
  function placeOf(alignment) {
    const index = ALIGNMENTS[alignmentOf(alignment)];
    return [(index % 3) - 1, Math.floor(index / 3) - 1];
  }

  // A layer. Options: {window, alignment, modal, mask, maskRect, maskEffect, order, embedded, outside, back, place, left, gone, sub}.
  // - `modal` (the default) keeps touches from what is below; a tap beside the content calls `outside`.
  // - `back` is asked at a back press; true when it used it.
  // - `place` runs after every layout, for what follows another node.
  // - what is added goes into `sub`, a SubWindow, when there is one; the mask stays.
  // - `left` hears that it closes, `gone` of the end, when nothing of it is seen any more; whoever caused it.
  class Layer {
    #options;
    #elmtId = elements.allocate();
    #mask;
    #ends = [];
    #open = true;
    #gone = false;
    // [node, effect] of what comes and goes.
    #parts = [];

    constructor(options) {
      this.#options = options;
      const { window, modal = true, back, place } = options;
      // Whether it gets out of the way of a keyboard.
      this.avoids = options.avoids;
      const { pages } = window.internal;
      const parent = options.embedded && pages.top ? pages.top.node : window.internal.root();
      this.node = nodes.create('Stack', this.#elmtId);
      this.align(options.alignment);
      nodes.call(this.node, 'width', '100%');
      nodes.call(this.node, 'height', '100%');
      if (!modal || options.maskRect) {
        nodes.call(this.node, 'hitTestBehavior', HIT_NONE);
      }
      nodes.insert(parent, this.node, this.#index(parent));
      system.require('@concord:arkui/theme').adopt(this.node);
      layers.set(this.#elmtId, this);
      if (modal) {
        this.#cover();
      }
      this.#ends.push(pages.addBackHandler(() => this.#open && back?.() === true));
      if (place) {
        this.#ends.push(input.onShown(() => this.#open && place()));
      }
    }

    get isOpen() {
      return this.#open;
    }

    get order() {
      return this.#options.order ?? 0;
    }

    get window() {
      return this.#options.window;
    }

    get parent() {
      return nodes.parent(this.node);
    }

    // Behind the pages and layers of the same or a lower order.
    #index(parent) {
      const children = nodes.children(parent);
      const above = children.findIndex((child) => (layers.get(nodes.elmtId(child))?.order ?? -Infinity) > this.order);
      return above < 0 ? children.length : above;
    }

    #cover() {
      const { mask, maskRect } = this.#options;
      this.#mask = box('Column', [], {
        width: maskRect?.width ?? '100%',
        height: maskRect?.height ?? '100%',
        position: { x: maskRect?.x ?? 0, y: maskRect?.y ?? 0 },
        backgroundColor: mask,
        onClick: () => this.#options.outside?.(),
      });
      nodes.append(this.node, this.#mask);
      if (mask !== undefined) {
        this.#parts.push([this.#mask, this.#options.maskEffect ?? transits.EFFECTS.mask]);
      }
    }

    // Another node that comes and goes with the one that is revealed.
    accompany(node, effect) {
      this.#parts.push([node, effect]);
    }

    // Lets a node of the layer, and its mask, come in now, and go by the same effect in the end. `shown` is called when it is there.
    reveal(node, effect, shown) {
      this.#parts.push([node, effect]);
      transits.come(this.#parts, () => this.#open && shown?.());
      this.#options.sub?.reveal();
    }

    align(alignment) {
      nodes.call(this.node, 'create', { alignContent: ALIGNMENTS[alignmentOf(alignment)] });
    }

    setMask(color) {
      if (this.#mask !== undefined) {
        nodes.call(this.#mask, 'backgroundColor', color);
      }
    }

    setVisible(visible) {
      nodes.call(this.#options.sub?.node ?? this.node, 'visibility', visible ? 0 : 2);
    }

    // Puts a node into the layer.
    add(node) {
      nodes.append(this.#options.sub?.node ?? this.node, node);
      nodes.requestFrame();
      return node;
    }

    // The desktop has closed its SubWindow; `asked` when somebody pressed something elsewhere. It comes again when the app keeps it.
    dismissed(asked) {
      if (asked) {
        this.#options.outside?.();
        nodes.requestFrame();
      } else {
        this.close();
      }
    }

    // Builds with a builder function into a node, which is in the layer.
    build(node, builder) {
      process.guest(() => building(() => stack.within(node, builder)));
      nodes.requestFrame();
    }

    // Ends the layer: its parts go, then `done` is called. What belongs to the app is taken out by `gone`.
    close(done) {
      if (!this.#open) {
        return;
      }
      this.#leave();
      const { sub } = this.#options;
      [this.node, sub?.node].forEach((node) => node && nodes.call(node, 'hitTestBehavior', HIT_NOTHING));
      transits.go(this.#parts, () => {
        if (!this.#gone) {
          this.ended();
          removal.removeNode(this.node);
        }
        done?.();
      });
    }

    #leave() {
      if (this.#open) {
        this.#open = false;
        this.#ends.forEach((end) => end());
        this.#options.left?.();
      }
    }

    // Its nodes are gone, or about to be.
    ended() {
      this.#leave();
      if (!this.#gone) {
        this.#gone = true;
        layers.delete(this.#elmtId);
        this.#options.gone?.();
        this.#options.sub?.end();
      }
    }
  }

  removal.onDeleted((elmtIds) => {
    if (layers.size > 0) {
      elmtIds.forEach((elmtId) => layers.get(elmtId)?.ended());
    }
  });

  return { Layer, all: () => [...layers.values()], windowOf, windowOfNode, alignmentOf, placeOf, BOTTOM, CENTER };
})
