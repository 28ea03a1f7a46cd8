// @concord:arkui/observer: who wants to hear what happens in user interfaces: UIContext.getUIObserver(), uiObserver.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const input = system.require('@concord:arkui/input');
  const { BusinessError } = system;

  // {ui, type, filter, callback}; without `ui` for all windows.
  let observers = [];

  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  // `(type, callback)`, `(type, options, callback)`, `(type, uniqueId, callback)`.
  function parse(args) {
    const [type, ...rest] = args;
    if (typeof type !== 'string') {
      throw invalid('The type must be a string.');
    }
    return { type, filter: rest.find((value) => typeof value === 'number' || isFilter(value)),
      callback: rest.find((value) => typeof value === 'function') };
  }

  const KEYS = ['navigationId', 'id', 'tabsId', 'swiperId'];
  const isFilter = (value) => typeof value === 'object' && value !== null && KEYS.some((key) => key in value);
  const same = (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other);
  const matches = (filter, info) => filter === undefined ||
    (typeof filter === 'number' ? info?.uniqueId === filter : KEYS.every((key) => !(key in filter) || info?.[key] === filter[key]));

  function on(ui, args) {
    const { type, filter, callback } = parse(args);
    if (!callback) {
      throw invalid('The callback must be a function.');
    }
    hear(type);
    if (type === 'nodeRenderState') {
      watchRendering(ui, args.find((value) => typeof value === 'string' && value !== type) ?? filter, callback);
      return;
    }
    if (!observers.some((one) => one.ui === ui && one.type === type && one.callback === callback && same(one.filter, filter))) {
      observers.push({ ui, type, filter, callback });
    }
  }

  function off(ui, args) {
    const { type, filter, callback } = parse(args);
    rendered = type === 'nodeRenderState'
      ? rendered.filter((one) => one.ui !== ui || (callback && one.callback !== callback)) : rendered;
    observers = observers.filter((one) => one.ui !== ui || one.type !== type || (callback && one.callback !== callback) ||
      !same(one.filter, filter));
  }

  // Tells of something that happened in the window of a UIContext.
  function emit(ui, type, ...infos) {
    if (observers.length > 0) {
      const wanted = observers.filter((one) => one.type === type && (one.ui === undefined || one.ui === ui) && matches(one.filter, infos.at(-1)));
      process.each(wanted, ({ callback }) => callback(...infos));
    }
  }

  // --- what nodes tell: the tree is asked for it when somebody wants to hear it

  const FROM_NODES = new Set(['scrollEvent', 'tabContentUpdate', 'tabChange', 'textChange', 'willClick', 'didClick', 'beforePanStart',
    'afterPanStart', 'beforePanEnd', 'afterPanEnd', 'swiperContentUpdate', 'gesture']);
  const TEXTS = ['TextInput', 'TextArea', 'Search', 'RichEditor'];
  const PAN = 2;
  let hearing = false;

  let following = false;

  function hear(type) {
    if (!following && type.startsWith('navDestination')) {
      following = true;
      followDestinations();
    }
    if (!hearing && FROM_NODES.has(type)) {
      hearing = true;
      input.observe(heard);
    }
  }

  const [ON_SHOWN, ON_WILL_SHOW] = [0, 4];

  // States of destinations; and which follows which, by stack.
  function followDestinations() {
    const { observers: told } = system.require('@concord:arkui/navigation/navigator');
    const shown = new Map();
    told.add((info) => {
      const ui = system.require('@concord:arkui/ui-context').current();
      emit(ui, 'navDestinationUpdate', info);
      emit(ui, 'navDestinationUpdateByUniqueId', info);
      if (info.state === ON_WILL_SHOW) {
        const from = shown.get(info.navigationId) ?? 'navBar';
        emit(ui, 'navDestinationSwitch', { context: ui, from, to: info, operation: from === 'navBar' || from.index < info.index ? 1 : 2,
          navigationId: info.navigationId });
      } else if (info.state === ON_SHOWN) {
        shown.set(info.navigationId, info);
      }
    });
  }

  const nodes = () => system.require('@concord:arkui/nodes');
  const frameNodeOf = (node) => system.require('@concord:arkui/frame-node').frameNodeOf(node) ?? undefined;

  // The UIContext of the window that a node is in.
  function contextOf(node) {
    let root = node;
    for (let up = nodes().parent(root); up !== 0; up = nodes().parent(up)) {
      root = up;
    }
    const { UIContext, windowOf } = system.require('@concord:arkui/ui-context');
    return UIContext.getAllUIContexts().find((ui) => windowOf(ui)?.internal.root() === root);
  }

  const idOf = (node) => {
    try {
      return JSON.parse(nodes().inspect(node, false)).$attrs?.id ?? '';
    } catch {
      return '';
    }
  };

  // Element id of Tabs → the index that was shown.
  const shownTabs = new Map();

  function tabs(ui, node, index) {
    const uniqueId = nodes().elmtId(node);
    const lastIndex = shownTabs.get(uniqueId) ?? 0;
    shownTabs.set(uniqueId, index);
    const contents = nodes().children(node).flatMap(function find(child) {
      return nodes().type(child) === 'TabContent' ? [child] : nodes().children(child).flatMap(find);
    });
    const info = (at, state) => ({ tabContentId: contents[at] ? idOf(contents[at]) : '', state, index: at, id: idOf(node), uniqueId, lastIndex,
      tabContentUniqueId: contents[at] ? nodes().elmtId(contents[at]) : -1 });
    const [ON_SHOW, ON_HIDE] = [0, 1];
    for (const type of ['tabContentUpdate', 'tabChange']) {
      emit(ui, type, info(lastIndex, ON_HIDE));
      emit(ui, type, info(index, ON_SHOW));
    }
  }

  // Who wants everything as it comes: `f(event, elmtId, …arguments)`.
  const followers = [];

  function follow(f) {
    followers.push(f);
    hear('gesture');
  }

  function heard(event, elmtId, ...args) {
    process.each(followers, (f) => f(event, elmtId, ...args));
    const node = nodes().byElmtId(elmtId);
    if (node === 0) {
      return;
    }
    const ui = contextOf(node);
    const type = nodes().type(node);
    if (event === 'willClick' || event === 'didClick') {
      emit(ui, event, args[0], frameNodeOf(node));
    } else if (event === 'gesture') {
      gestures(ui, node, args);
    } else if (event === 'onChange') {
      if (type === 'Tabs') {
        tabs(ui, node, args[0]);
      } else if (TEXTS.includes(type)) {
        emit(ui, 'textChange', { id: idOf(node), uniqueId: elmtId, content: String(args[0] ?? '') });
      } else if (type === 'Swiper') {
        emit(ui, 'swiperContentUpdate', { id: idOf(node), uniqueId: elmtId, swiperItemInfos: [{ uniqueId: elmtId, index: args[0] }] });
      }
    } else {
      const offset = nodes().command(node, 'currentOffset');
      const vertical = offset?.yOffset !== 0 || offset?.xOffset === 0;
      emit(ui, 'scrollEvent', { id: idOf(node), uniqueId: elmtId, scrollEvent: event === 'onScrollStart' ? 0 : 1,
        offset: (vertical ? offset?.yOffset : offset?.xOffset) ?? 0, axis: vertical ? 0 : 1 });
    }
  }

  // --- gestures of all nodes: {ui, type, phases, callback}

  let listeners = [];

  function gestures(ui, node, [kind, phase, event, recognizer]) {
    const current = system.require('@concord:arkui/recognizers').wrap(recognizer);
    const frameNode = frameNodeOf(node);
    if (kind === PAN) {
      // A pan tells when it begins, and when it has ended.
      const told = phase === 0 ? ['beforePanStart', 'afterPanStart'] : ['beforePanEnd', 'afterPanEnd'];
      told.forEach((name) => emit(ui, name, event, current, frameNode));
    }
    const wanted = listeners.filter((one) => one.type === kind && (one.ui === undefined || one.ui === ui) && one.phases.includes(phase));
    process.each(wanted, ({ callback }) => callback({ type: kind, event, node: frameNode, currentPhase: phase, recognizer: current }));
  }

  // --- nodes that come into sight and leave it: {ui, identity, callback, shown}

  let rendered = [];

  function nodeOf(identity) {
    return typeof identity === 'number' ? nodes().byElmtId(identity) : nodes().findByKey(String(identity));
  }

  // NodeRenderState: 0 comes into sight, 1 leaves it. Told at once, then with every change.
  function look(one) {
    const node = nodeOf(one.identity);
    const shown = node !== 0 && nodes().isShown(node);
    if (shown !== one.shown && (shown || one.shown !== undefined)) {
      one.shown = shown;
      process.guest(() => one.callback(shown ? 0 : 1, node === 0 ? undefined : frameNodeOf(node)));
    }
  }

  function watchRendering(ui, identity, callback) {
    rendered.push({ ui, identity, callback, shown: undefined });
    look(rendered.at(-1));
  }

  input.onShown(() => {
    rendered.forEach(look);
    for (const type of ['didLayout', 'willDraw']) {
      process.each(observers.filter((one) => one.type === type), ({ callback }) => callback());
    }
  });

  class UIObserver {
    #ui;

    constructor(ui) {
      this.#ui = ui;
    }

    on(...args) {
      on(this.#ui, args);
    }

    off(...args) {
      off(this.#ui, args);
    }

    // `(GestureListenerType, {tag, actionPhases}, callback)`
    addGlobalGestureListener(type, option, callback) {
      if (typeof callback !== 'function' || !Array.isArray(option?.actionPhases)) {
        throw invalid('The callback must be a function, and the option must say the phases.');
      }
      hear('gesture');
      listeners.push({ ui: this.#ui, type, phases: [...option.actionPhases], callback });
    }

    removeGlobalGestureListener(type, callback) {
      listeners = listeners.filter((one) => one.ui !== this.#ui || one.type !== type || (callback && one.callback !== callback));
    }
  }
  for (const name of ['SwiperContentUpdate', 'RouterPageSizeChange', 'NavDestinationSizeChange', 'NavDestinationSizeChangeByUniqueId']) {
    const type = name[0].toLowerCase() + name.slice(1);
    UIObserver.prototype[`on${name}`] = function (...args) {
      this.on(type, ...args);
    };
    UIObserver.prototype[`off${name}`] = function (...args) {
      this.off(type, ...args);
    };
  }

  return { UIObserver, emit, on, off, follow };
})
