// @concord:arkui/canvas/bitmap: ImageBitmap and ImageData.
(function (host, system) {
  'use strict';
  const { device } = system.require('@concord:process').info;
  const { size, hide } = system.require('@concord:arkui/pixels');

  const PX = 1;
  // px in one unit of `LengthMetricsUnit`.
  const scaleOf = (unit) => (unit === PX ? 1 : device.density);

  class ImageBitmap {
    #unit;

    // `source` is a path or a PixelMap.
    constructor(source, unit) {
      this.#unit = unit;
      hide(this, typeof source === 'string' ? host.load(source) : source?.__pixels__);
    }

    get width() { return this.__pixels__ === undefined ? 0 : size(this.__pixels__)[0] / scaleOf(this.#unit); }
    get height() { return this.__pixels__ === undefined ? 0 : size(this.__pixels__)[1] / scaleOf(this.#unit); }
    close() { hide(this, undefined); }
  }

  // Its size is in px, whatever the unit of what it was made with.
  class ImageData {
    constructor(width, height, data, unit) {
      const scale = scaleOf(unit);
      const [columns, rows] = [width, height].map((extent) => Math.max(0, Math.floor(Math.abs(Number(extent) || 0) * scale)));
      Object.assign(this, { width: columns, height: rows });
      const bytes = Math.min(columns * rows * 4, 2 ** 28);
      this.data = data instanceof ArrayBuffer ? new Uint8ClampedArray(data)
        : ArrayBuffer.isView(data) ? new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength)
          : new Uint8ClampedArray(bytes);
    }

    static ofPixels(width, height, buffer) { return new ImageData(width, height, buffer ?? new ArrayBuffer(width * height * 4), PX); }
  }

  return { ImageBitmap, ImageData, scaleOf };
})
