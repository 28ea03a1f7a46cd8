// @concord:arkui/nodes: a tree of nodes without layout, until the real one is there. It keeps what it is told, for tests.
//
// Beyond the tree: `detach(child)` takes a subtree out and keeps it alive (append or insert it again), `setElmtId(node, id)`
// gives a node another element id (recycled components), and lazy nodes show a window of items (`window`).
(function (host, system) {
  'use strict';

  let last = 0;
  const tree = new Map();
  const frames = new Set();
  let asked = false;
  const lazyNodes = new Set();
  // How many items of a lazy node are shown.
  const WINDOW = 10;

  const get = (node) => {
    const found = tree.get(node);
    if (!found) {
      throw new Error(`there is no node ${node}`);
    }
    return found;
  };

  function unlink(node) {
    const entry = get(node);
    if (entry.parent !== undefined) {
      const siblings = get(entry.parent).children;
      siblings.splice(siblings.indexOf(node), 1);
      entry.parent = undefined;
    }
    return entry;
  }

  function insert(parent, child, index) {
    unlink(child).parent = parent;
    get(child).kept = false;
    const { children } = get(parent);
    children.splice(Math.max(0, Math.min(index, children.length)), 0, child);
  }

  function remove(node) {
    unlink(node);
    const gone = [];
    const visit = (at) => {
      const entry = tree.get(at);
      entry.children.forEach(visit);
      gone.push(entry.elmtId);
      tree.delete(at);
      lazyNodes.delete(at);
    };
    visit(node);
    return gone;
  }

  // Shows the first items of a lazy node; those which are not shown any more go back.
  function fill(node) {
    const entry = get(node);
    const { source } = entry;
    entry.stale = false;
    const count = Math.min(source.count(), entry.start + WINDOW);
    const shown = [];
    for (let index = entry.start; index < count; index++) {
      const child = source.build(index);
      if (child !== undefined) {
        shown.push(child);
      }
    }
    for (const [index, child] of [...entry.children].entries()) {
      if (!shown.includes(child)) {
        unlink(child).kept = true;
        source.recycle(child, index);
      }
    }
    shown.forEach((child, index) => insert(node, child, index));
  }

  function flush() {
    asked = false;
    for (const f of frames) {
      f();
    }
    for (const node of lazyNodes) {
      if (get(node).stale) {
        fill(node);
      }
    }
  }

  return {
    create(type, elmtId) {
      tree.set(++last, { type, elmtId, parent: undefined, children: [], attributes: new Map() });
      return last;
    },
    call(node, method, ...args) {
      get(node).attributes.set(method, args);
    },
    append: (parent, child) => insert(parent, child, Infinity),
    insert,
    move: (child, index) => insert(get(child).parent, child, index),
    detach(node) {
      unlink(node).kept = true;
    },
    remove,
    children: (node) => [...get(node).children],
    parent: (node) => get(node).parent,
    elmtId: (node) => get(node).elmtId,
    setElmtId(node, elmtId) {
      get(node).elmtId = elmtId;
    },
    exists: (node) => tree.has(node),
    type: (node) => get(node).type,
    lazy(node, source) {
      Object.assign(get(node), { source, stale: true, start: 0 });
      lazyNodes.add(node);
      this.requestFrame();
    },
    lazyChange(node) {
      get(node).stale = true;
      this.requestFrame();
    },
    requestFrame() {
      if (!asked) {
        asked = true;
        setTimeout(() => asked && flush(), 16);
      }
    },
    onFrame: (f) => frames.add(f),
    root: () => undefined,
    flush,
    // For tests.
    attribute: (node, name) => get(node).attributes.get(name),
    scroll(node, start) {
      Object.assign(get(node), { start, stale: true });
    },
    size: () => tree.size,
    byId(id) {
      const shown = (node) => (get(node).parent === undefined ? !get(node).kept : shown(get(node).parent));
      return [...tree.keys()].find((node) => tree.get(node).attributes.get('id')?.[0] === id && shown(node));
    },
    dump(node, depth = 0) {
      const { type, children, attributes } = get(node);
      const text = attributes.get('create')?.[0];
      const own = `${'  '.repeat(depth)}${type}${typeof text === 'string' ? ` ${text}` : ''}`;
      return [own, ...children.map((child) => this.dump(child, depth + 1))].join('\n');
    },
  };
})
