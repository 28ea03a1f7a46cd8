// @concord:arkui/views/lazy-for-each: LazyForEach, items made when a container asks for them.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const removal = system.require('@concord:arkui/views/removal');
  const { VirtualItems } = system.require('@concord:arkui/views/virtual');
  const { building } = system.require('@concord:arkui/views/base');

  // Element id → the source, to stop listening.
  const sources = new Map();

  class LazySource {
    constructor(node, view, data, generate, keyOf) {
      this.node = node;
      this.view = view;
      this.data = data;
      this.generate = generate;
      this.keyOf = keyOf;
      this.items = new VirtualItems(node, (entry) => removal.removeNode(entry.node));
      this.listener = this.makeListener();
      data?.registerDataChangeListener?.(this.listener);
    }

    // What the node tree calls.
    attach() {
      nodes.source(this.node, {
        count: this.count(),
        build: (index) => process.guest(() => this.build(index)),
        release: (node) => process.guest(() => this.items.release(node)),
      });
    }

    count() {
      const count = process.guest(() => this.data?.totalCount());
      return Number.isFinite(count) && count > 0 ? Math.floor(count) : 0;
    }

    item(index) {
      return this.data.getData(index);
    }

    // Without a key generator an item is known by its view, index and content.
    key(index, item = this.item(index)) {
      return this.keyOf ? this.keyOf(item, index) : `${this.view.id__()}-${index}-${JSON.stringify(item)}`;
    }

    // The node of an item: the one that there is, or one that had the same key before a reload, or a new one.
    build(index) {
      const shown = this.items.at(index);
      if (shown) {
        return shown.node;
      }
      const item = this.item(index);
      const key = this.key(index, item);
      let entry = this.items.claim(key);
      if (!entry) {
        const [node, ...others] = building(() => stack.detached(() => this.generate(item, index)));
        if (node === undefined) {
          return undefined;
        }
        if (others.length > 0) {
          process.log(5, `LazyForEach: item ${index} makes ${others.length + 1} components; only the first is shown`);
          others.forEach(removal.removeNode);
        }
        entry = { node, key };
      }
      this.items.show(index, entry);
      return entry.node;
    }

    // DataChangeListener. Indexes may be missing in very old apps, which means "everything".
    makeListener() {
      const tell = (change) => {
        change(this.items);
        this.attach();
      };
      const reload = () => tell((items) => items.reload());
      const one = (change) => (index) => (index === undefined ? reload() : tell((items) => change(items, index)));
      const add = one((items, index) => items.add(index, 1));
      const remove = one((items, index) => items.delete(index, 1));
      const change = one((items, index) => items.change(index));
      const move = (from, to) => tell((items) => items.exchange(from, to));
      return {
        onDataReloaded: reload,
        onDataAdd: add,
        onDataAdded: add,
        onDataDelete: remove,
        onDataDeleted: remove,
        onDataChange: change,
        onDataChanged: change,
        onDataMove: move,
        onDataMoved: move,
        onDatasetChange: (operations) => tell((items) => this.apply(items, operations ?? [])),
      };
    }

    // The operations of one notification. Indexes are those of before all of them, except that of an addition, which counts
    // what was deleted and added before it.
    apply(items, operations) {
      if (operations.some(({ type }) => type === 'reload')) {
        items.reload();
        return;
      }
      // From the end, so that the indexes before stay what they are.
      const place = ({ index }) => (typeof index === 'object' ? index?.from ?? index?.start : index) ?? 0;
      const ordered = [...operations].sort((one, other) => place(other) - place(one));
      for (const operation of ordered) {
        const { type, index, count = 1 } = operation;
        switch (type) {
          case 'add':
            items.add(index, Math.max(1, count));
            break;
          case 'delete':
            items.delete(index, Math.max(1, count));
            break;
          case 'change':
            items.change(index);
            break;
          case 'move':
            items.move(index?.from, index?.to);
            break;
          case 'exchange':
            items.exchange(index?.start, index?.end);
            break;
          default:
            process.log(5, `LazyForEach: there is no operation '${String(type)}'`);
            items.reload();
        }
      }
    }

    end() {
      process.guest(() => this.data?.unregisterDataChangeListener?.(this.listener));
    }
  }

  class LazyForEach {
    static create(id, view, data, generate, keyOf) {
      const node = stack.enter('LazyForEach');
      const elmtId = stack.topElement();
      sources.get(elmtId)?.end();
      const source = new LazySource(node, view, data, generate, keyOf);
      sources.set(elmtId, source);
      source.attach();
    }

    static pop() {
      stack.pop('LazyForEach');
    }

    static onMove(callback, handlers) {
      nodes.call(stack.top(), 'onMove', callback, handlers);
    }
  }

  removal.onDeleted((elmtIds) => {
    for (const elmtId of elmtIds) {
      sources.get(elmtId)?.end();
      sources.delete(elmtId);
    }
  });

  return { LazyForEach };
})
