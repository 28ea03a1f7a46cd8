// @concord:arkui/overlays/menu-items: the classes Menu, MenuItem and MenuItemGroup, and items that menus make from arrays.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const parts = system.require('@concord:arkui/components/parts');
  const removal = system.require('@concord:arkui/views/removal');
  const { said } = system.require('@concord:arkui/attributes');
  const { box, set, color, text } = system.require('@concord:arkui/overlays/box');
  const { guest } = process;

  const TAP = { type: 'Tap', options: { count: 1, fingers: 1 } };
  // SubMenuExpandingMode
  const SIDE = 0;
  const EMBEDDED = 1;
  const STACKED = 2;
  let chosen = () => {};
  let expanded = () => {};

  const icon = (source) => (source ? box('Image', [source], { width: 24, height: 24, fillColor: color('ohos_id_color_text_primary') })
    : undefined);
  // A symbol comes before a picture.
  function iconOr(symbol, source) {
    const own = said(symbol);
    if (own?.create === undefined) {
      return icon(source);
    }
    const { create, ...attributes } = own;
    return box('SymbolGlyph', [create], { fontSize: 24, ...attributes });
  }
  const label = (value, size, name) => box('Text', [text(value)], { fontSize: size, fontColor: color(name) });

  const inline = (children) => box('Row', [{ space: 8 }], {}, children);

  // A line of a menu that was given as an array: {value, icon, enabled, action}.
  function plain(item, close) {
    return box('MenuItem', [], {
      enabled: item.enabled,
      onClick: () => {
        guest(() => item.action?.());
        close();
      },
    }, [inline([icon(item.icon), label(item.value, 16, 'ohos_id_color_text_primary')])]);
  }

  // Element id of a MenuItem → what it was told.
  const records = new Map();
  removal.onDeleted((elmtIds) => elmtIds.forEach((elmtId) => records.delete(elmtId)));

  const fontOf = (font) => ({ fontSize: font?.size, fontWeight: font?.weight, fontFamily: font?.family, fontStyle: font?.style });

  // Builds what an item shows, anew.
  function render(node) {
    const record = records.get(nodes.elmtId(node));
    const { options } = record;
    parts.set(node, 'content', typeof options === 'function' || typeof options?.builder === 'function' && options.content === undefined
      ? options : () => {
        record.text = label(options?.content, 16, 'ohos_id_color_text_primary');
        record.label = options?.labelInfo ? label(options.labelInfo, 14, 'ohos_id_color_text_secondary') : undefined;
        const check = record.selected && record.selectIcon
          ? typeof record.selectIcon === 'boolean' ? label('\u2713', 16, 'ohos_id_color_text_primary')
            : iconOr(record.selectIcon, typeof record.selectIcon === 'object' && 'id' in record.selectIcon
              || typeof record.selectIcon === 'string' ? record.selectIcon : undefined) : undefined;
        nodes.append(node, inline([check, iconOr(options?.symbolStartIcon, options?.startIcon), record.text]));
        const end = [record.label, iconOr(options?.symbolEndIcon, options?.endIcon), arrow(node, record)].filter((part) => part !== undefined);
        if (end.length > 0) {
          nodes.append(node, inline(end));
        }
      });
    looks(record);
  }

  // What a menu says of those that open from its items: {mode, symbol}, by element id.
  const menus = new Map();
  removal.onDeleted((elmtIds) => elmtIds.forEach((elmtId) => menus.delete(elmtId)));

  function menuOf(node) {
    let at = nodes.parent(node);
    while (at !== 0 && nodes.type(at) !== 'Menu') {
      at = nodes.parent(at);
    }
    return menus.get(at === 0 ? -1 : nodes.elmtId(at)) ?? { mode: SIDE };
  }

  const subMenu = ({ options, subMenuBuilder }) =>
    subMenuBuilder ?? (options?.content === undefined ? undefined : options.builder);

  // Says that an item has a menu of its own, and where it opens.
  function arrow(node, record) {
    if (typeof subMenu(record) !== 'function') {
      return undefined;
    }
    const { mode, symbol } = menuOf(node);
    return mode !== SIDE && symbol ? iconOr(symbol) : label(mode === SIDE ? '\u203a' : record.open ? '\u2303' : '\u2304', 16,
      'ohos_id_color_text_secondary');
  }

  // The menu of an item in the middle of its own: it comes and goes below the item.
  function embed(node, record, builder) {
    const { shown } = record;
    record.open = shown === undefined;
    record.shown = undefined;
    if (shown !== undefined) {
      removal.removeNode(shown);
    } else {
      const parent = nodes.parent(node);
      record.shown = parts.build('__Builder__', builder);
      nodes.insert(parent, record.shown, nodes.children(parent).indexOf(node) + 1);
    }
    nodes.children(node).forEach(removal.removeNode);
    render(node);
    nodes.requestFrame();
  }

  function looks({ text: words, label: info, looks: told }) {
    if (words !== undefined) {
      set(words, { ...fontOf(told.contentFont), fontColor: told.contentFontColor });
    }
    if (info !== undefined) {
      set(info, { ...fontOf(told.labelFont), fontColor: told.labelFontColor });
    }
  }

  function clicked(node) {
    const record = records.get(nodes.elmtId(node));
    if (!record) {
      return;
    }
    if (record.onChange || record.changeSelected) {
      record.selected = !record.selected;
      guest(() => record.changeSelected?.(record.selected));
      guest(() => record.onChange?.(record.selected));
    }
    const builder = subMenu(record);
    if (typeof builder !== 'function') {
      chosen(node);
      return;
    }
    const { mode } = menuOf(node);
    if (mode === EMBEDDED) {
      embed(node, record, builder);
    } else {
      expanded(node, builder, mode === STACKED);
    }
  }

  const specials = {
    MenuItem(Class, { stack }) {
      Class.create = (options) => {
        const node = stack.enter('MenuItem');
        nodes.call(node, 'create');
        const elmtId = nodes.elmtId(node);
        const known = records.get(elmtId);
        // Handlers are bound anew with each update.
        nodes.call(node, 'parallelGesture', { ...TAP, onAction: () => clicked(node) }, 0);
        records.set(elmtId, { ...known, options, looks: {}, text: undefined, label: undefined });
        nodes.children(node).forEach(removal.removeNode);
        render(node);
      };
      const record = () => records.get(nodes.elmtId(stack.top()));
      for (const name of ['contentFont', 'contentFontColor', 'labelFont', 'labelFontColor']) {
        Class[name] = (value) => {
          const own = record();
          if (own) {
            own.looks[name] = value;
            looks(own);
          }
        };
      }
      Class.selected = (value) => {
        const own = record();
        if (own) {
          own.selected = typeof value === 'object' && value !== null ? value.value : value;
          own.changeSelected = value?.changeEvent;
          nodes.children(stack.top()).forEach(removal.removeNode);
          render(stack.top());
        }
      };
      Class.selectIcon = (value) => {
        const own = record();
        if (own) {
          own.selectIcon = value;
          nodes.children(stack.top()).forEach(removal.removeNode);
          render(stack.top());
        }
      };
      Class.subMenuBuilder = (builder) => {
        const own = record();
        if (own) {
          own.subMenuBuilder = parts.builderOf(builder);
          nodes.children(stack.top()).forEach(removal.removeNode);
          render(stack.top());
        }
      };
      Class.onChange = (callback) => {
        const own = record();
        if (own) {
          own.onChange = callback;
        }
      };
    },
    MenuItemGroup(Class, { stack }) {
      Class.create = (options) => {
        const node = stack.enter('MenuItemGroup');
        nodes.call(node, 'create');
        const heading = (value) => {
          const builder = parts.builderOf(value);
          return builder ?? (value === undefined ? undefined : () => nodes.append(stack.top(),
            box('Row', [{}], { padding: { left: 16, right: 16, top: 8, bottom: 8 } },
              [label(value, 14, 'ohos_id_color_text_secondary')])));
        };
        parts.set(node, 'header', heading(options?.header));
        parts.set(node, 'footer', heading(options?.footer));
      };
    },
    Menu(Class, { stack }) {
      // Looks of all items of a menu: given to those that are there when it is complete.
      const font = (attributes) => {
        const node = stack.top();
        system.later(() => nodes.exists(node) && texts(node).forEach((one) => set(one, attributes)));
      };
      Class.font = (value) => font(fontOf(value));
      Class.fontColor = (value) => font({ fontColor: value });
      Class.fontSize = (value) => font({ fontSize: value });
      const told = (what) => {
        const elmtId = nodes.elmtId(stack.top());
        menus.set(elmtId, { mode: SIDE, ...menus.get(elmtId), ...what });
      };
      Class.subMenuExpandingMode = (mode) => told({ mode });
      Class.subMenuExpandSymbol = (symbol) => told({ symbol });
      Class.radius = (value) => nodes.call(stack.top(), 'borderRadius', value);
    },
  };

  function texts(node) {
    return nodes.children(node).flatMap((child) => (nodes.type(child) === 'Text' ? [child] : texts(child)));
  }

  return {
    plain,
    special: (Class, tools) => specials[Class.name](Class, tools),
    whenChosen(f) {
      chosen = f;
    },
    whenExpanded(f) {
      expanded = f;
    },
  };
})
