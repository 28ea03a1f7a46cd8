// @concord:arkui/frame-node: FrameNode and typeNode, nodes that an app makes and puts together itself.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const elements = system.require('@concord:arkui/views/elements');
  const removal = system.require('@concord:arkui/views/removal');
  const attributes = system.require('@concord:arkui/attributes');
  const contexts = system.require('@concord:arkui/ui-context');
  const process = system.require('@concord:process');
  const stack = system.require('@concord:arkui/view-stack');
  const input = system.require('@concord:arkui/input');
  const painters = system.require('@concord:arkui/painters');
  const frames = system.require('@concord:arkui/node-layout');
  const { BusinessError } = system;

  // A node without a component.
  const PLAIN = 'FrameNode';
  const NOT_MODIFIABLE = 100021;

  // Element id → the FrameNode of its node, so that the same object comes back.
  const known = new Map();
  const none = (node) => (node === undefined || node === 0 || !nodes.exists(node) ? undefined : node);

  // The nearest node with a box: syntax nodes are no part of what an app sees.
  const SYNTAX = new Set(['If', 'ForEach', 'LazyForEach', 'Repeat', '__Builder__']);

  // What is only drawn is no child to apps.
  const DRAWING = 'RenderNode';

  function boxesOf(node) {
    return nodes.children(node).filter((child) => nodes.type(child) !== DRAWING)
      .flatMap((child) => (SYNTAX.has(nodes.type(child)) ? boxesOf(child) : [child]));
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
    #event;
    #measured;
    #options = { attributeSetting: false, treeOperating: false };
    #adopted = new Set();
    // Names of the events that `commonEvent` has set.
    #events = new Set();

    static getFrameNodeById(context, id) {
      return context?.getFrameNodeById?.(id) ?? null;
    }

    static getFrameNodeByUniqueId(context, id) {
      return context?.getFrameNodeByUniqueId?.(id) ?? null;
    }

    // Of an app: a new node. Others are made by `frameNodeOf`.
    constructor(context, given) {
      this.#modifiable = !(given instanceof Existing);
      const type = given?.type ?? (frames.isCustom(this) ? frames.TYPE : PLAIN);
      this.#node = given instanceof Existing ? given.node : create(type);
      if (this.#modifiable) {
        if (type === frames.TYPE) {
          frames.attach(this.#node, this);
        }
        if (typeof this.onDraw === 'function') {
          painters.watch(this.#node, [['own', () => (canvas) => this.onDraw(canvas)]]);
        }
      }
      known.set(nodes.elmtId(this.#node), this);
      nodeOf.set(this, this.#node);
    }

    // What is drawn of it; apps put what they draw themselves into it.
    getRenderNode() {
      return system.require('@concord:arkui/render-node').of(this.#node) ?? null;
    }

    // --- layout by the app; px

    // The size that `onMeasure` has decided on.
    setMeasuredSize(size) {
      this.#measured = { width: Number(size?.width) || 0, height: Number(size?.height) || 0 };
    }

    takeMeasured_() {
      const measured = this.#measured;
      this.#measured = undefined;
      return measured;
    }

    setLayoutPosition(position) {
      frames.place(this.#node, position);
    }

    measure(constraint) {
      frames.measure(this.#node, constraint);
    }

    layout(position) {
      frames.place(this.#node, position);
    }

    get commonAttribute() {
      this.#attribute ??= attributes.attributesOf(this.#node);
      return this.#attribute;
    }

    // setOnClick → onClick … `onVisibleAreaApproximateChange` has its own order of arguments.
    get commonEvent() {
      const node = this.#node;
      const events = this.#events;
      this.#event ??= new Proxy({}, { get: (target, name) => {
        if (typeof name !== 'string' || !name.startsWith('set')) {
          return undefined;
        }
        const event = name[3].toLowerCase() + name.slice(4);
        return (...args) => {
          if (args.every((arg) => arg === undefined)) {
            events.delete(event);
          } else {
            events.add(event);
          }
          attributes.call(node, event === 'onDisappear' ? 'onDisAppear' : event, event === 'onVisibleAreaApproximateChange' ? [args[0], args[1]] : args);
        };
      } });
      return this.#event;
    }

    get gestureEvent() {
      const { UIGestureEvent } = system.require('@concord:arkui/gestures');
      this.#gestures ??= new UIGestureEvent(this.#node);
      return this.#gestures;
    }

    #gestures;

    // Who listens to an event: EventQueryType.ON_CLICK.
    getInteractionEventBindingInfo(type) {
      if (type !== 0) {
        return undefined;
      }
      const node = this.#events.has('onClick');
      const clickable = String(this.#inspect().$attrs?.clickable ?? false) === 'true';
      return clickable || node ? { baseEventRegistered: clickable && !node, nodeEventRegistered: node, nativeEventRegistered: false,
        builtInEventRegistered: this.getNodeType() === 'Button' && !clickable } : undefined;
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

    addComponentContent(content) {
      this.#check();
      const made = system.require('@concord:arkui/builder-node').frameNodeOfContent(content);
      if (made) {
        nodes.append(this.#node, nodeOf.get(made));
      }
    }

    // A child that belongs to it without being shown in it.
    adoptChild(child) {
      this.#check(child);
      if (child.getParent() !== null || this.#adopted.has(child)) {
        throw new BusinessError(100025, 'The parameter is invalid. The node has a parent already.');
      }
      this.#adopted.add(child);
    }

    removeAdoptedChild(child) {
      if (!this.#adopted.delete(child)) {
        throw new BusinessError(100025, 'The parameter is invalid. The node was not adopted.');
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
      const type = nodes.type(this.#node);
      return type === frames.TYPE ? PLAIN : type;
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

    // Where the top left corner is drawn, transforms included.
    #drawn() {
      const [x, y] = input.toWindow(this.#node, 0, 0);
      return { x, y };
    }

    getPositionToParentWithTransform() {
      const parent = boxAbove(this.#node);
      const { x, y } = this.#drawn();
      const [px, py] = parent === undefined ? [x, y] : input.toLocal(parent, x, y);
      return this.#inVp({ x: px, y: py });
    }

    getPositionToWindowWithTransform() {
      return this.#inVp(this.#drawn());
    }

    getPositionToScreenWithTransform() {
      return this.getPositionToWindowWithTransform();
    }

    // Points in vp, from the node's own coordinates.
    convertPositionToWindow(position) {
      const [x, y] = input.toWindow(this.#node, contexts.units.vp2px(position.x), contexts.units.vp2px(position.y));
      return this.#inVp({ x, y });
    }

    convertPositionFromWindow(position) {
      const [x, y] = input.toLocal(this.#node, contexts.units.vp2px(position.x), contexts.units.vp2px(position.y));
      return this.#inVp({ x, y });
    }

    convertPosition(position, target) {
      if (!(target instanceof FrameNode) || target.isDisposed() || this.isDisposed()) {
        throw new BusinessError(100024, 'The current FrameNode and the target FrameNode do not have a common ancestor node.');
      }
      return target.convertPositionFromWindow(this.convertPositionToWindow(position));
    }

    setCustomProperty(name, value) {
      setProperty(this.#node, name, value);
    }

    getCustomProperty(name) {
      return properties.get(nodes.elmtId(this.#node))?.get(name);
    }

    setNeedsLayout() {
      nodes.relayout(this.#node);
    }

    invalidate() {
      painters.invalidate(this.#node);
    }

    // What waits to be applied is applied before the next frame is laid out.
    invalidateAttributes() {
      nodes.requestFrame();
    }

    setCrossLanguageOptions(options) {
      if (!this.#modifiable) {
        throw new BusinessError(100022, 'The FrameNode cannot be set whether to support cross-language common attribute setting.');
      }
      this.#options = { ...this.#options, ...options };
    }

    getCrossLanguageOptions() {
      return { ...this.#options };
    }

    isInRenderState() {
      return this.isAttached() && nodes.isShown(this.#node);
    }

    isOnMainTree() {
      return this.isAttached();
    }

    isTransferred() {
      return false;
    }

    // --- components inside

    recycle() {
      frames.views(this.#node).forEach((view) => process.guest(() => view.aboutToRecycle?.()));
    }

    reuse() {
      frames.views(this.#node).forEach((view) => process.guest(() => view.aboutToReuse?.({})));
    }

    // --- states

    // `handler(node, states)` hears of the states of `states` (UIState bits).
    addSupportedUIStates(states, handler) {
      frames.watchStates(this.#node, states, (now) => handler(this, now));
    }

    removeSupportedUIStates(states) {
      frames.unwatchStates(this.#node, states);
    }

    // --- movement

    createAnimation(property, from, to, options) {
      return frames.animate(this, property, from, to, options);
    }

    cancelAnimations(wanted) {
      return frames.cancel(this, Array.isArray(wanted) ? wanted : []);
    }

    getNodePropertyValue(property) {
      return frames.valueOf(this.#node, property);
    }

    #configured(value) {
      return frames.lengths(value);
    }

    getUserConfigBorderWidth() {
      return this.#configured(frames.geometry(this.#node).borderWidth);
    }

    getUserConfigPadding() {
      return this.#configured(frames.geometry(this.#node).padding);
    }

    getUserConfigMargin() {
      return this.#configured(frames.geometry(this.#node).margin);
    }

    getUserConfigSize() {
      const { width, height } = this.#inspect().$attrs ?? {};
      return { width: frames.length(width), height: frames.length(height) };
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
      construct(nodeOf.get(this), this.type_, args);
      return this.commonAttribute;
    }
  }

  // What the class of the component does when a page makes it, controllers included, for a node that exists.
  function construct(node, type, args) {
    const elmtId = nodes.elmtId(node);
    elements.setNode(elmtId, node, type);
    const isText = typeof args[0] === 'string' || (args[0]?.id !== undefined && args[0]?.type !== undefined);
    const method = type !== 'Button' ? 'create' : isText ? 'createWithLabel' : args.length > 0 ? 'createWithChild' : 'createWithLabel';
    const Class = globalThis[type];
    if (typeof Class?.[method] === 'function') {
      stack.withElement(elmtId, () => Class[method](...args), true);
    } else {
      nodes.call(node, method, ...args);
    }
  }

  const typeNode = {
    createNode(context, type, ...args) {
      const made = new TypedFrameNode(context, type);
      construct(nodeOf.get(made), type, args);
      return made;
    },
    getAttribute: (node, type) => (node?.getNodeType?.() === type ? node.commonAttribute : undefined),
    getEvent: (node, type) => (node?.getNodeType?.() === type ? node.commonEvent : undefined),
    bindController: (node, controller, type) => void (node?.getNodeType?.() === type && controller?.bind__?.(nodeOf.get(node))),
  };

  // Element id → what apps keep with a node: `setCustomProperty`, and the attribute `customProperty`.
  const properties = new Map();

  function setProperty(node, name, value) {
    const elmtId = nodes.elmtId(node);
    const own = properties.get(elmtId) ?? new Map();
    properties.set(elmtId, own);
    if (value === undefined) {
      own.delete(name);
    } else {
      own.set(name, value);
    }
  }

  // Nodes that are gone need no object.
  removal.onDeleted((elmtIds) => elmtIds.forEach((elmtId) => {
    known.delete(elmtId);
    properties.delete(elmtId);
  }));

  return { FrameNode, TypedFrameNode, typeNode, frameNodeOf, setProperty, nodeOf: (frameNode) => nodeOf.get(frameNode) };
})
