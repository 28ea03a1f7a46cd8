// @ohos:curves: interpolation curves, and their older names.
(function (host, system) {
  'use strict';
  const enums = system.require('@concord:arkui/enums')('@ohos:curves');
  const { ICurve, NAMES, sample } = system.require('@concord:arkui/animation/curves');

  const number = (value, fallback) => (Number.isFinite(value) ? value : fallback);

  const initCurve = (kind) => new ICurve((typeof kind === 'string' ? kind : NAMES[kind]) ?? 'linear');

  function stepsCurve(count, end = true) {
    return new ICurve(['steps', Math.max(1, Math.trunc(number(count, 1))), !end]);
  }

  function cubicBezierCurve(x1, y1, x2, y2) {
    return new ICurve(['bezier', number(x1, 0), number(y1, 0), number(x2, 0), number(y2, 0)]);
  }

  const spring = (kind) => (velocity, mass, stiffness, damping) =>
    new ICurve([kind, number(velocity, 0), number(mass, 1), number(stiffness, 1), number(damping, 1)]);
  const springCurve = spring('spring');

  const motion = (response, ratio) => (time, damping) =>
    new ICurve(['motion', time > 0 ? number(time, response) : response, damping >= 0 ? number(damping, ratio) : ratio]);

  return {
    ...enums,
    initCurve,
    stepsCurve,
    cubicBezierCurve,
    springCurve,
    springMotion: motion(0.55, 0.825),
    responsiveSpringMotion: motion(0.15, 0.86),
    interpolatingSpring: spring('interpolating'),
    customCurve: (f) => new ICurve(sample(f)),
    init: initCurve,
    steps: stepsCurve,
    cubicBezier: cubicBezierCurve,
    spring: springCurve,
  };
})
