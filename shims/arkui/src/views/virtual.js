// @concord:arkui/views/virtual: the items of a virtual source that there are, by index.
//
// Containers ask for items while they are laid out (`build`), and give back what is out of sight (`release`). When the data
// changes, the items follow the changes; the container asks again for those that it needs. Each item has one node, which is a
// child of the source, in the order of the indexes.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');

  class VirtualItems {
    // `drop(entry)` is told of items that are not needed any more.
    constructor(node, drop) {
      this.node = node;
      this.drop = drop;
      // Index → {node, key, …}, and the indexes in order.
      this.shown = new Map();
      this.indexes = [];
      // Key → entry of before a reload, until it is asked for again.
      this.kept = new Map();
    }

    at(index) {
      return this.shown.get(index);
    }

    // Where an index is, or would be, among those that are shown.
    placeOf(index) {
      let low = 0;
      let high = this.indexes.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.indexes[middle] < index) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    // Shows an entry at an index.
    show(index, entry) {
      const place = this.placeOf(index);
      this.indexes.splice(place, 0, index);
      this.shown.set(index, entry);
      nodes.insert(this.node, entry.node, place);
    }

    // Out of sight.
    release(index) {
      const entry = this.shown.get(index);
      if (entry) {
        this.shown.delete(index);
        this.indexes.splice(this.placeOf(index), 1);
        this.drop(entry);
      }
    }

    // The entry of a key from before a reload.
    claim(key) {
      const entry = this.kept.get(key);
      this.kept.delete(key);
      return entry;
    }

    // Drops what nobody asked for since the reload.
    settle() {
      for (const entry of this.kept.values()) {
        this.drop(entry);
      }
      this.kept.clear();
    }

    // Everything may be another thing now; what has the same key stays.
    reload() {
      this.settle();
      for (const entry of this.shown.values()) {
        nodes.detach(entry.node);
        this.kept.set(entry.key, entry);
      }
      this.shown.clear();
      this.indexes = [];
    }

    remap(indexOf) {
      const before = [...this.shown];
      this.shown.clear();
      for (const [index, entry] of before) {
        const now = indexOf(index);
        if (now === undefined) {
          this.drop(entry);
        } else {
          this.shown.set(now, entry);
        }
      }
      this.indexes = [...this.shown.keys()].sort((one, other) => one - other);
    }

    add(at, count) {
      this.remap((index) => (index >= at ? index + count : index));
    }

    delete(at, count) {
      this.remap((index) => (index < at ? index : index < at + count ? undefined : index - count));
    }

    change(at, count = 1) {
      this.remap((index) => (index >= at && index < at + count ? undefined : index));
    }

    move(from, to) {
      this.remap((index) => {
        if (index === from) {
          return to;
        }
        if (from < to) {
          return index > from && index <= to ? index - 1 : index;
        }
        return index >= to && index < from ? index + 1 : index;
      });
      this.order();
    }

    exchange(one, other) {
      this.remap((index) => (index === one ? other : index === other ? one : index));
      this.order();
    }

    // Puts the nodes in the order of their indexes.
    order() {
      this.indexes.forEach((index, place) => nodes.move(this.shown.get(index).node, place));
    }
  }

  return { VirtualItems };
})
