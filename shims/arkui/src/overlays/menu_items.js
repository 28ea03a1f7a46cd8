// @concord:arkui/overlays/menu-items: the classes Menu, MenuItem and MenuItemGroup, and items that menus make from arrays.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const parts = system.require('@concord:arkui/components/parts');
  const removal = system.require('@concord:arkui/views/removal');
  const { box, set, color, text } = system.require('@concord:arkui/overlays/box');
  const { guest } = process;

  const TAP = { type: 'Tap', options: { count: 1, fingers: 1 } };
  let chosen = () => {};
  let expanded = () => {};

  const icon = (source) => (source ? box('Image', [source], { width: 24, height: 24, fillColor: color('ohos_id_color_text_primary') })
    : undefined);
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
          ? typeof record.selectIcon === 'boolean' ? label('\u2713', 16, 'ohos_id_color_text_primary') : icon(record.selectIcon) : undefined;
        nodes.append(node, inline([check, icon(options?.startIcon), record.text]));
        const end = [record.label, icon(options?.endIcon)].filter((part) => part !== undefined);
        if (end.length > 0) {
          nodes.append(node, inline(end));
        }
      });
    looks(record);
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
    if (typeof record.options?.builder === 'function' && record.options.content !== undefined) {
      expanded(node, record.options.builder);
    } else {
      chosen(node);
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
