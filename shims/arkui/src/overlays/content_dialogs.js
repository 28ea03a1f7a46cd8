// @concord:arkui/overlays/content-dialogs: dialogs whose content an app made itself: a ComponentContent, or a builder.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { windowOf } = system.require('@concord:arkui/overlays/layer');
  const { Dialog } = system.require('@concord:arkui/overlays/dialog');
  const { frameNodeOfContent } = system.require('@concord:arkui/builder-node');
  const { nodeOf } = system.require('@concord:arkui/frame-node');
  const { BusinessError } = system;

  // ComponentContent → Dialog, and id → Dialog.
  const byContent = new Map();
  const byId = new Map();
  let nextId = 1;

  const nodeOfContent = (content) => nodeOf(frameNodeOfContent(content));

  // 103301 when it is none, 103302 when it is shown already.
  function openContent(ui, content, options = {}) {
    const node = nodeOfContent(content);
    if (node === undefined) {
      throw new BusinessError(103301, 'Dialog content error. The ComponentContent is incorrect.');
    }
    if (byContent.has(content)) {
      throw new BusinessError(103302, 'Dialog content already exist. The ComponentContent has already been opened.');
    }
    const dialog = new Dialog(windowOf(ui), options, { bare: true, gone: () => {
      byContent.delete(content);
      // It is the app's, and may be shown again.
      nodes.detach(node);
    } });
    byContent.set(content, dialog);
    dialog.add(node);
    return dialog;
  }

  // Gives the id by which the dialog is closed.
  function openBuilder(ui, builder, options = {}, { bare = false } = {}) {
    const id = nextId++;
    const dialog = new Dialog(windowOf(ui), options, { bare, gone: () => byId.delete(id) });
    byId.set(id, dialog);
    dialog.build(() => builder(id));
    return id;
  }

  function find(key) {
    const dialog = typeof key === 'number' ? byId.get(key) : byContent.get(key);
    if (!dialog && typeof key !== 'number' && nodeOfContent(key) === undefined) {
      throw new BusinessError(103301, 'Dialog content error. The ComponentContent is incorrect.');
    }
    if (!dialog) {
      throw new BusinessError(103303, 'Dialog content not found. The ComponentContent cannot be found.');
    }
    return dialog;
  }

  return { openContent, openBuilder, find, nodeOfContent, dialogOf: (id) => byId.get(id) };
})
