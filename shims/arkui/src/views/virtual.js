// @concord:arkui/views/virtual: the items of a virtual source that there are, by index.
//
// Containers ask for items while they are laid out (`build`), and give back what is out of sight (`release`). When the data
// changes, the items follow the changes; the container asks again for those that it needs. Each item has one node, which is a
// child of the source; those that are shown come first, in the order of their indexes, then those that nobody has asked for since
// a reload.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');

  class VirtualItems {
    // `drop(entry)` is told of items that are not needed any more.
    constructor(node, drop) {
      this.node = node;
      this.drop = drop;
      // Index → {node, key, index, …}, and the indexes in order.
      this.shown = new Map();
      this.indexes = [];
      // Key → entry of before a reload, until it is asked for again.
      this.kept = new Map();
      // Node → entry, of both.
      this.entryOf = new Map();
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
      entry.index = index;
      this.shown.set(index, entry);
      this.entryOf.set(entry.node, entry);
      nodes.insert(this.node, entry.node, place);
    }

    // The container does not need a node any more.
    release(node) {
      const entry = this.entryOf.get(node);
      if (entry === undefined) {
        return;
      }
      if (this.shown.get(entry.index) === entry) {
        this.shown.delete(entry.index);
        this.indexes.splice(this.placeOf(entry.index), 1);
      } else if (this.kept.get(entry.key) === entry) {
        this.kept.delete(entry.key);
      }
      this.forget(entry);
    }

    forget(entry) {
      this.entryOf.delete(entry.node);
      this.drop(entry);
    }

    // The entry of a key from before a reload.
    claim(key) {
      const entry = this.kept.get(key);
      this.kept.delete(key);
      return entry;
    }

    // Everything may be another thing now; what has the same key stays. What nobody asks for again is given back by the
    // container.
    reload() {
      for (const entry of this.shown.values()) {
        const twin = this.kept.get(entry.key);
        if (twin) {
          this.forget(twin);
        }
        this.kept.set(entry.key, entry);
      }
      this.shown.clear();
      this.indexes = [];
    }

    // Gives every item the index that `indexOf` says; undefined drops it.
    remap(indexOf) {
      const before = [...this.shown.values()];
      this.shown.clear();
      for (const entry of before) {
        const index = indexOf(entry.index);
        if (index === undefined) {
          this.forget(entry);
        } else {
          entry.index = index;
          this.shown.set(index, entry);
        }
      }
      this.indexes = [...this.shown.keys()].sort((one, other) => one - other);
    }

    // Tells the container what changes, so that it finds its items again.
    changes(at, removed, added) {
      nodes.splice(this.node, at, removed, added);
    }

    add(at, count) {
      this.changes(at, 0, count);
      this.remap((index) => (index >= at ? index + count : index));
    }

    delete(at, count) {
      this.changes(at, count, 0);
      this.remap((index) => (index < at ? index : index < at + count ? undefined : index - count));
    }

    change(at) {
      this.changes(at, 1, 1);
      this.remap((index) => (index === at ? undefined : index));
    }

    move(from, to) {
      this.changes(from, 1, 0);
      this.changes(to, 0, 1);
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
      this.changes(one, 1, 1);
      this.changes(other, 1, 1);
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
