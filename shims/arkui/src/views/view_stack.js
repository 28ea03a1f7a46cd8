// @concord:arkui/view-stack: the node that is being made or updated, and those around it.
//
// Component classes call `enter` from `create`, apply attributes to `top`, and `pop`. Outside of updates a node that is entered
// becomes a child of the node on top; during the update of an element `enter` finds the node that the element has.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const elements = system.require('@concord:arkui/views/elements');
  const tracking = system.require('@concord:arkui/state/tracking');

  // Components without children are not popped by compiled pages: what comes after one is its sibling. (Some of them are popped
  // all the same, Blank for instance; both ways work.)
  let leaves;
  const isLeaf = ({ type }) => (leaves ??= new Set(nodes.components().filter((row) => row[1]).map((row) => row[0]))).has(type);

  // {node, type, elmtId}, innermost last.
  let stack = [];
  // The element whose function runs; 0 outside of any.
  let element = 0;
  // Nodes that were made with nothing on the stack.
  let roots = [];
  let visualState;

  // What `within` was given stays, leaf or not.
  let floor = 0;

  function dropLeaves() {
    while (stack.length > floor && isLeaf(stack[stack.length - 1])) {
      stack.pop();
    }
  }

  // Makes a node of `type` for the current element, or finds the one that the element has; it is on top then.
  function enter(type) {
    const known = element === 0 ? undefined : elements.nodeOf(element);
    if (known?.type === type) {
      if (stack[stack.length - 1] !== known) {
        dropLeaves();
        stack.push(known);
      }
      return known.node;
    }
    dropLeaves();
    // An element that makes a second node of another type (a wrapper of its own) leaves the id to the first.
    const elmtId = element === 0 || known !== undefined ? elements.allocate() : element;
    const node = nodes.create(type, elmtId);
    if (stack.length > 0) {
      nodes.append(stack[stack.length - 1].node, node);
    } else {
      roots.push(node);
    }
    stack.push(elements.setNode(elmtId, node, type));
    return node;
  }

  const top = () => stack[stack.length - 1]?.node;
  // The element id of the node on top.
  const topElement = () => stack[stack.length - 1]?.elmtId;

  // Leaves the node on top, which is of `type`, after the leaves above it, which nobody pops. A leaf that is popped although it
  // is not on top any more was left already.
  function pop(type) {
    for (let at = stack.length - 1; at >= floor; at--) {
      const entry = stack[at];
      if (type === undefined || entry.type === type) {
        stack.length = at;
        return entry.node;
      }
      if (!isLeaf(entry)) {
        break;
      }
    }
    return undefined;
  }

  // Builds what is in the node on top by a function that `create` was given: `(elmtId, first)`, once. The function may call
  // `create` again for the same element, as those of lazy items do, and then pops it.
  function fill(build) {
    const entry = stack[stack.length - 1];
    if (entry.filled) {
      return;
    }
    entry.filled = true;
    const depth = stack.length;
    build(entry.elmtId, true);
    stack.length = Math.min(stack.length, depth);
    if (stack[depth - 1] !== entry) {
      stack.push(entry);
    }
  }

  // Runs `f` as a function of an element. What it leaves on the stack stays there when the element is made (its children come
  // next), and goes when it is updated.
  function withElement(elmtId, f, update = false) {
    const outer = element;
    const outerStack = stack;
    const outerFloor = floor;
    element = elmtId;
    if (update) {
      stack = [];
      floor = 0;
    }
    try {
      return f();
    } finally {
      element = outer;
      if (update) {
        stack = outerStack;
        floor = outerFloor;
      }
    }
  }

  // Runs `f` with `node` as the only one on the stack and no element; dependencies of the caller do not record it.
  function within(node, f) {
    const outer = { stack, floor, element, roots, visualState };
    stack = node === undefined ? [] : [{ node, type: nodes.type(node), elmtId: nodes.elmtId(node) }];
    floor = stack.length;
    element = 0;
    roots = [];
    visualState = undefined;
    try {
      return tracking.untracked(f);
    } finally {
      ({ stack, floor, element, roots, visualState } = outer);
    }
  }

  // Runs `f` with `node` on top, as attributes of component classes expect it; what `f` reads is recorded as ever.
  function on(node, f) {
    const depth = stack.length;
    stack.push({ node, type: nodes.type(node), elmtId: nodes.elmtId(node) });
    try {
      return f();
    } finally {
      stack.length = Math.min(stack.length, depth);
    }
  }

  // Runs `f` with nothing on the stack and gives the nodes that it made.
  function detached(f) {
    let made;
    within(undefined, () => {
      f();
      made = roots;
    });
    return made;
  }

  // ViewStackProcessor, as compiled pages see it.
  const recorded = [];
  const ViewStackProcessor = {
    AllocateNewElmetIdForNextComponent: () => elements.allocate(),
    StartGetAccessRecordingFor(elmtId) {
      recorded.push(element);
      element = elmtId;
      tracking.enter(elmtId);
    },
    StopGetAccessRecording() {
      if (recorded.length > 0) {
        element = recorded.pop();
        tracking.leave();
      }
    },
    GetElmtIdToAccountFor: () => element,
    SetElmtIdToAccountFor(elmtId) {
      element = elmtId;
    },
    GetTopNode: top,
    // Attributes that follow belong to a node that exists.
    GetAndPushFrameNode(name, elmtId) {
      const entry = elements.nodeOf(elmtId);
      if (entry !== undefined) {
        stack.push(entry);
      }
    },
    PushPrebuildCompCmd() {},
    ImplicitPopBeforeContinue: dropLeaves,
    FinishAndLocalUpdate() {},
    moveDeletedElmtIds() {},
    sendStateInfo() {},
    scheduleUpdateOnNextVSync: () => nodes.requestFrame(),
    UsesNewPipeline: () => true,
    getApiVersion: () => system.require('@concord:process').info.modules[0]?.apiVersion ?? 0,
    visualState(state) {
      visualState = state;
    },
  };

  return {
    enter, top, topElement, pop, fill, withElement, within, on, detached, ViewStackProcessor,
    element: () => element,
    // The state that attributes are being given for (stateStyles): 'normal', 'pressed' …; undefined outside of stateStyles.
    visualState: () => visualState,
    depth: () => stack.length,
    // After an error: down to what it was.
    truncate(depth) {
      stack.length = Math.min(stack.length, depth);
    },
  };
})
