// @concord:arkui/xcomponent-node: XComponentNode, a surface as a node of the app.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const input = system.require('@concord:arkui/input');
  const { FrameNode } = system.require('@concord:arkui/frame-node');

  class XComponentNode extends FrameNode {
    #created = false;
    #stop;

    constructor(context, options, id, type, libraryName) {
      super(context, { type: 'XComponent' });
      this.commonAttribute.id(id);
      const { width, height } = options?.selfIdealSize ?? {};
      this.commonAttribute.width(width);
      this.commonAttribute.height(height);
      this.surface_ = { id, type, libraryName, surfaceId: options?.surfaceId };
      // The surface is there when the node is seen first.
      this.#stop = input.onShown(() => this.#check());
    }

    onCreate() {}

    onDestroy() {}

    #check() {
      if (this.isDisposed()) {
        this.#stop();
      } else if (!this.#created && this.isInRenderState()) {
        this.#created = true;
        process.guest(() => this.onCreate({}));
      }
    }

    // NodeRenderType: display or texture; there is one way to be drawn here.
    changeRenderType(type) {
      return type === 0 || type === 1;
    }

    dispose() {
      this.#stop();
      if (this.#created) {
        this.#created = false;
        process.guest(() => this.onDestroy());
      }
      super.dispose();
    }
  }

  return { XComponentNode };
})
