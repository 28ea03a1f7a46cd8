// @concord:arkui/page-transition: how one page of the router gives way to another: what pages say in `pageTransition()`, and the
// platform's own way.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const engine = system.require('@concord:arkui/animation/engine');
  const transits = system.require('@concord:arkui/animation/transits');
  const { settings, nextFrame, progress } = system.require('@concord:arkui/animation');

  // RouteType
  const NONE = 0;
  const PUSH = 1;
  const POP = 2;
  // TransitionEdge by SlideEffect: Left, Right, Top, Bottom, START, END.
  const EDGES = { 1: 2, 2: 3, 3: 0, 4: 1, 5: 2, 6: 3 };
  const HIT_DEFAULT = 0;
  const HIT_NOTHING = 5;
  const SPRING = transits.spring(0, 1, 342, 37);
  const SHIFT = '-20%';

  // What the page that is being asked has said so far: {kind, type, options, effects, frame}.
  let said;

  // PageTransitionEnter and PageTransitionExit: their `create` begins one, their attributes add to the latest.
  function side(kind, event) {
    const add = (name, value) => said?.at(-1)?.effects.push(transits.effect(name, value));
    return {
      create(options) {
        said?.push({ kind, type: options?.type ?? NONE, options: options ?? {}, effects: [], frame: undefined });
      },
      pop() {},
      slide: (effect) => EDGES[effect] !== undefined && add('move', EDGES[effect]),
      translate: (value) => add('translate', value),
      scale: (value) => add('scale', value),
      opacity: (value) => add('opacity', Number(value)),
      [event](callback) {
        const latest = said?.at(-1);
        if (latest) {
          latest.frame = callback;
        }
      },
    };
  }

  const PageTransitionEnter = side('enter', 'onEnter');
  const PageTransitionExit = side('exit', 'onExit');
  const PageTransition = { create() {}, pop() {} };

  // Asks a page; its functions run once each and are not kept.
  function ask(view) {
    if (typeof view?.pageTransition !== 'function') {
      return [];
    }
    const outer = said;
    said = [];
    const run = (create) => create(0, true);
    view.observeComponentCreation2 = run;
    view.observeComponentCreation = run;
    try {
      process.guest(() => view.pageTransition());
      return said;
    } finally {
      delete view.observeComponentCreation2;
      delete view.observeComponentCreation;
      said = outer;
    }
  }

  // What a page does: {effect, total, frame}.
  function way(view, kind, type) {
    const own = ask(view).findLast((one) => one.kind === kind && (one.type === type || one.type === NONE));
    if (!own) {
      const above = (kind === 'enter') === (type === PUSH);
      return { effect: transits.both(transits.effect('translate', { x: above ? '100%' : SHIFT }, SPRING)) };
    }
    const { duration = 1000, curve, delay = 0 } = own.options;
    const animation = settings({ duration, delay, curve: curve ?? 0 });
    const effects = own.effects.length > 0 ? own.effects : [transits.effect('opacity', 1)];
    return { effect: transits.both(...effects.map((one) => ({ ...one, animation }))), animation, type,
      frame: typeof own.frame === 'function' ? own.frame : undefined };
  }

  // Tells a page how far it is, frame by frame.
  function follow({ frame, animation, type }) {
    if (!frame) {
      return;
    }
    let start;
    const step = (now) => {
      start ??= now;
      const [part, over] = progress(animation, now - start);
      process.guest(() => frame(type, part));
      if (!over) {
        nextFrame(step);
      }
    };
    nextFrame(step);
  }

  // Lets `to` come and `from` go (entries of a page stack); `done` when both have. Gives a function that ends it at once.
  function run(nodes, from, to, type, done) {
    let over = false;
    const end = () => {
      if (over) {
        return;
      }
      over = true;
      for (const { node } of [from, to]) {
        if (nodes.exists(node)) {
          transits.settle(node);
          nodes.call(node, 'hitTestBehavior', HIT_DEFAULT);
        }
      }
      done();
    };
    const enter = way(to.view, 'enter', type);
    const exit = way(from.view, 'exit', type);
    nodes.call(from.node, 'hitTestBehavior', HIT_NOTHING);
    nodes.flush();
    engine.share(from.node, to.node);
    follow(enter);
    follow(exit);
    let left = 2;
    const one = () => --left === 0 && end();
    transits.come([[to.node, enter.effect]], one);
    transits.go([[from.node, exit.effect]], one);
    return end;
  }

  return { PageTransition, PageTransitionEnter, PageTransitionExit, run, PUSH, POP };
})
