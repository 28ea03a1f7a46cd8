// @concord:arkui/pixels: `PixelMap`, over pixels that components can show (pixels.rs).
(function (host, system) {
  'use strict';
  const FORMATS = { UNKNOWN: 0, ARGB_8888: 1, RGB_565: 2, RGBA_8888: 3, BGRA_8888: 4, RGB_888: 5, ALPHA_8: 6, RGBA_F16: 7 };
  const BYTES = [0, 4, 2, 4, 4, 3, 1, 4];
  const PREMUL = 2;
  const UNPREMUL = 3;

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const hide = (object, pixels) => Object.defineProperty(object, '__pixels__', { value: pixels, writable: true, configurable: true });
  const isFormat = (format) => Number.isInteger(format) && format >= FORMATS.ARGB_8888 && format <= FORMATS.ALPHA_8;

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

  class PixelMap {
    constructor(pixels, { pixelFormat, alphaType, editable, mimeType } = {}) {
      hide(this, pixels);
      const state = {
        format: isFormat(pixelFormat) ? pixelFormat : FORMATS.RGBA_8888,
        alphaType: alphaType === UNPREMUL || alphaType === 1 ? alphaType : PREMUL,
        editable: editable === true,
        density: 0,
        mimeType,
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

    getPixelBytesNumber() { return this.getBytesNumberPerRow() * host.size(pixelsOf(this))[1]; }

    getDensity() { return this.__state__.density; }

    setDensity(density) { this.__state__.density = Number(density); }

    readPixelsToBufferSync(buffer) {
      const [width, height] = host.size(pixelsOf(this));
      const { format, alphaType } = this.__state__;
      copy(host.read(pixelsOf(this), 0, 0, width, height, format, alphaType === PREMUL), buffer, 0);
    }

    writeBufferToPixelsSync(buffer) {
      const [width, height] = host.size(pixelsOf(this));
      const { format, alphaType } = this.__state__;
      changeable(this);
      host.write(pixelsOf(this), 0, 0, width, height, buffer, format, alphaType === PREMUL);
    }

    // An area `{pixels, offset, stride, region: {size, x, y}}` is BGRA.
    readPixelsSync(area) {
      const { size: { width, height }, x, y } = region(area);
      rows(area, width, height, host.read(pixelsOf(this), x, y, width, height, FORMATS.BGRA_8888, this.__state__.alphaType === PREMUL), false);
    }

    writePixelsSync(area) {
      const { size: { width, height }, x, y } = region(area);
      changeable(this);
      const packed = new ArrayBuffer(width * height * 4);
      rows(area, width, height, packed, true);
      host.write(pixelsOf(this), x, y, width, height, packed, FORMATS.BGRA_8888, this.__state__.alphaType === PREMUL);
    }

    createAlphaPixelmapSync() {
      const [width, height] = host.size(pixelsOf(this));
      const alpha = host.read(pixelsOf(this), 0, 0, width, height, FORMATS.ALPHA_8, false);
      return new PixelMap(host.create(width, height, alpha, FORMATS.ALPHA_8), { pixelFormat: FORMATS.ALPHA_8 });
    }

    cloneSync() {
      const [width, height] = host.size(pixelsOf(this));
      const data = host.read(pixelsOf(this), 0, 0, width, height, FORMATS.RGBA_8888, false);
      const { format, alphaType, editable, mimeType } = this.__state__;
      return new PixelMap(host.create(width, height, data, FORMATS.RGBA_8888), { pixelFormat: format, alphaType, editable, mimeType });
    }

    cropSync(area) {
      const { size: { width, height }, x, y } = area;
      host.redraw(pixelsOf(this), width, height, 1, 0, 0, 1, -x, -y, 1);
    }

    scaleSync(x, y) {
      const [width, height] = host.size(pixelsOf(this));
      const scaled = [Math.max(1, Math.round(width * Math.abs(x))), Math.max(1, Math.round(height * Math.abs(y)))];
      host.redraw(pixelsOf(this), ...scaled, scaled[0] / width, 0, 0, scaled[1] / height, 0, 0, 1);
    }

    createScaledPixelMapSync(x, y) {
      const copy = this.cloneSync();
      copy.scaleSync(x, y);
      return copy;
    }

    flipSync(horizontal, vertical) {
      const [width, height] = host.size(pixelsOf(this));
      const [sx, sy] = [horizontal ? -1 : 1, vertical ? -1 : 1];
      host.redraw(pixelsOf(this), width, height, sx, 0, 0, sy, horizontal ? width : 0, vertical ? height : 0, 1);
    }

    // The canvas grows to hold what was turned, clockwise.
    rotateSync(degrees) {
      const [width, height] = host.size(pixelsOf(this));
      const round = (number) => Math.round(number * 1e12) / 1e12;
      const [cos, sin] = [round(Math.cos(degrees * Math.PI / 180)), round(Math.sin(degrees * Math.PI / 180))];
      const size = [
        Math.max(1, Math.round(Math.abs(width * cos) + Math.abs(height * sin))),
        Math.max(1, Math.round(Math.abs(width * sin) + Math.abs(height * cos))),
      ];
      const left = size[0] / 2 - (cos * width - sin * height) / 2;
      const top = size[1] / 2 - (sin * width + cos * height) / 2;
      host.redraw(pixelsOf(this), ...size, cos, sin, -sin, cos, left, top, 1);
    }

    translateSync(x, y) {
      const [width, height] = host.size(pixelsOf(this));
      host.redraw(pixelsOf(this), Math.ceil(width + Math.max(0, x)), Math.ceil(height + Math.max(0, y)), 1, 0, 0, 1, x, y, 1);
    }

    opacitySync(rate) {
      const [width, height] = host.size(pixelsOf(this));
      host.redraw(pixelsOf(this), width, height, 1, 0, 0, 1, 0, 0, Number(rate));
    }

    setAlphaSync(rate) { this.opacitySync(rate); }

    getColorSpace() { return undefined; }

    setColorSpace() {}

    applyColorSpace(space, callback) { return system.async(() => undefined, callback); }

    isReleased() { return this.__pixels__ === undefined; }

    releaseSync() { hide(this, undefined); }
  }
  asynchronous(PixelMap, 'getImageInfo', 'readPixelsToBuffer', 'writeBufferToPixels', 'readPixels', 'writePixels',
    'createAlphaPixelmap', 'clone', 'crop', 'scale', 'createScaledPixelMap', 'flip', 'rotate', 'translate', 'opacity', 'setAlpha',
    'release');

  // Objects of the app may be wrapped to be observed: private members would not be found through that.
  const pixelsOf = (map) => map.__pixels__ ?? fail(501, 'Resource Unavailable: the PixelMap has been released.');
  const changeable = (map) => map.__state__.editable || fail(501, 'Resource Unavailable: the PixelMap is not editable.');

  function region(area) {
    const { size, x, y } = area?.region ?? {};
    if (!(area?.pixels instanceof ArrayBuffer) || !(size?.width > 0) || !(size?.height > 0)) {
      fail(401, 'Parameter error. The area needs pixels, and a region with a size.');
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

  return { ...host, PixelMap, FORMATS, fromRgba, fail, hide, asynchronous };
})
