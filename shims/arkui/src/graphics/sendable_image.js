// @ohos:multimedia.sendableImage: pictures that threads share.
(function (host, system) {
  'use strict';
  const { PixelMap, fail } = system.require('@concord:arkui/pixels');
  const image = system.require('@ohos:multimedia.image');

  const mustMap = (map) => map instanceof PixelMap || fail(401, 'Parameter error. There is no PixelMap.');

  // A source that gives such pictures.
  class ImageSource {
    #source;

    constructor(source) { this.#source = source; }

    createPixelMap(options) { return this.#source.createPixelMap(options); }
    release() { return this.#source.release(); }
  }

  function createImageSource(source) {
    const made = image.createImageSource(source);
    return made === undefined ? undefined : new ImageSource(made);
  }

  // Pixels are the same for both kinds: what one of them changes, the other one shows.
  function convert(map) {
    mustMap(map);
    if (map.isReleased()) fail(62980104, 'Failed to initialize the internal object.');
    const { format, alphaType, editable, mimeType, colorSpace, density } = map.__state__;
    return new PixelMap(map.__pixels__, { pixelFormat: format, alphaType, editable, mimeType, colorSpace, density });
  }

  return {
    createImageSource,
    createPixelMap: (colors, options) => image.createPixelMap(colors, options),
    createPixelMapSync: (colors, options) => image.createPixelMapSync(colors, options),
    createPixelMapFromParcel: image.createPixelMapFromParcel,
    createPixelMapFromSurface: image.createPixelMapFromSurface,
    createImageReceiver: image.createImageReceiver,
    convertFromPixelMap: convert,
    convertToPixelMap: convert,
  };
})
