// @concord:arkui/components/symbol-effects: what `symbolEffect` takes.
(function (host, system) {
  'use strict';
  // `EffectScope.LAYER`, `EffectDirection.DOWN`, `EffectFillStyle.CUMULATIVE`, `ReplaceEffectType.SEQUENTIAL`
  const FIRST = 0;

  class SymbolEffect {}
  class ScopedSymbolEffect extends SymbolEffect {
    constructor(scope = FIRST) {
      super();
      this.scope = scope;
    }
  }
  class DirectedSymbolEffect extends ScopedSymbolEffect {
    constructor(scope, direction = FIRST) {
      super(scope);
      this.direction = direction;
    }
  }
  class ScaleSymbolEffect extends DirectedSymbolEffect {}
  class BounceSymbolEffect extends DirectedSymbolEffect {}
  class AppearSymbolEffect extends ScopedSymbolEffect {}
  class DisappearSymbolEffect extends ScopedSymbolEffect {}
  class PulseSymbolEffect extends SymbolEffect {}
  class HierarchicalSymbolEffect extends SymbolEffect {
    constructor(fillStyle = FIRST) {
      super();
      this.fillStyle = fillStyle;
    }
  }
  class ReplaceSymbolEffect extends ScopedSymbolEffect {
    constructor(scope, replaceType = FIRST) {
      super(scope);
      this.replaceType = replaceType;
    }
  }
  const classes = { SymbolEffect, ScaleSymbolEffect, BounceSymbolEffect, AppearSymbolEffect, DisappearSymbolEffect, PulseSymbolEffect,
    HierarchicalSymbolEffect, ReplaceSymbolEffect };
  const NAMES = new Map(Object.values(classes).map((Class) => [Class, Class.name.replace('SymbolEffect', '').toLowerCase()]));

  // As the tree knows it.
  const describe = (effect) => (effect instanceof SymbolEffect
    ? { effect: NAMES.get(effect.constructor), direction: effect.direction } : undefined);

  return { ...classes, describe };
})
