// @concord:arkui/tab-bars: bars of tabs that go away while what is bound to them scrolls. Controllers may come before components.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { boundNode, onBound } = system.require('@concord:arkui/components/controllers');

  // TabsController → its scrollers, with how often each was bound.
  const bound = new WeakMap();
  const isObject = (value) => typeof value === 'object' && value !== null;

  function tell(tabs) {
    const node = boundNode(tabs);
    if (node !== undefined) {
      const containers = [...bound.get(tabs).keys()].map(boundNode).filter((container) => container !== undefined);
      nodes.command(node, 'follow', containers);
    }
  }

  function change(tabs, scrollers, by) {
    if (!isObject(tabs)) {
      return;
    }
    const all = bound.get(tabs) ?? new Map();
    if (!bound.has(tabs)) {
      bound.set(tabs, all);
      onBound(tabs, () => tell(tabs));
    }
    for (const scroller of scrollers.filter(isObject)) {
      const times = (all.get(scroller) ?? 0) + by;
      if (times > 0) {
        all.set(scroller, times);
        if (times === 1 && by > 0) {
          onBound(scroller, () => all.has(scroller) && tell(tabs));
        }
      } else {
        all.delete(scroller);
      }
    }
    tell(tabs);
  }

  return {
    bind: (tabs, scrollers) => change(tabs, scrollers, 1),
    unbind: (tabs, scrollers) => change(tabs, scrollers, -1),
  };
})
