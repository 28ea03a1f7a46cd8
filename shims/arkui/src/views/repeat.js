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
  const { VirtualItems } = system.require('@concord:arkui/views/virtual');
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

    // The item, without following it.
    get current() {
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
      // Key → {item: RepeatItem, nodes, template}, when all are rendered.
      this.shown = new Map();
      // The items that there are, with virtual scroll.
      this.items = new VirtualItems(node, (entry) => this.spareOrDrop(entry));
      // Template → entries that wait for another item.
      this.spare = new Map();
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
        if (entry) {
          // The same key stands for the same item.
          entry.item.update(entry.item.current, index);
        } else if (used) {
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

    build(index) {
      const shown = this.items.at(index);
      if (shown) {
        return shown.node;
      }
      const item = this.itemAt(index);
      const key = this.keyOf(item, index);
      const template = this.templateOf(item, index);
      let entry = this.items.claim(key);
      if (entry && entry.template !== template) {
        this.spareOrDrop(entry);
        entry = undefined;
      }
      entry ??= this.spare.get(template)?.pop();
      if (entry) {
        // What shows the item follows before the container measures it.
        entry.item.update(item, index);
        scheduler.flush();
      } else {
        entry = this.make(item, index, template, (build) => building(() => stack.detached(build)));
        entry.nodes.splice(1).forEach(removal.removeNode);
        [entry.node] = entry.nodes;
      }
      if (entry.node === undefined) {
        return undefined;
      }
      entry.key = key;
      this.items.show(index, entry);
      return entry.node;
    }

    // An item that is not shown any more waits for another one of its template.
    spareOrDrop(entry) {
      const spare = this.spare.get(entry.template) ?? [];
      this.spare.set(entry.template, spare);
      const limit = this.options.templates.get(entry.template)?.cachedCount ?? CACHED;
      if (spare.length < limit && this.options.virtual?.reusable !== false) {
        nodes.detach(entry.node);
        spare.push(entry);
      } else {
        removal.removeNode(entry.node);
      }
    }

    renderVirtual() {
      // Depends on the length here, and on the items where they are shown.
      const count = this.count();
      this.items.reload();
      nodes.source(this.node, {
        count,
        build: (index) => process.guest(() => this.build(index)),
        release: (node) => process.guest(() => this.items.release(node)),
      });
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

    render() {
      const node = stack.enter('Repeat');
      const elmtId = stack.topElement();
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
        state.renderVirtual();
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
