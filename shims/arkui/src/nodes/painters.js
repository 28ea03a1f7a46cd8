// @concord:arkui/painters: functions of the app that draw nodes: `draw` of a RenderNode, `onDraw` of a FrameNode, those of a
// DrawModifier. They run after layout, when their node has another size or is told to, and what they draw is kept by the tree.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const input = system.require('@concord:arkui/input');
  const removal = system.require('@concord:arkui/views/removal');
  const drawing = system.require('@concord:arkui/drawing');
  const { density } = process.info.device;

  // Node → {places, size, dirty}; places are [place, () => function of a DrawContext, if there is one].
  const painted = new Map();
  let listening = false;

  function paint(node, record) {
    const [, , width, height] = nodes.frame(node);
    const size = `${width}x${height}`;
    if (!nodes.isShown(node) || (!record.dirty && record.size === size)) {
      return;
    }
    record.dirty = false;
    record.size = size;
    for (const [place, functionOf] of record.places) {
      const draw = functionOf();
      const drawn = draw && process.guest(() => drawing.record(draw, width, height, density));
      nodes.call(node, 'drawn', place, drawn);
    }
  }

  function paintAll() {
    for (const [node, record] of painted) {
      if (nodes.exists(node)) {
        paint(node, record);
      } else {
        painted.delete(node);
      }
    }
  }

  function watch(node, places) {
    if (!listening) {
      listening = true;
      input.onShown(paintAll);
    }
    painted.set(node, { places, size: undefined, dirty: true });
    nodes.requestFrame();
  }

  function invalidate(node) {
    const record = painted.get(node);
    if (record) {
      record.dirty = true;
    }
    nodes.requestFrame();
  }

  // --- DrawModifier

  const PLACES = [['behind', 'drawBehind'], ['content', 'drawContent'], ['front', 'drawFront'], ['foreground', 'drawForeground']];
  // Modifier → its nodes; element id → {node, modifier}.
  const nodesOf = new WeakMap();
  const byElement = new Map();

  class DrawModifier {
    invalidate() {
      nodesOf.get(this)?.forEach(invalidate);
    }
  }

  function unbind(elmtId) {
    const bound = byElement.get(elmtId);
    if (bound) {
      byElement.delete(elmtId);
      nodesOf.get(bound.modifier)?.delete(bound.node);
      painted.delete(bound.node);
    }
    return bound?.node;
  }

  // `X.drawModifier(modifier)`
  function modify(node, modifier) {
    const elmtId = nodes.elmtId(node);
    if (byElement.get(elmtId)?.modifier === modifier) {
      return;
    }
    if (unbind(elmtId) !== undefined) {
      PLACES.forEach(([place]) => nodes.call(node, 'drawn', place, undefined));
    }
    if (typeof modifier !== 'object' || modifier === null) {
      return;
    }
    byElement.set(elmtId, { node, modifier });
    nodesOf.set(modifier, (nodesOf.get(modifier) ?? new Set()).add(node));
    watch(node, PLACES.map(([place, method]) =>
      [place, () => (typeof modifier[method] === 'function' ? (context) => modifier[method](context) : undefined)]));
  }

  removal.onDeleted((elmtIds) => byElement.size > 0 && elmtIds.forEach(unbind));

  return { watch, invalidate, modify, DrawModifier };
})
