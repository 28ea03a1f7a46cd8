// @concord:arkui/node-adapter: NodeAdapter, items of a container that the app makes when they are to be seen.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const elements = system.require('@concord:arkui/views/elements');
  const removal = system.require('@concord:arkui/views/removal');
  const { VirtualItems } = system.require('@concord:arkui/views/virtual');
  const { FrameNode, nodeOf, frameNodeOf } = system.require('@concord:arkui/frame-node');
  const { BusinessError } = system;

  // Element id of a container → its adapter.
  const attached = new Map();

  class NodeAdapter {
    #count = 0;
    #items;
    #source;
    #node;
    #disposed = false;

    get totalNodeCount() { return this.#count; }

    set totalNodeCount(count) {
      this.#count = Math.max(Math.trunc(count) || 0, 0);
      this.#publish();
    }

    #publish() {
      if (this.#source !== undefined && nodes.exists(this.#source)) {
        nodes.source(this.#source, {
          count: this.#count,
          build: (index) => process.guest(() => this.#build(index)) ?? 0,
          release: (node) => this.#items.release(node),
        });
      }
    }

    #build(index) {
      const shown = this.#items.at(index);
      if (shown) {
        return shown.node;
      }
      const key = this.onGetChildId ? this.onGetChildId(index) : index;
      const kept = this.#items.claim(key);
      if (kept) {
        this.#items.show(index, kept);
        this.onUpdateChild?.(key, kept.frameNode);
        return kept.node;
      }
      const frameNode = this.onCreateChild?.(index);
      const node = frameNode && nodeOf(frameNode);
      if (node === undefined || !nodes.exists(node)) {
        return 0;
      }
      this.#items.show(index, { node, key, frameNode });
      return node;
    }

    // An item that is not needed any more belongs to the app again.
    #drop({ node, key, frameNode }) {
      if (nodes.exists(node)) {
        nodes.detach(node);
      }
      process.guest(() => this.onDisposeChild?.(key, frameNode));
    }

    reloadAllItems() {
      this.#items?.reload();
      this.#publish();
    }

    reloadItem(start, count = 1) {
      for (let index = start; index < start + count; index++) {
        const item = this.#items?.at(index);
        if (item) {
          process.guest(() => this.onUpdateChild?.(item.key, item.frameNode));
        }
      }
      this.#publish();
    }

    removeItem(start, count = 1) {
      this.#items?.delete(start, count);
      this.totalNodeCount = this.#count - count;
    }

    insertItem(start, count = 1) {
      this.#items?.add(start, count);
      this.totalNodeCount = this.#count + count;
    }

    moveItem(from, to) {
      this.#items?.move(from, to);
      this.#publish();
    }

    getAllAvailableItems() {
      return this.#items ? this.#items.indexes.map((index) => this.#items.at(index).frameNode) : [];
    }

    dispose() {
      this.detach_();
      this.#disposed = true;
    }

    isDisposed() { return this.#disposed; }

    attach_(frameNode) {
      this.#node = nodeOf(frameNode);
      this.#source = nodes.create('LazyForEach', elements.allocate());
      this.#items = new VirtualItems(this.#source, (entry) => this.#drop(entry));
      nodes.append(this.#node, this.#source);
      attached.set(nodes.elmtId(this.#node), this);
      this.#publish();
      process.guest(() => this.onAttachToNode?.(frameNode));
    }

    detach_() {
      if (this.#source === undefined) {
        return;
      }
      attached.delete(nodes.elmtId(this.#node));
      const source = this.#source;
      const items = this.#items;
      this.#source = undefined;
      this.#items = undefined;
      // The items are the app's.
      [...items.entryOf.values()].forEach((entry) => items.drop(entry));
      if (nodes.exists(source)) {
        removal.removeNode(source);
      }
      process.guest(() => this.onDetachFromNode?.());
    }

    // Only containers that ask for items have one, and only one each.
    static attachNodeAdapter(adapter, frameNode) {
      const usable = adapter instanceof NodeAdapter && !adapter.isDisposed() && frameNode instanceof FrameNode;
      const type = usable ? frameNode.getNodeType() : '';
      const node = usable ? nodeOf(frameNode) : undefined;
      if (!usable || !frameNode.isModifiable() || attached.has(nodes.elmtId(node)) || frameNode.getChildrenCount() > 0 ||
        !['Column', 'Row', 'Stack', 'Flex', 'List', 'Grid', 'WaterFlow', 'Swiper', 'ListItemGroup', 'FrameNode'].includes(type)) {
        return false;
      }
      adapter.attach_(frameNode);
      return true;
    }

    static detachNodeAdapter(frameNode) {
      if (!(frameNode instanceof FrameNode)) {
        throw new BusinessError(401, 'Parameter error. The node must be a FrameNode.');
      }
      attached.get(nodes.elmtId(nodeOf(frameNode)))?.detach_();
    }
  }

  removal.onDeleted((elmtIds) => attached.size > 0 && elmtIds.forEach((elmtId) => attached.get(elmtId)?.detach_()));

  return { NodeAdapter, frameNodeOf };
})
