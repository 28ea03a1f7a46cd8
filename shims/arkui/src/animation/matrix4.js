// @ohos:matrix4: matrices for `transform`. Numbers are by columns, as apps give them; lengths are px.
(function (host, system) {
  'use strict';

  const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const number = (value, fallback) => (Number.isFinite(value) ? value : fallback);

  // What `first` does and then `then`.
  function after(then, first) {
    return Array.from({ length: 16 }, (_, at) => {
      const [column, row] = [at >> 2, at & 3];
      return [0, 1, 2, 3].reduce((sum, k) => sum + then[k * 4 + row] * first[column * 4 + k], 0);
    });
  }

  const moved = (x, y, z = 0) => [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, y, z, 1];
  const about = (x, y, matrix) => after(moved(x, y), after(matrix, moved(-x, -y)));

  // A turn by degrees about an axis through the origin.
  function turned(axis, degrees) {
    const length = Math.hypot(...axis);
    if (length === 0) {
      return IDENTITY;
    }
    const [x, y, z] = axis.map((part) => part / length);
    const radians = (degrees * Math.PI) / 180;
    const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
    const rest = 1 - cos;
    return [
      x * x * rest + cos, y * x * rest + z * sin, z * x * rest - y * sin, 0,
      x * y * rest - z * sin, y * y * rest + cos, z * y * rest + x * sin, 0,
      x * z * rest + y * sin, y * z * rest - x * sin, z * z * rest + cos, 0,
      0, 0, 0, 1,
    ];
  }

  // By elimination; undefined when there is no inverse. `rows` is changed.
  function solve(rows, size) {
    for (let at = 0; at < size; at++) {
      let best = at;
      for (let row = at + 1; row < size; row++) {
        if (Math.abs(rows[row][at]) > Math.abs(rows[best][at])) {
          best = row;
        }
      }
      if (Math.abs(rows[best][at]) < 1e-12) {
        return undefined;
      }
      [rows[at], rows[best]] = [rows[best], rows[at]];
      const pivot = rows[at][at];
      rows[at] = rows[at].map((value) => value / pivot);
      for (let row = 0; row < size; row++) {
        if (row !== at && rows[row][at] !== 0) {
          const factor = rows[row][at];
          rows[row] = rows[row].map((value, column) => value - factor * rows[at][column]);
        }
      }
    }
    return rows.map((row) => row.slice(size));
  }

  function inverse(matrix) {
    const rows = [0, 1, 2, 3].map((row) => [...[0, 1, 2, 3].map((column) => matrix[column * 4 + row]),
      ...[0, 1, 2, 3].map((column) => Number(column === row))]);
    const solved = solve(rows, 4);
    return solved && IDENTITY.map((_, at) => solved[at & 3][at >> 2]);
  }

  // The perspective that brings up to four points to others; undefined when there is none.
  function polyToPoly(from, to, count) {
    if (count === 1) {
      return moved(to[0].x - from[0].x, to[0].y - from[0].y);
    }
    const rows = [];
    const whole = count === 4;
    for (let at = 0; at < count; at++) {
      const [{ x, y }, { x: u, y: v }] = [from[at], to[at]];
      if (whole) {
        rows.push([x, y, 1, 0, 0, 0, -x * u, -y * u, u], [0, 0, 0, x, y, 1, -x * v, -y * v, v]);
      } else if (count === 3) {
        rows.push([x, y, 1, 0, 0, 0, u], [0, 0, 0, x, y, 1, v]);
      } else {
        // Two points: a turn and a scale.
        rows.push([x, -y, 1, 0, u], [y, x, 0, 1, v]);
      }
    }
    const solved = solve(rows, rows.length)?.map((row) => row[0]);
    if (!solved) {
      return undefined;
    }
    const [a, b, c, d, e, f, g, h] = count === 2
      ? [solved[0], -solved[1], solved[2], solved[1], solved[0], solved[3], 0, 0] : [...solved, 0, 0];
    return [a, d, 0, g, b, e, 0, h, 0, 0, 1, 0, c, f, 0, 1];
  }

  class Matrix4Transit {
    constructor(numbers) {
      this.matrix4x4 = numbers;
    }

    copy() {
      return new Matrix4Transit([...this.matrix4x4]);
    }

    invert() {
      this.matrix4x4 = inverse(this.matrix4x4) ?? this.matrix4x4;
      return this;
    }

    #then(matrix) {
      this.matrix4x4 = after(matrix, this.matrix4x4);
      return this;
    }

    combine(other) {
      return Array.isArray(other?.matrix4x4) ? this.#then(other.matrix4x4) : this;
    }

    translate(options) {
      return this.#then(moved(number(options?.x, 0), number(options?.y, 0), number(options?.z, 0)));
    }

    scale(options) {
      const [x, y, z] = [number(options?.x, 1), number(options?.y, 1), number(options?.z, 1)];
      const matrix = [x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1];
      return this.#then(about(number(options?.centerX, 0), number(options?.centerY, 0), matrix));
    }

    skew(x, y) {
      return this.#then([1, number(y, 0), 0, 0, number(x, 0), 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
    }

    rotate(options) {
      const given = ['x', 'y', 'z'].map((name) => number(options?.[name], 0));
      const axis = given.some((part) => part !== 0) ? given : [0, 0, 1];
      const matrix = turned(axis, number(options?.angle, 0));
      return this.#then(about(number(options?.centerX, 0), number(options?.centerY, 0), matrix));
    }

    transformPoint(point) {
      const [x, y] = Array.isArray(point) ? point.map((part) => number(part, 0)) : [0, 0];
      const m = this.matrix4x4;
      const [u, v, w] = [0, 1, 3].map((row) => m[row] * x + m[4 + row] * y + m[12 + row]);
      return w === 0 ? [u, v] : [u / w, v / w];
    }

    setPolyToPoly(options) {
      const count = Math.min(Math.max(Math.trunc(number(options?.pointCount, 0)), 0), 4);
      const points = (list, from) => (Array.isArray(list) ? list.slice(number(from, 0), number(from, 0) + count) : []);
      const [from, to] = [points(options?.src, options?.srcIndex), points(options?.dst, options?.dstIndex)];
      if (count > 0 && from.length === count && to.length === count) {
        this.matrix4x4 = polyToPoly(from, to, count) ?? this.matrix4x4;
      }
      return this;
    }
  }

  function init(numbers) {
    const valid = Array.isArray(numbers) && numbers.length === 16 && numbers.every(Number.isFinite);
    return new Matrix4Transit(valid ? [...numbers] : [...IDENTITY]);
  }

  const matrix4 = { init, identity: () => init(), copy: (matrix) => matrix?.copy?.() ?? init(), Matrix4Transit };
  return { ...matrix4, default: matrix4 };
})
