// @concord:arkui/uitest/widgets: what is shown now, as UiTest looks at it.
(function (host, system) {
  'use strict';
  const input = system.require('@concord:arkui/input');
  const { info } = system.require('@concord:process');

  const DISPLAY = 0;

  // All widgets of all windows, in the order of the tree, the topmost window first. Each knows its parent (an index) and where
  // what is in it ends.
  function snapshot() {
    const all = [];
    // What is built but not shown yet is not there for a person.
    if (![...system.require('@concord:arkui/windows').windows].some((window) => window.internal.isShown())) {
      return all;
    }
    const windows = JSON.parse(input.widgets());
    windows.reverse().forEach((window, index) => flatten(window, -1, `ROOT,${index}`, windows.length - index, all));
    return all;
  }

  function flatten(described, parent, hierarchy, windowId, all) {
    const { children, ...widget } = described;
    const index = all.length;
    Object.assign(widget, { parent, hierarchy, windowId, displayId: DISPLAY, bundleName: info.bundleName, end: index });
    all.push(widget);
    children.forEach((child, place) => flatten(child, index, `${hierarchy},${place}`, windowId, all));
    widget.end = all.length;
  }

  const text = ([left, top, right, bottom]) => `[${left},${top}][${right},${bottom}]`;

  // The attributes of a widget as layout dumps have them: all are texts.
  function attributes(widget) {
    const strings = {
      accessibilityId: widget.node,
      backgroundColor: widget.backgroundColor,
      backgroundImage: '',
      blur: '0.0',
      bounds: text(widget.bounds),
      checkable: widget.checkable,
      checked: widget.checked,
      clickable: widget.clickable,
      clip: widget.clip,
      description: widget.description,
      displayId: widget.displayId,
      enabled: widget.enabled,
      focused: widget.focused,
      hierarchy: widget.hierarchy,
      hint: widget.hint,
      hitTestBehavior: widget.hitTestBehavior,
      hostWindowId: widget.windowId,
      id: widget.id,
      key: widget.id,
      longClickable: widget.longClickable,
      opacity: widget.opacity,
      origBounds: text(widget.origBounds),
      originalText: widget.text,
      scrollable: widget.scrollable,
      selected: widget.selected,
      text: widget.text,
      type: widget.type,
      visible: widget.visible,
      zIndex: widget.zIndex,
    };
    return Object.fromEntries(Object.entries(strings).map(([name, value]) => [name, String(value ?? '')]));
  }

  // The layout dump: `{attributes, children}`, one child of the root for each window.
  function dump() {
    const all = snapshot();
    const made = all.map((widget) => ({ attributes: attributes(widget), children: [] }));
    const roots = [];
    all.forEach((widget, index) => (widget.parent < 0 ? roots : made[widget.parent].children).push(made[index]));
    for (const root of roots) {
      Object.assign(root.attributes, { bundleName: info.bundleName, abilityName: '', pagePath: '' });
    }
    const { device } = info;
    const bounds = text([0, 0, device.width, device.height]);
    const names = Object.keys(attributes({ bounds: [0, 0, 0, 0], origBounds: [0, 0, 0, 0] }));
    const empty = Object.fromEntries(names.map((name) => [name, '']));
    return { attributes: { ...empty, bounds, origBounds: bounds }, children: roots };
  }

  const center = ({ bounds: [left, top, right, bottom] }) => ({ x: Math.trunc((left + right) / 2), y: Math.trunc((top + bottom) / 2) });

  return { snapshot, dump, center };
})
