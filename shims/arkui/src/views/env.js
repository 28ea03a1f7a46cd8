// @concord:arkui/views/env: @Env, what a component knows of its window; its elements follow it.
(function (host, system) {
  'use strict';
  const contexts = system.require('@concord:arkui/ui-context');
  const { Source } = system.require('@concord:arkui/state/tracking');

  // UIContext → what its readers follow.
  const sources = new WeakMap();

  function sourceOf(ui) {
    let source = sources.get(ui);
    if (!source) {
      source = new Source();
      sources.set(ui, source);
      const window = contexts.windowOf(ui);
      for (const type of ['windowSizeChange', 'avoidAreaChange']) {
        window?.on?.(type, () => source.changed());
      }
    }
    return source;
  }

  const inVp = ({ left, top, width, height }) => {
    const [l, t, w, h] = [left, top, width, height].map(contexts.units.px2vp);
    return { left: l, top: t, width: w, height: h };
  };

  // The areas of the system: status bar, cut-out, keyboard, navigation indicator.
  const AREAS = { statusBar: 0, cutout: 1, keyboard: 3, navigationIndicator: 4 };

  function avoidAreas(ui, convert) {
    const window = contexts.windowOf(ui);
    const area = (type) => {
      const { topRect, bottomRect, leftRect, rightRect, visible } = window?.getWindowAvoidArea?.(type) ?? {};
      const empty = { left: 0, top: 0, width: 0, height: 0 };
      return { visible: visible ?? false, topRect: convert(topRect ?? empty), bottomRect: convert(bottomRect ?? empty),
        leftRect: convert(leftRect ?? empty), rightRect: convert(rightRect ?? empty) };
    };
    return Object.fromEntries(Object.entries(AREAS).map(([name, type]) => [name, area(type)]));
  }

  const sizeOf = (ui) => contexts.windowOf(ui)?.getWindowProperties().windowRect ?? { width: 0, height: 0 };

  // By the values of `SystemProperties`.
  const VALUES = {
    'system.arkui.breakpoint': (ui) => ({ widthBreakpoint: ui.getWindowWidthBreakpoint(), heightBreakpoint: ui.getWindowHeightBreakpoint() }),
    'system.window.size': (ui) => ({ width: contexts.units.px2vp(sizeOf(ui).width), height: contexts.units.px2vp(sizeOf(ui).height) }),
    'system.window.size.px': (ui) => ({ width: sizeOf(ui).width, height: sizeOf(ui).height }),
    'system.window.avoidarea': (ui) => avoidAreas(ui, inVp),
    'system.window.avoidarea.px': (ui) => avoidAreas(ui, (rect) => ({ ...rect })),
  };

  // `@Env(SystemProperties.BREAK_POINT) breakpoint`
  const Env = (key) => (prototype, name) => {
    const value = VALUES[key];
    if (!value) {
      throw new system.BusinessError(140000, `Invalid key for @Env: '${String(key)}'.`);
    }
    Object.defineProperty(prototype, name, {
      configurable: true,
      get() {
        const ui = this.getUIContext?.() ?? contexts.current();
        sourceOf(ui).read();
        return value(ui);
      },
      set() {
        throw new system.BusinessError(140000, `The @Env variable '${String(name)}' cannot be assigned.`);
      },
    });
  };

  return { Env };
})
