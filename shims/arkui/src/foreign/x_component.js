// @concord:arkui/foreign/x-component: XComponent and its controller: a surface that native code draws on.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const input = system.require('@concord:arkui/input');
  const { tell, later } = system.require('@concord:arkui/foreign');
  const { bind, nodeOf } = system.require('@concord:arkui/components/controllers');
  const { NativeSurface } = system.require('@concord:arkui/foreign/surface');
  const { guest, info } = system.require('@concord:process');

  // XComponentType
  const TEXTURE = 2;

  // Controller → the surface of its component, or the one that the next component gets.
  const surfaces = new WeakMap();
  // Components that are there, by node.
  const alive = new Map();
  let stopLooking;

  function surfaceOf(controller) {
    if (!surfaces.has(controller)) {
      surfaces.set(controller, new NativeSurface());
    }
    return surfaces.get(controller);
  }

  class XComponentController {
    getXComponentSurfaceId() {
      return surfaceOf(this).id;
    }

    // What the native library gives to pages.
    getXComponentContext() {
      return surfaceOf(this).exports ?? {};
    }

    getXComponentSurfaceRect() {
      const [, , width, height] = nodes.frame(nodeOf(this) ?? 0) ?? [0, 0, 0, 0];
      return surfaceOf(this).rect ?? { offsetX: 0, offsetY: 0, surfaceWidth: width, surfaceHeight: height };
    }

    // Without a place it is in the middle of the component.
    setXComponentSurfaceRect({ offsetX, offsetY, surfaceWidth, surfaceHeight } = {}) {
      if (surfaceWidth > 0 && surfaceHeight > 0) {
        const [, , width, height] = nodes.frame(nodeOf(this) ?? 0) ?? [0, 0, 0, 0];
        surfaceOf(this).rect = { offsetX: offsetX ?? (width - surfaceWidth) / 2, offsetY: offsetY ?? (height - surfaceHeight) / 2,
          surfaceWidth, surfaceHeight };
        alive.get(nodeOf(this))?.check();
      }
    }

    setXComponentSurfaceSize({ surfaceWidth, surfaceHeight } = {}) {
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

  // A component with its surface, from its creation until its node is gone.
  class Life {
    #node;
    #surface;
    #controller;
    #library;
    #loaded = false;
    #isCreated = false;
    #size = '';
    #isShown = true;
    #onDestroy;

    constructor(node, surface, controller, library) {
      this.#node = node;
      this.#surface = surface;
      this.#controller = controller instanceof XComponentController ? controller : undefined;
      this.#library = library;
      const events = {
        boundTouch: (event) => surface.touch(event, info.device.density),
        boundMouse: (event) => surface.mouse(event, info.device.density),
        boundHover: (over) => surface.hover(over),
      };
      const heard = { focus: (has) => surface.tell(has ? 'focus' : 'blur'), key: (event) => surface.key(event) };
      Object.entries(heard).forEach(([name, handler]) => nodes.command(node, 'listen', name, (event) => this.#isCreated && handler(event)));
      Object.entries(events).forEach(([name, handler]) => nodes.call(node, name, (event) => this.#isCreated && handler(event)));
    }

    // The page is complete: the library starts, the app gets what it exports.
    load() {
      if (this.#loaded || !nodes.exists(this.#node)) {
        return;
      }
      this.#loaded = true;
      this.#surface.load(this.#library);
      tell(this.#node, 'onLoad', this.#surface.exports ?? {});
      this.check();
    }

    // Looks whether the node is still there, and how large it is.
    check() {
      if (!nodes.exists(this.#node)) {
        this.#end();
        return;
      }
      if (!this.#loaded) {
        return;
      }
      this.#onDestroy = nodes.command(this.#node, 'handler', 'onDestroy');
      const [x, y, width, height] = nodes.frame(this.#node);
      if (!(width > 0 && height > 0)) {
        return;
      }
      const rect = this.#surface.rect ?? { offsetX: 0, offsetY: 0, surfaceWidth: width, surfaceHeight: height };
      this.#surface.resize(rect.surfaceWidth, rect.surfaceHeight, x + rect.offsetX, y + rect.offsetY);
      const size = `${rect.surfaceWidth} ${rect.surfaceHeight}`;
      if (this.#surface.rect) {
        nodes.command(this.#node, 'surfaceRect', rect.offsetX, rect.offsetY, rect.surfaceWidth, rect.surfaceHeight);
      }
      if (!this.#isCreated) {
        this.#isCreated = true;
        this.#surface.created((picture) => nodes.command(this.#node, 'picture', picture));
        this.#call('onSurfaceCreated');
      }
      if (size !== this.#size) {
        this.#size = size;
        this.#surface.changed();
        this.#call('onSurfaceChanged', { offsetX: rect.offsetX, offsetY: rect.offsetY, surfaceWidth: rect.surfaceWidth,
          surfaceHeight: rect.surfaceHeight });
      }
      const shown = nodes.isShown(this.#node);
      if (shown !== this.#isShown) {
        this.#isShown = shown;
        this.#surface.tell(shown ? 'show' : 'hide');
      }
    }

    #call(name, ...args) {
      const controller = this.#controller;
      if (controller) {
        guest(() => controller[name](this.#surface.id, ...args));
      }
    }

    #end() {
      alive.delete(this.#node);
      if (alive.size === 0) {
        stopLooking?.();
        stopLooking = undefined;
      }
      if (this.#isCreated) {
        this.#isCreated = false;
        this.#surface.destroyed();
        this.#call('onSurfaceDestroyed');
      }
      if (this.#onDestroy) {
        guest(this.#onDestroy);
      }
      if (this.#controller && surfaces.get(this.#controller) === this.#surface) {
        surfaces.delete(this.#controller);
      }
    }
  }

  function special(Class, { stack }) {
    const { create } = Class;
    Class.create = (options) => {
      create();
      const node = stack.top();
      nodes.command(node, 'caption', options?.libraryname ?? options?.id ?? '');
      if (alive.has(node)) {
        return;
      }
      const controller = options?.controller;
      bind(controller, node);
      let surface = new NativeSurface();
      if (controller instanceof XComponentController) {
        surface = surfaceOf(controller);
        if (surface.isTaken) {
          surface = new NativeSurface();
          surfaces.set(controller, surface);
        }
      }
      surface.take(options?.id);
      if (surface.isNative) {
        nodes.command(node, 'surface', options?.type !== TEXTURE && options?.type !== 'texture');
      }
      const life = new Life(node, surface, controller, options?.libraryname);
      alive.set(node, life);
      stopLooking ??= input.onShown(() => [...alive.values()].forEach((other) => other.check()));
      later(() => {
        // A surface has a size, and no frame may have come before this.
        nodes.flush();
        life.load();
      });
    };
  }

  return Object.assign(special, { XComponentController });
})
