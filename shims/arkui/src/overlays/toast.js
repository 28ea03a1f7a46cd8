// @concord:arkui/overlays/toast: short messages that go by themselves.
(function (host, system) {
  'use strict';
  const { Layer, windowOf } = system.require('@concord:arkui/overlays/layer');
  const { box, color, text } = system.require('@concord:arkui/overlays/box');
  const { EFFECTS } = system.require('@concord:arkui/animation/transits');

  const SHORTEST = 1500;
  const LONGEST = 10_000;
  const BOTTOM = 2;
  const TRANSPARENT_TO_TOUCH = 3;

  // Window → the toast that it shows, one at a time.
  const shown = new Map();
  // Id → layer.
  const byId = new Map();
  let nextId = 1;

  // Shows a toast; gives its id.
  function show(ui, options) {
    const window = windowOf(ui);
    close(shown.get(window));
    const id = nextId++;
    const length = Number(options.duration);
    const duration = Math.min(Math.max(Number.isFinite(length) ? length : SHORTEST, SHORTEST), LONGEST);
    const aligned = options.alignment !== undefined;
    const layer = new Layer({ window, alignment: aligned ? options.alignment : BOTTOM, modal: false, order: Infinity, left: () => {
      byId.delete(id);
      if (shown.get(window) === id) {
        shown.delete(window);
      }
    } });
    const frame = layer.add(box('Text', [text(options.message)], {
      hitTestBehavior: TRANSPARENT_TO_TOUCH,
      fontSize: 14,
      fontColor: options.textColor ?? color('ohos_id_color_text_primary_contrary'),
      backgroundColor: options.backgroundColor ?? color('ohos_id_color_help_tip_bg'),
      borderRadius: 18,
      padding: { left: 16, right: 16, top: 8, bottom: 8 },
      constraintSize: { minHeight: 36, maxWidth: 400 },
      textAlign: 1,
      margin: { left: 16, right: 16, bottom: aligned ? 0 : options.bottom ?? 80 },
      offset: options.offset && { x: options.offset.dx ?? 0, y: options.offset.dy ?? 0 },
      shadow: options.shadow,
    }));
    layer.reveal(frame, EFFECTS.toast);
    shown.set(window, id);
    byId.set(id, layer);
    setTimeout(() => close(id), duration);
    return id;
  }

  // Whether there was such a toast.
  function close(id) {
    const layer = byId.get(id);
    layer?.close();
    return layer !== undefined;
  }

  return { show, close };
})
