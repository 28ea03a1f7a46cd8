// @ohos:graphics.colorSpaceManager: colour spaces by name, or by their primaries.
(function (host, system) {
  'use strict';
  const ColorSpace = {
    UNKNOWN: 0, ADOBE_RGB_1998: 1, DCI_P3: 2, DISPLAY_P3: 3, SRGB: 4, CUSTOM: 5, BT709: 6, BT601_EBU: 7, BT601_SMPTE_C: 8, BT2020_HLG: 9,
    BT2020_PQ: 10, P3_HLG: 11, P3_PQ: 12, ADOBE_RGB_1998_LIMIT: 13, DISPLAY_P3_LIMIT: 14, SRGB_LIMIT: 15, BT709_LIMIT: 16,
    BT601_EBU_LIMIT: 17, BT601_SMPTE_C_LIMIT: 18, BT2020_HLG_LIMIT: 19, BT2020_PQ_LIMIT: 20, P3_HLG_LIMIT: 21, P3_PQ_LIMIT: 22,
    LINEAR_P3: 23, LINEAR_SRGB: 24, LINEAR_BT709: 24, LINEAR_BT2020: 25, H_LOG: 26, DISPLAY_SRGB: 4, DISPLAY_P3_SRGB: 3,
    DISPLAY_P3_HLG: 11, DISPLAY_P3_PQ: 12, DISPLAY_BT2020_SRGB: 27,
  };

  // Chromaticities of red, green, blue and white, x and y each.
  const D65 = [0.3127, 0.3290];
  const REC709 = [0.64, 0.33, 0.30, 0.60, 0.15, 0.06, ...D65];
  const P3 = [0.680, 0.320, 0.265, 0.690, 0.150, 0.060, ...D65];
  const REC2020 = [0.708, 0.292, 0.170, 0.797, 0.131, 0.046, ...D65];
  const ADOBE = [0.64, 0.33, 0.21, 0.71, 0.15, 0.06, ...D65];
  const EBU = [0.64, 0.33, 0.29, 0.60, 0.15, 0.06, ...D65];
  const SMPTE_C = [0.630, 0.340, 0.310, 0.595, 0.155, 0.070, ...D65];
  const CINEMA = [0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.314, 0.351];
  const SRGB_GAMMA = 2.2;
  const KNOWN = new Map([
    [1, [ADOBE, 2.2]], [2, [CINEMA, 2.6]], [3, [P3, SRGB_GAMMA]], [4, [REC709, SRGB_GAMMA]], [6, [REC709, 2.4]], [7, [EBU, 2.4]],
    [8, [SMPTE_C, 2.4]], [9, [REC2020, 2.4]], [10, [REC2020, 2.4]], [11, [P3, 2.4]], [12, [P3, 2.4]], [13, [ADOBE, 2.2]],
    [14, [P3, SRGB_GAMMA]], [15, [REC709, SRGB_GAMMA]], [16, [REC709, 2.4]], [17, [EBU, 2.4]], [18, [SMPTE_C, 2.4]], [19, [REC2020, 2.4]],
    [20, [REC2020, 2.4]], [21, [P3, 2.4]], [22, [P3, 2.4]], [23, [P3, 1]], [24, [REC709, 1]], [25, [REC2020, 1]], [26, [REC2020, 2.4]],
    [27, [REC2020, SRGB_GAMMA]],
  ]);

  const parameterError = (text) => {
    throw new system.BusinessError(401, `Parameter error. ${text}`);
  };

  class ColorSpaceManager {
    #name;
    #points;
    #gamma;

    constructor(name, points, gamma) {
      this.#name = name;
      this.#points = points;
      this.#gamma = gamma;
    }

    getColorSpaceName() { return this.#name; }
    getWhitePoint() { return this.#points.slice(6); }
    getGamma() { return this.#gamma; }

    static pointsOf(manager) { return manager.#points; }
    static is(value) { return typeof value === 'object' && value !== null && #name in value; }
  }
  const { pointsOf, is } = ColorSpaceManager;
  delete ColorSpaceManager.pointsOf;
  delete ColorSpaceManager.is;

  function create(space, gamma) {
    if (typeof space === 'number') {
      const known = KNOWN.get(space);
      if (known === undefined) {
        if (space === ColorSpace.UNKNOWN || space === ColorSpace.CUSTOM || !Object.values(ColorSpace).includes(space)) {
          throw new system.BusinessError(18600001, 'Parameter value is abnormal.');
        }
      }
      return new ColorSpaceManager(space, ...known);
    }
    if (typeof space !== 'object' || space === null) parameterError('The colour space must be a number or primaries.');
    const names = ['redX', 'redY', 'greenX', 'greenY', 'blueX', 'blueY', 'whitePointX', 'whitePointY'];
    const points = names.map((name) => space[name]);
    if (!points.every((point) => typeof point === 'number')) parameterError('Primaries are eight numbers.');
    if (typeof gamma !== 'number') parameterError('The gamma must be a number.');
    return new ColorSpaceManager(ColorSpace.CUSTOM, points, gamma);
  }

  // From linear RGB to XYZ, by columns of the primaries that add up to white.
  function toXyz([rx, ry, gx, gy, bx, by, wx, wy]) {
    const columns = [[rx, ry], [gx, gy], [bx, by]].map(([x, y]) => [x / y, 1, (1 - x - y) / y]);
    const matrix = [0, 1, 2].flatMap((row) => columns.map((column) => column[row]));
    const [r, g, b] = apply(inverse(matrix), [wx / wy, 1, (1 - wx - wy) / wy]);
    return matrix.map((value, index) => value * [r, g, b][index % 3]);
  }

  const apply = (m, [a, b, c]) => [0, 3, 6].map((row) => m[row] * a + m[row + 1] * b + m[row + 2] * c);

  function inverse([a, b, c, d, e, f, g, h, i]) {
    const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g];
    const determinant = a * A + b * B + c * C;
    return [A, c * h - b * i, b * f - c * e, B, a * i - c * g, c * d - a * f, C, b * g - a * h, a * e - b * d].map((x) => x / determinant);
  }

  function times(left, right) {
    return [0, 3, 6].flatMap((row) => [0, 1, 2].map((column) =>
      left[row] * right[column] + left[row + 1] * right[column + 3] + left[row + 2] * right[column + 6]));
  }

  // How colours of one space become those of another: `[gamma, ...matrix, gamma]`, where a gamma of 0 is the curve of sRGB.
  function conversion(from, to) {
    const gammaOf = (space) => {
      const name = space.getColorSpaceName();
      return name === ColorSpace.SRGB || name === ColorSpace.DISPLAY_P3 || name === ColorSpace.DISPLAY_BT2020_SRGB ? 0 : space.getGamma();
    };
    return [gammaOf(from), ...times(inverse(toXyz(pointsOf(to))), toXyz(pointsOf(from))), gammaOf(to)];
  }

  const exports = { ColorSpace, create };
  // For faces only.
  Object.defineProperty(exports, '__faces__', { value: { is, conversion } });
  return exports;
})
