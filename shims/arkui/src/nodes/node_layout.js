// @concord:arkui/node-layout: what a FrameNode asks of layout, states and animation.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const input = system.require('@concord:arkui/input');
  const elements = system.require('@concord:arkui/views/elements');
  const removal = system.require('@concord:arkui/views/removal');
  const attributes = system.require('@concord:arkui/attributes');
  const custom = system.require('@concord:arkui/custom-layout');
  const { density } = process.info.device;

  // A node whose layout is the app's.
  const TYPE = '__CustomLayout__';
  const isCustom = (frameNode) => typeof frameNode.onMeasure === 'function' || typeof frameNode.onLayout === 'function';

  const px = (value) => `${Number(value) || 0}px`;
  // `LayoutConstraint` in px, from what the tree gives in vp.
  const constraintOf = ({ minWidth, minHeight, maxWidth, maxHeight }) => ({
    maxSize: { width: maxWidth * density, height: maxHeight * density },
    minSize: { width: minWidth * density, height: minHeight * density },
    percentReference: { width: maxWidth * density, height: maxHeight * density },
  });

  function attach(node, frameNode) {
    const measure = typeof frameNode.onMeasure === 'function' ? (self, children, constraint) => {
      frameNode.onMeasure(constraintOf(constraint));
      const measured = frameNode.takeMeasured_();
      return measured && { width: px(measured.width), height: px(measured.height) };
    } : undefined;
    const place = typeof frameNode.onLayout === 'function' ? () => {
      const [x, y] = nodes.frame(node);
      frameNode.onLayout({ x, y });
    } : undefined;
    nodes.call(node, 'functions', measure, place);
  }

  // Within `onMeasure` of the node around it.
  function measure(node, constraint) {
    const limit = (value) => (Number.isFinite(value) ? px(value) : undefined);
    custom.measureChild(nodes.frameParent(node), node, {
      minWidth: limit(constraint?.minSize?.width), minHeight: limit(constraint?.minSize?.height),
      maxWidth: limit(constraint?.maxSize?.width), maxHeight: limit(constraint?.maxSize?.height),
    });
  }

  const place = (node, position) => custom.placeChild(nodes.frameParent(node), node, { x: px(position?.x), y: px(position?.y) });

  // The custom components in a node, the outermost first.
  function views(node) {
    const own = elements.viewOf(nodes.elmtId(node));
    return [...(own ? [own] : []), ...nodes.children(node).flatMap(views)];
  }

  // --- states: element id → {states, handler}

  const watched = new Map();

  function watchStates(node, states, handler) {
    const before = watched.get(nodes.elmtId(node));
    watched.set(nodes.elmtId(node), { states: (before?.states ?? 0) | states, handler, last: 0 });
  }

  function unwatchStates(node, states) {
    const watch = watched.get(nodes.elmtId(node));
    if (watch && (watch.states &= ~states) === 0) {
      watched.delete(nodes.elmtId(node));
    }
  }

  input.onState((changed) => {
    if (watched.size > 0) {
      for (const node of changed) {
        const watch = watched.get(nodes.elmtId(node));
        const now = watch ? input.state(node) & watch.states : 0;
        if (watch && now !== watch.last) {
          watch.last = now;
          process.guest(() => watch.handler(now));
        }
      }
    }
  });
  removal.onDeleted((elmtIds) => watched.size > 0 && elmtIds.forEach((elmtId) => watched.delete(elmtId)));

  // --- movement: AnimationPropertyType → the attribute, and how its numbers are given

  const MOVES = [
    ['rotate', ([x = 0, y = 0, z = 0]) => ({ x: x === 0 ? 0 : 1, y: y === 0 ? 0 : 1, z: z === 0 && (x !== 0 || y !== 0) ? 0 : 1, angle: z || y || x }), [0, 0, 0]],
    ['translate', ([x = 0, y = 0]) => ({ x: px(x), y: px(y) }), [0, 0]],
    ['scale', ([x = 1, y = 1]) => ({ x, y }), [1, 1]],
    ['opacity', ([value = 1]) => value, [1]],
  ];
  // Element id → property → numbers.
  const values = new Map();

  function set(frameNode, node, property, numbers) {
    const [method, given] = MOVES[property];
    const own = values.get(nodes.elmtId(node)) ?? new Map();
    values.set(nodes.elmtId(node), own.set(property, numbers));
    attributes.call(node, method, [given(numbers)]);
  }

  function animate(frameNode, property, from, to, options) {
    const node = system.require('@concord:arkui/frame-node').nodeOf(frameNode);
    if (!MOVES[property] || !Array.isArray(to) || !nodes.exists(node) || to.length !== MOVES[property][2].length) {
      return false;
    }
    if (Array.isArray(from)) {
      set(frameNode, node, property, from);
    }
    system.require('@concord:arkui/animation').animateTo(options ?? {}, () => set(frameNode, node, property, to));
    return true;
  }

  // Where they are going is where they are then.
  function cancel(frameNode, wanted) {
    const node = system.require('@concord:arkui/frame-node').nodeOf(frameNode);
    const animation = system.require('@concord:arkui/animation');
    wanted.filter((property) => MOVES[property]).forEach((property) => animation.animateTo({ duration: 0 }, () => {
      set(frameNode, node, property, valueOf(node, property));
    }));
    return wanted.every((property) => MOVES[property] !== undefined);
  }

  const valueOf = (node, property) => [...(values.get(nodes.elmtId(node))?.get(property) ?? MOVES[property]?.[2] ?? [])];
  removal.onDeleted((elmtIds) => values.size > 0 && elmtIds.forEach((elmtId) => values.delete(elmtId)));

  // --- what the app has said, as LengthMetrics

  const UNITS = ['px', 'vp', 'fp', '%', 'lpx'];

  // `100.00vp` → LengthMetrics; what was not said is 0 vp.
  function length(text) {
    const { LengthMetrics } = system.require('@concord:arkui/metrics');
    const parts = /^(-?[\d.]+)(px|vp|fp|%|lpx)$/.exec(String(text ?? ''));
    const unit = parts ? UNITS.indexOf(parts[2]) : 1;
    return new LengthMetrics(parts ? Number(parts[1]) / (unit === 3 ? 100 : 1) : 0, unit);
  }

  function lengths({ left = 0, top = 0, right = 0, bottom = 0 } = {}) {
    const { LengthMetrics } = system.require('@concord:arkui/metrics');
    const [l, t, r, b] = [left, top, right, bottom].map((value) => LengthMetrics.vp(value));
    return { left: l, top: t, right: r, bottom: b };
  }

  return { TYPE, isCustom, attach, measure, place, views, watchStates, unwatchStates, animate, cancel, valueOf, length, lengths,
    geometry: custom.geometry };
})
