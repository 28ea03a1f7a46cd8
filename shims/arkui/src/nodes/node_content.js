// @concord:arkui/node-content: NodeContent and ContentSlot: a place in a page for nodes that the app puts there.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const removal = system.require('@concord:arkui/views/removal');
  const { Content } = system.require('@concord:arkui/builder-node');
  const { nodeOf } = system.require('@concord:arkui/frame-node');

  // Content → the node of its slot; element id of a slot → content.
  const slots = new WeakMap();
  const contents = new Map();

  class NodeContent extends Content {
    #frameNodes = [];

    addFrameNode(frameNode) {
      const node = frameNode && nodeOf(frameNode);
      if (node === undefined || this.#frameNodes.includes(frameNode)) {
        return;
      }
      this.#frameNodes.push(frameNode);
      this.#show(node);
    }

    removeFrameNode(frameNode) {
      const at = this.#frameNodes.indexOf(frameNode);
      if (at >= 0) {
        this.#frameNodes.splice(at, 1);
        this.#hide(nodeOf(frameNode));
      }
    }

    #show(node) {
      const slot = slots.get(this);
      if (slot !== undefined && nodes.exists(slot) && nodes.exists(node)) {
        nodes.append(slot, node);
      }
    }

    #hide(node) {
      if (nodes.exists(node) && nodes.parent(node) === slots.get(this)) {
        nodes.detach(node);
      }
    }

    attach_(slot) {
      this.detach_();
      slots.set(this, slot);
      this.#frameNodes.forEach((frameNode) => this.#show(nodeOf(frameNode)));
    }

    detach_() {
      this.#frameNodes.forEach((frameNode) => this.#hide(nodeOf(frameNode)));
      slots.delete(this);
    }
  }

  const ContentSlot = {
    create(content) {
      const slot = stack.enter('__Builder__');
      const elmtId = stack.topElement();
      const before = contents.get(elmtId);
      if (before === content) {
        return;
      }
      before?.detach_();
      contents.set(elmtId, content);
      content?.attach_?.(slot);
    },
    pop() {
      stack.pop('__Builder__');
    },
  };

  // Before a slot is destroyed the nodes of the app are taken out of it.
  removal.onRemoving((elmtIdsOf) => {
    if (contents.size > 0) {
      for (const elmtId of elmtIdsOf()) {
        contents.get(elmtId)?.detach_?.();
        contents.delete(elmtId);
      }
    }
  });

  return { NodeContent, ContentSlot };
})
