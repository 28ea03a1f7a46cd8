// @concord:arkui/overlays/anchored-contents: popups and menus whose content is a ComponentContent: `openPopup`, `openMenu`.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { windowOf } = system.require('@concord:arkui/overlays/layer');
  const { nodeOfContent } = system.require('@concord:arkui/overlays/content-dialogs');
  const { Popup } = system.require('@concord:arkui/overlays/popup');
  const { MenuLayer } = system.require('@concord:arkui/overlays/menu');
  const { BusinessError } = system;

  const open = { popup: new Map(), menu: new Map() };

  function targetOf(target) {
    const id = target?.id;
    const node = typeof id === 'number' ? nodes.byElmtId(id) : typeof id === 'string' ? nodes.findByKey(id) : 0;
    if (node === 0) {
      throw new BusinessError(103304, 'The targetId does not exist.');
    }
    return node;
  }

  function check(content) {
    const node = nodeOfContent(content);
    if (node === undefined) {
      throw new BusinessError(103301, 'The ComponentContent is incorrect.');
    }
    return node;
  }

  function find(kind, content) {
    check(content);
    const shown = open[kind].get(content);
    if (!shown) {
      throw new BusinessError(103303, 'The ComponentContent cannot be found.');
    }
    return shown;
  }

  return {
    open(kind, ui, content, target, options = {}) {
      const node = check(content);
      if (open[kind].has(content)) {
        throw new BusinessError(103302, 'The ComponentContent already exists.');
      }
      const place = { window: windowOf(ui), target: targetOf(target), node, options, ended: () => {
        open[kind].delete(content);
        nodes.detach(node);
      } };
      open[kind].set(content, kind === 'popup' ? new Popup(place) : new MenuLayer(place));
    },
    update(kind, content, options) {
      find(kind, content).update(options ?? {});
    },
    close(kind, content) {
      find(kind, content).close();
    },
  };
})
