// @concord:arkui/foreign/x-component: XComponent and its controller: a surface that native code would draw on.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { tell, later } = system.require('@concord:arkui/foreign');
  const { bind, nodeOf } = system.require('@concord:arkui/components/controllers');
  const { guest } = system.require('@concord:process');

  let lastSurface = 0;

  class XComponentController {
    #surface = String(++lastSurface);
    #rect;

    getXComponentSurfaceId() {
      return this.#surface;
    }

    // What the native library gives to pages; none has a surface here.
    getXComponentContext() {
      return {};
    }

    getXComponentSurfaceRect() {
      const [, , width, height] = nodes.frame(nodeOf(this) ?? 0) ?? [0, 0, 0, 0];
      return this.#rect ?? { offsetX: 0, offsetY: 0, surfaceWidth: width, surfaceHeight: height };
    }

    setXComponentSurfaceRect({ offsetX = 0, offsetY = 0, surfaceWidth, surfaceHeight }) {
      if (surfaceWidth > 0 && surfaceHeight > 0) {
        this.#rect = { offsetX, offsetY, surfaceWidth, surfaceHeight };
      }
    }

    setXComponentSurfaceSize({ surfaceWidth, surfaceHeight }) {
      this.setXComponentSurfaceRect({ surfaceWidth, surfaceHeight });
    }

    getXComponentSurfaceRotation() {
      return { lock: false };
    }

    setXComponentSurfaceRotation() {}

    setXComponentSurfaceConfig() {}

    startImageAnalyzer() {
      return Promise.reject(new system.BusinessError(801, 'Capability not supported.'));
    }

    stopImageAnalyzer() {}

    onSurfaceCreated() {}

    onSurfaceChanged() {}

    onSurfaceDestroyed() {}
  }

  function special(Class, { stack }) {
    const { create } = Class;
    Class.create = (options) => {
      create();
      const node = stack.top();
      nodes.command(node, 'caption', options?.libraryname ?? options?.id ?? '');
      const controller = options?.controller;
      if (controller !== undefined && nodeOf(controller) === node) {
        return;
      }
      bind(controller, node);
      later(() => {
        // A surface has a size, and no frame may have come before this.
        nodes.flush();
        tell(node, 'onLoad', {});
        if (controller instanceof XComponentController && nodes.exists(node)) {
          guest(() => controller.onSurfaceCreated(controller.getXComponentSurfaceId()));
          guest(() => controller.onSurfaceChanged(controller.getXComponentSurfaceId(), controller.getXComponentSurfaceRect()));
        }
      });
    };
  }

  return Object.assign(special, { XComponentController });
})
