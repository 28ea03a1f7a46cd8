// @concord:arkui/metrics: LengthMetrics and ColorMetrics, lengths and colours that say what they are.
(function (host, system) {
  'use strict';
  const { BusinessError } = system;
  const LengthUnit = { 0: 'PX', 1: 'VP', 2: 'FP', 3: 'PERCENT', 4: 'LPX', PX: 0, VP: 1, FP: 2, PERCENT: 3, LPX: 4 };
  const LengthMetricsUnit = { 0: 'DEFAULT', 1: 'PX', DEFAULT: 0, PX: 1 };

  class LengthMetrics {
    constructor(value, unit = LengthUnit.VP) {
      this.value = Number.isFinite(value) ? value : 0;
      this.unit = LengthUnit[unit] === undefined ? LengthUnit.VP : unit;
    }

    static px(value) {
      return new LengthMetrics(value, LengthUnit.PX);
    }

    static vp(value) {
      return new LengthMetrics(value, LengthUnit.VP);
    }

    static fp(value) {
      return new LengthMetrics(value, LengthUnit.FP);
    }

    static percent(value) {
      return new LengthMetrics(value, LengthUnit.PERCENT);
    }

    static lpx(value) {
      return new LengthMetrics(value, LengthUnit.LPX);
    }

    // A resource that is a length: its pixels.
    static resource(value) {
      const { resolve } = system.require('@concord:arkui/resources');
      const length = resolve(value);
      return typeof length === 'number' ? LengthMetrics.px(length) : LengthMetrics.vp(parseFloat(length));
    }
  }

  const invalid = (message) => new BusinessError(401, `Parameter error. ${message}`);

  class ColorMetrics {
    // Components read the colour from here.
    constructor(argb) {
      this.clr_ = argb >>> 0;
    }

    // A number without alpha is opaque.
    static numeric(value) {
      return new ColorMetrics(value >>> 24 === 0 ? (value | 0xff000000) : value);
    }

    static rgba(red, green, blue, alpha = 1) {
      const byte = (value) => Math.max(0, Math.min(255, Math.round(value)));
      return new ColorMetrics((byte(alpha * 255) << 24) | (byte(red) << 16) | (byte(green) << 8) | byte(blue));
    }

    // Parts from 0 to 1 in a colour space: SRGB 0, DISPLAY_P3 1, whose reds and greens are brought into sRGB.
    static colorWithSpace(space, red, green, blue, alpha = 1) {
      const parts = [red, green, blue].map((part) => Math.max(0, Math.min(1, Number(part) || 0)));
      const byte = (part) => Math.max(0, Math.min(1, part)) * 255;
      if (space !== 1) {
        return ColorMetrics.rgba(...parts.map(byte), alpha);
      }
      const linear = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      const mixed = [[1.2249, -0.2249, 0], [-0.0421, 1.0421, 0], [-0.0197, -0.0786, 1.0983]]
        .map((row) => row.reduce((sum, factor, index) => sum + factor * linear[index], 0));
      const encoded = mixed.map((part) => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055));
      return ColorMetrics.rgba(...encoded.map(byte), alpha);
    }

    static resourceColor(color) {
      if (typeof color === 'number') {
        return ColorMetrics.numeric(color);
      }
      const text = typeof color === 'string' ? color : system.require('@concord:arkui/resources').resolve(color);
      if (typeof text === 'number') {
        return ColorMetrics.numeric(text);
      }
      const hex = /^#([0-9a-f]{3,8})$/i.exec(String(text).trim())?.[1];
      if (hex && [3, 4, 6, 8].includes(hex.length)) {
        const full = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
        return new ColorMetrics(parseInt(full.padStart(8, 'f'), 16));
      }
      const parts = /^rgba?\(\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*(?:,\s*([\d.]+)\s*)?\)$/i.exec(String(text));
      if (parts) {
        return ColorMetrics.rgba(...parts.slice(1, 4).map(Number), parts[4] === undefined ? 1 : Number(parts[4]));
      }
      throw invalid(`'${String(text)}' is no colour.`);
    }

    get red() {
      return (this.clr_ >>> 16) & 0xff;
    }

    get green() {
      return (this.clr_ >>> 8) & 0xff;
    }

    get blue() {
      return this.clr_ & 0xff;
    }

    get alpha() {
      return this.clr_ >>> 24;
    }

    get color() {
      return `rgba(${this.red}, ${this.green}, ${this.blue}, ${this.alpha / 255})`;
    }

    toNumeric() {
      return this.clr_;
    }

    // Source over: this one below.
    blendColor(over) {
      if (!(over instanceof ColorMetrics)) {
        throw invalid('The overlay is no ColorMetrics.');
      }
      const [below, above] = [this.alpha / 255, over.alpha / 255];
      const alpha = above + below * (1 - above);
      const mix = (one, other) => (alpha === 0 ? 0 : (other * above + one * below * (1 - above)) / alpha);
      return ColorMetrics.rgba(mix(this.red, over.red), mix(this.green, over.green), mix(this.blue, over.blue), alpha);
    }
  }

  return { LengthUnit, LengthMetricsUnit, LengthMetrics, ColorMetrics };
})
