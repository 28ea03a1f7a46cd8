// @concord:devices/rotations: how a device is turned in the world, from what its sensors measure. Matrices are rows of 3×3 or 4×4 numbers;
// x points east, y north, z to the sky.
(function () {
  'use strict';
  const SEA_LEVEL_SCALE = 44330;
  const EXPONENT = 1 / 5.255;
  // Below this, gravity is no direction any more: a device in free fall (1 % of g², in (m/s²)²).
  const LEAST_GRAVITY = 0.01 * 9.81 * 9.81;
  const LEAST_NORTH = 0.1;
  const MINUS = 0x80;

  const cross = ([a, b, c], [x, y, z]) => [b * z - c * y, c * x - a * z, a * y - b * x];
  const length = (vector) => Math.hypot(...vector);
  const scaled = (vector, factor) => vector.map((part) => part * factor);
  // Element of a matrix of either size.
  const at = (matrix, row, column) => matrix[row * (matrix.length === 9 ? 3 : 4) + column];

  // Metres above the place where the air has the pressure `sea`.
  const altitude = (sea, here) => SEA_LEVEL_SCALE * (1 - (here / sea) ** EXPONENT);

  const inclination = (matrix) => Math.atan2(at(matrix, 1, 2), at(matrix, 1, 1));

  // Turns around z, x and y that lead from `before` to `now`.
  function variation(now, before) {
    // The product of the inverse of `before` and `now`, as far as it is needed.
    const product = (i, j) => [0, 1, 2].reduce((sum, k) => sum + at(before, k, i) * at(now, k, j), 0);
    return [Math.atan2(product(0, 1), product(1, 1)), Math.asin(-product(2, 1)), Math.atan2(-product(2, 0), product(2, 2))];
  }

  // The quaternion of a rotation vector, w first.
  function quaternion([x, y, z, w]) {
    return [w ?? Math.sqrt(Math.max(0, 1 - x * x - y * y - z * z)), x, y, z];
  }

  function matrixOfVector(vector) {
    const [w, x, y, z] = quaternion(vector);
    return [
      1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w),
      2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w),
      2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y),
    ];
  }

  // From gravity and the field of the earth; undefined where one of them gives no direction.
  function matrixOfField(gravity, field) {
    const east = cross(field, gravity);
    if (gravity.reduce((sum, part) => sum + part * part, 0) < LEAST_GRAVITY || length(east) < LEAST_NORTH) {
      return undefined;
    }
    const [h, a] = [scaled(east, 1 / length(east)), scaled(gravity, 1 / length(gravity))];
    const m = cross(a, h);
    const strength = 1 / length(field);
    const dot = (one, other) => one.reduce((sum, part, index) => sum + part * other[index], 0);
    const [cosine, sine] = [dot(field, m) * strength, dot(field, a) * strength];
    return { rotation: [...h, ...m, ...a], inclination: [1, 0, 0, 0, cosine, sine, 0, -sine, cosine] };
  }

  // The matrix for axes of another name: 1 is x, 2 y, 3 z, with 0x80 for the opposite direction. Undefined where they are no axes.
  function withAxes(matrix, x, y) {
    const named = (axis) => Number.isInteger(axis) && (axis & ~(MINUS | 3)) === 0 && (axis & 3) !== 0;
    if (!named(x) || !named(y) || (x & 3) === (y & 3)) {
      return undefined;
    }
    // The third axis closes a right-handed system.
    const [first, second] = [(x & 3) - 1, (y & 3) - 1];
    const third = 3 - first - second;
    const leftHanded = (first + 1) % 3 !== second;
    const minus = [(x & MINUS) !== 0, (y & MINUS) !== 0];
    const signs = [minus[0], minus[1], leftHanded !== (minus[0] !== minus[1])].map((negative) => (negative ? -1 : 1));
    const side = matrix.length === 9 ? 3 : 4;
    const result = new Array(matrix.length).fill(0);
    for (let row = 0; row < 3; row++) {
      [first, second, third].forEach((axis, index) => {
        result[row * side + axis] = signs[index] * at(matrix, row, index);
      });
    }
    if (side === 4) {
      result[15] = 1;
    }
    return result;
  }

  // Azimuth, pitch and roll in radians.
  const orientation = (matrix) =>
    [Math.atan2(at(matrix, 0, 1), at(matrix, 1, 1)), Math.asin(-at(matrix, 2, 1)), Math.atan2(-at(matrix, 2, 0), at(matrix, 2, 2))];

  return { altitude, inclination, variation, quaternion, matrixOfVector, matrixOfField, withAxes, orientation };
})
