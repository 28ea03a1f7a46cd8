// @ohos:arkui.componentSnapshot: pictures of components as PixelMaps; UIContext.getComponentSnapshot() is the same object.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { fromRgba, fail } = system.require('@concord:arkui/pixels');
  const { BusinessError } = system;

  const MISSING = 'Invalid ID: there is no such component, or it has no size.';
  // Largest side of a picture in px.
  const MOST = 8192;

  // {scale, region}: a region in px of the component, which may say start and end instead of left and right.
  function partOf(node, region) {
    if (typeof region !== 'object' || region === null) {
      return undefined;
    }
    const [, , width, height] = nodes.frame(node);
    const rightToLeft = system.require('@concord:process').configuration.direction === 1;
    const { top = 0, bottom = height } = region;
    const start = region.start ?? region.left ?? 0;
    const end = region.end ?? region.right ?? width;
    const localized = region.start !== undefined && rightToLeft;
    const [left, right] = localized ? [width - end, width - start] : [start, end];
    if (!(right > left) || !(bottom > top) || left < 0 || top < 0 || right > width || bottom > height) {
      throw new BusinessError(401, 'Parameter error. The region must lie in the component.');
    }
    return [left, top, right, bottom];
  }

  function take(node, options) {
    if (node === 0) {
      return fail(100001, MISSING);
    }
    const scale = options?.scale ?? 1;
    if (typeof scale !== 'number' || !(scale > 0)) {
      return fail(401, 'Parameter error. The scale must be a number above 0.');
    }
    nodes.flush();
    const taken = nodes.snapshot(node, scale, partOf(node, options?.region));
    return taken === undefined ? fail(100001, MISSING) : fromRgba(taken.width, taken.height, taken.pixels, { editable: true });
  }

  const getSync = (id, options) => take(nodes.findByKey(String(id)), options);
  const isOptions = (value) => typeof value === 'object' && value !== null;
  const callbackOf = (args) => args.find((arg) => typeof arg === 'function');
  const optionsOf = (args) => args.find(isOptions);

  // Shows nodes in a window that is gone again before anybody can see it.
  function offScreen(node, work) {
    const { device } = system.require('@concord:process').info;
    const window = nodes.createWindow(device.width, device.height);
    try {
      nodes.append(window, node);
      return work();
    } finally {
      if (nodes.exists(node) && nodes.parent(node) === window) {
        nodes.detach(node);
      }
      nodes.remove(window);
    }
  }

  const later = (ms) => new Promise((resolve) => {
    setTimeout(resolve, Math.max(Number(ms) || 0, 0));
  });

  // The delay is for pictures that are still being loaded, 300 ms unless the app says otherwise.
  const DELAY = 300;
  const delayOf = (args) => args.find((arg) => typeof arg === 'number') ?? DELAY;

  return {
    getSync,
    get: (id, ...args) => system.async(() => getSync(id, optionsOf(args)), callbackOf(args)),
    getSyncWithUniqueId: (id, options) => take(nodes.byElmtId(id), options),
    getWithUniqueId: (id, options) => system.async(() => take(nodes.byElmtId(id), options)),
    createFromBuilder(builder, ...args) {
      return system.async(async () => {
        const { BuilderRoot } = system.require('@concord:arkui/views/builder-root');
        const root = new BuilderRoot(builder);
        try {
          const [node] = root.build(undefined, undefined, { throws: true });
          await later(delayOf(args));
          return offScreen(node, () => take(node, optionsOf(args)));
        } finally {
          root.dispose();
        }
      }, callbackOf(args));
    },
    createFromComponent(content, ...args) {
      return system.async(async () => {
        const frameNode = system.require('@concord:arkui/builder-node').frameNodeOfContent(content);
        if (!frameNode) {
          throw new BusinessError(401, 'Parameter error. The content must be a ComponentContent.');
        }
        const node = system.require('@concord:arkui/frame-node').nodeOf(frameNode);
        await later(delayOf(args));
        return offScreen(node, () => take(node, optionsOf(args)));
      });
    },
    getSizeLimitation: () => ({ maxWidth: MOST, maxHeight: MOST }),
  };
})
