// @concord:arkui/components: component classes that swallow what is said to them, and count it.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');

  const calls = new Map();
  let reported = false;

  function count(name) {
    if (!reported) {
      reported = true;
      system.report('global:ets:ArkUI (stand-in: components are not shown)');
    }
    calls.set(name, (calls.get(name) ?? 0) + 1);
  }

  // Something that accepts everything: calls, `new`, properties. Reading a property that was set gives it back.
  function swallow(name) {
    const target = function () {};
    return new Proxy(target, {
      get(object, key) {
        if (Object.hasOwn(object, key) || typeof key === 'symbol') {
          return object[key];
        }
        // A promise would be waited for, for ever.
        if (key === 'then' || key === 'toJSON') {
          return undefined;
        }
        if (key === 'prototype') {
          return object.prototype;
        }
        const member = (...args) => {
          count(`${name}.${key}`);
          return undefined;
        };
        object[key] = member;
        return member;
      },
      apply() {
        count(name);
        return undefined;
      },
      construct(object, args, newTarget) {
        count(`new ${name}`);
        return instance(name, newTarget.prototype);
      },
    });
  }

  // An instance of a class that is not there: methods do nothing, properties can be set.
  // `prototype` is that of a class of the app that extends it.
  function instance(name, prototype = Object.prototype) {
    return new Proxy(Object.create(prototype), {
      get(object, key) {
        if (key in object || typeof key === 'symbol' || key === 'then' || key === 'toJSON') {
          return object[key];
        }
        return (...args) => {
          count(`${name}.prototype.${key}`);
          return undefined;
        };
      },
    });
  }

  // Containers whose children are built by a function, at once here.
  const DEFERRED = new Set(['ListItem', 'GridItem', 'FlowItem', 'ListItemGroup', 'TabContent', 'NavDestination', 'Navigation',
    'StepperItem', 'ContentSlot']);
  // Part of an attribute, not of the tree.
  const NO_NODE = new Set(['TapGesture', 'LongPressGesture', 'PanGesture', 'PinchGesture', 'RotationGesture', 'SwipeGesture',
    'GestureGroup', 'Gesture', 'PageTransition', 'PageTransitionEnter', 'PageTransitionExit']);
  const running = new Set();

  // A component class: `create` makes a node, attributes are kept by it.
  function component(name) {
    if (NO_NODE.has(name)) {
      return swallow(name);
    }
    const make = (method, args) => {
      count(`${name}.${method}`);
      const node = stack.enter(name);
      nodes.call(node, method, ...args);
      const [build] = args;
      // A lazy item calls create again from its own function.
      if (DEFERRED.has(name) && typeof build === 'function' && !running.has(node) && nodes.children(node).length === 0) {
        running.add(node);
        try {
          build(nodes.elmtId(node), true);
        } finally {
          running.delete(node);
        }
      }
    };
    const target = { [name]() {} }[name];
    return new Proxy(target, {
      get(object, key) {
        if (Object.hasOwn(object, key) || typeof key === 'symbol') {
          return object[key];
        }
        const member = key === 'pop' ? () => void stack.pop(name) : key.startsWith('create') ? (...args) => make(key, args)
          : (...args) => {
            count(`${name}.${key}`);
            nodes.call(stack.top(), key, ...args);
          };
        object[key] = member;
        return member;
      },
    });
  }

  // The exports of a module that is not there yet: whatever is asked for accepts everything.
  function module(request) {
    const members = new Map();
    return new Proxy({}, {
      has: (target, key) => typeof key === 'string',
      get(target, key) {
        if (typeof key !== 'string' || key === 'default' || key === 'then') {
          return undefined;
        }
        if (!members.has(key)) {
          members.set(key, swallow(`${request}:${key}`));
        }
        return members.get(key);
      },
    });
  }

  return { swallow, instance, component, module, calls };
})
