// @concord:arkui/animation/curves: ICurve, and what the engine understands of a curve: a name, or a list of a kind and numbers.
(function (host, system) {
  'use strict';
  const engine = system.require('@concord:arkui/animation/engine');

  // The members of `Curve` of @ohos.curves, by number.
  const NAMES = ['linear', 'ease', 'ease-in', 'ease-out', 'ease-in-out', 'fast-out-slow-in', 'linear-out-slow-in',
    'fast-out-linear-in', 'extreme-deceleration', 'sharp', 'rhythm', 'smooth', 'friction'];
  // A curve of the app is known by its values at so many distances and one.
  const SAMPLES = 256;

  class ICurve {
    #curve;

    constructor(curve) {
      this.#curve = curve;
    }

    static describe(curve) {
      return #curve in curve ? curve.#curve : undefined;
    }

    interpolate(fraction) {
      return engine.interpolate(this.#curve, Number(fraction));
    }
  }

  function sample(f) {
    return ['samples', ...Array.from({ length: SAMPLES + 1 }, (_, index) => {
      const value = Number(f(index / SAMPLES));
      return Number.isFinite(value) ? value : index / SAMPLES;
    })];
  }

  // Undefined for what is no curve.
  function describe(curve) {
    if (typeof curve === 'number') {
      return NAMES[curve];
    }
    if (typeof curve !== 'object' || curve === null) {
      return typeof curve === 'string' ? curve : undefined;
    }
    return ICurve.describe(curve) ?? (typeof curve.interpolate === 'function' ? sample((x) => curve.interpolate(x)) : undefined);
  }

  return { ICurve, NAMES, describe, sample };
})
