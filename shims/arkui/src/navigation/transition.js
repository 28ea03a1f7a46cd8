// @concord:arkui/navigation/transition: how one destination of a Navigation gives way to another: what the Navigation or the
// destinations say, and the platform's own way.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const transits = system.require('@concord:arkui/animation/transits');
  const { animateTo } = system.require('@concord:arkui/animation');
  const { device } = process.info;

  // NavigationOperation
  const POP = 2;
  const REPLACE = 3;
  // NavigationSystemTransitionType
  const NONE = 1;
  const FADE = 4;
  const EXPLODE = 5;
  const SLIDE_RIGHT = 6;
  const SLIDE_BOTTOM = 7;
  const DIALOG = 1;
  // TransitionEdge
  const BOTTOM = 1;
  const END = 3;
  const SPRING = transits.spring(0, 1, 342, 37);
  const SHIFT = '-20%';
  const HIT_DEFAULT = 0;
  const HIT_NOTHING = 5;
  // A transition of an app that does not end ends by itself, in ms.
  const LONGEST = 1000;

  const { both, effect } = transits;
  const slide = (x) => both(effect('translate', { x }, SPRING));

  // What a destination does that comes or goes; undefined stays as it is.
  function usual(destination, operation, comes) {
    if (destination.mode === DIALOG && destination.systemTransition === undefined) {
      return undefined;
    }
    // The one that lies above: it comes with a push, and goes with a pop.
    const above = comes === (operation !== POP);
    switch (destination.systemTransition) {
      case NONE: return undefined;
      case FADE: return transits.EFFECTS.fade;
      case EXPLODE: return above ? both(effect('opacity', 0, SPRING), effect('scale', { x: 0.8, y: 0.8 }, SPRING)) : undefined;
      case SLIDE_RIGHT: return above ? both(effect('move', END, SPRING)) : undefined;
      case SLIDE_BOTTOM: return above ? both(effect('move', BOTTOM, SPRING)) : undefined;
      default:
    }
    if (operation === REPLACE) {
      return comes ? transits.EFFECTS.fade : undefined;
    }
    return slide(above ? '100%' : SHIFT);
  }

  // `customTransition` of a destination: functions that change it, each with its time. Gives whether there are any.
  function own(destination, operation, comes, count) {
    const steps = destination.customTransition && process.guest(() => destination.customTransition(operation, comes));
    if (!Array.isArray(steps) || steps.length === 0) {
      return false;
    }
    for (const step of steps) {
      const done = count();
      const { duration = 1000, curve, delay } = step;
      animateTo({ duration, curve, delay, onFinish: () => {
        process.guest(() => step.onTransitionEnd?.());
        done();
      } }, () => process.guest(() => step.event?.()));
    }
    return true;
  }

  // `customNavContentTransition` of a Navigation. Gives whether it does it itself.
  function whole(custom, from, to, operation, done) {
    const animation = custom && process.guest(() => custom(from, to, operation));
    if (typeof animation?.transition !== 'function') {
      return false;
    }
    let over = false;
    const end = (success) => {
      if (!over) {
        over = true;
        clearTimeout(timer);
        process.guest(() => animation.onTransitionEnd?.(success));
        done();
      }
    };
    const interactive = animation.isInteractive === true;
    const timeout = Number.isFinite(animation.timeout) && animation.timeout >= 0 ? animation.timeout : LONGEST;
    const timer = interactive ? undefined : setTimeout(() => end(false), timeout);
    const proxy = { from, to, isInteractive: interactive, updateTransition() {}, finishTransition: () => end(true),
      cancelTransition: () => end(false) };
    process.guest(() => animation.transition(proxy));
    return true;
  }

  // Whether a change of what is shown can be seen.
  const moves = (node, { animated }) => animated !== false && device.animations !== false && nodes.isShown(node);

  // `from` and `to` are {destination, info}, without a destination for the home page. `done` is called when both are where they
  // belong. Gives a function that ends it at once.
  function run({ from, to, operation, custom, done }) {
    const moved = [from, to].map(({ destination }) => destination).filter((destination) => destination !== undefined);
    let over = false;
    const end = () => {
      if (over) {
        return;
      }
      over = true;
      for (const { node } of moved) {
        if (nodes.exists(node)) {
          transits.settle(node);
          nodes.call(node, 'hitTestBehavior', HIT_DEFAULT);
        }
      }
      done();
    };
    if (from.destination) {
      nodes.call(from.destination.node, 'hitTestBehavior', HIT_NOTHING);
    }
    nodes.flush();
    if (whole(custom, from.info, to.info, operation, end)) {
      return end;
    }
    let left = 1;
    const count = () => {
      left++;
      let open = true;
      return () => {
        if (open) {
          open = false;
          left--;
          if (left === 0) {
            end();
          }
        }
      };
    };
    const start = ({ destination }, comes) => {
      if (destination && !own(destination, operation, comes, count)) {
        const how = usual(destination, operation, comes);
        if (how) {
          transits[comes ? 'come' : 'go']([[destination.node, how]], count());
        }
      }
    };
    start(to, true);
    start(from, false);
    left--;
    if (left === 0) {
      end();
    }
    return end;
  }

  return { run, moves };
})
