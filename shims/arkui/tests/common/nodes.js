// @concord:arkui/nodes, for tests: a tree of nodes without layout that keeps what it is told. The contract is that of
// src/bridge/nodes.rs; `flush` runs a whole frame, and a virtual source shows a window of ten items.
(function (host, system) {
  'use strict';

  let last = 0;
  const tree = new Map();
  const frames = new Set();
  let asked = false;
  const lazyNodes = new Set();
  const LEAVES = ['Image', 'Divider', 'Slider', 'TextInput', 'NodeContainer'];
  // How many items of a virtual source are shown.
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
    if (!tree.has(node)) {
      return [];
    }
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

  // Shows the first items of a virtual source; those which are out of sight are given back.
  function fill(node) {
    const entry = get(node);
    const { source } = entry;
    entry.stale = false;
    const end = Math.min(source.count, entry.start + WINDOW);
    const shown = new Set();
    for (let index = entry.start; index < end; index++) {
      shown.add(source.build(index));
    }
    for (const child of [...entry.children]) {
      if (!shown.has(child)) {
        source.release(child);
      }
    }
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
    insert: (parent, child, index = Infinity) => insert(parent, child, index),
    move: (child, index) => insert(get(child).parent, child, index),
    detach(node) {
      unlink(node).kept = true;
    },
    remove,
    children: (node) => [...get(node).children],
    parent: (node) => get(node).parent,
    elmtId: (node) => get(node).elmtId,
    exists: (node) => tree.has(node),
    type: (node) => get(node).type,
    // The next call of `source` asks for everything again.
    splice() {},
    source(node, source) {
      const { start = 0 } = get(node);
      Object.assign(get(node), { source, stale: true, start });
      lazyNodes.add(node);
      this.requestFrame();
    },
    createWindow() {
      return this.create('root', -1);
    },
    resizeWindow() {},
    moveWindow() {},
    command() {},
    splice() {},
    findByKey(id) {
      return this.byId(id) ?? 0;
    },
    components: () => LEAVES.map((name) => [name, true, [], false]),
    requestFrame() {
      if (!asked) {
        asked = true;
        setTimeout(() => asked && flush(), 16);
      }
    },
    onFrame: (f) => frames.add(f),
    root: () => undefined,
    flush,
    inspect(node) {
      const id = get(node).attributes.get('id')?.[0] ?? '';
      return JSON.stringify({ $ID: id, $attrs: { id } });
    },
    frame: () => [0, 0, 0, 0],
    // For tests.
    attribute: (node, name) => get(node).attributes.get(name),
    scroll(node, start) {
      Object.assign(get(node), { start, stale: true });
      this.requestFrame();
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
