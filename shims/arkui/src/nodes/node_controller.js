// @concord:arkui/node-controller: NodeController and the component NodeContainer, which shows what a controller makes.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const removal = system.require('@concord:arkui/views/removal');
  const contexts = system.require('@concord:arkui/ui-context');
  const input = system.require('@concord:arkui/input');
  const { nodeOf } = system.require('@concord:arkui/frame-node');

  let following = false;

  // Element id of a container → {container, controller, shown}, and controllers → the same.
  const byElement = new Map();
  const byController = new WeakMap();

  class NodeController {
    makeNode() {
      return null;
    }

    // Asks for the node again.
    rebuild() {
      const place = byController.get(this);
      if (place) {
        show(place);
      }
    }

    aboutToResize() {}

    aboutToAppear() {}

    aboutToDisappear() {}

    onTouchEvent() {}

    onWillBind() {}

    onWillUnbind() {}

    onBind() {}

    onUnbind() {}

    onAttach() {}

    onDetach() {}
  }

  function take(place) {
    const shown = place.shown;
    place.shown = undefined;
    // The node belongs to the app, and may come back.
    if (shown !== undefined && nodes.exists(shown) && nodes.parent(shown) === place.container) {
      nodes.detach(shown);
    }
  }

  function show(place) {
    const frameNode = process.guest(() => place.controller.makeNode(contexts.current()));
    const node = frameNode ? nodeOf(frameNode) : undefined;
    if (node === place.shown) {
      return;
    }
    take(place);
    if (node !== undefined && nodes.exists(node)) {
      nodes.append(place.container, node);
      place.shown = node;
    }
  }

  function leave(place) {
    const { controller, elmtId } = place;
    process.guest(() => controller.onWillUnbind?.(elmtId));
    byController.delete(controller);
    take(place);
    process.guest(() => controller.aboutToDisappear?.());
    process.guest(() => controller.onUnbind?.(elmtId));
  }

  // After each frame: containers that are in a window now, or not any more, or have another size.
  function look(place) {
    const { container, controller } = place;
    if (!nodes.exists(container)) {
      return;
    }
    const shown = nodes.isShown(container);
    if (shown !== place.attached) {
      place.attached = shown;
      process.guest(() => (shown ? controller.onAttach?.() : controller.onDetach?.()));
    }
    const [, , width, height] = nodes.frame(container);
    if (shown && (width !== place.width || height !== place.height)) {
      Object.assign(place, { width, height });
      const { px2vp } = contexts.units;
      process.guest(() => controller.aboutToResize?.({ width: px2vp(width), height: px2vp(height) }));
    }
  }

  // `NodeContainer.create(controller)`: another controller takes the place of the one before.
  function bind(controller) {
    const container = stack.top();
    const elmtId = stack.topElement();
    const before = byElement.get(elmtId);
    if (before?.controller === controller || !controller) {
      return;
    }
    if (before) {
      leave(before);
    }
    const place = { container, controller, elmtId, shown: undefined, attached: false };
    process.guest(() => controller.onWillBind?.(elmtId));
    byElement.set(elmtId, place);
    byController.set(controller, place);
    if (controller.onTouchEvent !== NodeController.prototype.onTouchEvent) {
      nodes.call(container, 'boundTouch', (event) => process.guest(() => controller.onTouchEvent?.(event)));
    }
    show(place);
    process.guest(() => controller.aboutToAppear?.());
    process.guest(() => controller.onBind?.(elmtId));
    if (!following) {
      following = true;
      input.onShown(() => byElement.forEach(look));
    }
  }

  // Before a subtree is destroyed the nodes of apps are taken out of it.
  removal.onRemoving((elmtIdsOf) => {
    if (byElement.size === 0) {
      return;
    }
    for (const elmtId of elmtIdsOf()) {
      const place = byElement.get(elmtId);
      if (place) {
        byElement.delete(elmtId);
        leave(place);
      }
    }
  });

  return { NodeController, bind };
})
