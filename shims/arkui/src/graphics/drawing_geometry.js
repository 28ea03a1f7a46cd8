// @concord:arkui/drawing-geometry: matrices and paths of `@ohos.graphics.drawing`. Paths are SVG path data; see drawing.rs.
(function (host, system) {
  'use strict';
  const { BusinessError } = system;
  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  // --- matrices: three rows of three numbers

  class Matrix {
    #values = [1, 0, 0, 0, 1, 0, 0, 0, 1];

    constructor(other) {
      if (other instanceof Matrix) {
        this.#values = other.getAll();
      }
    }

    getAll() { return [...this.#values]; }
    getValue(index) { return this.#values[index]; }
    isIdentity() { return this.#values.join() === '1,0,0,0,1,0,0,0,1'; }
    isEqual(other) { return this.#values.join() === other?.getAll?.().join(); }
    reset() { this.#values = [1, 0, 0, 0, 1, 0, 0, 0, 1]; }

    setMatrix(values) {
      const given = values instanceof Matrix ? values.getAll() : values;
      if (!Array.isArray(given) || given.length !== 9) {
        throw invalid('A matrix has nine numbers.');
      }
      this.#values = given.map(Number);
    }

    // As the tree has them: [a, b, c, d, e, f].
    affine_() {
      const [a, c, e, b, d, f] = this.#values;
      return [a, b, c, d, e, f];
    }

    preConcat(other) { this.#values = multiply(this.#values, other.getAll()); }
    postConcat(other) { this.#values = multiply(other.getAll(), this.#values); }
    #pre(values) { this.#values = multiply(this.#values, values); }
    #post(values) { this.#values = multiply(values, this.#values); }
    setTranslation(x, y) { this.#values = translation(x, y); }
    setScale(x, y, px = 0, py = 0) { this.#values = about(px, py, [x, 0, 0, 0, y, 0, 0, 0, 1]); }
    setRotation(degree, px = 0, py = 0) { this.#values = about(px, py, rotation(degree)); }
    setSkew(x, y, px = 0, py = 0) { this.#values = about(px, py, [1, x, 0, y, 1, 0, 0, 0, 1]); }
    preTranslate(x, y) { this.#pre(translation(x, y)); }
    preScale(x, y, px = 0, py = 0) { this.#pre(about(px, py, [x, 0, 0, 0, y, 0, 0, 0, 1])); }
    preRotate(degree, px = 0, py = 0) { this.#pre(about(px, py, rotation(degree))); }
    preSkew(x, y, px = 0, py = 0) { this.#pre(about(px, py, [1, x, 0, y, 1, 0, 0, 0, 1])); }
    postTranslate(x, y) { this.#post(translation(x, y)); }
    postScale(x, y, px = 0, py = 0) { this.#post(about(px, py, [x, 0, 0, 0, y, 0, 0, 0, 1])); }
    postRotate(degree, px = 0, py = 0) { this.#post(about(px, py, rotation(degree))); }
    postSkew(x, y, px = 0, py = 0) { this.#post(about(px, py, [1, x, 0, y, 1, 0, 0, 0, 1])); }
    isAffine() { return this.#values.slice(6).join() === '0,0,1'; }
    setConcat(one, other) { this.#values = multiply(one.getAll(), other.getAll()); }
    setSinCos(sin, cos, px = 0, py = 0) { this.#values = about(px, py, [cos, -sin, 0, sin, cos, 0, 0, 0, 1]); }
    rectStaysRect() { return this.#values[1] === 0 && this.#values[3] === 0; }
    clone() { return new Matrix(this); }

    mapPoints(points) {
      const [a, b, c, d, e, f] = this.#values;
      return points.map(({ x, y }) => ({ x: a * x + b * y + c, y: d * x + e * y + f }));
    }

    mapRadius(radius) {
      const [a, b, , d, e] = this.#values;
      return radius * Math.sqrt(Math.abs(a * e - b * d));
    }

    mapRect(into, from) {
      const { left, top, right, bottom } = from;
      const points = this.mapPoints([{ x: left, y: top }, { x: right, y: top }, { x: left, y: bottom }, { x: right, y: bottom }]);
      const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
      Object.assign(into, { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) });
      return this.rectStaysRect();
    }

    invert(into) {
      const [a, b, c, d, e, f] = this.#values;
      const size = a * e - b * d;
      if (size === 0) {
        return false;
      }
      const [ia, ib, id, ie] = [e / size, -b / size, -d / size, a / size];
      into.setMatrix([ia, ib, -(ia * c + ib * f), id, ie, -(id * c + ie * f), 0, 0, 1]);
      return true;
    }
  }
  const translation = (x, y) => [1, 0, x, 0, 1, y, 0, 0, 1];
  const about = (x, y, values) => multiply(multiply(translation(x, y), values), translation(-x, -y));

  function rotation(degree) {
    const angle = (degree * Math.PI) / 180;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    return [cos, -sin, 0, sin, cos, 0, 0, 0, 1];
  }

  function multiply(one, other) {
    const row = (r, c) => one[r * 3] * other[c] + one[r * 3 + 1] * other[3 + c] + one[r * 3 + 2] * other[6 + c];
    return [0, 1, 2].flatMap((r) => [0, 1, 2].map((c) => row(r, c)));
  }

  // --- paths: path data as text

  const rectPath = ({ left, top, right, bottom }) => `M${left} ${top}H${right}V${bottom}H${left}Z`;

  function ovalPath({ left, top, right, bottom }) {
    const [rx, ry] = [(right - left) / 2, (bottom - top) / 2];
    const y = (top + bottom) / 2;
    return `M${left} ${y}A${rx} ${ry} 0 1 1 ${right} ${y}A${rx} ${ry} 0 1 1 ${left} ${y}Z`;
  }

  const circlePath = (x, y, r) => ovalPath({ left: x - r, top: y - r, right: x + r, bottom: y + r });

  // Angles in degrees, clockwise from the right.
  function arcPath({ left, top, right, bottom }, start, sweep, begin = 'M') {
    if (Math.abs(sweep) >= 360) {
      return ovalPath({ left, top, right, bottom });
    }
    const [rx, ry, cx, cy] = [(right - left) / 2, (bottom - top) / 2, (left + right) / 2, (top + bottom) / 2];
    const at = (degree) => `${cx + rx * Math.cos((degree * Math.PI) / 180)} ${cy + ry * Math.sin((degree * Math.PI) / 180)}`;
    const large = Math.abs(sweep) > 180 ? 1 : 0;
    return `${begin}${at(start)}A${rx} ${ry} 0 ${large} ${sweep > 0 ? 1 : 0} ${at(start + sweep)}`;
  }

  class RoundRect {
    constructor(rect, xRadii = 0, yRadii = 0) {
      this.rect_ = rect instanceof RoundRect ? { ...rect.rect_ } : { ...rect };
      this.corners_ = rect instanceof RoundRect ? rect.corners_.map((one) => ({ ...one }))
        : [0, 1, 2, 3].map(() => ({ x: xRadii, y: yRadii }));
    }

    // CornerPos: top left, top right, bottom right, bottom left.
    setCorner(corner, x, y) { this.corners_[corner] = { x, y }; }
    getCorner(corner) { return { ...this.corners_[corner] }; }
    offset(dx, dy) {
      const { left, top, right, bottom } = this.rect_;
      this.rect_ = { left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy };
    }

    path_() {
      const { left, top, right, bottom } = this.rect_;
      const fit = ({ x, y }) => [Math.min(x, (right - left) / 2), Math.min(y, (bottom - top) / 2)];
      const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = this.corners_.map(fit);
      return `M${left + ax} ${top}H${right - bx}A${bx} ${by} 0 0 1 ${right} ${top + by}V${bottom - cy}` +
        `A${cx} ${cy} 0 0 1 ${right - cx} ${bottom}H${left + dx}A${dx} ${dy} 0 0 1 ${left} ${bottom - dy}V${top + ay}` +
        `A${ax} ${ay} 0 0 1 ${left + ax} ${top}Z`;
    }
  }

  class Path {
    #data = '';
    #last = { x: 0, y: 0 };
    #first = { x: 0, y: 0 };
    #fill = 0;

    constructor(path) {
      if (path instanceof Path) {
        this.set(path);
      }
    }

    get data_() { return this.#data; }
    get rule_() { return this.#fill & 1; }

    set(path) {
      this.#data = path.#data;
      this.#last = { ...path.#last };
      this.#first = { ...path.#first };
      this.#fill = path.#fill;
    }

    #to(command, x, y) {
      if (this.#data === '' && !command.startsWith('M')) {
        this.#data = `M${this.#last.x} ${this.#last.y}`;
      }
      this.#data += command;
      this.#last = { x, y };
    }

    moveTo(x, y) {
      this.#to(`M${x} ${y}`, x, y);
      this.#first = { x, y };
    }

    lineTo(x, y) { this.#to(`L${x} ${y}`, x, y); }
    quadTo(x1, y1, x, y) { this.#to(`Q${x1} ${y1} ${x} ${y}`, x, y); }
    cubicTo(x1, y1, x2, y2, x, y) { this.#to(`C${x1} ${y1} ${x2} ${y2} ${x} ${y}`, x, y); }

    // A conic as quadratic curves: each half of it has a control point that its weight says.
    conicTo(x1, y1, x, y, weight) {
      const { x: x0, y: y0 } = this.#last;
      const w = 1 / (1 + weight);
      const [ax, ay] = [(x0 + weight * x1) * w, (y0 + weight * y1) * w];
      const [bx, by] = [(weight * x1 + x) * w, (weight * y1 + y) * w];
      const [mx, my] = [(ax + bx) / 2, (ay + by) / 2];
      this.quadTo(ax, ay, mx, my);
      this.quadTo(bx, by, x, y);
    }

    rMoveTo(dx, dy) { this.moveTo(this.#last.x + dx, this.#last.y + dy); }
    rLineTo(dx, dy) { this.lineTo(this.#last.x + dx, this.#last.y + dy); }
    #relative(values) { return values.map((value, index) => value + (index % 2 === 0 ? this.#last.x : this.#last.y)); }
    rQuadTo(...values) { this.quadTo(...this.#relative(values)); }
    rCubicTo(...values) { this.cubicTo(...this.#relative(values)); }
    rConicTo(x1, y1, x, y, weight) { this.conicTo(...this.#relative([x1, y1, x, y]), weight); }

    arcTo(left, top, right, bottom, start, sweep) {
      const data = arcPath({ left, top, right, bottom }, start, sweep, this.#data === '' ? 'M' : 'L');
      const end = /(-?[\d.e+-]+) (-?[\d.e+-]+)Z?$/.exec(data);
      this.#data += data;
      this.#last = end ? { x: Number(end[1]), y: Number(end[2]) } : this.#last;
    }

    #add(data) { this.#data += data; }
    addRect(rect) { this.#add(rectPath(rect)); }
    addOval(rect) { this.#add(ovalPath(rect)); }
    addCircle(x, y, radius) { this.#add(circlePath(x, y, radius)); }
    addArc(rect, start, sweep) { this.#add(arcPath(rect, start, sweep)); }
    addRoundRect(roundRect) { this.#add(roundRect.path_()); }
    addPath(path, matrix) { this.#add(matrix ? host.transformPath(path.#data, matrix.affine_()) : path.#data); }

    addPolygon(points, close) {
      points.forEach(({ x, y }, index) => this.#add(`${index === 0 ? 'M' : 'L'}${x} ${y}`));
      if (close) {
        this.#add('Z');
      }
    }

    buildFromSvgString(text) {
      this.#data = String(text);
      return this.#data !== '';
    }

    close() {
      this.#data += 'Z';
      this.#last = { ...this.#first };
    }

    reset() {
      this.#data = '';
      this.#last = { x: 0, y: 0 };
    }

    rewind() { this.reset(); }
    isEqual(other) { return other instanceof Path && other.#data === this.#data && other.#fill === this.#fill; }
    isRect() { return /^M[^A-Z]*H[^A-Z]*V[^A-Z]*H[^A-Z]*Z$/.test(this.#data); }
    isInverseFillType() { return this.#fill >= 2; }
    toggleInverseFillType() { this.#fill ^= 2; }
    getLastPoint() { return { ...this.#last }; }
    convertToSvgString() { return this.#data; }
    isEmpty() { return this.#data === ''; }
    isClosed() { return /[zZ]\s*$/.test(this.#data); }
    setFillType(type) { this.#fill = type; }
    getFillType() { return this.#fill; }
    setLastPoint(x, y) { this.#last = { x, y }; }
    contains(x, y) { return host.contains(this.#data, this.rule_, x, y); }
    getLength() { return host.pathLength(this.#data); }

    getBounds() {
      const [left, top, right, bottom] = host.bounds(this.#data);
      return { left, top, right, bottom };
    }

    #mapped(affine) {
      const path = new Path(this);
      path.#data = host.transformPath(this.#data, affine);
      return path;
    }

    offset(dx, dy) { return this.#mapped([1, 0, 0, 1, dx, dy]); }
    transform(matrix) { this.#data = host.transformPath(this.#data, matrix.affine_()); }

    getPositionAndTangent(forceClosed, distance, position, tangent) {
      const found = host.along(forceClosed && !this.isClosed() ? `${this.#data}Z` : this.#data, distance);
      if (found.length < 4) {
        return false;
      }
      Object.assign(position, { x: found[0], y: found[1] });
      Object.assign(tangent, { x: found[2], y: found[3] });
      return true;
    }
  }

  return { Matrix, RoundRect, Path, multiply, rectPath, ovalPath, circlePath, arcPath };
})
