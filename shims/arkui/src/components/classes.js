// @concord:arkui/classes: the global classes of compiled pages, for every component that exists. `create` and its variants enter
// a node on the view stack, attributes apply to the node on top, `pop` leaves it.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const stateStyles = system.require('@concord:arkui/state-styles');

  // Components whose classes differ from the rule: the module of that name is a function from the class to nothing.
  const SPECIAL = new Map([
    ['NodeContainer', '@concord:arkui/node-container'],
    ...['Menu', 'MenuItem', 'MenuItemGroup'].map((name) => [name, '@concord:arkui/components/menu']),
    ...['Grid', 'IndicatorComponent', 'List', 'ListItem', 'ListItemGroup', 'Refresh', 'Scroll', 'ScrollBar', 'Swiper', 'TabContent', 'Tabs', 'WaterFlow']
      .map((name) => [name, '@concord:arkui/components/containers']),
    ...['CalendarPicker', 'DatePicker', 'Gauge', 'LocationButton', 'PasteButton', 'PatternLock', 'SaveButton', 'Select', 'Slider', 'TimePicker']
      .map((name) => [name, '@concord:arkui/components/controls']),
    ['Image', '@concord:arkui/components/image'],
    ['Particle', '@concord:arkui/components/particle'],
    ['Video', '@concord:arkui/foreign/video'],
    ['Web', '@concord:arkui/foreign/web'],
    ['XComponent', '@concord:arkui/foreign/x-component'],
    ...['RichEditor', 'RichText', 'Search', 'SymbolGlyph', 'Text', 'TextArea', 'TextClock', 'TextInput', 'TextTimer']
      .map((name) => [name, '@concord:arkui/components/text']),
    ...['NavDestination', 'Navigation'].map((name) => [name, '@concord:arkui/navigation/classes']),
    ...['Circle', 'Ellipse', 'Path', 'Rect'].map((name) => [name, '@concord:arkui/components/shapes']),
  ]);

  // Attributes of drag and drop, which have a side of the app.
  const DRAGS = ['onDragStart', 'onDragEnter', 'onDragMove', 'onDragLeave', 'onDrop', 'onDragEnd', 'onPreDrag', 'onDragSpringLoading',
    'allowDrop', 'dragPreview', 'dragPreviewOptions'];

  // Attributes whose handlers get objects of recognisers.
  const RECOGNIZERS = ['onGestureRecognizerJudgeBegin', 'onTouchTestDone', 'shouldBuiltInRecognizerParallelWith', 'shouldRecognizerParallelWith'];

  // `nextFocus` names nodes by `id` or as FrameNodes, which the tree knows by their numbers.
  function named(movement) {
    const { nodeOf } = system.require('@concord:arkui/frame-node');
    return movement && Object.fromEntries(Object.entries(movement).map(([way, to]) => [way, typeof to === 'object' && to !== null ? nodeOf(to) : to]));
  }

  let inspections;
  const inspection = () => (inspections ??= system.require('@concord:arkui/inspection'));
  let themes;
  const theme = () => (themes ??= system.require('@concord:arkui/theme'));

  const rows = new Map(nodes.components().map((row) => [row[0], row]));
  const missing = new Set();

  function tell(path) {
    if (!missing.has(path)) {
      missing.add(path);
      system.report(path);
    }
  }

  // Attributes that nobody has are counted once each and ignored. Ways to create that nobody has still make a node, so that
  // what follows applies to it.
  const fallback = (name) => new Proxy(Function.prototype, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target) {
        return target[key];
      }
      return (...args) => {
        tell(`global:ets:${name}.${key}`);
        if (key.startsWith('create')) {
          create(name, 'create', args);
        }
      };
    },
  });

  function create(name, method, args) {
    const node = stack.enter(name);
    nodes.call(node, method, ...args);
    theme().apply(node, name);
    // `TabContent.create(() => {…})` and its like: the contents are built at once unless the class does better.
    if (typeof args[0] === 'function') {
      stack.fill(args[0]);
    }
  }

  // Puts what a builder or a ComponentContent shows at the node on top, above its children or below its content. Gives whether
  // there is anything; what was there before goes.
  function attachment(value, name, above, options) {
    const owner = stack.top();
    const parts = system.require('@concord:arkui/components/parts');
    if (parts.builderOf(value) !== undefined) {
      nodes.attach(owner, parts.set(owner, name, value, { type: 'Stack', inside: false }), above, options ?? {});
      return true;
    }
    const content = typeof value === 'object' && value !== null && typeof value.id !== 'number'
      ? system.require('@concord:arkui/overlays/content-dialogs').nodeOfContent(value) : undefined;
    parts.set(owner, name, undefined);
    nodes.attach(owner, content ?? 0, above, options ?? {});
    return content !== undefined;
  }

  function make(name) {
    const [, , methods, unknown, first] = rows.get(name);
    if (unknown) {
      tell(`global:ets:${name}`);
    }
    // What `new` does for the few classes that apps make objects of.
    let construct = () => {};
    const Class = { [name]: class {
      constructor(...args) {
        construct(this, ...args);
      }
    } }[name];
    methods.forEach((method, index) => {
      const number = first + index;
      Class[method] = method.startsWith('create') ? (...args) => create(name, number, args)
        : (...args) => {
          const node = stack.top();
          if (stateStyles.applies(node)) {
            nodes.call(node, number, ...args);
          }
        };
    });
    Class.pop = () => void stack.pop(name);
    // Where the node stands in the app's source, in packages that were compiled for debugging.
    Class.debugLine = (where) => void inspection().noteSource(stack.top(), typeof where === 'string' ? where : JSON.stringify(where));
    Class.createAnimatableProperty = (...args) => system.require('@concord:arkui/animation/animatable').create(...args);
    Class.updateAnimatableProperty = (...args) => system.require('@concord:arkui/animation/animatable').update(...args);
    Class.sharedTransition = (id, options) => nodes.call(stack.top(), 'sharedTransition', id,
      options && { ...options, curve: system.require('@concord:arkui/animation/curves').describe(options.curve) });
    Class.gestureModifier = (modifier) => system.require('@concord:arkui/gestures').modify(stack.top(), modifier);
    Class.attributeModifier = (modifier) => system.require('@concord:arkui/attributes').modify(stack.top(), modifier);
    const { overlay } = Class;
    // A text is drawn by the node itself, contents are nodes at it.
    Class.overlay = (value, options) => {
      const own = attachment(value, 'overlay', true, options);
      overlay?.(own ? undefined : value, options);
    };
    // A colour, a picture, or what a builder makes.
    Class.background = (value, options) => {
      const own = attachment(value, 'background', false, options);
      const picture = typeof value === 'object' && value?.type === 20000;
      Class.backgroundColor?.(own || picture ? undefined : value);
      if (picture) {
        Class.backgroundImage?.(value);
      }
    };
    Class.customProperty = (name, value) => system.require('@concord:arkui/frame-node').frameNodeOf(stack.top())
      ?.setCustomProperty(name, value);
    for (const method of ['bindSheet', 'bindContentCover', 'bindPopup', 'bindTips', 'bindMenu', 'bindContextMenu', 'bindContextMenuByIsShow',
      'bindContextMenuByResponseType', 'bindContextMenuWithResponse']) {
      Class[method] = (...args) => system.require('@concord:arkui/overlays/bindings').bind(method, stack.top(), args);
    }
    for (const method of ['contentModifier', 'menuItemContentModifier'].filter((method) => methods.includes(method))) {
      Class[method] = (modifier) => system.require('@concord:arkui/components/content-modifier').modify(stack.top(), method, modifier);
    }
    for (const method of RECOGNIZERS) {
      Class[method] = (handler) => system.require('@concord:arkui/recognizers').attribute(method, stack.top(), handler);
    }
    Class.nextFocus = (movement) => nodes.call(stack.top(), 'nextFocus', named(movement));
    Class.drawModifier = (modifier) => system.require('@concord:arkui/painters').modify(stack.top(), modifier);
    Class.customProperty = (name, value) => system.require('@concord:arkui/frame-node').setProperty(stack.top(), name, value);
    for (const method of DRAGS) {
      Class[method] = (...args) => system.require('@concord:arkui/drag').attribute(method, stack.top(), args);
    }
    const special = SPECIAL.get(name);
    if (special) {
      system.require(special)(Class, { nodes, stack, onConstruct: (run) => { construct = run; } });
    }
    Object.setPrototypeOf(Class, fallback(name));
    return Class;
  }

  return { has: (name) => rows.has(name), make };
})
