// @concord:arkui/animation/transition: TransitionEffect, a list of effects in the order in which they were combined.
(function (host, system) {
  'use strict';
  const { settings } = system.require('@concord:arkui/animation');
  const EDGE = { TOP: 0, BOTTOM: 1, START: 2, END: 3 };

  class TransitionEffect {
    constructor(effects) {
      // {kind, value, animation?, way?}: `way` is 'in' or 'out' for effects of one direction.
      this.effects_ = effects;
    }

    static get IDENTITY() {
      return new TransitionEffect([{ kind: 'identity' }]);
    }

    static get OPACITY() {
      return TransitionEffect.opacity(0);
    }

    static get SLIDE() {
      return TransitionEffect.asymmetric(TransitionEffect.move(EDGE.START), TransitionEffect.move(EDGE.END));
    }

    static get SLIDE_SWITCH() {
      return TransitionEffect.asymmetric(TransitionEffect.move(EDGE.END), TransitionEffect.move(EDGE.START));
    }

    static opacity(alpha) {
      return new TransitionEffect([{ kind: 'opacity', value: Number(alpha) }]);
    }

    static translate(options) {
      return new TransitionEffect([{ kind: 'translate', value: options }]);
    }

    static scale(options) {
      return new TransitionEffect([{ kind: 'scale', value: options }]);
    }

    static rotate(options) {
      return new TransitionEffect([{ kind: 'rotate', value: options }]);
    }

    static move(edge) {
      return new TransitionEffect([{ kind: 'move', value: edge }]);
    }

    static asymmetric(appear, disappear) {
      const only = (effect, way) => (effect?.effects_ ?? []).filter((one) => (one.way ?? way) === way).map((one) => ({ ...one, way }));
      return new TransitionEffect([...only(appear, 'in'), ...only(disappear, 'out')]);
    }

    // How this effect moves, and those combined with it that do not say it themselves.
    animation(options) {
      const animation = settings(options);
      const ways = new Set();
      for (const effect of this.effects_) {
        if (!ways.has(effect.way) && (ways.size === 0 || effect.way !== undefined)) {
          ways.add(effect.way);
          effect.animation = effect.way === undefined ? animation : effect.animation ?? animation;
        }
      }
      return this;
    }

    combine(other) {
      this.effects_.push(...(other?.effects_ ?? []).map((effect) => ({ ...effect })));
      return this;
    }
  }

  return { TransitionEffect };
})
