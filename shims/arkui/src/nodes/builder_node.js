// @concord:arkui/builder-node: BuilderNode and ComponentContent, builders whose nodes an app handles itself.
(function (host, system) {
  'use strict';
  const { BuilderRoot } = system.require('@concord:arkui/views/builder-root');
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const input = system.require('@concord:arkui/input');
  const { frameNodeOf } = system.require('@concord:arkui/frame-node');

  class BuilderNode {
    #root;
    #made = [];
    #disposed = false;

    constructor(context, options) {
      this.context_ = context;
      this.options_ = options;
    }

    // `parameters` are those of the builder when there is not just one.
    build(builder, params, options, parameters) {
      this.#root?.dispose();
      this.#disposed = false;
      this.#root = new BuilderRoot(builder, undefined);
      if (options?.localStorage) {
        this.#root.localStorage_ = options.localStorage;
      }
      this.#made = this.#root.build(params, undefined, { parameters });
    }

    // Null before `build`, and after `dispose`.
    getFrameNode() {
      return frameNodeOf(this.#made[0]) ?? null;
    }

    update(params) {
      this.#root?.update(params);
    }

    // Components in it are told, as those of a list are.
    reuse(params) {
      this.#views().forEach((view) => process.guest(() => view.aboutToReuse?.(params ?? {})));
      this.update(params);
    }

    recycle() {
      this.#views().forEach((view) => process.guest(() => view.aboutToRecycle?.()));
    }

    #views() {
      const { views } = system.require('@concord:arkui/node-layout');
      return this.#made.flatMap((node) => (nodes.exists(node) ? views(node) : []));
    }

    updateConfiguration() {
      this.#root?.updateConfiguration();
    }

    inheritFreezeOptions() {}

    flushState() {
      this.#root?.updateNow_();
    }

    // Hands a touch to what was built. Its points are vp of the node that was built.
    postTouchEvent(event) {
      const node = this.#made[0];
      const touches = event?.changedTouches ?? [];
      if (node === undefined || !nodes.exists(node) || touches.length === 0) {
        return false;
      }
      const { density } = process.info.device;
      return touches.map((touch) => {
        const [x, y] = input.toWindow(node, (touch.x ?? 0) * density, (touch.y ?? 0) * density);
        return input.touchIn(node, touch.type ?? event.type, touch.id ?? 0, x, y);
      }).some(Boolean);
    }

    // Of touches; a mouse that is pressed is a finger.
    postInputEvent(event) {
      if (Array.isArray(event?.changedTouches)) {
        return this.postTouchEvent(event);
      }
      const PHASES = { 1: 0, 2: 1, 3: 2 };
      const type = PHASES[event?.action];
      return type !== undefined && event.button !== undefined
        ? this.postTouchEvent({ type, changedTouches: [{ id: 10, type, x: event.x, y: event.y }] }) : false;
    }

    postInputEventWithStrategy(event) {
      return this.postInputEvent(event);
    }

    dispose() {
      this.#disposed = true;
      this.#root?.dispose();
      this.#root = undefined;
      this.#made = [];
    }

    isDisposed() {
      return this.#disposed;
    }
  }

  // Arguments of the reactive forms come one by one.
  class ReactiveBuilderNode extends BuilderNode {
    build(builder, options, ...params) {
      super.build(builder, params[0], options, params);
    }
  }

  class Content {}

  // What dialogs and overlays show: nodes that are made at once and put where they belong later.
  class ComponentContent extends Content {
    #node;

    constructor(context, builder, params, options, parameters) {
      super();
      this.#node = new BuilderNode(context, options);
      this.#node.build(builder, params, options, parameters);
      contents.set(this, this.#node);
    }

    update(params) {
      this.#node.update(params);
    }

    reuse(params) {
      this.#node.reuse(params);
    }

    recycle() {
      this.#node.recycle();
    }

    updateConfiguration() {
      this.#node.updateConfiguration();
    }

    inheritFreezeOptions() {}

    flushState() {
      this.#node.flushState();
    }

    isDisposed() {
      return this.#node.isDisposed();
    }

    isTransferred() {
      return false;
    }

    dispose() {
      this.#node.dispose();
    }
  }

  class ReactiveComponentContent extends ComponentContent {
    constructor(context, builder, options, ...params) {
      super(context, builder, params[0], options, params);
    }
  }

  const contents = new WeakMap();

  // The FrameNode of a ComponentContent; for dialogs, sheets and overlays.
  const frameNodeOfContent = (content) => contents.get(content)?.getFrameNode() ?? undefined;

  return { BuilderNode, ReactiveBuilderNode, Content, ComponentContent, ReactiveComponentContent, frameNodeOfContent };
})
