// @concord:arkui/canvas/path: Path2D and Matrix2D.
(function (host) {
  'use strict';
  const IDENTITY = [1, 0, 0, 1, 0, 0];

  // Angles of arcs and ellipses, the radii of rounded rectangles: what the steps of the natives want.
  const steps = {
    moveTo: (x, y) => [x, y],
    lineTo: (x, y) => [x, y],
    quadraticCurveTo: (cpx, cpy, x, y) => [cpx, cpy, x, y],
    bezierCurveTo: (cp1x, cp1y, cp2x, cp2y, x, y) => [cp1x, cp1y, cp2x, cp2y, x, y],
    rect: (x, y, w, h) => [x, y, w, h],
    roundRect(x, y, w, h, radii = 0) {
      const [a = 0, b = a, c = a, d = b] = [radii].flat();
      if ([a, b, c, d].some((radius) => radius < 0)) {
        throw new RangeError('Param error: a radius is negative');
      }
      return [x, y, w, h, a, b, c, d];
    },
    arc: (x, y, radius, start, end, counterclockwise) => [x, y, radius, radius, 0, start, end, counterclockwise],
    ellipse: (x, y, rx, ry, rotation, start, end, counterclockwise) => [x, y, rx, ry, rotation, start, end, counterclockwise],
    arcTo: (x1, y1, x2, y2, radius) => [x1, y1, x2, y2, radius],
    closePath: () => [],
  };

  // Gives a class the steps; `add(object, name, numbers)` takes one.
  function defineSteps(Class, add) {
    for (const [name, numbers] of Object.entries(steps)) {
      Object.defineProperty(Class.prototype, name, {
        configurable: true,
        writable: true,
        value(...args) { add(this, name, name === 'arc' || name === 'ellipse' ? angles(numbers(...args)) : numbers(...args)); },
      });
    }
  }

  // The direction is a flag.
  const angles = (numbers) => [...numbers.slice(0, 7), numbers[7] === true];

  class Matrix2D {
    scaleX = 1;
    scaleY = 1;
    rotateX = 0;
    rotateY = 0;
    translateX = 0;
    translateY = 0;

    #set([a, b, c, d, e, f]) {
      [this.scaleX, this.rotateY, this.rotateX, this.scaleY, this.translateX, this.translateY] = [a, b, c, d, e, f];
      return this;
    }

    identity() { return this.#set(IDENTITY); }

    invert() {
      const [a, b, c, d, e, f] = coefficients(this);
      const det = a * d - b * c;
      return this.#set([d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det]);
    }

    multiply(other) { return other === undefined ? this : this.#set(product(coefficients(this), coefficients(other))); }

    rotate(degree, rx = 0, ry = 0) {
      const [cos, sin] = [Math.cos(degree), Math.sin(degree)];
      const turn = [cos, sin, -sin, cos, rx - cos * rx + sin * ry, ry - sin * rx - cos * ry];
      return this.#set(product(coefficients(this), turn));
    }

    translate(tx = 0, ty = 0) { return this.#set(product(coefficients(this), [1, 0, 0, 1, tx, ty])); }

    scale(sx = 1, sy = sx) { return this.#set(product(coefficients(this), [sx, 0, 0, sy, 0, 0])); }
  }

  function product([a, b, c, d, e, f], [g, h, i, j, k, l]) {
    return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
  }

  const coefficients = (matrix) => (matrix === undefined || matrix === null ? IDENTITY
    : [matrix.scaleX ?? 1, matrix.rotateY ?? 0, matrix.rotateX ?? 0, matrix.scaleY ?? 1, matrix.translateX ?? 0, matrix.translateY ?? 0]);

  const natives = new WeakMap();
  const nativeOf = (path) => natives.get(path);

  class Path2D {
    constructor(source) {
      natives.set(this, host.create(typeof source === 'string' ? source : undefined));
      if (source instanceof Path2D) {
        this.addPath(source);
      }
    }

    addPath(path, transform) { host.add(nativeOf(this), nativeOf(path), ...coefficients(transform)); }

    setTransform(a, b, c, d, e, f) { host.apply(nativeOf(this), a, b, c, d, e, f); }
  }
  defineSteps(Path2D, (path, name, numbers) => host.draw(nativeOf(path), name, ...numbers));

  return { Path2D, Matrix2D, defineSteps, nativeOf, coefficients, fromCoefficients };

  function fromCoefficients([a, b, c, d, e, f]) {
    return Object.assign(new Matrix2D(), { scaleX: a, rotateY: b, rotateX: c, scaleY: d, translateX: e, translateY: f });
  }
})
