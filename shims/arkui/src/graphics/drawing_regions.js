// @concord:arkui/drawing-regions: parts of a canvas made of whole pixels, and what else `@ohos.graphics.drawing` asks of matrices, paths and fonts.
(function (host, system) {
  'use strict';
  const { Canvas, Path, Matrix, Font } = system.require('@concord:arkui/drawing');
  const paragraphs = system.require('@concord:arkui/paragraph');

  const invalid = (text) => new system.BusinessError(401, `Parameter error. ${text}`);
  const OPS = { DIFFERENCE: 0, INTERSECT: 1, UNION: 2, XOR: 3, REVERSE_DIFFERENCE: 4, REPLACE: 5 };
  // What an operation keeps of a pixel that is in the first, and in the second.
  const KEEPS = [
    (one, other) => one && !other, (one, other) => one && other, (one, other) => one || other, (one, other) => one !== other,
    (one, other) => other && !one, (_one, other) => other,
  ];
  // More rectangles than this are not kept, and of a larger path the bounds count.
  const MOST_RECTS = 20000;
  const MOST_PIXELS = 128 * 128;

  const numbers = (values) => {
    if (!values.every((value) => typeof value === 'number' && Number.isFinite(value))) throw invalid('Edges are numbers.');
    return values.map((value) => Math.trunc(value));
  };
  const inside = ([left, top, right, bottom], x, y) => x >= left && x < right && y >= top && y < bottom;

  // Pixels, as rectangles [left, top, right, bottom] that do not overlap.
  class Region {
    #rects = [];

    constructor(left, top, right, bottom) {
      if (left instanceof Region) this.#rects = left.#rects;
      else if (left !== undefined) this.setRect(left, top, right, bottom);
    }

    setRect(left, top, right, bottom) {
      const rect = numbers([left, top, right, bottom]);
      const empty = rect[0] >= rect[2] || rect[1] >= rect[3];
      this.#rects = empty ? [] : [rect];
      return !empty;
    }

    setRegion(region) { this.#rects = this.#must(region).#rects; }
    setEmpty() { this.#rects = []; }
    isEmpty() { return this.#rects.length === 0; }
    isRect() { return this.#rects.length === 1; }
    isComplex() { return this.#rects.length > 1; }

    #must(region) {
      if (!(region instanceof Region)) throw invalid('There is no Region.');
      return region;
    }

    #bounds() {
      const edges = (index) => this.#rects.map((rect) => rect[index]);
      return this.isEmpty() ? [0, 0, 0, 0] : [Math.min(...edges(0)), Math.min(...edges(1)), Math.max(...edges(2)), Math.max(...edges(3))];
    }

    getBounds() {
      const [left, top, right, bottom] = this.#bounds();
      return { left, top, right, bottom };
    }

    getBoundaryPath() {
      const path = new Path();
      for (const [left, top, right, bottom] of this.#rects) path.addRect({ left, top, right, bottom });
      return path;
    }

    isPointContained(x, y) {
      const [px, py] = numbers([x, y]);
      return this.#rects.some((rect) => inside(rect, px, py));
    }

    isRegionContained(other) {
      if (this.#must(other).isEmpty() || this.isEmpty()) return false;
      const left = new Region(other);
      left.op(this, OPS.DIFFERENCE);
      return left.isEmpty();
    }

    isEqual(other) {
      const difference = new Region(this);
      difference.op(this.#must(other), OPS.XOR);
      return difference.isEmpty();
    }

    quickContains(left, top, right, bottom) {
      const [l, t, r, b] = numbers([left, top, right, bottom]);
      return this.#rects.some((rect) => l >= rect[0] && t >= rect[1] && r <= rect[2] && b <= rect[3]);
    }

    quickReject(left, top, right, bottom) {
      const [l, t, r, b] = numbers([left, top, right, bottom]);
      const [x0, y0, x1, y1] = this.#bounds();
      return this.isEmpty() || l >= r || t >= b || l >= x1 || r <= x0 || t >= y1 || b <= y0;
    }

    quickRejectRegion(region) { return this.quickReject(...this.#must(region).#bounds()); }

    offset(dx, dy) {
      const [x, y] = numbers([dx, dy]);
      this.#rects = this.#rects.map(([left, top, right, bottom]) => [left + x, top + y, right + x, bottom + y]);
    }

    op(region, operation) {
      const keeps = KEEPS[operation];
      if (keeps === undefined) throw invalid('The operation is not one of RegionOp.');
      this.#rects = combine(this.#rects, this.#must(region).#rects, keeps);
      return !this.isEmpty();
    }

    // The pixels of a path whose middle is in it, as far as they are in a region.
    setPath(path, clip) {
      if (!(path instanceof Path)) throw invalid('There is no Path.');
      const [x0, y0, x1, y1] = this.#must(clip).#bounds();
      const bounds = path.getBounds();
      const left = Math.max(x0, Math.floor(bounds.left));
      const top = Math.max(y0, Math.floor(bounds.top));
      const right = Math.min(x1, Math.ceil(bounds.right));
      const bottom = Math.min(y1, Math.ceil(bounds.bottom));
      const rows = new Region();
      if ((right - left) * (bottom - top) > MOST_PIXELS) {
        rows.setRect(left, top, right, bottom);
      } else {
        for (let y = top; y < bottom; y++) {
          let start;
          for (let x = left; x <= right; x++) {
            const covered = x < right && path.contains(x + 0.5, y + 0.5);
            if (covered && start === undefined) start = x;
            if (!covered && start !== undefined) {
              rows.#rects.push([start, y, x, y + 1]);
              start = undefined;
            }
          }
        }
      }
      this.#rects = combine(rows.#rects, clip.#rects, KEEPS[OPS.INTERSECT]);
      return !this.isEmpty();
    }
  }

  // Between two edges of the rectangles nothing changes: so there are bands, and parts of bands.
  function combine(first, second, keeps) {
    const all = [...first, ...second];
    const sorted = (values) => [...new Set(values)].sort((one, other) => one - other);
    const ys = sorted(all.flatMap(([, top, , bottom]) => [top, bottom]));
    const made = [];
    for (let index = 0; index + 1 < ys.length; index++) {
      const [top, bottom] = [ys[index], ys[index + 1]];
      const here = (rects) => rects.filter((rect) => rect[1] <= top && rect[3] >= bottom);
      const [one, other] = [here(first), here(second)];
      const xs = sorted([...one, ...other].flatMap(([left, , right]) => [left, right]));
      for (let at = 0; at + 1 < xs.length; at++) {
        const has = (rects) => rects.some(([left, , right]) => left <= xs[at] && right >= xs[at + 1]);
        if (!keeps(has(one), has(other))) continue;
        const before = made.at(-1);
        if (before !== undefined && before[1] === top && before[2] === xs[at]) before[2] = xs[at + 1];
        else if (made.length < MOST_RECTS) made.push([xs[at], top, xs[at + 1], bottom]);
      }
    }
    return made;
  }

  const mustRegion = (region) => {
    if (!(region instanceof Region)) throw invalid('There is no Region.');
    return region.getBoundaryPath();
  };

  const methods = (Class, added) => {
    for (const [name, value] of Object.entries(added)) {
      Object.defineProperty(Class.prototype, name, { value, writable: true, configurable: true });
    }
  };

  methods(Canvas, {
    drawRegion(region) { this.drawPath(mustRegion(region)); },
    clipRegion(region, operation = 1) { this.clipPath(mustRegion(region), operation); },
  });

  const POSITION = 0;
  const TANGENT = 1;

  methods(Path, {
    // Where a point at a distance is, and which way the path goes there.
    getMatrix(forceClosed, distance, matrix, flags) {
      if (typeof distance !== 'number' || !(matrix instanceof Matrix)) throw invalid('There are a distance and a Matrix.');
      const [position, tangent] = [{}, {}];
      if (!this.getPositionAndTangent(forceClosed, distance, position, tangent)) return false;
      const [cos, sin] = flags === POSITION ? [1, 0] : [tangent.x, tangent.y];
      const { x, y } = flags === TANGENT ? { x: 0, y: 0 } : position;
      matrix.setMatrix([cos, -sin, x, sin, cos, y, 0, 0, 1]);
      return true;
    },
  });

  methods(Matrix, {
    setRectToRect(source, target, fit) {
      const size = ({ left, top, right, bottom }) => numbersOf([right - left, bottom - top]);
      const [width, height] = size(source);
      const [wide, high] = size(target);
      if (width <= 0 || height <= 0) {
        this.reset();
        return false;
      }
      let [sx, sy] = [wide / width, high / height];
      if (fit !== 0) [sx, sy] = [Math.min(sx, sy), Math.min(sx, sy)];
      // Where what is left over goes: nowhere, to the end, to both sides, to the start.
      const share = [0, 0, 0.5, 1][fit] ?? 0;
      const x = target.left - source.left * sx + (wide - width * sx) * share;
      const y = target.top - source.top * sy + (high - height * sy) * share;
      this.setMatrix([sx, 0, x, 0, sy, y, 0, 0, 1]);
      return true;
    },

    // Up to four points go to others: each of the four equations of the plane more makes it freer.
    setPolyToPoly(source, target, count) {
      if (!Array.isArray(source) || !Array.isArray(target) || !Number.isInteger(count) || count < 0 || count > 4
        || source.length < count || target.length < count) {
        throw invalid('There are up to four points on both sides.');
      }
      const made = count === 0 ? [1, 0, 0, 0, 1, 0, 0, 0, 1] : mapping(source.slice(0, count), target.slice(0, count));
      if (made === undefined) return false;
      this.setMatrix(made);
      return true;
    },
  });

  const numbersOf = (values) => {
    if (!values.every(Number.isFinite)) throw invalid('A rectangle has four numbers.');
    return values;
  };

  function mapping(source, target) {
    const [first] = source;
    const [start] = target;
    if (source.length === 1) return [1, 0, start.x - first.x, 0, 1, start.y - first.y, 0, 0, 1];
    if (source.length === 2) {
      // Turned and scaled alike.
      const [dx, dy] = [source[1].x - first.x, source[1].y - first.y];
      const [tx, ty] = [target[1].x - start.x, target[1].y - start.y];
      const size = dx * dx + dy * dy;
      if (size === 0) return undefined;
      const [a, b] = [(tx * dx + ty * dy) / size, (ty * dx - tx * dy) / size];
      return [a, -b, start.x - a * first.x + b * first.y, b, a, start.y - b * first.x - a * first.y, 0, 0, 1];
    }
    const rows = [];
    source.forEach(({ x, y }, index) => {
      const { x: u, y: v } = target[index];
      rows.push([x, y, 1, 0, 0, 0, -x * u, -y * u, u], [0, 0, 0, x, y, 1, -x * v, -y * v, v]);
    });
    // Three points have no perspective.
    if (source.length === 3) rows.push([0, 0, 0, 0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 0, 0, 1, 0]);
    const solved = solve(rows);
    return solved === undefined ? undefined : [...solved, 1];
  }

  // Eight equations for eight numbers.
  function solve(rows) {
    for (let column = 0; column < 8; column++) {
      const pivot = rows.slice(column).reduce((best, row, index) =>
        (Math.abs(row[column]) > Math.abs(rows[best][column]) ? index + column : best), column);
      if (Math.abs(rows[pivot][column]) < 1e-12) return undefined;
      [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
      rows.forEach((row, index) => {
        if (index === column) return;
        const factor = row[column] / rows[column][column];
        for (let at = column; at < 9; at++) row[at] -= factor * rows[column][at];
      });
    }
    return rows.map((row, index) => row[8] / row[index]);
  }

  // Glyphs that a font has given for texts, with their widths, so that their numbers can be asked for again.
  const glyphWidths = new Map();

  methods(Font, {
    textToGlyphs(text, count) {
      if (typeof text !== 'string') throw invalid('The text must be a string.');
      if (count !== undefined && !Number.isInteger(count)) throw invalid('The count must be a whole number.');
      const style = paragraphs.styleOf({ fontSize: this.getSize() });
      const made = paragraphs.build({ maxLines: 1 }, [{ text, style }]);
      paragraphs.layout(made, -1);
      const all = paragraphs.runs(made).flatMap(({ glyphs }) => glyphs);
      const { longest } = paragraphs.metrics(made);
      all.forEach(([id, x], index) => {
        const next = all[index + 1]?.[1] ?? longest;
        if (next > x) glyphWidths.set(id, (next - x) / this.getSize());
      });
      return all.slice(0, count).map(([id]) => id);
    },

    getWidths(glyphs) {
      if (!Array.isArray(glyphs)) throw invalid('Glyphs are an array of numbers.');
      return glyphs.map((id) => (glyphWidths.get(id) ?? 0) * this.getSize());
    },
  });

  return { Region };
})
