// @concord:arkui/overlays/overlay-manager: OverlayManager, contents of an app between its pages and its dialogs.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { Layer, windowOf } = system.require('@concord:arkui/overlays/layer');
  const { nodeOfContent } = system.require('@concord:arkui/overlays/content-dialogs');

  const TOP_START = 4;
  const BELOW_DIALOGS = -1;
  const VISIBLE = 0;
  const NONE = 2;

  class OverlayManager {
    #ui;
    #layer;
    // Content → order.
    #contents = new Map();

    constructor(ui) {
      this.#ui = ui;
    }

    #node() {
      if (!this.#layer?.isOpen) {
        this.#layer = new Layer({ window: windowOf(this.#ui), alignment: TOP_START, modal: false, order: BELOW_DIALOGS });
        this.#contents.clear();
      }
      return this.#layer.node;
    }

    // At an index among the contents; on top without one.
    addComponentContent(content, index) {
      this.#add(content, 0, Number.isInteger(index) && index >= 0 ? index : undefined);
    }

    addComponentContentWithOrder(content, levelOrder) {
      const order = levelOrder?.getOrder?.() ?? 0;
      const above = [...this.#contents.values()].findIndex((other) => other > order);
      this.#add(content, order, above < 0 ? undefined : above);
    }

    #add(content, order, index) {
      const node = nodeOfContent(content);
      if (node === undefined || this.#contents.has(content)) {
        return;
      }
      const parent = this.#node();
      nodes.insert(parent, node, index ?? nodes.children(parent).length);
      const all = [...this.#contents];
      all.splice(index ?? all.length, 0, [content, order]);
      this.#contents = new Map(all);
    }

    removeComponentContent(content) {
      if (this.#contents.delete(content)) {
        nodes.detach(nodeOfContent(content));
      }
    }

    #show(content, visible) {
      if (this.#contents.has(content)) {
        nodes.call(nodeOfContent(content), 'visibility', visible ? VISIBLE : NONE);
      }
    }

    showComponentContent(content) {
      this.#show(content, true);
    }

    hideComponentContent(content) {
      this.#show(content, false);
    }

    showAllComponentContents() {
      [...this.#contents.keys()].forEach((content) => this.#show(content, true));
    }

    hideAllComponentContents() {
      [...this.#contents.keys()].forEach((content) => this.#show(content, false));
    }
  }

  return { OverlayManager };
})
