// @concord:arkui/canvas/context: what the contexts on and off the screen have in common. The natives keep what is needed to draw;
// values that the app reads back are kept here.
(function (host, system) {
  'use strict';
  const { nativeOf, defineSteps, coefficients, fromCoefficients } = system.require('@concord:arkui/canvas/path');
  const { ImageBitmap, ImageData, scaleOf } = system.require('@concord:arkui/canvas/bitmap');
  const pixels = system.require('@concord:arkui/pixels');

  const words = (text) => new Set(text.split(' '));
  // Properties that are words, with those that are known; the first is the default.
  const WORDS = {
    lineCap: words('butt round square'),
    lineJoin: words('miter bevel round'),
    textAlign: words('start end left right center'),
    textBaseline: words('alphabetic top hanging middle ideographic bottom'),
    direction: words('inherit ltr rtl'),
    imageSmoothingQuality: words('low medium high'),
    globalCompositeOperation: words('source-over source-atop source-in source-out destination-over destination-atop destination-in ' +
      'destination-out lighter copy xor multiply screen overlay darken lighten color-dodge color-burn hard-light soft-light ' +
      'difference exclusion hue saturation color luminosity'),
  };
  // Properties that are numbers: the default, and which ones are taken.
  const NUMBERS = {
    lineWidth: [1, (number) => number > 0],
    miterLimit: [10, (number) => number > 0],
    lineDashOffset: [0, () => true],
    globalAlpha: [1, (number) => number >= 0 && number <= 1],
    shadowBlur: [0, (number) => number >= 0],
    shadowOffsetX: [0, () => true],
    shadowOffsetY: [0, () => true],
  };
  const defaults = () => ({
    fillStyle: '#000000', strokeStyle: '#000000', shadowColor: '#00000000', font: 'normal normal 14px sans-serif', filter: 'none',
    letterSpacing: '0px', imageSmoothingEnabled: true, dashes: [],
    ...Object.fromEntries(Object.entries(WORDS).map(([name, known]) => [name, [...known][0]])),
    ...Object.fromEntries(Object.entries(NUMBERS).map(([name, [value]]) => [name, value])),
  });

  // context → {native, values, saved, scale, unit}
  const parts = new WeakMap();
  const of = (context) => parts.get(context);

  class CanvasGradient {
    constructor(native) { Object.defineProperty(this, '__style__', { value: native }); }

    addColorStop(offset, color) { host.addStop(this.__style__, offset, color); }
  }

  class CanvasPattern {
    // `make(matrix)` gives the style for a transform.
    constructor(make) {
      Object.defineProperty(this, '__style__', { value: make([1, 0, 0, 1, 0, 0]), writable: true });
      Object.defineProperty(this, '__make__', { value: make });
    }

    setTransform(matrix) { this.__style__ = this.__make__(coefficients(matrix)); }
  }

  const isPath = (value) => nativeOf(value) !== undefined;
  const splitPath = (path, rest) => (typeof path === 'object' && path !== null && isPath(path) ? [nativeOf(path), ...rest] : [undefined, path, ...rest]);

  // What can be drawn: a bitmap, a PixelMap, or a canvas off the screen.
  const imageOf = (image) => image?.__pixels__;

  class CanvasRenderer {
    // `unit` is a LengthMetricsUnit; the size in px is that of a context off the screen.
    constructor(unit, width, height) {
      const scale = scaleOf(unit);
      const native = host.create(scale, width, height);
      parts.set(this, { native, values: defaults(), saved: [], scale, unit });
      pixels.hide(this, native);
    }

    save() {
      const { native, values, saved } = of(this);
      saved.push({ ...values });
      host.save(native);
    }

    restore() {
      const part = of(this);
      part.values = part.saved.pop() ?? part.values;
      host.restore(part.native);
    }

    saveLayer() {
      const { native, values, saved } = of(this);
      saved.push({ ...values });
      host.saveLayer(native);
    }

    restoreLayer() { this.restore(); }

    reset() {
      const part = of(this);
      Object.assign(part, { values: defaults(), saved: [] });
      host.reset(part.native);
    }

    get fillStyle() { return of(this).values.fillStyle; }
    set fillStyle(value) { setStyle(this, 'fillStyle', value); }
    get strokeStyle() { return of(this).values.strokeStyle; }
    set strokeStyle(value) { setStyle(this, 'strokeStyle', value); }
    get shadowColor() { return of(this).values.shadowColor; }
    set shadowColor(value) { setStyle(this, 'shadowColor', value); }
    get font() { return of(this).values.font; }
    set font(value) { setText(this, 'font', value); }
    get filter() { return of(this).values.filter; }
    set filter(value) { setText(this, 'filter', value); }
    get imageSmoothingEnabled() { return of(this).values.imageSmoothingEnabled; }

    set imageSmoothingEnabled(value) {
      of(this).values.imageSmoothingEnabled = Boolean(value);
      host.set(of(this).native, 'imageSmoothingEnabled', Boolean(value));
    }

    get letterSpacing() { return of(this).values.letterSpacing; }

    set letterSpacing(value) {
      const { values, native, scale } = of(this);
      values.letterSpacing = value;
      const text = String(value?.value ?? value);
      const number = parseFloat(text);
      host.set(native, 'letterSpacing', text.endsWith('px') ? number / scale : number);
    }

    beginPath() { host.beginPath(of(this).native); }

    fill(path, ...rest) { host.fill(of(this).native, ...splitPath(path, rest)); }

    stroke(path) { host.stroke(of(this).native, ...splitPath(path, [])); }

    clip(path, ...rest) { host.clip(of(this).native, ...splitPath(path, rest)); }

    isPointInPath(...args) {
      const [path, x, y, rule] = splitPath(args[0], args.slice(1));
      return host.isPointInPath(of(this).native, path, x, y, rule);
    }

    isPointInStroke(...args) {
      const [path, x, y] = splitPath(args[0], args.slice(1));
      return host.isPointInStroke(of(this).native, path, x, y);
    }

    fillRect(x, y, w, h) { host.rect(of(this).native, 'fill', x, y, w, h); }

    strokeRect(x, y, w, h) { host.rect(of(this).native, 'stroke', x, y, w, h); }

    clearRect(x, y, w, h) { host.rect(of(this).native, 'clear', x, y, w, h); }

    fillText(text, x, y, maxWidth) { host.text(of(this).native, String(text), x, y, maxWidth, false); }

    strokeText(text, x, y, maxWidth) { host.text(of(this).native, String(text), x, y, maxWidth, true); }

    measureText(text) {
      const [width, height, ascent, descent, left] = host.measure(of(this).native, String(text));
      return {
        width, height,
        actualBoundingBoxLeft: left, actualBoundingBoxRight: width - left,
        actualBoundingBoxAscent: ascent, actualBoundingBoxDescent: descent,
        fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent,
        emHeightAscent: ascent, emHeightDescent: descent,
        alphabeticBaseline: 0, hangingBaseline: ascent, ideographicBaseline: -descent,
      };
    }

    setLineDash(segments) {
      if (!Array.isArray(segments) || segments.some((segment) => !(segment >= 0))) {
        return;
      }
      const dashes = segments.length % 2 === 1 ? [...segments, ...segments] : [...segments];
      of(this).values.dashes = dashes;
      host.setDashes(of(this).native, dashes);
    }

    getLineDash() { return [...of(this).values.dashes]; }

    createLinearGradient(x0, y0, x1, y1) { return new CanvasGradient(host.gradient(x0, y0, x1, y1)); }

    createRadialGradient(x0, y0, r0, x1, y1, r1) { return new CanvasGradient(host.gradient(x0, y0, r0, x1, y1, r1)); }

    createConicGradient(startAngle, x, y) { return new CanvasGradient(host.gradient(startAngle, x, y)); }

    createPattern(image, repetition) {
      const source = imageOf(image);
      if (source === undefined) {
        return null;
      }
      const { scale } = of(this);
      const [alongX, alongY] = [repetition !== 'repeat-y' && repetition !== 'no-repeat', repetition !== 'repeat-x' && repetition !== 'no-repeat'];
      return new CanvasPattern(([a, b, c, d, e, f]) =>
        host.pattern(source, alongX, alongY, a / scale, b / scale, c / scale, d / scale, e, f));
    }

    // (image, dx, dy), (image, dx, dy, dw, dh) or (image, sx, sy, sw, sh, dx, dy, dw, dh)
    drawImage(image, ...numbers) {
      const source = imageOf(image);
      if (source === undefined) {
        return;
      }
      const { native, scale } = of(this);
      const [width, height] = pixels.size(source);
      if (numbers.length >= 8) {
        // Parts of a PixelMap are told in px.
        const inner = image instanceof pixels.PixelMap ? 1 : scale;
        host.image(native, source, ...numbers.slice(0, 4).map((number) => number * inner), ...numbers.slice(4, 8));
      } else {
        const [dx, dy, dw = width / scale, dh = height / scale] = numbers;
        host.image(native, source, 0, 0, width, height, dx, dy, dw, dh);
      }
    }

    translate(x, y) { host.setMatrix(of(this).native, 1, 0, 0, 1, x, y, true); }

    scale(x, y) { host.setMatrix(of(this).native, x, 0, 0, y, 0, 0, true); }

    rotate(angle) {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      host.setMatrix(of(this).native, cos, sin, -sin, cos, 0, 0, true);
    }

    transform(a, b, c, d, e, f) { host.setMatrix(of(this).native, a, b, c, d, e, f, true); }

    setTransform(a, b, c, d, e, f) {
      const matrix = typeof a === 'object' ? coefficients(a) : a === undefined ? [1, 0, 0, 1, 0, 0] : [a, b, c, d, e, f];
      host.setMatrix(of(this).native, ...matrix, false);
    }

    getTransform() { return fromCoefficients(host.matrix(of(this).native)); }

    resetTransform() { host.setMatrix(of(this).native, 1, 0, 0, 1, 0, 0, false); }

    createImageData(width, height) {
      return width instanceof ImageData ? ImageData.ofPixels(width.width, width.height) : new ImageData(width, height, undefined, of(this).unit);
    }

    getImageData(x, y, width, height) {
      const [left, top, columns, rows] = area(this, x, y, width, height);
      return ImageData.ofPixels(columns, rows, columns > 0 && rows > 0 ? host.getPixels(of(this).native, left, top, columns, rows) : undefined);
    }

    getPixelMap(x, y, width, height) {
      const [left, top, columns, rows] = area(this, x, y, width, height);
      return pixels.fromRgba(columns, rows, host.getPixels(of(this).native, left, top, columns, rows), { editable: true });
    }

    setPixelMap(map) {
      const [width, height] = host.size(of(this).native);
      this.drawImage(map, 0, 0, width / of(this).scale, height / of(this).scale);
    }

    // (data, dx, dy) or (data, dx, dy, dirtyX, dirtyY, dirtyWidth, dirtyHeight)
    putImageData(data, dx, dy, ...dirty) {
      const { native, scale } = of(this);
      if (!(data?.width > 0)) {
        return;
      }
      const px = (number) => Math.round(number * scale);
      const [x = 0, y = 0, width = data.width / scale, height = data.height / scale] = dirty;
      host.putPixels(native, data.data, data.width, px(dx), px(dy), px(x), px(y), px(x + width), px(y + height));
    }

    transferFromImageBitmap(bitmap) {
      const [width, height] = host.size(of(this).native);
      this.clearRect(0, 0, width / of(this).scale, height / of(this).scale);
      this.drawImage(bitmap, 0, 0);
    }

    toDataURL(type, quality) { return host.dataUrl(of(this).native, type, quality); }
  }
  defineSteps(CanvasRenderer, (context, name, numbers) => host.path(of(context).native, name, ...numbers));
  for (const [name, known] of Object.entries(WORDS)) {
    Object.defineProperty(CanvasRenderer.prototype, name, {
      configurable: true,
      get() { return of(this).values[name]; },
      set(value) {
        if (known.has(value)) {
          setText(this, name, value);
        }
      },
    });
  }
  for (const [name, [, takes]] of Object.entries(NUMBERS)) {
    Object.defineProperty(CanvasRenderer.prototype, name, {
      configurable: true,
      get() { return of(this).values[name]; },
      set(value) {
        const number = Number(value);
        if (Number.isFinite(number) && takes(number)) {
          of(this).values[name] = number;
          host.set(of(this).native, name, number);
        }
      },
    });
  }

  function setStyle(context, name, value) {
    const { native, values } = of(context);
    if (typeof value === 'object' && value?.__style__ !== undefined) {
      host.setStyle(native, name, value.__style__);
      values[name] = value;
    } else if (host.setColor(native, name, value)) {
      values[name] = value;
    }
  }

  function setText(context, name, value) {
    if (typeof value === 'string') {
      of(context).values[name] = value;
      host.set(of(context).native, name, value);
    }
  }

  // A rectangle in px; sides of negative length go the other way.
  function area(context, x, y, width, height) {
    const { scale } = of(context);
    const [left, right] = [x, x + width].map((number) => Math.round(number * scale)).sort((a, b) => a - b);
    const [top, bottom] = [y, y + height].map((number) => Math.round(number * scale)).sort((a, b) => a - b);
    return [left, top, right - left, bottom - top];
  }

  return { host, of, CanvasRenderer, CanvasGradient, CanvasPattern, ImageBitmap, ImageData };
})
