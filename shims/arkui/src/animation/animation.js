// @concord:arkui/animation: animateTo, .animation(…), keyframes and frame callbacks.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const engine = system.require('@concord:arkui/animation/engine');
  const { describe } = system.require('@concord:arkui/animation/curves');
  const scheduler = () => system.require('@concord:arkui/state/scheduler');

  // What the engine understands of an AnimateParam.
  function settings(options) {
    const { duration, delay, iterations, playMode, tempo, onFinish, finishCallbackType } = options ?? {};
    return {
      duration, delay, iterations, tempo, finishCallbackType, playMode,
      curve: describe(options?.curve),
      onFinish: typeof onFinish === 'function' ? () => process.guest(() => onFinish.call(options)) : undefined,
    };
  }

  // The animations that changes belong to now, the innermost last; and that of the attributes that are being set.
  const open = [];
  let implicit;

  // Runs `change` and brings the page up to date; what has changed by then moves as `animation` says.
  function animate(animation, change) {
    const { flush } = scheduler();
    flush();
    engine.open(animation);
    open.push(animation);
    try {
      change();
      flush();
    } finally {
      open.pop();
      engine.close();
    }
  }

  function animateTo(options, change) {
    animate(settings(options), () => change?.());
  }

  // Keyframes change the page one after the other, at once; each is an animation that has its part of the whole time.
  function keyframeAnimateTo(options, frames) {
    const list = Array.isArray(frames) ? frames : [];
    const durations = list.map((frame) => (Number.isFinite(frame?.duration) ? Math.max(0, Math.trunc(frame.duration)) : 1000));
    const total = durations.reduce((sum, duration) => sum + duration, 0);
    const whole = { ...settings(options), duration: total, curve: 'linear' };
    animate(whole, () => {
      let before = 0;
      list.forEach((frame, index) => {
        const duration = durations[index];
        const curve = describe(frame?.curve);
        const spring = Array.isArray(curve) && (curve[0] === 'motion' || curve[0] === 'interpolating');
        animate({
          duration, delay: whole.delay, iterations: whole.iterations, curve: spring ? 'ease-in-out' : curve,
          rests: [before, total - before - duration],
        }, () => frame?.event?.());
        before += duration;
      });
    });
  }

  // Attributes between `animation(a)` and `animation(null)` move as `a` says.
  function animation(options) {
    implicit = options === null || options === undefined ? undefined : settings(options);
    engine.implicit(implicit);
  }

  return {
    settings, animate, animateTo, keyframeAnimateTo, animation,
    // The settings that a change belongs to now; undefined when it does not move.
    current: () => implicit ?? open[open.length - 1],
    // Runs `f(time in ms)` at the beginning of the next frame.
    nextFrame: (f) => engine.nextFrame((now) => process.guest(() => f(now))),
    progress: engine.progress,
  };
})
