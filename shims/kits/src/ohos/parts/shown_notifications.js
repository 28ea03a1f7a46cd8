// @concord:kits/shown-notifications: what the desktop shows of notifications, and what people do with them.
(function (host, system) {
  'use strict';

  // Larger pictures are made smaller: they stand beside a few lines of text.
  const LARGEST_SIDE = 512;
  const RGBA = 3;
  const BGRA = 4;
  const PREMULTIPLIED = 2;

  let listener;

  // The pixels of a PixelMap; undefined when they are of a kind that desktops do not know.
  function pixels(map) {
    const { size: { width, height } } = map.getImageInfoSync();
    const shrink = Math.min(1, LARGEST_SIDE / Math.max(width, height));
    const shown = shrink < 1 ? map.createScaledPixelMapSync(shrink, shrink) : map;
    const { size, pixelFormat, alphaType } = shown.getImageInfoSync();
    if (pixelFormat !== RGBA && pixelFormat !== BGRA) {
      return undefined;
    }
    const data = new ArrayBuffer(size.width * size.height * 4);
    shown.readPixelsToBufferSync(data);
    return [{ ...size, bgra: pixelFormat === BGRA, premultiplied: alphaType === PREMULTIPLIED }, data];
  }

  function pictureOf(map) {
    try {
      return typeof map?.getImageInfoSync === 'function' ? pixels(map) ?? [] : [];
    } catch {
      // Released meanwhile, or not a picture at all.
      return [];
    }
  }

  return {
    show: (message, map) => host.show(JSON.stringify(message), ...pictureOf(map)),
    withdraw: host.withdraw,
    setBadge: host.setBadge,
    // `hear({key, action})`; no action when a message is gone.
    listen(hear) {
      listener = hear;
      host.listen();
    },
    happened: (event) => listener?.(event),
  };
})
