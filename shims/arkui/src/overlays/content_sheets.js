// @concord:arkui/overlays/content-sheets: sheets whose content is a ComponentContent: `openBindSheet`.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { windowOf } = system.require('@concord:arkui/overlays/layer');
  const { nodeOfContent } = system.require('@concord:arkui/overlays/content-dialogs');
  const { Sheet } = system.require('@concord:arkui/overlays/sheet');
  const { BusinessError } = system;

  // ComponentContent → {sheet, options}
  const open = new Map();

  function check(content) {
    const node = nodeOfContent(content);
    if (node === undefined) {
      throw new BusinessError(120001, 'The bindSheetContent is incorrect.');
    }
    return node;
  }

  function find(content) {
    check(content);
    const shown = open.get(content);
    if (!shown) {
      throw new BusinessError(120003, 'The bindSheetContent cannot be found.');
    }
    return shown;
  }

  return {
    open(ui, content, options = {}, targetId) {
      const node = check(content);
      if (open.has(content)) {
        throw new BusinessError(120002, 'The bindSheetContent already exists.');
      }
      if (typeof targetId === 'number' && nodes.byElmtId(targetId) === 0) {
        throw new BusinessError(120004, 'The targetId does not exist.');
      }
      const sheet = new Sheet({ window: windowOf(ui), node, options, ended: () => {
        open.delete(content);
        nodes.detach(node);
      } });
      open.set(content, { sheet, options });
    },
    update(content, options, partial) {
      const shown = find(content);
      shown.options = partial === true ? { ...shown.options, ...options } : options ?? {};
      shown.sheet.update(shown.options);
    },
    close(content) {
      find(content).sheet.close();
    },
  };
})
