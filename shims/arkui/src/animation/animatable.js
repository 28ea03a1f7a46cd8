// @concord:arkui/animation/animatable: @AnimatableExtend: properties of the app that are animated by calling a function with each
// value on the way. Values are numbers, or objects with `plus`, `subtract`, `multiply` and `equals`.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const { current, nextFrame, progress } = system.require('@concord:arkui/animation');

  // Node → name → {value, apply, run}.
  const properties = new Map();

  const between = (from, to, part) => (typeof to === 'number' ? from + (to - from) * part
    : from.plus(to.subtract(from).multiply(part)));
  const same = (one, other) => (typeof other === 'number' ? one === other : one.equals?.(other) === true);

  // The function enters the node without leaving it.
  function apply(property, value) {
    property.value = value;
    const depth = stack.depth();
    try {
      property.apply(value);
    } finally {
      stack.truncate(depth);
    }
  }

  function create(name, value, callback) {
    const node = stack.top();
    for (const known of properties.keys()) {
      if (!nodes.exists(known)) {
        properties.delete(known);
      }
    }
    const property = { value, apply: callback, run: 0 };
    if (!properties.has(node)) {
      properties.set(node, new Map());
    }
    properties.get(node).set(name, property);
    apply(property, value);
  }

  function update(name, value) {
    const node = stack.top();
    const property = properties.get(node)?.get(name);
    if (!property || same(property.target ?? property.value, value)) {
      return;
    }
    const run = ++property.run;
    const animation = current();
    property.target = value;
    if (animation === undefined) {
      apply(property, value);
      return;
    }
    const { onFinish, ...timing } = animation;
    const from = property.value;
    let start;
    const step = (now) => {
      if (run !== property.run || !nodes.exists(node)) {
        return;
      }
      start ??= now;
      const [part, over] = progress(timing, now - start);
      process.guest(() => apply(property, over && part === 1 ? value : between(from, value, part)));
      if (!over) {
        nextFrame(step);
      }
    };
    nextFrame(step);
  }

  return { create, update };
})
