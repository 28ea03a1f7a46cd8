// @concord:arkui/navigation/navigator: what a Navigation shows of its stack. Destinations are made when they are first seen; those
// that are covered keep their state and take no part in layout.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const elements = system.require('@concord:arkui/views/elements');
  const removal = system.require('@concord:arkui/views/removal');
  const contexts = system.require('@concord:arkui/ui-context');
  const routes = system.require('@concord:arkui/navigation/routes');
  const { building } = system.require('@concord:arkui/views/base');
  const transition = system.require('@concord:arkui/navigation/transition');
  const { BuilderRoot } = system.require('@concord:arkui/views/builder-root');
  const BusinessError = system.BusinessError;

  const PUSH = 1;
  const POP = 2;
  const DIALOG = 1;
  const SPLIT = 1;
  const TRANSITION = 0;
  // An app that changes the stack whenever it is told of a change is stopped after this many rounds of one turn.
  const ROUNDS = 20;

  // NavDestinationState by the event that tells of it.
  const STATES = { onShown: 0, onHidden: 1, onAppear: 2, onDisAppear: 3, onWillShow: 4, onWillHide: 5, onWillAppear: 6,
    onWillDisappear: 7, onActive: 8, onInactive: 9, onBackPressed: 100 };

  // Element id → Navigator of a Navigation, and Destination of a NavDestination.
  const navigators = new Map();
  const destinations = new Map();
  // Told of every state of a destination, with its info; for uiObserver.
  const observers = new Set();
  // {navigator, entry} of the destination that is being made.
  let making;

  // A NavDestination: what it was told, and the contents that are built when its place in the stack is known.
  class Destination {
    handlers = new Map();
    mode = 0;
    entry = undefined;
    navigator = undefined;
    // How it comes and goes: `systemTransition`, `customTransition`.
    systemTransition = undefined;
    customTransition = undefined;
    #built = false;

    constructor(node, build) {
      this.node = node;
      this.build = build;
    }

    // All attributes are set. Inside a Navigation this is the destination that was asked for.
    complete() {
      if (this.#built) {
        return;
      }
      this.#built = true;
      if (making && !making.entry.destination) {
        ({ navigator: this.navigator, entry: this.entry } = making);
        this.entry.destination = this;
        this.fire('onReady', this.navigator.contextOf(this.entry));
      }
      if (typeof this.build === 'function') {
        building(() => stack.within(this.node, this.build));
      }
    }

    // Calls a handler of the app; gives what it gives.
    fire(event, ...args) {
      this.state = STATES[event] ?? this.state;
      if (STATES[event] !== undefined && this.entry && observers.size > 0) {
        const info = this.navigator.infoOf(this.entry);
        process.each(observers, (observer) => observer(info));
      }
      return process.guest(() => this.handlers.get(event)?.(...args));
    }
  }

  // A function of a builder gets as many arguments as it names: what comes behind them is the compiler's.
  function argumentsOf(builder, name, param) {
    return [name, param].slice(0, builder.length);
  }

  class Navigator {
    // Gives the node of a destination; told by the attribute `navDestination`.
    builder = undefined;
    id = '';
    split = false;
    // `customNavContentTransition`
    customTransition = undefined;
    // Ends the transition that runs.
    #endMoving;
    #node;
    #view;
    #pathStack;
    #contents;
    // Entries that are seen, from the bottom to the top, and all that were made.
    #shown = [];
    #made = new Set();
    #change;
    #scheduled = false;
    #syncing = false;
    #ended = false;
    #forgetBack;

    constructor(node, view) {
      this.#node = node;
      this.#view = view;
      this.#forgetBack = view?.getUIContext()?.pageStack_?.()?.addBackHandler(() => this.back());
      nodes.command(node, 'onBack', () => system.require('@concord:arkui/input').back());
      nodes.command(node, 'onSplit', (split) => this.#splits(split));
    }

    get pathStack() {
      return this.#pathStack;
    }

    // The stack that is shown from now on.
    show(pathStack) {
      const contents = pathStack.contents_;
      if (contents === this.#contents) {
        return;
      }
      if (this.#contents?.owner === this) {
        this.#contents.owner = undefined;
      }
      this.#pathStack = pathStack;
      this.#contents = contents;
      contents.owner = this;
      contents.parent = around(nodes.parent(this.#node), navigators)?.pathStack ?? null;
      this.changed(PUSH, false);
    }

    // The stack has changed. What several changes of one turn come to is shown at once.
    changed(operation, animated) {
      this.#change = { operation, animated };
      if (!this.#scheduled && !this.#syncing && !this.#ended) {
        this.#scheduled = true;
        system.later(() => this.sync());
      }
    }

    sync() {
      this.#scheduled = false;
      if (this.#ended || this.#syncing || this.#change === undefined) {
        return;
      }
      this.#syncing = true;
      try {
        let visible = this.#shown;
        let change;
        for (let round = 0; round < ROUNDS && this.#change !== undefined; round++) {
          change = this.#change;
          this.#change = undefined;
          visible = this.#visible();
          if (this.#change === undefined) {
            this.#intercept('willShow', this.#shown, visible, change);
          }
        }
        const before = this.#shown;
        this.#apply(visible, change);
        this.#intercept('didShow', before, visible, change);
      } finally {
        this.#syncing = false;
      }
      if (this.#change !== undefined) {
        this.changed(this.#change.operation, this.#change.animated);
      }
    }

    // What is to be seen: the destination on top, and those below it as long as dialogs do not cover them.
    #visible() {
      const { entries } = this.#contents;
      const visible = [];
      for (const entry of [...entries].reverse()) {
        this.#make(entry);
        if (!entry.destination) {
          continue;
        }
        visible.unshift(entry);
        if (entry.destination.mode !== DIALOG) {
          break;
        }
      }
      return visible;
    }

    #intercept(name, before, visible, { operation, animated }) {
      const from = before[before.length - 1];
      const to = visible[visible.length - 1];
      const interception = this.#contents.interception;
      if (from !== to && typeof interception?.[name] === 'function') {
        const side = (entry) => (entry ? this.contextOf(entry) : 'navBar');
        process.guest(() => interception[name](side(from), side(to), operation, animated));
      }
    }

    // Makes a destination, unless it is there.
    #make(entry) {
      if (entry.destination || this.#made.has(entry)) {
        return;
      }
      this.#made.add(entry);
      entry.holder = nodes.create('__Builder__', -1);
      nodes.append(this.#node, entry.holder);
      const found = contexts.within(this.#view?.getUIContext() ?? contexts.current(), () => this.#build(entry));
      const { waiting } = entry;
      entry.waiting = undefined;
      if (entry.destination) {
        nodes.command(entry.destination.node, 'onBack', () => this.back());
        entry.destination.fire('onWillAppear');
        entry.destination.fire('onAppear');
        waiting?.resolve();
        return;
      }
      const { name } = entry.info;
      const error = found ? new BusinessError(100006, `NavDestination not found: nothing is made for the name ${name}.`)
        : new BusinessError(100005, `Builder function not registered for the name ${name}.`);
      process.log(5, `Navigation: ${error.message}`);
      if (waiting) {
        waiting.reject(error);
        this.#contents.entries = this.#contents.entries.filter((member) => member !== entry);
        this.#drop(entry);
      } else {
        // The platform shows a destination without contents.
        this.#within(entry, () => stack.within(entry.holder, () => {
          stack.enter('NavDestination');
          adopt(stack.top(), stack.topElement(), undefined).complete();
          stack.pop('NavDestination');
        }));
      }
    }

    // Asks the app's builder and then the system's route map. Gives whether there was a builder.
    #build(entry) {
      const { name, param } = entry.info;
      const { builder } = this;
      if (builder) {
        // Without named arguments it may use them all.
        const args = builder.length === 0 ? [name, param] : argumentsOf(builder, name, param);
        this.#within(entry, () => stack.within(entry.holder, () => builder(...args)));
      }
      if (entry.destination) {
        return true;
      }
      const route = routes.builder(name)?.builder;
      if (typeof route === 'function') {
        const args = argumentsOf(route, name, param);
        const root = new BuilderRoot(function build() {
          return Reflect.apply(route, this, args);
        }, this.#view);
        entry.root = root;
        this.#within(entry, () => root.build(undefined, entry.holder));
      }
      return builder !== undefined || entry.root !== undefined;
    }

    #within(entry, f) {
      const outer = making;
      making = { navigator: this, entry };
      try {
        process.guest(() => building(f));
      } finally {
        making = outer;
      }
    }

    // Shows what is to be seen, and tells the destinations in the order that the platform documents.
    #apply(visible, change) {
      this.#endMoving?.();
      const before = this.#shown;
      const gone = before.filter((entry) => !visible.includes(entry)).reverse();
      const come = visible.filter((entry) => !before.includes(entry));
      const removed = [...this.#made].filter((entry) => !this.#contents.entries.includes(entry)).reverse();
      const all = (entries, event, ...args) => entries.forEach((entry) => entry.destination?.fire(event, ...args));
      all(gone, 'onInactive', TRANSITION);
      all(gone, 'onWillHide');
      all(come, 'onWillShow');
      this.#shown = visible;
      come.forEach((entry) => activate(entry.holder, true));
      const moves = before.at(-1) !== visible.at(-1) && !this.split && transition.moves(this.#node, change);
      const staying = moves ? [...gone].reverse() : [];
      this.#arrange(staying, change.operation === POP, moves);
      all(gone, 'onHidden');
      all(removed, 'onWillDisappear');
      all(come, 'onShown');
      all(come, 'onActive', TRANSITION);
      for (const entry of this.#contents.entries) {
        if (entry.renewed && entry.destination) {
          entry.destination.fire('onNewParam', entry.info.param);
        }
        entry.renewed = false;
      }
      const top = visible[visible.length - 1];
      if (top?.result) {
        const { value } = top.result;
        top.result = undefined;
        top.destination.fire('onResult', value);
      }
      const finish = () => {
        all(removed, 'onDisAppear');
        removed.forEach((entry) => this.#drop(entry));
        const hidden = gone.filter((entry) => this.#made.has(entry) && !this.#shown.includes(entry));
        hidden.forEach((entry) => activate(entry.holder, false));
      };
      if (!moves) {
        finish();
        return;
      }
      // What is seen before and after does not move.
      const side = (entry) => ({ destination: before.includes(entry) && visible.includes(entry) ? undefined : entry?.destination,
        info: this.#contentInfo(entry) });
      let over = false;
      const end = transition.run({ from: side(before.at(-1)), to: side(top), operation: change.operation,
        custom: this.customTransition, done: () => {
          over = true;
          this.#endMoving = undefined;
          if (!this.#ended) {
            finish();
            this.#arrange();
          }
        } });
      this.#endMoving = over ? undefined : end;
    }

    // NavContentInfo: of a destination, or of the home page.
    #contentInfo(entry) {
      return entry === undefined ? { index: -1 } : { name: entry.info.name, index: this.#contents.entries.indexOf(entry),
        mode: entry.destination?.mode ?? 0, param: entry.info.param, navDestinationId: entry.id };
    }

    // Holders lie in the order of the stack, behind the contents of the navigation bar. What is `leaving` is still seen, above
    // the others or below them.
    #arrange(leaving = [], above = false, moving = false) {
      for (const entry of this.#contents.entries) {
        if (this.#made.has(entry)) {
          nodes.append(this.#node, entry.holder);
        }
      }
      if (above) {
        leaving.forEach((entry) => nodes.append(this.#node, entry.holder));
      }
      const [first] = this.#contents.entries;
      for (const entry of this.#shown) {
        nodes.command(entry.destination.node, 'first', entry === first && this.split);
      }
      const shown = above ? [...this.#shown, ...leaving] : [...leaving, ...this.#shown];
      nodes.command(this.#node, 'stack', shown.map((entry) => entry.destination.node), leaving.map((entry) => entry.destination.node), moving);
    }

    #drop(entry) {
      this.#made.delete(entry);
      removal.removeNode(entry.holder);
      entry.root?.dispose();
      entry.holder = undefined;
      entry.destination = undefined;
      entry.root = undefined;
    }

    // The layout has decided whether bar and destinations are beside each other.
    #splits(split) {
      this.split = split;
      this.#arrange();
      process.guest(() => this.#contents.interception?.modeChange?.(split ? SPLIT : 0));
    }

    // A back press, of the system or of a title bar's button. Gives whether it was used.
    back() {
      this.sync();
      if (this.#ended || !nodes.isShown(this.#node)) {
        return false;
      }
      const { top, entries } = this.#contents;
      if (!top || (this.split && entries.length === 1)) {
        return false;
      }
      if (top.destination?.fire('onBackPressed') !== true && this.#contents.top === top) {
        this.#pathStack.pop();
      }
      return true;
    }

    // NavDestinationContext
    contextOf(entry) {
      return (entry.context ??= {
        pathInfo: entry.info,
        pathStack: this.#pathStack,
        navDestinationId: entry.id,
        mode: entry.destination?.mode ?? 0,
        getConfigInRouteMap: () => routes.config(entry.info.name),
      });
    }

    // NavDestinationInfo
    infoOf(entry) {
      const { destination, info, id } = entry;
      return { navigationId: this.id, name: info.name, state: destination?.state ?? 0, index: this.#contents.entries.indexOf(entry),
        param: info.param, navDestinationId: id, mode: destination?.mode ?? 0,
        uniqueId: destination ? nodes.elmtId(destination.node) : -1 };
    }

    // The Navigation is gone, and all destinations with it.
    end() {
      this.#ended = true;
      this.#endMoving?.();
      this.#forgetBack?.();
      if (this.#contents?.owner === this) {
        this.#contents.owner = undefined;
      }
      for (const entry of this.#made) {
        entry.root?.dispose();
        Object.assign(entry, { root: undefined, holder: undefined, destination: undefined });
      }
      this.#made.clear();
      this.#shown = [];
    }
  }

  // The destination of a node; made when there is none.
  function adopt(node, elmtId, build) {
    let destination = destinations.get(elmtId);
    if (!destination) {
      destination = new Destination(node, build);
      destinations.set(elmtId, destination);
    }
    return destination;
  }

  function navigatorOf(node, elmtId) {
    let navigator = navigators.get(elmtId);
    if (!navigator) {
      navigator = new Navigator(node, elements.ownerOf(elmtId));
      navigators.set(elmtId, navigator);
    }
    return navigator;
  }

  // Components in a destination are told whether it is seen.
  function activate(node, active) {
    const view = elements.viewOf(nodes.elmtId(node));
    if (view) {
      view.setActive__(active);
    } else {
      nodes.children(node).forEach((child) => activate(child, active));
    }
  }

  // The innermost member of a map around a node.
  function around(node, members) {
    for (let at = node; at; at = nodes.parent(at)) {
      const found = members.get(nodes.elmtId(at));
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  removal.onDeleted((elmtIds) => {
    for (const elmtId of elmtIds) {
      navigators.get(elmtId)?.end();
      navigators.delete(elmtId);
      destinations.delete(elmtId);
    }
  });

  return {
    adopt,
    navigatorOf,
    destinationOf: (elmtId) => destinations.get(elmtId),
    observers,
    // queryNavDestinationInfo of a custom component: of the destination that it is in.
    destinationInfo(view) {
      const destination = around(view.node_, destinations);
      return destination?.entry && destination.navigator.infoOf(destination.entry);
    },
    // queryNavigationInfo
    navigationInfo(view) {
      const navigator = around(view.node_, navigators);
      return navigator && { navigationId: navigator.id, pathStack: navigator.pathStack };
    },
  };
})
