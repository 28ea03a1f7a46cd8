// @concord:arkui/views/elements: element ids. Each node that a view makes has one; updates, dependencies and deletion go by it.
(function () {
  'use strict';

  let last = 0;
  // Element id → the view whose update function made it.
  const owners = new Map();
  // Element id → {node, type, elmtId} of its node.
  const nodeOf = new Map();
  // Element id of a custom component → its view.
  const views = new Map();

  return {
    allocate: () => ++last,
    own: (elmtId, view) => owners.set(elmtId, view),
    ownerOf: (elmtId) => owners.get(elmtId),
    nodeOf: (elmtId) => nodeOf.get(elmtId),
    setNode: (elmtId, node, type) => {
      const entry = { node, type, elmtId };
      nodeOf.set(elmtId, entry);
      return entry;
    },
    views: () => views,
    viewOf: (elmtId) => views.get(elmtId),
    setView: (elmtId, view) => views.set(elmtId, view),
    forget(elmtId) {
      owners.delete(elmtId);
      nodeOf.delete(elmtId);
      views.delete(elmtId);
    },
    // For tests: nothing of a deleted page may stay.
    count: () => owners.size + nodeOf.size + views.size,
  };
})
