// @concord:arkui/components/content-modifier: what an app builds in place of the looks of a control. The tree calls back with the
// control's configuration when that has changed, see ui/src/content.rs.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const removal = system.require('@concord:arkui/views/removal');
  const { BuilderRoot } = system.require('@concord:arkui/views/builder-root');

  // What the app calls to have a control do something, by component: a command of it. The others only show something.
  const TRIGGERS = {
    Button: 'triggerClick',
    Checkbox: 'triggerChange',
    CheckboxGroup: 'triggerChange',
    Option: 'triggerSelect',
    Radio: 'triggerChange',
    Rating: 'triggerChange',
    Slider: 'triggerChange',
    Toggle: 'triggerChange',
  };

  // Node of a control → what was built for it: {root, holder, builder}.
  const shown = new Map();
  // Element id → the nodes of its controls: one, or the open options of a Select.
  const owners = new Map();
  removal.onDeleted((elmtIds) => {
    if (owners.size > 0) {
      for (const elmtId of elmtIds) {
        owners.get(elmtId)?.forEach(forget);
        owners.delete(elmtId);
      }
    }
  });

  function forget(node) {
    const record = shown.get(node);
    if (record) {
      shown.delete(node);
      removal.removeNode(record.holder);
      record.root.dispose();
    }
  }

  // Builds or updates what a control shows. Gives the node that holds it.
  function fill(node, modifier, configuration) {
    const wrapped = process.guest(() => modifier.applyContent());
    const params = { ...configuration, contentModifier: modifier };
    const trigger = TRIGGERS[nodes.type(node)];
    if (trigger) {
      params[trigger] = (...args) => void nodes.command(node, trigger, ...args);
    }
    const known = shown.get(node);
    if (known && known.builder === wrapped?.builder) {
      known.root.update(params);
      return known.holder;
    }
    forget(node);
    if (typeof wrapped?.builder !== 'function') {
      return 0;
    }
    const holder = nodes.create('__Builder__', -1);
    nodes.append(node, holder);
    const root = new BuilderRoot(wrapped, undefined);
    shown.set(node, { root, holder, builder: wrapped.builder });
    root.build(params, holder);
    return holder;
  }

  // `contentModifier(modifier)` of a control, or that of the options of a Select.
  function modify(node, method, modifier) {
    const elmtId = nodes.elmtId(node);
    if (typeof modifier?.applyContent !== 'function') {
      nodes.call(node, method, undefined);
      owners.get(elmtId)?.forEach(forget);
      owners.delete(elmtId);
      return;
    }
    const controls = owners.get(elmtId) ?? new Set();
    owners.set(elmtId, controls);
    nodes.call(node, method, (configuration, control) => {
      if (configuration === undefined) {
        controls.delete(control);
        forget(control);
        return 0;
      }
      controls.add(control);
      return fill(control, modifier, configuration);
    });
  }

  return { modify };
})
