// @concord:arkui/overlays/magnifier: `Magnifier`, which an app shows over one of its components.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { Layer, windowOfNode } = system.require('@concord:arkui/overlays/layer');
  const { set } = system.require('@concord:arkui/overlays/box');
  const { BusinessError } = system;

  const TOP_START = 4;

  class Magnifier {
    #id;
    #layer;
    #glass;

    // To the component with an id.
    bind(id) {
      if (typeof id !== 'string' || id === '') {
        throw new BusinessError(401, 'Parameter error. The id must be a text that is not empty.');
      }
      if (id !== this.#id) {
        this.unbind();
        this.#id = id;
      }
    }

    // What is at a point of the component, in vp.
    show(x, y) {
      const target = this.#id === undefined ? 0 : nodes.findByKey(this.#id);
      const window = target === 0 ? undefined : windowOfNode(target);
      if (!window) {
        return;
      }
      if (!this.#layer?.isOpen) {
        this.#layer = new Layer({ window, alignment: TOP_START, modal: false });
        this.#glass = this.#layer.add(nodes.create('__Magnifier__', -1));
      }
      const place = nodes.command(this.#glass, 'look', target, Number(x), Number(y));
      const [left, top] = nodes.frame(window.internal.root());
      set(this.#glass, { position: { x: `${place.x - left}px`, y: `${Math.max(place.y - top, 0)}px` } });
      nodes.requestFrame();
    }

    unbind() {
      this.#layer?.close();
      this.#layer = undefined;
      this.#id = undefined;
    }
  }

  return { Magnifier };
})
