// @concord:arkui/views/lazy-for-each: LazyForEach, items made when a container asks for them.
//
// The node tree asks: `count()`, `key(index)`, `build(index)`, and gives back by `recycle(child, index)` what it does not show any
// more. Changes of the data are told to it as a list of {type, index, count, from, to}.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const removal = system.require('@concord:arkui/views/removal');
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
      // Key → node of an item that there is.
      this.made = new Map();
      this.keys = new Map();
      this.listener = this.makeListener();
      data?.registerDataChangeListener?.(this.listener);
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

    // The node of an item: the one that there is for its key, or a new one.
    build(index) {
      return process.guest(() => {
        const item = this.item(index);
        const key = this.key(index, item);
        const known = this.made.get(key);
        if (known !== undefined && nodes.exists(known)) {
          return known;
        }
        const made = building(() => stack.detached(() => this.generate(item, index)));
        const [child, ...others] = made;
        if (others.length > 0) {
          process.log(5, `LazyForEach: item ${index} makes ${made.length} components; only the first is shown`);
          others.forEach(removal.removeNode);
        }
        if (child !== undefined) {
          this.made.set(key, child);
          this.keys.set(child, key);
        }
        return child;
      });
    }

    recycle(child) {
      const key = this.keys.get(child);
      this.keys.delete(child);
      if (this.made.get(key) === child) {
        this.made.delete(key);
      }
      removal.removeNode(child);
    }

    // The item at an index is to be made again although its key may be the same.
    forget(index) {
      const key = process.guest(() => this.key(index));
      this.made.delete(key);
    }

    // DataChangeListener. Indexes may be missing in very old apps, which means "everything".
    makeListener() {
      const tell = (...changes) => nodes.lazyChange(this.node, changes);
      const reload = () => tell({ type: 'reload' });
      const one = (type) => (index) => (index === undefined ? reload() : tell({ type, index, count: 1 }));
      const move = (from, to) => tell({ type: 'move', from, to });
      const change = (index) => {
        this.forget(index);
        one('change')(index);
      };
      return {
        onDataReloaded: reload,
        onDataAdd: one('add'),
        onDataAdded: one('add'),
        onDataDelete: one('delete'),
        onDataDeleted: one('delete'),
        onDataChange: change,
        onDataChanged: change,
        onDataMove: move,
        onDataMoved: move,
        onDatasetChange: (operations) => tell(...operations.flatMap((operation) => this.operation(operation))),
      };
    }

    // One of DataOperation.
    operation({ type, index, count = 1, key }) {
      switch (type) {
        case 'add':
        case 'delete':
          return [{ type, index, count: Math.max(1, count) }];
        case 'change':
          this.forget(index);
          return [{ type, index, count: 1 }];
        case 'move':
          return [{ type, from: index?.from, to: index?.to }];
        case 'exchange':
          return [{ type, from: index?.start, to: index?.end }];
        case 'reload':
          return [{ type }];
        default:
          process.log(5, `LazyForEach: an operation of type '${String(type)}' with key '${String(key)}' is unknown`);
          return [{ type: 'reload' }];
      }
    }

    end() {
      process.guest(() => this.data?.unregisterDataChangeListener?.(this.listener));
    }
  }

  class LazyForEach {
    static create(id, view, data, generate, keyOf) {
      const node = stack.enter('LazyForEach');
      const elmtId = nodes.elmtId(node);
      sources.get(elmtId)?.end();
      const source = new LazySource(node, view, data, generate, keyOf);
      sources.set(elmtId, source);
      nodes.lazy(node, {
        count: () => source.count(),
        key: (index) => process.guest(() => source.key(index)),
        build: (index) => source.build(index),
        recycle: (child, index) => source.recycle(child, index),
      });
    }

    static pop() {
      stack.pop('LazyForEach');
    }

    static onMove(callback) {
      nodes.call(stack.top(), 'onMove', callback);
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
