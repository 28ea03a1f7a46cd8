// @concord:arkui/views/removal: what happens when nodes leave the tree.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const elements = system.require('@concord:arkui/views/elements');
  const tracking = system.require('@concord:arkui/state/tracking');
  const recycling = system.require('@concord:arkui/views/recycling');

  // Told of deleted elements; for those who keep something by element or node.
  const listeners = new Set();

  // Told before a subtree is destroyed, while its nodes are still there; given a function that lists its element ids.
  const removing = new Set();

  function elementsIn(node) {
    const found = [];
    const visit = (at) => {
      found.push(nodes.elmtId(at));
      nodes.children(at).forEach(visit);
    };
    visit(node);
    return found;
  }

  // Removes a node and what is below it. Reusable components go to their pools first.
  function removeNode(node) {
    if (node === undefined || !nodes.exists(node)) {
      return;
    }
    if (recycling.inUse() && recycling.salvage(node, new Set())) {
      return;
    }
    for (const listener of removing) {
      listener(() => elementsIn(node));
    }
    deleted(nodes.remove(node));
  }

  // Removes nodes that are rendered again at once (API 8): their components live on.
  function removeRendered(node) {
    for (const elmtId of nodes.remove(node)) {
      if (!elements.viewOf(elmtId)) {
        elements.ownerOf(elmtId)?.forgetElement_(elmtId);
        tracking.clear(elmtId);
      }
      elements.forget(elmtId);
    }
  }

  // The views among elements, parents before their children.
  function parentsFirst(views) {
    const ordered = [];
    const visit = (view) => {
      ordered.push(view);
      for (const child of view.children_?.values() ?? []) {
        if (views.has(child)) {
          visit(child);
        }
      }
    };
    const tops = [...views].filter((view) => !views.has(view.parent_));
    tops.sort((one, other) => one.id__() - other.id__()).forEach(visit);
    return ordered;
  }

  // Elements are gone. Their components hear of it while all of them are still there.
  function deleted(elmtIds) {
    const views = new Set();
    for (const elmtId of elmtIds) {
      const view = elements.viewOf(elmtId);
      if (view) {
        views.add(view);
      }
    }
    const ordered = parentsFirst(views);
    for (const view of ordered) {
      if (view.built_ && !view.deleted_) {
        process.guest(() => view.aboutToDisappear?.());
      }
    }
    for (const view of ordered) {
      process.guest(() => (view.aboutToBeDeleted ? view.aboutToBeDeleted() : view.aboutToBeDeletedInternal()));
    }
    for (const elmtId of elmtIds) {
      elements.ownerOf(elmtId)?.forgetElement_(elmtId);
      tracking.clear(elmtId);
      elements.forget(elmtId);
    }
    for (const listener of listeners) {
      listener(elmtIds);
    }
  }

  return { removeNode, removeRendered, deleted, onDeleted: (listener) => listeners.add(listener),
    onRemoving: (listener) => removing.add(listener) };
})
