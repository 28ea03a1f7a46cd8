// @concord:arkui/pixels: `PixelMap`, over pixels that components can show (pixels.rs).
(function (host, system) {
  'use strict';
  const FORMATS = {
    UNKNOWN: 0, ARGB_8888: 1, RGB_565: 2, RGBA_8888: 3, BGRA_8888: 4, RGB_888: 5, ALPHA_8: 6, RGBA_F16: 7, NV21: 8, NV12: 9,
    RGBA_1010102: 10, YCBCR_P010: 11, YCRCB_P010: 12, ASTC_4x4: 102,
  };
  // Bytes of a pixel; of one of the first plane.
  const BYTES = [0, 4, 2, 4, 4, 3, 1, 8, 1, 1, 4, 2, 2];
  const OPAQUE = 1;
  const PREMUL = 2;
  const UNPREMUL = 3;
  const MOST_NAME = 31;

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const colorSpaces = () => system.require('@ohos:graphics.colorSpaceManager');
  const hide = (object, pixels) => Object.defineProperty(object, '__pixels__', { value: pixels, writable: true, configurable: true });
  const isFormat = (format) => Number.isInteger(format) && format >= FORMATS.ARGB_8888 && format <= FORMATS.YCRCB_P010;
  const isPlanes = (format) => format === FORMATS.NV21 || format === FORMATS.NV12 || format === FORMATS.YCBCR_P010 || format === FORMATS.YCRCB_P010;
  const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

  function bytesOf(format, width, height) {
    const planes = isPlanes(format) ? Math.ceil(width / 2) * Math.ceil(height / 2) * 2 : 0;
    return (width * height + planes) * BYTES[format];
  }

  // An object that is a method's asynchronous form for each of its synchronous ones, `name` for `nameSync`.
  function asynchronous(Class, ...names) {
    for (const name of names) {
      Object.defineProperty(Class.prototype, name, {
        configurable: true,
        writable: true,
        value(...args) {
          const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
          return system.async(() => this[`${name}Sync`](...args), callback);
        },
      });
    }
  }

  // What the host refuses is too large.
  function sized(work) {
    try {
      return work();
    } catch (error) {
      throw error instanceof RangeError ? new system.BusinessError(62980106, 'The image data is too large.') : error;
    }
  }

  let last = 0;

  class PixelMap {
    constructor(pixels, { pixelFormat, alphaType, editable, mimeType, colorSpace, density } = {}) {
      hide(this, pixels);
      const state = {
        format: isFormat(pixelFormat) ? pixelFormat : FORMATS.RGBA_8888,
        alphaType: alphaType === UNPREMUL || alphaType === OPAQUE ? alphaType : PREMUL,
        editable: editable === true,
        density: density ?? 0,
        mimeType,
        colorSpace,
        detached: false,
        id: ++last,
      };
      Object.defineProperty(this, '__state__', { value: state });
    }

    get isEditable() { return this.__state__.editable; }
    set isEditable(value) { this.__state__.editable = value === true; }
    get isStrideAlignment() { return false; }

    getImageInfoSync() {
      const [width, height] = host.size(pixelsOf(this));
      const { format, alphaType, density, mimeType } = this.__state__;
      return {
        size: { width, height }, density, stride: width * BYTES[format], pixelFormat: format, alphaType,
        mimeType: mimeType ?? '', isHdr: false,
      };
    }

    getBytesNumberPerRow() { return host.size(pixelsOf(this))[0] * BYTES[this.__state__.format]; }

    getPixelBytesNumber() { return bytesOf(this.__state__.format, ...host.size(pixelsOf(this))); }

    getDensity() { return this.__state__.density; }

    setDensity(density) { this.__state__.density = Number(density); }

    readPixelsToBufferSync(buffer) {
      const [width, height] = host.size(pixelsOf(this));
      const { format, alphaType } = this.__state__;
      mustBuffer(buffer);
      copy(host.read(pixelsOf(this), 0, 0, width, height, format, alphaType === PREMUL), buffer, 0);
    }

    writeBufferToPixelsSync(buffer) {
      const [width, height] = host.size(pixelsOf(this));
      const { format, alphaType } = this.__state__;
      mustBuffer(buffer);
      changeable(this);
      host.write(pixelsOf(this), 0, 0, width, height, buffer, format, alphaType === PREMUL);
    }

    // An area `{pixels, offset, stride, region: {size, x, y}}` is BGRA; of a picture in planes it has those.
    readPixelsSync(area) {
      const { size: { width, height }, x, y } = region(area);
      const { format, alphaType } = this.__state__;
      if (isPlanes(format)) {
        copy(host.read(pixelsOf(this), x, y, width, height, format, false), area.pixels, area.offset ?? 0);
        return;
      }
      rows(area, width, height, host.read(pixelsOf(this), x, y, width, height, FORMATS.BGRA_8888, alphaType === PREMUL), false);
    }

    writePixelsSync(area) {
      const { size: { width, height }, x, y } = region(area);
      const { format, alphaType } = this.__state__;
      const native = pixelsOf(this);
      changeable(this);
      const [wide, high] = host.size(native);
      if (x < 0 || y < 0 || x + width > wide || y + height > high) fail(401, 'Parameter error. The region is outside of the PixelMap.');
      if (isPlanes(format)) {
        host.write(native, x, y, width, height, area.pixels.slice(area.offset ?? 0), format, false);
        return;
      }
      const packed = new ArrayBuffer(width * height * 4);
      rows(area, width, height, packed, true);
      host.write(native, x, y, width, height, packed, FORMATS.BGRA_8888, alphaType === PREMUL);
    }

    createAlphaPixelmapSync() {
      const [width, height] = host.size(pixelsOf(this));
      const alpha = host.read(pixelsOf(this), 0, 0, width, height, FORMATS.ALPHA_8, false);
      return new PixelMap(host.create(width, height, alpha, FORMATS.ALPHA_8), { pixelFormat: FORMATS.ALPHA_8 });
    }

    cloneSync() {
      const [width, height] = host.size(pixelsOf(this));
      const data = host.read(pixelsOf(this), 0, 0, width, height, FORMATS.RGBA_8888, true);
      const { format, alphaType, editable, mimeType, colorSpace, density } = this.__state__;
      return new PixelMap(host.create(width, height, data, FORMATS.RGBA_8888, true), {
        pixelFormat: format, alphaType, editable, mimeType, colorSpace, density,
      });
    }

    cropSync(area) {
      const { size, x, y } = area ?? {};
      const { width, height } = size ?? {};
      if (![width, height, x, y].every(isNumber)) fail(401, 'Parameter error. A region has a size, x and y.');
      if (!isInside(this, area)) fail(62980109, 'Failed to crop the image.');
      host.redraw(pixelsOf(this), width, height, 1, 0, 0, 1, -x, -y, 1);
    }

    scaleSync(x, y, level) {
      if (!isNumber(x) || !isNumber(y)) fail(401, 'Parameter error. Scales are numbers.');
      if (level !== undefined && ![0, 1, 2, 3].includes(level)) fail(401, 'Parameter error. The level is not one of AntiAliasingLevel.');
      const [width, height] = host.size(pixelsOf(this));
      const scaled = [Math.max(1, Math.round(width * Math.abs(x))), Math.max(1, Math.round(height * Math.abs(y)))];
      const [sx, sy] = [Math.sign(x || 1) * scaled[0] / width, Math.sign(y || 1) * scaled[1] / height];
      sized(() => host.redraw(pixelsOf(this), ...scaled, sx, 0, 0, sy, x < 0 ? scaled[0] : 0, y < 0 ? scaled[1] : 0, 1, level));
    }

    createScaledPixelMapSync(x, y, level) {
      const copy = this.cloneSync();
      copy.scaleSync(x, y, level);
      return copy;
    }

    createCroppedAndScaledPixelMapSync(area, x, y, level) {
      if (this.__pixels__ === undefined) fail(7600201, 'The PixelMap has been released.');
      if (!isInside(this, area)) fail(7600204, 'Invalid region.');
      const copy = this.cloneSync();
      copy.cropSync(area);
      copy.scaleSync(x, y, level);
      return copy;
    }

    flipSync(horizontal, vertical) {
      const [width, height] = host.size(pixelsOf(this));
      const [sx, sy] = [horizontal ? -1 : 1, vertical ? -1 : 1];
      host.redraw(pixelsOf(this), width, height, sx, 0, 0, sy, horizontal ? width : 0, vertical ? height : 0, 1);
    }

    // The canvas grows to hold what was turned, clockwise.
    rotateSync(degrees) {
      if (!isNumber(degrees)) fail(401, 'Parameter error. The angle is a number.');
      const [width, height] = host.size(pixelsOf(this));
      const round = (number) => Math.round(number * 1e12) / 1e12;
      const [cos, sin] = [round(Math.cos(degrees * Math.PI / 180)), round(Math.sin(degrees * Math.PI / 180))];
      const size = [
        Math.max(1, Math.round(Math.abs(width * cos) + Math.abs(height * sin))),
        Math.max(1, Math.round(Math.abs(width * sin) + Math.abs(height * cos))),
      ];
      const left = size[0] / 2 - (cos * width - sin * height) / 2;
      const top = size[1] / 2 - (sin * width + cos * height) / 2;
      sized(() => host.redraw(pixelsOf(this), ...size, cos, sin, -sin, cos, left, top, 1));
    }

    translateSync(x, y) {
      if (!isNumber(x) || !isNumber(y)) fail(401, 'Parameter error. Distances are numbers.');
      const [width, height] = host.size(pixelsOf(this));
      sized(() => host.redraw(pixelsOf(this), Math.ceil(width + Math.max(0, x)), Math.ceil(height + Math.max(0, y)), 1, 0, 0, 1, x, y, 1));
    }

    opacitySync(rate) {
      if (!isNumber(rate) || rate <= 0 || rate > 1) fail(401, 'Parameter error. The opacity is a number above 0, at most 1.');
      const [width, height] = host.size(pixelsOf(this));
      host.redraw(pixelsOf(this), width, height, 1, 0, 0, 1, 0, 0, rate);
    }

    setAlphaSync(rate) { this.opacitySync(rate); }

    convertPixelFormatSync(format) {
      pixelsOf(this);
      if (!isFormat(format)) fail(62980111, 'The image source data is incomplete.');
      this.__state__.format = format;
    }

    // Nothing here has more than a standard range.
    toSdrSync() { pixelsOf(this); }

    getColorSpace() {
      pixelsOf(this);
      const { create, ColorSpace } = colorSpaces();
      return this.__state__.colorSpace ??= create(ColorSpace.SRGB);
    }

    // What the colours are from now on; they stay what they are.
    setColorSpace(space) {
      pixelsOf(this);
      if (!colorSpaces().__faces__.is(space)) fail(62980115, 'Invalid image parameter.');
      this.__state__.colorSpace = space;
    }

    applyColorSpace(space, callback) {
      if (!colorSpaces().__faces__.is(space)) fail(401, 'Parameter error. The target is no ColorSpaceManager.');
      return system.async(() => {
        const { convert } = system.require('@concord:arkui/effects');
        convert(pixelsOf(this), ...colorSpaces().__faces__.conversion(this.getColorSpace(), space));
        this.__state__.colorSpace = space;
      }, callback);
    }

    getMetadata(_key) {
      pixelsOf(this);
      return fail(62980173, 'The DMA memory does not exist.');
    }

    setMetadata(_key, _value) { return system.async(() => this.getMetadata()); }

    setMemoryNameSync(name) {
      pixelsOf(this);
      if (typeof name !== 'string' || name.length < 1 || name.length > MOST_NAME) {
        fail(401, 'Parameter error. Possible causes: 1.The length of the input parameter is too long. 2.Parameter verification failed.');
      }
    }

    setTransferDetached(detached) {
      pixelsOf(this);
      this.__state__.detached = detached === true;
    }

    getUniqueId() {
      if (this.__pixels__ === undefined) fail(7600201, 'The PixelMap has been released.');
      return this.__state__.id;
    }

    marshalling(sequence) {
      if (typeof sequence?.writeInt !== 'function') fail(62980115, 'Invalid image parameter.');
      const [width, height] = host.size(pixelsOf(this));
      const { format, alphaType, editable, density } = this.__state__;
      const data = host.read(pixelsOf(this), 0, 0, width, height, FORMATS.RGBA_8888, true);
      try {
        for (const number of [width, height, format, alphaType, editable ? 1 : 0, density]) sequence.writeInt(number);
        sequence.writeRawDataBuffer(data, data.byteLength);
      } catch {
        fail(62980097, 'IPC error.');
      }
    }

    unmarshalling(sequence) { return system.async(() => fromParcel(sequence)); }

    isReleased() { return this.__pixels__ === undefined; }

    releaseSync() { hide(this, undefined); }
  }
  asynchronous(PixelMap, 'getImageInfo', 'readPixelsToBuffer', 'writeBufferToPixels', 'readPixels', 'writePixels',
    'createAlphaPixelmap', 'clone', 'crop', 'scale', 'createScaledPixelMap', 'createCroppedAndScaledPixelMap', 'flip', 'rotate', 'translate',
    'opacity', 'setAlpha', 'release', 'convertPixelFormat', 'toSdr');

  // Objects of the app may be wrapped to be observed: private members would not be found through that.
  const pixelsOf = (map) => map.__pixels__ ?? fail(501, 'Resource Unavailable: the PixelMap has been released.');
  const changeable = (map) => map.__state__.editable || fail(501, 'Resource Unavailable: the PixelMap is not editable.');

  function mustBuffer(buffer) {
    if (!(buffer instanceof ArrayBuffer)) fail(401, 'Parameter error. The buffer must be an ArrayBuffer.');
  }

  function isInside(map, area) {
    const [wide, high] = host.size(pixelsOf(map));
    const { size, x, y } = area ?? {};
    const { width, height } = size ?? {};
    return [width, height, x, y].every(Number.isInteger) && width > 0 && height > 0 && x >= 0 && y >= 0 && x + width <= wide && y + height <= high;
  }

  // What `marshalling` wrote.
  function fromParcel(sequence) {
    if (typeof sequence?.readInt !== 'function') fail(62980115, 'Invalid image parameter.');
    let made;
    try {
      const [width, height, pixelFormat, alphaType, editable, density] = Array.from({ length: 6 }, () => sequence.readInt());
      const data = sequence.readRawDataBuffer(width * height * 4);
      made = new PixelMap(host.create(width, height, data, FORMATS.RGBA_8888, true), {
        pixelFormat, alphaType, editable: editable === 1, density,
      });
    } catch {
      fail(62980097, 'IPC error.');
    }
    return made;
  }

  function region(area) {
    const { size, x, y } = area?.region ?? {};
    if (!(area?.pixels instanceof ArrayBuffer) || !(size?.width > 0) || !(size?.height > 0)) {
      fail(401, 'Parameter error. The area needs pixels, and a region with a size.');
    }
    // What does not fit into the buffer is more than there can be.
    if (size.width * size.height > area.pixels.byteLength * 4 && size.width * size.height > 2 ** 26) {
      fail(401, 'Parameter error. The region is larger than a picture may be.');
    }
    return { size, x: x ?? 0, y: y ?? 0 };
  }

  function copy(from, to, offset) {
    const target = new Uint8Array(to);
    target.set(new Uint8Array(from).subarray(0, Math.max(0, target.length - offset)), offset);
  }

  // Moves rows between an area's buffer and one without gaps.
  function rows({ pixels, offset = 0, stride }, width, height, packed, toPacked) {
    const [outer, inner] = [new Uint8Array(pixels), new Uint8Array(packed)];
    const step = stride > 0 ? stride : width * 4;
    for (let row = 0; row < height; row++) {
      const at = offset + row * step;
      if (toPacked) {
        inner.set(outer.subarray(at, at + width * 4), row * width * 4);
      } else {
        outer.set(inner.subarray(row * width * 4, row * width * 4 + Math.max(0, Math.min(width * 4, outer.length - at))), at);
      }
    }
  }

  // A PixelMap of straight RGBA.
  const fromRgba = (width, height, data, options) => new PixelMap(host.create(width, height, data, FORMATS.RGBA_8888), options);

  return { ...host, PixelMap, FORMATS, fromRgba, fromParcel, fail, hide, asynchronous, sized, isFormat };
})
