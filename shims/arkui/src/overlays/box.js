// @concord:arkui/overlays/box: nodes of the system's own dialogs and menus, made from ordinary components.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const { resolve } = system.require('@concord:arkui/resources');

  let themes;
  const theme = () => (themes ??= system.require('@concord:arkui/theme'));

  // A colour of the system, light or dark, unless the app has a theme with another.
  const color = (name) => theme().colorOf(name) ?? ({ id: -1, type: 10001, params: [`sys.color.${name}`], bundleName: '', moduleName: '' });

  // A text, as it is or from resources.
  function text(value) {
    if (value === undefined || value === null) {
      return '';
    }
    return typeof value === 'object' ? String(resolve(value) ?? '') : String(value);
  }

  // A node of a component: the arguments of `create`, attributes by name, children. Attributes without a value are left out.
  function box(type, create, attributes = {}, children = []) {
    const node = nodes.create(type, -1);
    nodes.call(node, type === 'Button' ? 'createWithLabel' : 'create', ...create);
    if (type === 'Button') {
      // Those of dialogs are texts.
      const words = theme().colorOf('ohos_id_color_text_primary_activated');
      set(node, { fontColor: words });
    } else {
      theme().apply(node, type);
    }
    set(node, attributes);
    for (const child of children) {
      if (child !== undefined) {
        nodes.append(node, child);
      }
    }
    return node;
  }

  function set(node, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) {
        nodes.call(node, name, value);
      }
    }
  }

  // A window's extent in vp.
  const vp = (px) => px / process.info.device.density;

  return { box, set, color, text, vp };
})
