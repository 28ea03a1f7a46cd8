// @concord:arkui/overlays/bindings: attributes of components that show something above the page: `bindSheet`, `bindContentCover`,
// `bindPopup`, `bindMenu`, `bindContextMenu`.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const elements = system.require('@concord:arkui/views/elements');
  const removal = system.require('@concord:arkui/views/removal');
  const parts = system.require('@concord:arkui/components/parts');
  const { windowOfNode } = system.require('@concord:arkui/overlays/layer');
  const { Sheet } = system.require('@concord:arkui/overlays/sheet');
  const { ContentCover } = system.require('@concord:arkui/overlays/content-cover');
  const { Popup } = system.require('@concord:arkui/overlays/popup');
  const { MenuLayer } = system.require('@concord:arkui/overlays/menu');

  const TAP = { type: 'Tap', options: { count: 1, fingers: 1 } };
  const LONG_PRESS = { type: 'LongPress', options: { fingers: 1, repeat: false, duration: 500 } };
  // ResponseType, MouseButton, MouseAction
  const RIGHT_CLICK = 0;
  const BY_LONG_PRESS = 1;
  // MenuPreviewMode.NONE; a preview appears after a longer press.
  const NO_PREVIEW = 0;
  const PREVIEW_PRESS = 800;
  // Tips: Placement.Bottom, and the platform's times in ms.
  const BELOW = 3;
  const TIPS_APPEAR = 700;
  const TIPS_DISAPPEAR = 300;
  const MOUSE_RIGHT = 2;
  const MOUSE_PRESS = 1;
  const { density } = process.info.device;

  // Element id → kind → {shown, wanted, …}: what a component has bound.
  const bound = new Map();
  removal.onDeleted((elmtIds) => {
    if (bound.size > 0) {
      for (const elmtId of elmtIds) {
        const kinds = bound.get(elmtId);
        bound.delete(elmtId);
        kinds?.forEach((binding) => {
          binding.wanted = false;
          system.later(() => binding.shown?.close());
        });
      }
    }
  });

  function bindingOf(node, kind) {
    const elmtId = nodes.elmtId(node);
    const kinds = bound.get(elmtId) ?? new Map();
    bound.set(elmtId, kinds);
    const binding = kinds.get(kind) ?? { shown: undefined, wanted: false };
    kinds.set(kind, binding);
    binding.node = node;
    binding.owner = elements.ownerOf(elmtId);
    return binding;
  }

  // A flag, or one that is bound both ways: `{value, changeEvent}`.
  const flag = (value) => (typeof value === 'object' && value !== null ? value.value : value) === true;
  const changeOf = (value) => (typeof value?.changeEvent === 'function' ? value.changeEvent : undefined);

  // What is opened looks as the node that it belongs to.
  const themed = (node, open) => system.require('@concord:arkui/theme').from(node, open);

  // Brings what is shown in line with what is wanted, once the page is whole: the node has a place in a window by then.
  function follow(binding, wanted, open) {
    binding.wanted = wanted;
    system.later(() => {
      if (binding.wanted && !binding.shown?.isOpen) {
        const window = nodes.exists(binding.node) ? windowOfNode(binding.node) : undefined;
        binding.shown = window && themed(binding.node, () => open(window));
      } else if (!binding.wanted && binding.shown?.isOpen) {
        binding.shown.close();
      }
    });
  }

  // The user closed it: a flag that is bound both ways hears of that.
  const ended = (binding) => () => {
    if (binding.wanted) {
      binding.wanted = false;
      process.guest(() => binding.change?.(false));
    }
  };

  function simple(Shown, kind) {
    return (node, show, content, options) => {
      const binding = bindingOf(node, kind);
      const builder = parts.builderOf(content);
      binding.change = changeOf(show);
      binding.shown?.update(optionsOf(options));
      follow(binding, flag(show) && builder !== undefined, (window) =>
        new Shown({ window, builder, options: optionsOf(options), owner: binding.owner, ended: ended(binding) }));
    };
  }

  // `bindContentCover(show, builder, ModalTransition)` is an older form.
  const optionsOf = (options) => (typeof options === 'object' && options !== null ? options
    : typeof options === 'number' ? { modalTransition: options } : {});

  function bindPopup(node, show, options) {
    const binding = bindingOf(node, 'popup');
    binding.change = changeOf(show);
    binding.shown?.tell(optionsOf(options));
    follow(binding, flag(show), (window) =>
      new Popup({ window, target: node, options: optionsOf(options), owner: binding.owner, ended: ended(binding) }));
  }

  // `leaves` as `MenuLayer` has it.
  function openMenu(binding, content, options, point, leaves) {
    const window = nodes.exists(binding.node) ? windowOfNode(binding.node) : undefined;
    const made = Array.isArray(content) ? content : parts.builderOf(content);
    if (window && made && !binding.shown?.isOpen) {
      binding.shown = themed(binding.node, () => new MenuLayer({ window, target: point ? undefined : binding.node, point, content: made,
        options: optionsOf(options), previewed: binding.node, leaves, owner: binding.owner, ended: ended(binding) }));
    }
    return binding.shown;
  }

  // `(content, options)` opens with a tap, `(show, content, options)` by the flag.
  function bindMenu(node, ...args) {
    const byFlag = typeof args[0] === 'boolean' || typeof args[0]?.changeEvent === 'function';
    const [show, content, options] = byFlag ? args : [undefined, ...args];
    const binding = bindingOf(node, 'menu');
    binding.change = changeOf(show);
    if (byFlag) {
      follow(binding, flag(show), () => openMenu(binding, content, options));
    } else {
      const open = () => system.later(() => openMenu(binding, content, options));
      nodes.call(node, 'parallelGesture', { ...TAP, onAction: open }, 0);
    }
  }

  // These always leave the window where they can. `(builder, responseType, options)` or `(show, builder, options)`.
  function bindContextMenu(node, ...args) {
    const byFlag = typeof args[0] === 'boolean' || typeof args[0]?.changeEvent === 'function';
    const binding = bindingOf(node, 'contextMenu');
    if (byFlag) {
      const [show, content, options] = args;
      binding.change = changeOf(show);
      follow(binding, flag(show), () => openMenu(binding, content, options, undefined, true));
      return;
    }
    const [content, response, options] = args;
    respond(node, binding, response, () => content, options);
  }

  // Opens by a click of the right button, or by a long press.
  function respond(node, binding, response, contentOf, options) {
    if (response === RIGHT_CLICK) {
      nodes.call(node, 'boundMouse', (event) => {
        if (event?.button === MOUSE_RIGHT && event?.action === MOUSE_PRESS) {
          openMenu(binding, contentOf(), options, { x: event.windowX * density, y: event.windowY * density }, true);
        }
      });
      return;
    }
    const previewed = options?.preview !== undefined && options.preview !== NO_PREVIEW;
    const press = { ...LONG_PRESS, options: { ...LONG_PRESS.options, duration: previewed ? PREVIEW_PRESS : LONG_PRESS.options.duration } };
    nodes.call(node, 'parallelGesture', { ...press, onAction: (event) => {
      const finger = event?.fingerList?.[0];
      const point = finger && options?.placement === undefined && !previewed
        ? { x: (finger.windowX ?? finger.globalX) * density, y: (finger.windowY ?? finger.globalY) * density } : undefined;
      openMenu(binding, contentOf(), options, point, true);
    } }, 0);
  }

  // `(builder of the way it was opened, options)`: both ways.
  function bindContextMenuWithResponse(node, content, options) {
    const binding = bindingOf(node, 'contextMenu');
    const builder = parts.builderOf(content) ?? content;
    for (const response of [RIGHT_CLICK, BY_LONG_PRESS]) {
      respond(node, binding, response, () => typeof builder === 'function' ? function build() {
        return builder.call(this, response);
      } : undefined, options);
    }
  }

  // `(message, options)`: a popup while the mouse rests on the component.
  function bindTips(node, message, options = {}) {
    const binding = bindingOf(node, 'tips');
    let timer;
    nodes.call(node, 'boundHover', (over) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const window = nodes.exists(node) ? windowOfNode(node) : undefined;
        if (!over) {
          binding.shown?.close();
        } else if (window && !binding.shown?.isOpen) {
          binding.shown = new Popup({ window, target: node, owner: binding.owner, ended() {}, options: {
            message, placement: BELOW, mask: false, autoCancel: false, enableArrow: true, showInSubWindow: true, ...options } });
        }
      }, over ? options.appearingTime ?? TIPS_APPEAR : options.disappearingTime ?? TIPS_DISAPPEAR);
    });
  }

  const methods = { bindSheet: simple(Sheet, 'sheet'), bindContentCover: simple(ContentCover, 'cover'), bindPopup, bindTips, bindMenu, bindContextMenu,
    bindContextMenuByIsShow: bindContextMenu, bindContextMenuByResponseType: bindContextMenu, bindContextMenuWithResponse };

  return { names: Object.keys(methods), bind: (name, node, args) => methods[name](node, ...args) };
})
