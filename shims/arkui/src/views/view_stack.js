// @concord:arkui/view-stack: the node that is being made or updated, and those around it.
//
// Component classes call `enter` from `create`, apply attributes to `top`, and `pop`. Outside of updates a node that is entered
// becomes a child of the node on top; during the update of an element `enter` finds the node that the element has.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const elements = system.require('@concord:arkui/views/elements');
  const tracking = system.require('@concord:arkui/state/tracking');

  // Components without children are not popped by compiled pages: what comes after one is its sibling. (The compiler knows a
  // list of its own, in which Blank and Search are exceptions that are popped; both ways work here.)
  const LEAVES = new Set((
    'AlphabetIndexer Blank Calendar CalendarPicker Checkbox Circle DataPanel DatePicker Divider Ellipse ' +
    'EmbeddedComponent FormComponent Image ImageAnimator ImageSpan IndicatorComponent Line LoadingProgress ' +
    'LocationButton Marquee MediaCachedImage NodeContainer PageTransitionEnter PageTransitionExit Particle ' +
    'PasteButton Path PatternLock PluginComponent Polygon Polyline Progress QRCode Radio Rating Rect RemoteWindow ' +
    'RichEditor RichText SaveButton Search Select Slider Span SymbolGlyph SymbolSpan TextArea TextClock TextInput ' +
    'TextPicker TextTimer TimePicker UIExtensionComponent Video Web XComponent'
  ).split(' '));

  let stack = [];
  // The element whose function runs; 0 outside of any.
  let element = 0;
  // Nodes that were made with nothing on the stack.
  let roots = [];
  let visualState;

  const isLeaf = (node) => LEAVES.has(nodes.type(node));

  function dropLeaves() {
    while (stack.length > 0 && isLeaf(stack[stack.length - 1])) {
      stack.pop();
    }
  }

  // Makes a node of `type` for the current element, or finds the one that the element has; it is on top then.
  function enter(type) {
    const known = element === 0 ? undefined : elements.nodeOf(element);
    if (known !== undefined && nodes.type(known) === type) {
      if (stack[stack.length - 1] !== known) {
        dropLeaves();
        stack.push(known);
      }
      return known;
    }
    dropLeaves();
    // An element that makes a second node of another type (a wrapper of its own) leaves the id to the first.
    const elmtId = element === 0 || known !== undefined ? elements.allocate() : element;
    const node = nodes.create(type, elmtId);
    elements.setNode(elmtId, node);
    if (stack.length > 0) {
      nodes.append(stack[stack.length - 1], node);
    } else {
      roots.push(node);
    }
    stack.push(node);
    return node;
  }

  const top = () => stack[stack.length - 1];

  // Leaves the node on top, which is of `type`, after the leaves above it, which nobody pops. A leaf that is popped although it
  // is not on top any more was left already.
  function pop(type) {
    for (let at = stack.length - 1; at >= 0; at--) {
      if (type === undefined || nodes.type(stack[at]) === type) {
        const node = stack[at];
        stack.length = at;
        return node;
      }
      if (!isLeaf(stack[at])) {
        break;
      }
    }
    return undefined;
  }

  // Runs `f` as a function of an element. What it leaves on the stack stays there when the element is made (its children come
  // next), and goes when it is updated.
  function withElement(elmtId, f, update = false) {
    const outer = element;
    const outerStack = stack;
    element = elmtId;
    if (update) {
      stack = [];
    }
    try {
      return f();
    } finally {
      element = outer;
      if (update) {
        stack = outerStack;
      }
    }
  }

  // Runs `f` with `node` as the only one on the stack and no element; dependencies of the caller do not record it.
  function within(node, f) {
    const outer = { stack, element, roots, visualState };
    stack = node === undefined ? [] : [node];
    element = 0;
    roots = [];
    visualState = undefined;
    try {
      return tracking.untracked(f);
    } finally {
      ({ stack, element, roots, visualState } = outer);
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
      const node = elements.nodeOf(elmtId);
      if (node !== undefined) {
        stack.push(node);
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
    enter, top, pop, withElement, within, detached, ViewStackProcessor, isLeaf,
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
