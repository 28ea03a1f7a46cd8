// @concord:arkui/classes, for tests: component classes that tell their nodes everything.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  // Part of an attribute, not of the tree.
  const NO_NODE = new Set(['TapGesture', 'LongPressGesture', 'PanGesture', 'PinchGesture', 'RotationGesture', 'SwipeGesture',
    'GestureGroup', 'Gesture', 'PageTransition', 'PageTransitionEnter', 'PageTransitionExit']);

  function make(name) {
    return new Proxy({ [name]() {} }[name], {
      get(target, key) {
        if (Object.hasOwn(target, key) || typeof key === 'symbol') {
          return target[key];
        }
        if (name === 'NodeContainer' && key === 'create') {
          system.require('@concord:arkui/node-container')(target, { nodes, stack });
          return target.create;
        }
        if (key === 'attributeModifier') {
          return (modifier) => system.require('@concord:arkui/attributes').modify(stack.top(), modifier);
        }
        const member = key === 'pop' ? () => void stack.pop(name) : key.startsWith('create') ? (...args) => {
          nodes.call(stack.enter(name), key, ...args);
          if (typeof args[0] === 'function') {
            stack.fill(args[0]);
          }
        } : (...args) => void nodes.call(stack.top(), key, ...args);
        target[key] = member;
        return member;
      },
    });
  }

  return { has: (name) => !NO_NODE.has(name), make };
})
