// @concord:arkui/animation/transits: how pages, dialogs and their like come and go. Nodes stay in the tree until they are away.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const engine = system.require('@concord:arkui/animation/engine');
  const nodes = system.require('@concord:arkui/nodes');
  const { settings } = system.require('@concord:arkui/animation');
  const { device } = process.info;

  // `interpolatingSpring` and times, as the platform's own components move.
  const spring = (velocity, mass, stiffness, damping) => ({ curve: ['interpolating', velocity, mass, stiffness, damping] });
  const time = (duration, curve) => ({ duration, curve });
  const effect = (kind, value, animation) => ({ kind, value, animation });
  const both = (...effects) => ({ effects_: effects });

  // TransitionEdge
  const BOTTOM = 1;
  const SCALE = { x: 0.85, y: 0.85 };
  const PANEL = spring(0, 1, 328, 36);

  // One effect for the way in, another for the way out.
  const ways = (into, out) => both(...into.map((one) => ({ ...one, way: 'in' })), ...out.map((one) => ({ ...one, way: 'out' })));

  const EFFECTS = {
    dialog: ways([effect('opacity', 0, time(250, 'sharp')), effect('scale', SCALE, time(250, ['bezier', 0.38, 1.33, 0.6, 1]))],
      [effect('opacity', 0, time(220, 'sharp')), effect('scale', SCALE, time(220, 'sharp'))]),
    mask: both(effect('opacity', 0, time(250, 'sharp'))),
    panel: both(effect('move', BOTTOM, PANEL)),
    fade: both(effect('opacity', 0, time(200, 'linear'))),
    toast: ways([effect('opacity', 0, time(250, 'fast-out-slow-in')), effect('translate', { y: 15 }, time(250, 'fast-out-slow-in'))],
      [effect('opacity', 0, time(250, 'fast-out-slow-in'))]),
    popup: both(effect('opacity', 0, time(150, 'sharp')), effect('translate', { y: -8 }, time(250, 'friction'))),
    menu: ways([effect('opacity', 0, time(150, 'sharp')), effect('scale', { x: 0.6, y: 0.6 }, spring(0, 1, 465, 33))],
      [effect('opacity', 0, time(150, 'sharp')), effect('scale', { x: 0.85, y: 0.85 }, time(150, 'sharp'))]),
  };

  // What an app gives as `transition`, with a time for effects that have none; the default without it.
  function given(transition, fallback, default_ = settings({ duration: 300 })) {
    const effects = transition?.effects_;
    if (!Array.isArray(effects)) {
      return fallback;
    }
    const started = new Set();
    return both(...effects.map((one) => {
      const first = !started.has(one.way);
      started.add(one.way);
      return first && one.animation === undefined ? { ...one, animation: default_ } : one;
    }));
  }

  // Lets nodes come or go, [node, effect] each; `done` is called once when the last one has. Without animations that is now.
  function move(parts, comes, done) {
    const moving = device.animations === false ? [] : parts.filter(([node, how]) => how !== undefined && nodes.exists(node));
    if (moving.length === 0) {
      done?.();
      return;
    }
    let left = moving.length;
    for (const [node, how] of moving) {
      engine.transit(node, comes, how, () => {
        if (--left === 0) {
          done?.();
        }
      });
    }
  }

  return {
    EFFECTS, both, effect, given, spring, time, ways,
    come: (parts, done) => move(parts, true, done),
    go: (parts, done) => move(parts, false, done),
    settle: (node) => nodes.exists(node) && engine.settle(node),
  };
})
