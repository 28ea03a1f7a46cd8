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

  // Brings what is shown in line with what is wanted, once the page is whole: the node has a place in a window by then.
  function follow(binding, wanted, open) {
    binding.wanted = wanted;
    system.later(() => {
      if (binding.wanted && !binding.shown?.isOpen) {
        const window = nodes.exists(binding.node) ? windowOfNode(binding.node) : undefined;
        binding.shown = window && open(window);
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
  const optionsOf = (options) => (typeof options === 'object' && options !== null ? options : {});

  function bindPopup(node, show, options) {
    const binding = bindingOf(node, 'popup');
    binding.change = changeOf(show);
    binding.shown?.tell(optionsOf(options));
    follow(binding, flag(show), (window) =>
      new Popup({ window, target: node, options: optionsOf(options), owner: binding.owner, ended: ended(binding) }));
  }

  function openMenu(binding, content, options, point) {
    const window = nodes.exists(binding.node) ? windowOfNode(binding.node) : undefined;
    const made = Array.isArray(content) ? content : parts.builderOf(content);
    if (window && made && !binding.shown?.isOpen) {
      binding.shown = new MenuLayer({ window, target: point ? undefined : binding.node, point, content: made, options: optionsOf(options),
        owner: binding.owner, ended: ended(binding) });
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

  // `(builder, responseType, options)` or `(show, builder, options)`.
  function bindContextMenu(node, ...args) {
    const byFlag = typeof args[0] === 'boolean' || typeof args[0]?.changeEvent === 'function';
    const binding = bindingOf(node, 'contextMenu');
    if (byFlag) {
      const [show, content, options] = args;
      binding.change = changeOf(show);
      follow(binding, flag(show), () => openMenu(binding, content, options));
      return;
    }
    const [content, response, options] = args;
    if (response === RIGHT_CLICK) {
      nodes.call(node, 'onMouse', (event) => event?.button === MOUSE_RIGHT && event?.action === MOUSE_PRESS &&
        openMenu(binding, content, options, { x: event.windowX * density, y: event.windowY * density }));
      return;
    }
    nodes.call(node, 'parallelGesture', { ...LONG_PRESS, onAction: (event) => {
      const finger = event?.fingerList?.[0];
      const point = finger && options?.placement === undefined
        ? { x: (finger.windowX ?? finger.globalX) * density, y: (finger.windowY ?? finger.globalY) * density } : undefined;
      openMenu(binding, content, options, point);
    } }, 0);
  }

  const methods = { bindSheet: simple(Sheet, 'sheet'), bindContentCover: simple(ContentCover, 'cover'), bindPopup, bindMenu, bindContextMenu };

  return { names: Object.keys(methods), bind: (name, node, args) => methods[name](node, ...args) };
})
