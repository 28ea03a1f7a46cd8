// @ohos:graphics.uiEffect: filters and effects for `backgroundFilter`, `foregroundFilter`, `compositingFilter` and `visualEffect`.
(function () {
  'use strict';

  // What was asked for is kept in order; components read it.
  class Chain {
    constructor() {
      this.effects_ = [];
    }
  }

  class Filter extends Chain {
    // Radius in px.
    blur(radius) {
      if (Number.isFinite(radius) && radius > 0) {
        this.effects_.push({ kind: 'blur', radius });
      }
      return this;
    }
  }

  class VisualEffect extends Chain {}

  const uiEffect = { createFilter: () => new Filter(), createEffect: () => new VisualEffect() };
  return { ...uiEffect, default: uiEffect };
})
