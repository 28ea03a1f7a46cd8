// @ohos:curves: interpolation curves.
(function (host, system) {
  'use strict';
  const enums = system.require('@concord:arkui/enums')('@ohos:curves');

  const clamp = (x) => Math.min(1, Math.max(0, x));

  // The y of a cubic Bézier curve through (0,0) and (1,1) at x, by bisection of its parameter.
  function bezier(x1, y1, x2, y2) {
    const at = (a, b, t) => 3 * a * t * (1 - t) ** 2 + 3 * b * t * t * (1 - t) + t ** 3;
    return (x) => {
      let [low, high] = [0, 1];
      for (let step = 0; step < 40; step++) {
        const middle = (low + high) / 2;
        if (at(x1, x2, middle) < x) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return at(y1, y2, (low + high) / 2);
    };
  }

  // A damped oscillation from 0 to 1, normalised to the time it needs to settle.
  function spring(velocity, mass, stiffness, damping) {
    const natural = Math.sqrt(stiffness / mass);
    const ratio = damping / (2 * Math.sqrt(mass * stiffness));
    const settle = 1 / Math.max(0.05, ratio * natural) * 7;
    return (x) => {
      if (x >= 1) {
        return 1;
      }
      const t = x * settle;
      if (ratio < 1) {
        const damped = natural * Math.sqrt(1 - ratio * ratio);
        const decay = Math.exp(-ratio * natural * t);
        return 1 - decay * (Math.cos(damped * t) + ((ratio * natural - velocity) / damped) * Math.sin(damped * t));
      }
      return 1 - Math.exp(-natural * t) * (1 + (natural - velocity) * t);
    };
  }

  const BEZIERS = {
    Ease: [0.25, 0.1, 0.25, 1], EaseIn: [0.42, 0, 1, 1], EaseOut: [0, 0, 0.58, 1], EaseInOut: [0.42, 0, 0.58, 1],
    FastOutSlowIn: [0.4, 0, 0.2, 1], LinearOutSlowIn: [0, 0, 0.2, 1], FastOutLinearIn: [0.4, 0, 1, 1],
    ExtremeDeceleration: [0, 0, 0, 1], Sharp: [0.33, 0, 0.67, 1], Rhythm: [0.7, 0, 0.2, 1], Smooth: [0.4, 0, 0.4, 1],
    Friction: [0.2, 0, 0.2, 1],
  };

  const curve = (f) => ({ interpolate: (x) => f(clamp(Number(x))) });

  function initCurve(kind = enums.Curve.Linear) {
    const name = Object.keys(enums.Curve).find((key) => enums.Curve[key] === kind);
    return curve(BEZIERS[name] ? bezier(...BEZIERS[name]) : (x) => x);
  }

  function stepsCurve(count, end) {
    return curve((x) => {
      const step = end ? Math.floor(x * count) : Math.ceil(x * count);
      return Math.min(1, step / count);
    });
  }

  const response = (time, ratio) => {
    const natural = (2 * Math.PI) / Math.max(0.01, time);
    return curve(spring(0, 1, natural * natural, 2 * ratio * natural));
  };

  return {
    ...enums,
    initCurve,
    cubicBezierCurve: (x1, y1, x2, y2) => curve(bezier(clamp(x1), y1, clamp(x2), y2)),
    springCurve: (velocity, mass, stiffness, damping) => curve(spring(velocity, mass, stiffness, damping)),
    springMotion: (time = 0.55, ratio = 0.825) => response(time, ratio),
    responsiveSpringMotion: (time = 0.15, ratio = 0.86) => response(time, ratio),
    interpolatingSpring: (velocity, mass, stiffness, damping) => curve(spring(velocity, mass, stiffness, damping)),
    stepsCurve,
    customCurve: (f) => curve((x) => Number(f(x))),
    init: initCurve,
    steps: stepsCurve,
    cubicBezier: (x1, y1, x2, y2) => curve(bezier(clamp(x1), y1, clamp(x2), y2)),
    spring: (velocity, mass, stiffness, damping) => curve(spring(velocity, mass, stiffness, damping)),
  };
})
