// @concord:arkui/gestures: classes that describe gestures. Compiled pages say `Gesture.create(priority); TapGesture.create({…});
// TapGesture.onAction(f); TapGesture.pop(); Gesture.pop()`; modifiers make handlers with `new`. Both end as a description
// `{type, options, members, mode, tag, onAction …}` that the tree reads.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');

  // Attributes of a node by `GesturePriority`: Low, High, Parallel.
  const ATTRIBUTES = ['gesture', 'priorityGesture', 'parallelGesture'];
  const EVENTS = ['onAction', 'onActionStart', 'onActionUpdate', 'onActionEnd', 'onActionCancel'];

  // `new PanGestureOptions({fingers, direction, distance})`
  class PanGestureOptions {
    #values;

    constructor(values) {
      this.#values = { fingers: values?.fingers ?? 1, direction: values?.direction ?? 15, distance: values?.distance ?? 5,
        distanceMap: values?.distanceMap, isFingerCountLimited: values?.isFingerCountLimited };
    }

    setDirection(direction) {
      this.#values.direction = direction;
    }

    setDistance(distance) {
      this.#values.distance = distance;
    }

    setFingers(fingers) {
      this.#values.fingers = fingers;
    }

    getDirection() {
      return this.#values.direction;
    }

    getDistance() {
      return this.#values.distance;
    }

    getFingers() {
      return this.#values.fingers;
    }

    get values() {
      return { ...this.#values };
    }
  }

  // `distanceMap` says how far by tool.
  function plain(options) {
    const values = options instanceof PanGestureOptions ? options.values : { ...options };
    return values.distanceMap instanceof Map ? { ...values, distances: [...values.distanceMap] } : values;
  }

  // What is being described, from the outside in, and how it will be bound.
  let open = [];
  let binding;

  function finish() {
    const description = open.pop();
    const outer = open.at(-1);
    if (!description) {
      return;
    }
    if (outer) {
      outer.members?.push(description);
    } else if (binding) {
      nodes.call(stack.top(), ATTRIBUTES[binding.priority] ?? 'gesture', description, binding.mask);
    }
  }

  const Gesture = {
    create(priority, mask) {
      open = [];
      binding = { priority: priority ?? 0, mask: mask ?? 0 };
    },
    pop() {
      open = [];
      binding = undefined;
    },
  };

  function gestureClass(type) {
    const Class = {
      create(options) {
        open.push({ type, options: plain(options) });
      },
      tag(tag) {
        if (open.length > 0) {
          open.at(-1).tag = tag;
        }
      },
      allowedTypes(tools) {
        if (open.length > 0) {
          open.at(-1).tools = tools;
        }
      },
      pop: finish,
    };
    for (const event of EVENTS) {
      Class[event] = (handler) => {
        if (open.length > 0) {
          open.at(-1)[event] = handler;
        }
      };
    }
    return Class;
  }

  const GestureGroup = {
    create(mode) {
      open.push({ type: 'Group', mode, members: [] });
    },
    onCancel(handler) {
      if (open.length > 0) {
        open.at(-1).onCancel = handler;
      }
    },
    tag(tag) {
      if (open.length > 0) {
        open.at(-1).tag = tag;
      }
    },
    pop: finish,
  };

  // Handlers of gesture modifiers: `new TapGestureHandler({count: 2}).onAction(f)`.
  function handlerClass(type) {
    const Class = class {
      constructor(options) {
        this.description = { type, options: plain(options) };
      }

      tag(tag) {
        this.description.tag = tag;
        return this;
      }

      allowedTypes(tools) {
        this.description.tools = tools;
        return this;
      }
    };
    for (const event of EVENTS) {
      Class.prototype[event] = function (handler) {
        this.description[event] = handler;
        return this;
      };
    }
    return Class;
  }

  class GestureGroupHandler {
    constructor(options) {
      const members = (options?.gestures ?? []).map((handler) => handler.description);
      this.description = { type: 'Group', mode: options?.mode, members };
    }

    tag(tag) {
      this.description.tag = tag;
      return this;
    }

    onCancel(handler) {
      this.description.onCancel = handler;
      return this;
    }
  }

  // What a `GestureModifier` binds to, for one node.
  class UIGestureEvent {
    #node;
    #bound = [];

    constructor(node) {
      this.#node = node;
    }

    addGesture(handler, priority, mask) {
      this.#add(priority ?? 0, handler, mask);
    }

    addParallelGesture(handler, mask) {
      this.#add(2, handler, mask);
    }

    removeGestureByTag(tag) {
      this.#bound = this.#bound.filter(({ description }) => description.tag !== tag);
      this.#rebind();
    }

    clearGestures() {
      this.#bound = [];
      this.#rebind();
    }

    #add(priority, handler, mask) {
      if (handler?.description) {
        this.#bound.push({ priority, description: handler.description, mask: mask ?? 0 });
        this.#bind(this.#bound.at(-1));
      }
    }

    #bind({ priority, description, mask }) {
      nodes.call(this.#node, ATTRIBUTES[priority] ?? 'gesture', description, mask);
    }

    #rebind() {
      nodes.call(this.#node, 'clearGestures');
      this.#bound.forEach((bound) => this.#bind(bound));
    }
  }

  const TYPES = ['Tap', 'LongPress', 'Pan', 'Pinch', 'Rotation', 'Swipe'];
  return {
    Gesture,
    GestureGroup,
    GestureGroupHandler,
    PanGestureOptions,
    UIGestureEvent,
    ...Object.fromEntries(TYPES.flatMap((type) => [
      [`${type}Gesture`, gestureClass(type)],
      [`${type}GestureHandler`, handlerClass(type)],
    ])),
    // The attribute of a component that has a modifier for its gestures.
    modify: (node, modifier) => modifier?.applyGesture?.(new UIGestureEvent(node)),
  };
})
