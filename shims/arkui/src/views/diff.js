// @concord:arkui/views/diff: keyed lists of nodes.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');

  // Key → index of its first item, in order. `duplicate` hears of keys that come again.
  function keysOf(items, makeKey, duplicate) {
    const keys = new Map();
    const length = items.length;
    for (let index = 0; index < length; index++) {
      const key = makeKey(items[index], index);
      if (keys.has(key)) {
        duplicate(key);
      } else {
        keys.set(key, index);
      }
    }
    return keys;
  }

  // The positions of a longest increasing subsequence of `values`: what may stay where it is.
  function increasing(values) {
    const tails = [];
    const previous = new Array(values.length);
    for (let at = 0; at < values.length; at++) {
      let low = 0;
      let high = tails.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (values[tails[middle]] < values[at]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      previous[at] = low > 0 ? tails[low - 1] : -1;
      tails[low] = at;
    }
    const kept = new Set();
    for (let at = tails.length > 0 ? tails[tails.length - 1] : -1; at >= 0; at = previous[at]) {
      kept.add(at);
    }
    return kept;
  }

  // Puts the children of `parent` into `order` (all of them) with as few moves as possible.
  function reorder(parent, order) {
    const actual = nodes.children(parent);
    if (actual.length === order.length && actual.every((child, index) => child === order[index])) {
      return;
    }
    const position = new Map(actual.map((child, index) => [child, index]));
    const kept = increasing(order.map((child) => position.get(child)));
    // From the end, each child that moves goes before the one that follows it, which is in its place already.
    for (let at = order.length - 1; at >= 0; at--) {
      if (!kept.has(at)) {
        const child = order[at];
        const from = actual.indexOf(child);
        actual.splice(from, 1);
        const to = at + 1 < order.length ? actual.indexOf(order[at + 1]) : actual.length;
        actual.splice(to, 0, child);
        nodes.move(child, to);
      }
    }
  }

  return { keysOf, reorder };
})
