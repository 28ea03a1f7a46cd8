// @concord:arkui/components/parts: what components build from functions that are no children: headers, footers, tabs, actions.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const removal = system.require('@concord:arkui/views/removal');
  const { building } = system.require('@concord:arkui/views/base');
  const builderNode = () => system.require('@concord:arkui/builder-node');
  const frameNode = () => system.require('@concord:arkui/frame-node');

  // Element id of a component → name of a part → its node.
  const parts = new Map();
  removal.onDeleted((elmtIds) => {
    for (const elmtId of elmtIds) {
      const own = parts.get(elmtId);
      parts.delete(elmtId);
      own?.forEach(drop);
    }
  });

  // `() => {…}` or `{builder: () => {…}}`.
  const builderOf = (value) => (typeof value === 'function' ? value : typeof value?.builder === 'function' ? value.builder : undefined);

  // The node of a ComponentContent, which is the app's and outlives the part that shows it.
  function contentOf(value) {
    const content = value?.builderComponent ?? value;
    const frame = typeof content === 'object' && content !== null ? builderNode().frameNodeOfContent(content) : undefined;
    return frame && frameNode().nodeOf(frame);
  }

  // Takes a part away; what is the app's in it lives on.
  const contents = new Map();
  function drop(part) {
    const content = contents.get(part);
    contents.delete(part);
    if (content !== undefined && nodes.exists(content)) {
      nodes.detach(content);
    }
    removal.removeNode(part);
  }

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
    if (own.has(name)) {
      drop(own.get(name));
    }
    own.delete(name);
    const builder = builderOf(value);
    const content = builder ? undefined : contentOf(value);
    if (builder || content !== undefined) {
      const part = build(type, builder ?? (() => {}), inside ? owner : undefined);
      parts.set(elmtId, own);
      own.set(name, part);
      if (content !== undefined) {
        contents.set(part, content);
        nodes.append(part, content);
      }
    }
    return own.get(name) ?? 0;
  }

  return { builderOf, contentOf, build, set };
})
