// @concord:arkui/builder-node: BuilderNode and ComponentContent, builders whose nodes an app handles itself.
(function (host, system) {
  'use strict';
  const { BuilderRoot } = system.require('@concord:arkui/views/builder-root');
  const { frameNodeOf } = system.require('@concord:arkui/frame-node');

  class BuilderNode {
    #root;
    #made = [];
    #disposed = false;

    constructor(context, options) {
      this.context_ = context;
      this.options_ = options;
    }

    build(builder, params, options) {
      this.#root?.dispose();
      this.#root = new BuilderRoot(builder, undefined);
      if (options?.localStorage) {
        this.#root.localStorage_ = options.localStorage;
      }
      this.#made = this.#root.build(params);
    }

    // Null before `build`, and after `dispose`.
    getFrameNode() {
      return frameNodeOf(this.#made[0]) ?? null;
    }

    update(params) {
      this.#root?.update(params);
    }

    reuse(params) {
      this.update(params);
    }

    recycle() {}

    updateConfiguration() {
      this.#root?.updateConfiguration();
    }

    inheritFreezeOptions() {}

    flushState() {
      this.#root?.updateNow_();
    }

    postTouchEvent() {
      system.report('@ohos:arkui.node:BuilderNode.postTouchEvent');
      return false;
    }

    postInputEvent() {
      system.report('@ohos:arkui.node:BuilderNode.postInputEvent');
      return false;
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
      super.build(builder, params[0], options);
    }
  }

  class Content {}

  // What dialogs and overlays show: nodes that are made at once and put where they belong later.
  class ComponentContent extends Content {
    #node;

    constructor(context, builder, params, options) {
      super();
      this.#node = new BuilderNode(context, options);
      this.#node.build(builder, params, options);
      contents.set(this, this.#node);
    }

    update(params) {
      this.#node.update(params);
    }

    reuse(params) {
      this.#node.reuse(params);
    }

    recycle() {}

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
      super(context, builder, params[0], options);
    }
  }

  const contents = new WeakMap();

  // The FrameNode of a ComponentContent; for dialogs, sheets and overlays.
  const frameNodeOfContent = (content) => contents.get(content)?.getFrameNode() ?? undefined;

  return { BuilderNode, ReactiveBuilderNode, Content, ComponentContent, ReactiveComponentContent, frameNodeOfContent };
})
