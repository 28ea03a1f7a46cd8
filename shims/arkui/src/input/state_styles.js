// @concord:arkui/state-styles: attributes that hold in a state of a node only (`stateStyles`). Compiled pages give the attributes
// of each state between `ViewStackProcessor.visualState("pressed")` and the next such call; when a state comes or goes, the
// update function of the element runs again.
(function (host, system) {
  'use strict';
  const input = system.require('@concord:arkui/input');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const elements = system.require('@concord:arkui/views/elements');

  const BITS = { normal: 0, pressed: 1, clicked: 1, focused: 2, disabled: 4, selected: 8 };

  // Nodes whose looks depend on their state → the bits that they were last given attributes for.
  const watched = new Map();

  // Whether attributes that are being given now are for the state that the node is in.
  function applies(node) {
    const name = stack.visualState();
    if (name === undefined) {
      return true;
    }
    const state = input.state(node);
    watched.set(node, state);
    const bits = BITS[name] ?? 0;
    return bits === 0 || (state & bits) !== 0;
  }

  function update(node) {
    if (!nodes.exists(node)) {
      watched.delete(node);
      return;
    }
    if (watched.get(node) !== input.state(node)) {
      const elmtId = nodes.elmtId(node);
      elements.ownerOf(elmtId)?.markElement__(elmtId);
    }
  }

  input.onState((changed) => changed.filter((node) => watched.has(node)).forEach(update));

  // Modifiers have methods for states.
  system.require('@concord:arkui/attributes').watchWith((node) => {
    const state = input.state(node);
    watched.set(node, state);
    return state;
  });

  return { applies };
})
