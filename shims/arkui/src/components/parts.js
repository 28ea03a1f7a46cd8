// @concord:arkui/components/parts: what components build from functions that are no children: headers, footers, tabs, actions.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const removal = system.require('@concord:arkui/views/removal');
  const { building } = system.require('@concord:arkui/views/base');

  // Element id of a component → name of a part → its node.
  const parts = new Map();
  removal.onDeleted((elmtIds) => {
    for (const elmtId of elmtIds) {
      const own = parts.get(elmtId);
      parts.delete(elmtId);
      own?.forEach(removal.removeNode);
    }
  });

  // `() => {…}` or `{builder: () => {…}}`.
  const builderOf = (value) => (typeof value === 'function' ? value : typeof value?.builder === 'function' ? value.builder : undefined);

  // Builds into a new node of a type; inside `parent`, when there is one.
  function build(type, builder, parent) {
    const node = nodes.create(type, -1);
    if (parent !== undefined) {
      nodes.append(parent, node);
    }
    building(() => stack.within(node, builder));
    return node;
  }

  // Builds a part of a component anew, or takes it away when there is no builder. Gives its node, or 0.
  function set(owner, name, value, { type = '__Builder__', inside = true } = {}) {
    const elmtId = nodes.elmtId(owner);
    const own = parts.get(elmtId) ?? new Map();
    removal.removeNode(own.get(name));
    own.delete(name);
    const builder = builderOf(value);
    if (builder) {
      parts.set(elmtId, own);
      own.set(name, build(type, builder, inside ? owner : undefined));
    }
    return own.get(name) ?? 0;
  }

  return { builderOf, build, set };
})
