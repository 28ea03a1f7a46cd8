// @concord:arkui/frame-node: FrameNode and typeNode, nodes that an app makes and puts together itself.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const elements = system.require('@concord:arkui/views/elements');
  const removal = system.require('@concord:arkui/views/removal');
  const attributes = system.require('@concord:arkui/attributes');
  const contexts = system.require('@concord:arkui/ui-context');
  const { BusinessError } = system;

  // A node without a component.
  const PLAIN = 'FrameNode';
  const NOT_MODIFIABLE = 100021;

  // Element id → the FrameNode of its node, so that the same object comes back.
  const known = new Map();
  const none = (node) => (node === undefined || node === 0 || !nodes.exists(node) ? undefined : node);

  // The nearest node with a box: syntax nodes are no part of what an app sees.
  const SYNTAX = new Set(['If', 'ForEach', 'LazyForEach', 'Repeat', '__Builder__']);

  function boxesOf(node) {
    return nodes.children(node).flatMap((child) => (SYNTAX.has(nodes.type(child)) ? boxesOf(child) : [child]));
  }

  function boxAbove(node) {
    let at = none(nodes.parent(node));
    while (at !== undefined && SYNTAX.has(nodes.type(at))) {
      at = none(nodes.parent(at));
    }
    return at;
  }

  class FrameNode {
    #node;
    #modifiable;
    #attribute;
    #custom = new Map();

    // Of an app: a new node. Others are made by `frameNodeOf`.
    constructor(context, given) {
      this.#modifiable = !(given instanceof Existing);
      this.#node = given instanceof Existing ? given.node : create(given?.type ?? PLAIN);
      if (context && typeof this.onDraw === 'function') {
        system.report('@ohos:arkui.node:FrameNode.onDraw');
      }
      known.set(nodes.elmtId(this.#node), this);
      nodeOf.set(this, this.#node);
    }

    get commonAttribute() {
      this.#attribute ??= attributes.attributesOf(this.#node);
      return this.#attribute;
    }

    get commonEvent() {
      // setOnClick → onClick …
      const node = this.#node;
      return new Proxy({}, { get: (target, name) => (typeof name === 'string' && name.startsWith('set')
        ? (...args) => attributes.call(node, name[3].toLowerCase() + name.slice(4), args) : undefined) });
    }

    get gestureEvent() {
      const node = this.#node;
      return {
        addGesture: (gesture) => attributes.call(node, 'gesture', [gesture]),
        addParallelGesture: (gesture) => attributes.call(node, 'parallelGesture', [gesture]),
        removeGesture() {},
        clearGestures() {},
      };
    }

    isModifiable() {
      return this.#modifiable;
    }

    #check(child) {
      if (!this.#modifiable) {
        throw new BusinessError(NOT_MODIFIABLE, 'The FrameNode is not modifiable.');
      }
      if (child !== undefined && (!(child instanceof FrameNode) || none(nodeOf.get(child)) === undefined)) {
        throw new BusinessError(100025, 'The parameter is invalid. The node is disposed of, or is no FrameNode.');
      }
    }

    appendChild(child) {
      this.#check(child);
      nodes.append(this.#node, nodeOf.get(child));
    }

    // Behind a sibling; in front of all others without one.
    insertChildAfter(child, sibling) {
      this.#check(child);
      const at = sibling ? nodes.children(this.#node).indexOf(nodeOf.get(sibling)) : -1;
      nodes.insert(this.#node, nodeOf.get(child), at + 1);
    }

    removeChild(child) {
      this.#check(child);
      if (none(nodes.parent(nodeOf.get(child))) === this.#node) {
        nodes.detach(nodeOf.get(child));
      }
    }

    clearChildren() {
      this.#check();
      nodes.children(this.#node).forEach((child) => nodes.detach(child));
    }

    moveTo(parent, index) {
      parent.#check(this);
      nodes.insert(parent.#node, this.#node, index ?? nodes.children(parent.#node).length);
    }

    getChild(index) {
      return frameNodeOf(boxesOf(this.#node)[index]) ?? null;
    }

    getFirstChild() {
      return this.getChild(0);
    }

    getChildren() {
      return boxesOf(this.#node).map(frameNodeOf);
    }

    getChildrenCount() {
      return boxesOf(this.#node).length;
    }

    getFirstChildIndexWithoutExpand() {
      return this.getChildrenCount() > 0 ? 0 : -1;
    }

    getLastChildIndexWithoutExpand() {
      return this.getChildrenCount() - 1;
    }

    #sibling(step) {
      const parent = boxAbove(this.#node);
      const siblings = parent === undefined ? [] : boxesOf(parent);
      return frameNodeOf(siblings[siblings.indexOf(this.#node) + step]) ?? null;
    }

    getNextSibling() {
      return this.#sibling(1);
    }

    getPreviousSibling() {
      return this.#sibling(-1);
    }

    getParent() {
      return frameNodeOf(boxAbove(this.#node)) ?? null;
    }

    #inspect() {
      try {
        return JSON.parse(nodes.inspect(this.#node, false));
      } catch {
        return {};
      }
    }

    getId() {
      return this.#inspect().$attrs?.id ?? '';
    }

    getUniqueId() {
      return nodes.elmtId(this.#node);
    }

    getNodeType() {
      return nodes.type(this.#node);
    }

    getInspectorInfo() {
      return this.#inspect();
    }

    getOpacity() {
      return Number(this.#inspect().$attrs?.opacity ?? 1);
    }

    isVisible() {
      return (this.#inspect().$attrs?.visibility ?? 'Visibility.Visible') === 'Visibility.Visible';
    }

    isClipToFrame() {
      return String(this.#inspect().$attrs?.clip ?? false) === 'true';
    }

    // Whether it is in a window.
    isAttached() {
      let at = none(this.#node);
      while (at !== undefined && nodes.type(at) !== 'root') {
        at = none(nodes.parent(at));
      }
      return at !== undefined;
    }

    #frame(node = this.#node) {
      const [x = 0, y = 0, width = 0, height = 0] = nodes.frame(node) ?? [];
      return { x, y, width, height };
    }

    // Sizes are px, positions vp relative to the window, but for the layout position.
    getMeasuredSize() {
      const { width, height } = this.#frame();
      return { width, height };
    }

    getLayoutPosition() {
      const parent = boxAbove(this.#node);
      const own = this.#frame();
      const outer = parent === undefined ? { x: 0, y: 0 } : this.#frame(parent);
      return { x: own.x - outer.x, y: own.y - outer.y };
    }

    #inVp({ x, y }) {
      return { x: contexts.units.px2vp(x), y: contexts.units.px2vp(y) };
    }

    getPositionToParent() {
      return this.#inVp(this.getLayoutPosition());
    }

    getPositionToWindow() {
      return this.#inVp(this.#frame());
    }

    getPositionToScreen() {
      return this.getPositionToWindow();
    }

    getGlobalPositionOnDisplay() {
      return this.getPositionToWindow();
    }

    getPositionToParentWithTransform() {
      return this.getPositionToParent();
    }

    getPositionToWindowWithTransform() {
      return this.getPositionToWindow();
    }

    getPositionToScreenWithTransform() {
      return this.getPositionToWindow();
    }

    setCustomProperty(name, value) {
      if (value === undefined) {
        this.#custom.delete(name);
      } else {
        this.#custom.set(name, value);
      }
    }

    getCustomProperty(name) {
      return this.#custom.get(name);
    }

    setNeedsLayout() {
      nodes.requestFrame();
    }

    invalidate() {
      nodes.requestFrame();
    }

    // Ends the node; its children live on by themselves.
    dispose() {
      if (none(this.#node) !== undefined && this.#modifiable) {
        nodes.children(this.#node).forEach((child) => nodes.detach(child));
        removal.removeNode(this.#node);
      }
      known.delete(nodes.elmtId(this.#node));
    }

    disposeTree() {
      for (const child of boxesOf(this.#node)) {
        frameNodeOf(child).disposeTree();
      }
      this.dispose();
    }

    isDisposed() {
      return none(this.#node) === undefined;
    }
  }

  // Marks a node that exists already.
  class Existing {
    constructor(node) {
      this.node = node;
    }
  }

  const nodeOf = new WeakMap();

  function create(type) {
    const elmtId = elements.allocate();
    const node = nodes.create(type, elmtId);
    elements.setNode(elmtId, node, type);
    return node;
  }

  // The FrameNode of a node; undefined when there is no node.
  function frameNodeOf(node) {
    if (none(node) === undefined) {
      return undefined;
    }
    return known.get(nodes.elmtId(node)) ?? new FrameNode(undefined, new Existing(node));
  }

  // Typed nodes have the attributes of their component.
  class TypedFrameNode extends FrameNode {
    constructor(context, type) {
      super(context, { type });
      this.type_ = type;
    }

    get attribute() {
      return this.commonAttribute;
    }

    // What the component is made with.
    initialize(...args) {
      const label = this.type_ === 'Button' && (typeof args[0] === 'string' || args[0]?.type !== undefined && args[0]?.id !== undefined);
      nodes.call(nodeOf.get(this), label ? 'createWithLabel' : 'create', ...args);
      return this.commonAttribute;
    }
  }

  const typeNode = {
    createNode(context, type, ...args) {
      const made = new TypedFrameNode(context, type);
      nodes.call(nodeOf.get(made), 'create', ...args);
      return made;
    },
    getAttribute: (node, type) => (node?.getNodeType?.() === type ? node.commonAttribute : undefined),
    getEvent: (node, type) => (node?.getNodeType?.() === type ? node.commonEvent : undefined),
    bindController: (node, controller, type) => void (node?.getNodeType?.() === type && controller?.bind__?.(nodeOf.get(node))),
  };

  // Nodes that are gone need no object.
  removal.onDeleted((elmtIds) => elmtIds.forEach((elmtId) => known.delete(elmtId)));

  return { FrameNode, TypedFrameNode, typeNode, frameNodeOf, nodeOf: (frameNode) => nodeOf.get(frameNode) };
})
