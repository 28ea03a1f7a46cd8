// @ohos:arkui.componentSnapshot: pictures of components as PixelMaps; UIContext.getComponentSnapshot() is the same object.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { fromRgba, fail } = system.require('@concord:arkui/pixels');

  function take(node) {
    const taken = node === 0 ? undefined : nodes.snapshot(node);
    return taken === undefined ? fail(100001, 'Invalid ID: there is no such component, or it has no size.')
      : fromRgba(taken.width, taken.height, taken.pixels, { editable: true });
  }

  const getSync = (id) => take(nodes.findByKey(String(id)));
  const callbackOf = (...args) => args.find((arg) => typeof arg === 'function');

  return {
    getSync,
    get: (id, callback, options) => system.async(() => getSync(id), callbackOf(callback, options)),
    getSyncWithUniqueId: (id) => take(nodes.byElmtId(id)),
    getWithUniqueId: (id) => system.async(() => take(nodes.byElmtId(id))),
    createFromBuilder(builder, callback) {
      return system.async(() => {
        const { BuilderRoot } = system.require('@concord:arkui/views/builder-root');
        const { device } = system.require('@concord:process').info;
        const root = new BuilderRoot(builder);
        // A window that is gone again before anybody can see it.
        const window = nodes.createWindow(device.width, device.height);
        try {
          const [node] = root.build(undefined, undefined, { throws: true });
          nodes.append(window, node);
          return take(node);
        } finally {
          root.dispose();
          nodes.remove(window);
        }
      }, callbackOf(callback));
    },
  };
})
