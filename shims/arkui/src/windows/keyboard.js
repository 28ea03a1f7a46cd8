// @concord:arkui/keyboard: what rises from below when something is typed into: keyboards that apps build (`customKeyboard`), and a
// panel where the system's keyboard would be, as high as `--keyboard` says; without that option there is none. Pages, dialogs
// and sheets get out of its way.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const input = system.require('@concord:arkui/input');
  const removal = system.require('@concord:arkui/views/removal');
  const parts = system.require('@concord:arkui/components/parts');
  const layers = system.require('@concord:arkui/overlays/layer');
  const { box } = system.require('@concord:arkui/overlays/box');
  const { density, keyboard: height = 0 } = process.info.device;

  // KeyboardAvoidMode
  const RESIZE = 1;
  const RESIZE_WITH_CARET = 3;
  const NONE = 4;
  // AvoidAreaType
  const TYPE_KEYBOARD = 3;
  // Above everything else.
  const ORDER = 1000;
  const SPACE = 8;
  const PANEL = '#ffd4d7dc';

  // Element id → {builder, avoids} of a field.
  const custom = new Map();
  removal.onDeleted((elmtIds) => custom.size > 0 && elmtIds.forEach((elmtId) => custom.delete(elmtId)));

  // {node, window, layer, panel, height, page, offset, mode}
  let shown;
  let wanted = 0;
  let waiting = false;

  // Whether the focus went from one field to another is known when the event is over.
  input.onKeyboard((node) => {
    wanted = node;
    if (!waiting) {
      waiting = true;
      system.later(() => {
        waiting = false;
        settle();
      });
    }
  });

  function settle() {
    if (shown && shown.node === wanted) {
      return;
    }
    const own = wanted === 0 ? undefined : custom.get(nodes.elmtId(wanted));
    // The same panel serves the next field.
    if (shown && !own && !shown.custom && wanted !== 0 && nodes.exists(wanted) && height > 0) {
      shown.node = wanted;
      nodes.requestFrame();
      return;
    }
    hide();
    if (wanted !== 0 && nodes.exists(wanted) && (own || height > 0)) {
      show(wanted, own);
    }
  }

  const rootOf = (window) => nodes.frame(window.internal.root());

  function show(node, own) {
    const window = layers.windowOfNode(node);
    if (!window) {
      return;
    }
    const layer = new layers.Layer({ window, alignment: layers.BOTTOM, modal: false, order: ORDER, back: dismiss, place });
    const panel = layer.add(own ? box('Column', [{}], { width: '100%', focusable: false })
      : box('Column', [{}], { width: '100%', height, backgroundColor: PANEL, focusable: false }));
    layer.avoids = false;
    // What is typed into keeps the focus.
    nodes.call(layer.node, 'focusable', false);
    shown = { node, window, layer, panel, custom: own, height: 0, page: window.internal.pages.top?.node, offset: 0 };
    if (own) {
      layer.build(panel, own.builder);
    }
    nodes.flush();
    place();
  }

  // Back closes it, and what is typed into stays as it is.
  function dismiss() {
    if (!shown) {
      return false;
    }
    hide();
    return true;
  }

  function tell(window, px) {
    window.internal.emit('keyboardHeightChange', px);
    window.internal.emit('avoidAreaChange', { type: TYPE_KEYBOARD, area: areaOf(window) });
  }

  // Runs after every layout.
  function place() {
    if (!shown?.layer.isOpen) {
      return;
    }
    const [, , , extent] = nodes.frame(shown.panel);
    if (extent !== shown.height) {
      shown.height = extent;
      tell(shown.window, extent);
    }
    if (!shown.custom || shown.custom.avoids) {
      avoid();
    }
  }

  function avoid() {
    const { window, node, page, height: covered } = shown;
    const mode = window.getUIContext?.()?.getKeyboardAvoidMode?.() ?? 0;
    for (const layer of layers.all()) {
      if (layer.window === window && layer.avoids !== false && layer.padded !== covered) {
        layer.padded = covered;
        nodes.call(layer.node, 'padding', { bottom: `${covered}px` });
        nodes.requestFrame();
      }
    }
    if (mode === NONE || page === undefined || !nodes.exists(page) || !inside(node, page)) {
      return;
    }
    const [, top, , whole] = rootOf(window);
    const room = whole - covered;
    if (mode === RESIZE || mode === RESIZE_WITH_CARET) {
      if (shown.resized !== room) {
        shown.resized = room;
        nodes.call(page, 'height', `${room}px`);
        nodes.requestFrame();
      }
      return;
    }
    // The field with some space below it; of one that is too high, its caret.
    const [, y, , fieldHeight] = nodes.frame(node);
    const caret = nodes.command(node, 'caretAt', nodes.command(node, 'selectionPlaces')?.to ?? 0);
    const caretBottom = caret ? y + caret.y + caret.height : y + fieldHeight;
    const bottom = (fieldHeight < room / 2 ? y + fieldHeight : caretBottom) - top + SPACE * density + shown.offset;
    const offset = Math.min(covered, Math.max(0, bottom - room));
    if (Math.abs(offset - shown.offset) > 0.5) {
      shown.offset = offset;
      nodes.call(page, 'offset', { x: 0, y: `${-offset}px` });
      nodes.requestFrame();
    }
  }

  function inside(node, outer) {
    let at = node;
    while (at !== 0 && at !== outer) {
      at = nodes.parent(at);
    }
    return at !== 0;
  }

  function hide() {
    if (!shown) {
      return;
    }
    const { window, layer, page, offset, resized } = shown;
    shown = undefined;
    layer.close();
    for (const one of layers.all()) {
      if (one.padded) {
        one.padded = 0;
        nodes.call(one.node, 'padding', { bottom: 0 });
      }
    }
    if (page !== undefined && nodes.exists(page)) {
      if (offset > 0) {
        nodes.call(page, 'offset', { x: 0, y: 0 });
      }
      if (resized !== undefined) {
        nodes.call(page, 'height', '100%');
      }
    }
    tell(window, 0);
    nodes.requestFrame();
  }

  // `AvoidArea` of a window's keyboard.
  function areaOf(window) {
    const none = () => ({ left: 0, top: 0, width: 0, height: 0 });
    const area = { visible: false, leftRect: none(), topRect: none(), rightRect: none(), bottomRect: none() };
    if (shown?.window === window && shown.height > 0) {
      const [, , width, whole] = rootOf(window);
      area.visible = true;
      area.bottomRect = { left: 0, top: whole - shown.height, width, height: shown.height };
    }
    return area;
  }

  return {
    TYPE_KEYBOARD,
    areaOf,
    // `customKeyboard(builder, {supportAvoidance})`
    setCustom(node, builder, options) {
      const build = parts.builderOf(builder);
      const elmtId = nodes.elmtId(node);
      if (build) {
        custom.set(elmtId, { builder: build, avoids: options?.supportAvoidance === true });
      } else {
        custom.delete(elmtId);
      }
    },
  };
})
