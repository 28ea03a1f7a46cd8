// @concord:arkui/views/repeat: Repeat, items that follow an array; whole, or made when a container asks (virtualScroll).
//
// Each item is built once around a RepeatItem, whose `item` and `index` are state: an item that moves, or whose place is taken by
// another one, is updated and not built again.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const removal = system.require('@concord:arkui/views/removal');
  const tracking = system.require('@concord:arkui/state/tracking');
  const scheduler = system.require('@concord:arkui/state/scheduler');
  const { reorder } = system.require('@concord:arkui/views/diff');
  const { building } = system.require('@concord:arkui/views/base');

  // Items of one template that are kept for later, unless the template says otherwise.
  const CACHED = 8;
  const DEFAULT_TEMPLATE = '';

  class RepeatItem {
    #item;
    #index;
    #itemSource = new tracking.Source();
    #indexSource = new tracking.Source();

    constructor(item, index) {
      this.#item = item;
      this.#index = index;
    }

    get item() {
      this.#itemSource.read();
      return this.#item;
    }

    get index() {
      this.#indexSource.read();
      return this.#index;
    }

    update(item, index) {
      if (item !== this.#item) {
        this.#item = item;
        this.#itemSource.changed();
      }
      if (index !== this.#index) {
        this.#index = index;
        this.#indexSource.changed();
      }
    }
  }

  // What stays of a Repeat between updates: by element id.
  const repeats = new Map();

  class RepeatState {
    constructor(node, elmtId) {
      this.node = node;
      this.elmtId = elmtId;
      // Key → {item: RepeatItem, nodes, template}
      this.shown = new Map();
      // Template → entries that wait for another item.
      this.spare = new Map();
      this.entryOf = new Map();
    }

    templateOf(item, index) {
      const name = String(this.options.templateId?.(item, index) ?? DEFAULT_TEMPLATE);
      return this.options.templates.has(name) ? name : DEFAULT_TEMPLATE;
    }

    builder(template) {
      return this.options.templates.get(template)?.build ?? this.options.each;
    }

    keyOf(item, index) {
      return this.options.key ? this.options.key(item, index) : `${index}`;
    }

    // Builds an item; the nodes go to whatever is on the stack.
    make(item, index, template, place) {
      const entry = { item: new RepeatItem(item, index), nodes: [], template };
      entry.nodes = place(() => this.builder(template)?.(entry.item));
      return entry;
    }

    // --- all at once

    renderAll() {
      const array = this.options.array ?? [];
      const before = this.shown;
      this.shown = new Map();
      const items = [];
      for (let index = 0; index < array.length; index++) {
        const item = array[index];
        let key = this.keyOf(item, index);
        if (this.shown.has(key)) {
          // Twins are told apart by their places.
          key = `${key}__${index}`;
        }
        const entry = before.get(key);
        before.delete(key);
        this.shown.set(key, entry);
        items.push({ key, item, index, entry });
      }
      // What has lost its key serves a new one, last come first.
      const free = [...before.values()];
      let count = nodes.children(this.node).length;
      const order = [];
      for (const { key, item, index, entry } of items) {
        const template = this.templateOf(item, index);
        let used = entry;
        if (!used) {
          const at = free.findLastIndex((candidate) => candidate.template === template);
          used = at >= 0 ? free.splice(at, 1)[0] : undefined;
        }
        if (used) {
          used.item.update(item, index);
        } else {
          used = this.make(item, index, template, (build) => {
            const depth = stack.depth();
            tracking.untracked(() => stack.withElement(0, build));
            stack.truncate(depth);
            const made = nodes.children(this.node).slice(count);
            count += made.length;
            return made;
          });
        }
        this.shown.set(key, used);
        order.push(...used.nodes);
      }
      for (const { nodes: gone } of free) {
        gone.forEach(removal.removeNode);
      }
      reorder(this.node, order);
    }

    // --- when asked

    array() {
      return this.options.array ?? [];
    }

    count() {
      const total = this.options.virtual.onTotalCount ? this.options.virtual.onTotalCount() : this.options.virtual.totalCount;
      const { length } = this.array();
      return Number.isFinite(total) && total >= 0 ? Math.floor(total) : length;
    }

    // Whoever shows an item follows it: the element is updated when the item is another one.
    itemAt(index) {
      return tracking.extend(this.elmtId, () => {
        const array = this.array();
        if (index >= array.length) {
          this.options.virtual.onLazyLoading?.(index);
        }
        return array[index];
      });
    }

    key(index) {
      return this.keyOf(this.itemAt(index), index);
    }

    build(index) {
      const item = this.itemAt(index);
      const key = this.keyOf(item, index);
      const template = this.templateOf(item, index);
      let entry = this.shown.get(key);
      if (entry && entry.template !== template) {
        this.shown.delete(key);
        entry = undefined;
      }
      if (!entry) {
        entry = this.spare.get(template)?.pop();
        if (entry) {
          this.update(entry, item, index);
        } else {
          entry = this.make(item, index, template, (build) => building(() => stack.detached(build)));
          entry.nodes.slice(1).forEach(removal.removeNode);
        }
        this.shown.set(key, entry);
        this.entryOf.set(entry.nodes[0], entry);
      } else {
        this.update(entry, item, index);
      }
      entry.key = key;
      return entry.nodes[0];
    }

    // What shows the item follows before the container measures it.
    update(entry, item, index) {
      entry.item.update(item, index);
      scheduler.flush();
    }

    recycle(child) {
      const entry = this.entryOf.get(child);
      if (!entry) {
        removal.removeNode(child);
        return;
      }
      if (this.shown.get(entry.key) === entry) {
        this.shown.delete(entry.key);
      }
      const spare = this.spare.get(entry.template) ?? [];
      this.spare.set(entry.template, spare);
      const limit = this.options.templates.get(entry.template)?.cachedCount ?? CACHED;
      if (spare.length < limit && this.options.virtual.reusable !== false) {
        spare.push(entry);
      } else {
        this.entryOf.delete(child);
        removal.removeNode(child);
      }
    }

    renderVirtual(initial) {
      // Depends on the length, and on the items that are shown.
      this.count();
      if (initial) {
        nodes.lazy(this.node, {
          count: () => process.guest(() => this.count()) ?? 0,
          key: (index) => process.guest(() => this.key(index)),
          build: (index) => process.guest(() => this.build(index)),
          recycle: (child) => process.guest(() => this.recycle(child)),
        });
      } else {
        nodes.lazyChange(this.node, [{ type: 'reload' }]);
      }
    }

    end() {
      for (const spare of this.spare.values()) {
        for (const entry of spare) {
          entry.nodes.forEach(removal.removeNode);
        }
      }
    }
  }

  // The chain that pages call: what it is told takes effect with `render`.
  class RepeatChain {
    #options = { array: undefined, each: undefined, key: undefined, templates: new Map(), templateId: undefined, virtual: undefined,
      move: undefined };

    constructor(array) {
      this.#options.array = array;
    }

    each(build) {
      this.#options.each = build;
      return this;
    }

    key(keyOf) {
      this.#options.key = keyOf;
      return this;
    }

    virtualScroll(options) {
      this.#options.virtual = options ?? {};
      return this;
    }

    template(name, build, options) {
      this.#options.templates.set(String(name), { build, cachedCount: options?.cachedCount });
      return this;
    }

    templateId(f) {
      this.#options.templateId = f;
      return this;
    }

    onMove(...callbacks) {
      this.#options.move = callbacks;
      return this;
    }

    render(initial) {
      const node = stack.enter('Repeat');
      const elmtId = nodes.elmtId(node);
      let state = repeats.get(elmtId);
      if (!state) {
        state = new RepeatState(node, elmtId);
        repeats.set(elmtId, state);
      }
      state.options = this.#options;
      if (this.#options.move) {
        nodes.call(node, 'onMove', ...this.#options.move);
      }
      if (this.#options.virtual) {
        state.renderVirtual(initial !== false);
      } else {
        state.renderAll();
      }
      stack.pop('Repeat');
    }
  }

  const Repeat = (array) => new RepeatChain(array);

  removal.onDeleted((elmtIds) => {
    for (const elmtId of elmtIds) {
      const state = repeats.get(elmtId);
      if (state) {
        repeats.delete(elmtId);
        state.end();
      }
    }
  });

  return { Repeat, RepeatItem };
})
