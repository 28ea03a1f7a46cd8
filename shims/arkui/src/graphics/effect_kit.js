// @ohos:effectKit: pictures through filters, and the colours of a picture.
(function (host, system) {
  'use strict';
  const pixels = system.require('@concord:arkui/pixels');
  const effects = system.require('@concord:arkui/effects');
  const { PixelMap, FORMATS, fail } = pixels;

  const TileMode = { CLAMP: 0, REPEAT: 1, MIRROR: 2, DECAL: 3 };
  // The most colours that are told.
  const MOST_COLORS = 10;

  const pixelsOf = (map) => (map instanceof PixelMap ? map.__pixels__ : undefined)
    ?? fail(401, 'Parameter error. The source must be a PixelMap.');

  class Filter {
    #source;
    #steps = [];

    constructor(source) {
      this.#source = source;
    }

    blur(radius, tileMode = TileMode.DECAL) {
      if (Number.isFinite(radius) && radius > 0) this.#steps.push(['blur', radius, tileMode]);
      return this;
    }

    brightness(bright) {
      if (Number.isFinite(bright)) this.#steps.push(['brightness', Math.min(1, Math.max(0, bright))]);
      return this;
    }

    grayscale() {
      this.#steps.push(['grayscale']);
      return this;
    }

    invert() {
      this.#steps.push(['invert']);
      return this;
    }

    setColorMatrix(matrix) {
      if (!Array.isArray(matrix) || matrix.length !== 20 || !matrix.every(Number.isFinite)) {
        fail(401, 'Parameter error. Possible causes: Incorrect parameter types; the matrix has twenty numbers.');
      }
      this.#steps.push(['matrix', ...matrix]);
      return this;
    }

    #apply() {
      const [first, ...rest] = this.#steps;
      const source = this.#source;
      if (first === undefined) return source.cloneSync();
      let made = effects.filter(pixelsOf(source), ...first);
      for (const step of rest) made = effects.filter(made, ...step);
      return new PixelMap(made, { pixelFormat: FORMATS.RGBA_8888, editable: true });
    }

    getEffectPixelMap(_useCpuRender) { return system.async(() => this.#apply()); }

    getPixelMap() { return this.#apply(); }
  }

  class ColorPicker {
    #colors;
    #average;

    // What is counted are the pixels of a part, at most about ten thousand of them.
    constructor(source, region) {
      const native = pixelsOf(source);
      const [width, height] = pixels.size(native);
      const [left, top, right, bottom] = region ?? [0, 0, 1, 1];
      const x = Math.floor(left * width);
      const y = Math.floor(top * height);
      const size = [Math.max(1, Math.ceil(right * width) - x), Math.max(1, Math.ceil(bottom * height) - y)];
      const data = new Uint8Array(pixels.read(native, x, y, ...size, FORMATS.RGBA_8888, false));
      const step = Math.max(1, Math.floor(Math.sqrt(size[0] * size[1] / 10000)));
      const bins = new Map();
      const sum = [0, 0, 0, 0];
      for (let row = 0; row < size[1]; row += step) {
        for (let column = 0; column < size[0]; column += step) {
          const at = (row * size[0] + column) * 4;
          const [r, g, b, a] = data.subarray(at, at + 4);
          if (a === 0) continue;
          const key = r >> 3 << 10 | g >> 3 << 5 | b >> 3;
          const bin = bins.get(key) ?? bins.set(key, [0, 0, 0, 0, 0]).get(key);
          [r, g, b, a, 1].forEach((value, index) => { bin[index] += value; });
          [r, g, b, 1].forEach((value, index) => { sum[index] += value; });
        }
      }
      const all = [...bins.values()].sort((one, other) => other[4] - one[4]);
      this.#colors = all.map((bin) => bin.slice(0, 4).map((value) => Math.round(value / bin[4])));
      this.#average = sum[3] === 0 ? [0, 0, 0] : sum.slice(0, 3).map((value) => Math.round(value / sum[3]));
    }

    #color([red, green, blue, alpha] = [0, 0, 0, 0]) { return { red, green, blue, alpha: alpha === undefined ? 255 : alpha }; }

    // The mean of the colours that are much like the most frequent one.
    getMainColorSync() {
      const [first] = this.#colors;
      return this.#color(first);
    }

    getMainColor() { return system.async(() => this.getMainColorSync()); }
    getLargestProportionColor() { return this.#color(this.#colors[0]); }

    getTopProportionColors(count) {
      const wanted = Number.isFinite(count) ? Math.min(MOST_COLORS, Math.trunc(count)) : 0;
      if (wanted < 1) return [null];
      return this.#colors.slice(0, wanted).map((color) => this.#color(color));
    }

    getHighestSaturationColor() {
      const saturation = ([r, g, b]) => {
        const most = Math.max(r, g, b);
        return most === 0 ? 0 : (most - Math.min(r, g, b)) / most;
      };
      const best = this.#colors.reduce((one, other) => (one !== undefined && saturation(one) >= saturation(other) ? one : other), undefined);
      return this.#color(best);
    }

    getAverageColor() { return this.#color(this.#average); }

    // Of a colour 0xAARRGGBB.
    isBlackOrWhiteOrGrayColor(color) {
      const [r, g, b] = [16, 8, 0].map((shift) => Number(color) >>> shift & 255);
      return Math.max(r, g, b) - Math.min(r, g, b) <= 10;
    }
  }

  function checkedRegion(region) {
    if (region === undefined) return undefined;
    const inside = Array.isArray(region) && region.length === 4 && region.every((edge) => Number.isFinite(edge));
    if (!inside) fail(401, 'Parameter error. The region has four numbers from 0 to 1.');
    const [left, top, right, bottom] = region.map((edge) => Math.min(1, Math.max(0, edge)));
    if (left >= right || top >= bottom) fail(401, 'Parameter error. The region is empty.');
    return [left, top, right, bottom];
  }

  function createColorPicker(source, region, callback) {
    if (typeof region === 'function') [region, callback] = [undefined, region];
    pixelsOf(source);
    const part = checkedRegion(region);
    return system.async(() => new ColorPicker(source, part), callback);
  }

  function createEffect(source) {
    return source instanceof PixelMap && source.__pixels__ !== undefined ? new Filter(source) : null;
  }

  const effectKit = { TileMode, createEffect, createColorPicker };
  return { ...effectKit, default: effectKit };
})
