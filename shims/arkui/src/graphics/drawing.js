// @concord:arkui/drawing: the classes of `@ohos.graphics.drawing` that a `DrawContext` needs: what is drawn on, with what, and
// along which paths. See drawing.rs.
(function (host, system) {
  'use strict';
  const { BusinessError } = system;
  const { Matrix, RoundRect, Path, multiply, rectPath, ovalPath, circlePath, arcPath } = system.require('@concord:arkui/drawing-geometry');
  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  // A colour as the app gives it: {alpha, red, green, blue}, or a number. As ARGB.
  function argb(color) {
    if (typeof color === 'number') {
      return color >>> 0;
    }
    const byte = (value) => Math.max(0, Math.min(255, Math.round(value ?? 0)));
    return ((byte(color?.alpha ?? 255) << 24) | (byte(color?.red) << 16) | (byte(color?.green) << 8) | byte(color?.blue)) >>> 0;
  }

  const parts = (value) => ({ alpha: value >>> 24, red: (value >>> 16) & 255, green: (value >>> 8) & 255, blue: value & 255 });
  const colorOf = (args) => (args.length >= 4 ? argb({ alpha: args[0], red: args[1], green: args[2], blue: args[3] }) : argb(args[0]));

  // --- what is drawn with

  class ShaderEffect {
    constructor(shader) { this.shader_ = shader; }
    static #gradient(kind, geometry, colors, mode, positions) {
      return new ShaderEffect({ kind, geometry, colors: colors.map(argb), positions: positions ?? [], mode: mode ?? 0 });
    }

    static createColorShader(color) { return ShaderEffect.#gradient('linear', [0, 0, 1, 0], [color, color], 0); }
    static createLinearGradient(start, end, colors, mode, positions) {
      return ShaderEffect.#gradient('linear', [start.x, start.y, end.x, end.y], colors, mode, positions);
    }

    static createRadialGradient(center, radius, colors, mode, positions) {
      return ShaderEffect.#gradient('radial', [center.x, center.y, radius], colors, mode, positions);
    }

    static createSweepGradient(center, colors, mode, start, end, positions) {
      return ShaderEffect.#gradient('sweep', [center.x, center.y, start ?? 0, end ?? 360], colors, mode, positions);
    }

    static createConicalGradient(from, radius, to, end, colors, mode, positions) {
      return ShaderEffect.#gradient('radial', [to.x, to.y, end], colors, mode, positions);
    }
  }

  // The 20 numbers of a matrix of colours.
  class ColorFilter {
    constructor(matrix) { this.matrix_ = matrix; }
    static createMatrixColorFilter(matrix) {
      if (!Array.isArray(matrix) || matrix.length !== 20) {
        throw invalid('A matrix of colours has twenty numbers.');
      }
      return new ColorFilter(matrix);
    }

    static createBlendModeColorFilter(color) {
      const { red, green, blue } = parts(argb(color));
      return new ColorFilter([0, 0, 0, 0, red / 255, 0, 0, 0, 0, green / 255, 0, 0, 0, 0, blue / 255, 0, 0, 0, 1, 0]);
    }

    static createLumaColorFilter() {
      return new ColorFilter([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.2126, 0.7152, 0.0722, 0, 0]);
    }

    static createLinearToSRGBGamma() { return new ColorFilter(undefined); }
    static createSRGBGammaToLinear() { return new ColorFilter(undefined); }
    static createComposeColorFilter(outer) { return new ColorFilter(outer?.matrix_); }
    static createLightingColorFilter(multiply, add) {
      const [m, a] = [parts(argb(multiply)), parts(argb(add))];
      return new ColorFilter([m.red / 255, 0, 0, 0, a.red / 255, 0, m.green / 255, 0, 0, a.green / 255,
        0, 0, m.blue / 255, 0, a.blue / 255, 0, 0, 0, 1, 0]);
    }
  }

  class MaskFilter {
    constructor(blur) { this.blur_ = blur; }
    static createBlurMaskFilter(type, sigma) { return new MaskFilter(sigma); }
  }

  class PathEffect {
    constructor(dashes, phase) { Object.assign(this, { dashes_: dashes, phase_: phase }); }
    static createDashPathEffect(intervals, phase) { return new PathEffect([...intervals], phase); }
    static createCornerPathEffect() { return new PathEffect([], 0); }
    static createDiscretePathEffect() { return new PathEffect([], 0); }
    static createComposePathEffect(outer) { return outer; }
    static createSumPathEffect(first) { return first; }
    static createPathDashEffect() { return new PathEffect([], 0); }
  }

  class ShadowLayer {
    constructor(shadow) { this.shadow_ = shadow; }
    static create(radius, x, y, color) { return new ShadowLayer({ radius, x, y, color: argb(color) }); }
  }

  class Tool {
    #color = 0xff000000;
    #blend = 3;
    #shader;
    #filter;
    #mask;
    #antiAlias = true;

    constructor(other) {
      if (other instanceof Tool) {
        this.#color = other.#color;
        this.#blend = other.#blend;
        this.#shader = other.#shader;
        this.#filter = other.#filter;
        this.#mask = other.#mask;
        this.shadow_ = other.shadow_;
      }
    }

    setColor(...args) { this.#color = colorOf(args); }
    setColor4f(color) {
      const byte = (value) => Math.round(Math.max(0, Math.min(1, value)) * 255);
      this.#color = argb({ alpha: byte(color.alpha), red: byte(color.red), green: byte(color.green), blue: byte(color.blue) });
    }

    getColor() { return parts(this.#color); }
    getHexColor() { return this.#color; }
    getColor4f() {
      const { alpha, red, green, blue } = this.getColor();
      return { alpha: alpha / 255, red: red / 255, green: green / 255, blue: blue / 255 };
    }

    setAlpha(alpha) { this.#color = ((Math.max(0, Math.min(255, Math.round(alpha))) << 24) | (this.#color & 0xffffff)) >>> 0; }
    getAlpha() { return this.#color >>> 24; }
    setAntiAlias(on) { this.#antiAlias = on === true; }
    isAntiAlias() { return this.#antiAlias; }
    setBlendMode(mode) { this.#blend = mode; }
    setShaderEffect(effect) { this.#shader = effect?.shader_; }
    setColorFilter(filter) { this.#filter = filter ?? undefined; }
    getColorFilter() { return this.#filter; }
    setMaskFilter(filter) { this.#mask = filter?.blur_; }
    setShadowLayer(layer) { this.shadow_ = layer?.shadow_; }
    setImageFilter() {}
    setDither() {}

    reset() {
      this.#color = 0xff000000;
      this.#blend = 3;
      this.#shader = undefined;
      this.#filter = undefined;
      this.#mask = undefined;
      this.shadow_ = undefined;
    }

    ink_() {
      return { color: this.#color, blend: this.#blend, shader: this.#shader, matrix: this.#filter?.matrix_, blur: this.#mask ?? 0,
        shadow: this.shadow_ };
    }
  }

  class Brush extends Tool {}

  class Pen extends Tool {
    #width = 0;
    #cap = 0;
    #join = 0;
    #miter = 4;
    #effect;

    constructor(other) {
      super(other);
      if (other instanceof Pen) {
        this.#width = other.#width;
        this.#cap = other.#cap;
        this.#join = other.#join;
        this.#miter = other.#miter;
        this.#effect = other.#effect;
      }
    }

    setStrokeWidth(width) { this.#width = width; }
    getWidth() { return this.#width; }
    setCapStyle(style) { this.#cap = style; }
    getCapStyle() { return this.#cap; }
    setJoinStyle(style) { this.#join = style; }
    getJoinStyle() { return this.#join; }
    setMiterLimit(limit) { this.#miter = limit; }
    getMiterLimit() { return this.#miter; }
    setPathEffect(effect) { this.#effect = effect ?? undefined; }
    // The outline itself as a path is the path: a pen draws it.
    getFillPath(from, into) {
      into.set(from);
      return true;
    }

    reset() {
      super.reset();
      this.#width = 0;
      this.#effect = undefined;
    }

    ink_() {
      const CAPS = [0, 1, 2];
      return { ...super.ink_(), stroke: { width: this.#width, cap: CAPS[this.#cap] ?? 0, join: this.#join, miter: this.#miter,
        dashes: this.#effect?.dashes_ ?? [], phase: this.#effect?.phase_ ?? 0 } };
    }
  }

  // --- text

  class Typeface {
    getFamilyName() { return 'HarmonyOS Sans'; }
    isBold() { return this.bold_ === true; }
    isItalic() { return this.italic_ === true; }
    static makeFromCurrent() { return new Typeface(); }
    static makeFromFile() { return new Typeface(); }
    static makeFromRawFile() { return new Typeface(); }
    static makeFromFileWithArguments() { return new Typeface(); }
    static makeFromRawFileWithArguments() { return new Typeface(); }
  }

  const measuring = host.create();

  class Font {
    #size = 12;
    #typeface = new Typeface();
    #bold = false;
    #skew = 0;

    setSize(size) { this.#size = size; }
    getSize() { return this.#size; }
    setTypeface(typeface) { this.#typeface = typeface; }
    getTypeface() { return this.#typeface; }
    setEmbolden(on) { this.#bold = on === true; }
    isEmbolden() { return this.#bold; }
    setSkewX(skew) { this.#skew = skew; }
    getSkewX() { return this.#skew; }
    #kept = new Map();
    #keep(name, value) { this.#kept.set(name, value); }
    enableSubpixel(on) { this.#keep('subpixel', on); }
    isSubpixel() { return this.#kept.get('subpixel') ?? false; }
    enableLinearMetrics(on) { this.#keep('linear', on); }
    isLinearMetrics() { return this.#kept.get('linear') ?? false; }
    enableEmbolden(on) { this.#bold = on === true; }
    setScaleX(scale) { this.#keep('scale', scale); }
    getScaleX() { return this.#kept.get('scale') ?? 1; }
    setHinting(hinting) { this.#keep('hinting', hinting); }
    getHinting() { return this.#kept.get('hinting') ?? 2; }
    setEdging(edging) { this.#keep('edging', edging); }
    getEdging() { return this.#kept.get('edging') ?? 1; }
    setBaselineSnap(on) { this.#keep('snap', on); }
    isBaselineSnap() { return this.#kept.get('snap') ?? true; }
    setEmbeddedBitmaps(on) { this.#keep('bitmaps', on); }
    isEmbeddedBitmaps() { return this.#kept.get('bitmaps') ?? false; }
    setForceAutoHinting(on) { this.#keep('auto', on); }
    isForceAutoHinting() { return this.#kept.get('auto') ?? false; }
    setThemeFontFollowed(on) { this.#keep('theme', on); }
    isThemeFontFollowed() { return this.#kept.get('theme') ?? false; }
    measureSingleCharacterWithFeatures(text) { return this.measureText(text); }
    font_() { return { size: this.#size, bold: this.#bold, italic: this.#skew !== 0 }; }
    measureText(text) { return host.measureText(measuring, String(text), this.font_())[0]; }
    measureSingleCharacter(text) { return this.measureText(text); }
    countText(text) { return [...String(text)].length; }

    getMetrics() {
      const [width, ascent, descent] = host.measureText(measuring, 'x', this.font_());
      return { top: -ascent, ascent: -ascent, descent, bottom: descent, leading: 0, flags: 0, avgCharWidth: width, maxCharWidth: this.#size,
        xMin: 0, xMax: this.#size, xHeight: ascent * 0.52, capHeight: ascent * 0.72, underlineThickness: this.#size / 18,
        underlinePosition: this.#size / 9, strikethroughThickness: this.#size / 18, strikethroughPosition: -ascent * 0.3 };
    }
  }

  class TextBlob {
    // `runs` are {text, x, y}.
    constructor(runs, font) { Object.assign(this, { runs_: runs, font_: font }); }
    static makeFromString(text, font) { return new TextBlob([{ text: String(text), x: 0, y: 0 }], font ?? new Font()); }
    static makeFromPosText(text, length, points, font) {
      const characters = [...String(text)].slice(0, length);
      return new TextBlob(characters.map((one, index) => ({ text: one, x: points[index]?.x ?? 0, y: points[index]?.y ?? 0 })), font);
    }

    static makeFromRunBuffer(glyphs, font) {
      return new TextBlob(glyphs.map(({ glyph, positionX, positionY }) => ({ text: String.fromCodePoint(glyph), x: positionX, y: positionY })), font);
    }

    bounds() {
      const metrics = this.font_.getMetrics();
      const right = Math.max(0, ...this.runs_.map(({ text, x }) => x + this.font_.measureText(text)));
      return { left: Math.min(0, ...this.runs_.map(({ x }) => x)), top: metrics.top, right, bottom: metrics.bottom };
    }

    uniqueID() { return (this.id_ ??= ++TextBlob.#last); }
    static #last = 0;
  }

  // --- the canvas

  class Canvas {
    #canvas = host.create();
    #pixels;
    #brush;
    #pen;

    // Of a pixel map: what is drawn is in it at once.
    constructor(pixelMap) {
      this.#pixels = pixelMap;
    }

    get native_() { return this.#canvas; }

    #drawn() {
      if (this.#pixels && host.saved(this.#canvas) === 0) {
        host.render(this.#canvas, this.#pixels);
      }
    }

    // Fills with the brush, then outlines with the pen; with neither, it is black and filled.
    #draw(data, rule = 0, fills = true) {
      const inks = [fills ? this.#brush?.ink_() : undefined, this.#pen?.ink_()].filter(Boolean);
      if (inks.length === 0) {
        inks.push(new Brush().ink_());
      }
      inks.forEach((ink) => host.path(this.#canvas, data, rule, ink));
      this.#drawn();
    }

    // What faces beside this one draw.
    add_(draw) {
      draw(this.#canvas);
      this.#drawn();
    }

    attachBrush(brush) { this.#brush = brush; }
    attachPen(pen) { this.#pen = pen; }
    detachBrush() { this.#brush = undefined; }
    detachPen() { this.#pen = undefined; }
    getWidth() { return this.#pixels?.getImageInfoSync?.().size.width ?? this.width_ ?? 0; }
    getHeight() { return this.#pixels?.getImageInfoSync?.().size.height ?? this.height_ ?? 0; }

    drawRect(...args) {
      const [left, top, right, bottom] = args;
      this.#draw(rectPath(args.length >= 4 ? { left, top, right, bottom } : left));
    }

    drawRoundRect(roundRect) { this.#draw(roundRect.path_()); }
    drawNestedRoundRect(outer, inner) { this.#draw(outer.path_() + inner.path_(), 1); }
    drawOval(rect) { this.#draw(ovalPath(rect)); }
    drawCircle(x, y, radius) { this.#draw(circlePath(x, y, radius)); }
    drawArc(rect, start, sweep) { this.#draw(arcPath(rect, start, sweep)); }
    drawArcWithCenter(rect, start, sweep, useCenter) {
      const center = useCenter ? `L${(rect.left + rect.right) / 2} ${(rect.top + rect.bottom) / 2}Z` : '';
      this.#draw(arcPath(rect, start, sweep) + center);
    }

    drawLine(x0, y0, x1, y1) { this.#draw(`M${x0} ${y0}L${x1} ${y1}`, 0, false); }
    drawPath(path) { this.#draw(path.data_, path.rule_); }

    drawPoint(x, y) {
      const width = Math.max(this.#pen?.getWidth() ?? 1, 1);
      const ink = (this.#pen ?? this.#brush ?? new Brush()).ink_();
      const half = width / 2;
      const data = ink.stroke?.cap === 2 ? circlePath(x, y, half) : rectPath({ left: x - half, top: y - half, right: x + half, bottom: y + half });
      host.path(this.#canvas, data, 0, { ...ink, stroke: undefined });
      this.#drawn();
    }

    // PointMode: points, lines between pairs, a line through all.
    drawPoints(points, mode = 0) {
      if (mode === 0) {
        points.forEach(({ x, y }) => this.drawPoint(x, y));
        return;
      }
      const step = mode === 1 ? 2 : 1;
      for (let index = 0; index + 1 < points.length; index += step) {
        this.drawLine(points[index].x, points[index].y, points[index + 1].x, points[index + 1].y);
      }
    }

    drawColor(...args) {
      const color = args.length >= 4 ? args.slice(0, 4) : args.slice(0, 1);
      const blend = args.length >= 4 ? args[4] : args[1];
      host.flood(this.#canvas, colorOf(color), blend ?? 3);
      this.#drawn();
    }

    clear(color) {
      host.flood(this.#canvas, argb(color), 1);
      this.#drawn();
    }

    drawBackground(brush) {
      const far = 65536;
      host.path(this.#canvas, rectPath({ left: -far, top: -far, right: far, bottom: far }), 0, brush.ink_());
      this.#drawn();
    }

    #picture(pixelMap, source, target) {
      const list = (rect) => rect && [rect.left, rect.top, rect.right, rect.bottom];
      host.picture(this.#canvas, pixelMap.__pixels__ ? pixelMap : undefined, list(source), list(target), (this.#brush?.getAlpha() ?? 255) / 255, true);
      this.#drawn();
    }

    drawImage(pixelMap, left, top) {
      const { size } = pixelMap.getImageInfoSync();
      this.#picture(pixelMap, undefined, { left, top, right: left + size.width, bottom: top + size.height });
    }

    drawImageRect(pixelMap, target) { this.#picture(pixelMap, undefined, target); }
    drawImageRectWithSrc(pixelMap, source, target) { this.#picture(pixelMap, source, target); }
    drawImageNine(pixelMap, center, target) { this.#picture(pixelMap, undefined, target); }

    drawTextBlob(blob, x, y) {
      const inks = [this.#brush?.ink_(), this.#pen?.ink_()].filter(Boolean);
      for (const ink of inks.length > 0 ? inks : [new Brush().ink_()]) {
        blob.runs_.forEach((run) => host.text(this.#canvas, run.text, x + run.x, y + run.y, blob.font_.font_(), ink));
      }
      this.#drawn();
    }

    drawSingleCharacter(text, font, x, y) { this.drawTextBlob(TextBlob.makeFromString([...String(text)][0] ?? '', font), x, y); }
    drawSingleCharacterWithFeatures(text, font, x, y) { this.drawSingleCharacter(text, font, x, y); }

    drawShadow(path, plane, light, radius, ambient, spot) {
      host.path(this.#canvas, path.data_, path.rule_,
        { color: 0, blend: 3, blur: 0, shadow: { radius: plane?.z ?? radius ?? 1, x: 0, y: (plane?.z ?? 1) / 2, color: argb(spot ?? ambient) } });
      this.#drawn();
    }

    save() {
      host.save(this.#canvas);
      return this.getSaveCount() - 1;
    }

    saveLayer(rect, brush) {
      const before = this.getSaveCount();
      const ink = brush?.ink_();
      host.saveLayer(this.#canvas, ink ? (ink.color >>> 24) / 255 : 1, ink?.blend ?? 3);
      return before;
    }

    restore() {
      host.restore(this.#canvas);
      this.#drawn();
    }

    restoreToCount(count) {
      host.restore(this.#canvas, Math.max(count - 1, 0));
      this.#drawn();
    }

    getSaveCount() { return host.saved(this.#canvas) + 1; }
    #transform(values) { host.transform(this.#canvas, values); }
    translate(x, y) { this.#transform([1, 0, 0, 1, x, y]); }
    scale(x, y) { this.#transform([x, 0, 0, y, 0, 0]); }
    skew(x, y) { this.#transform([1, y, x, 1, 0, 0]); }

    rotate(degree, x = 0, y = 0) {
      const matrix = new Matrix();
      matrix.setRotation(degree, x, y);
      this.#transform(matrix.affine_());
    }

    concatMatrix(matrix) { this.#transform(matrix.affine_()); }

    getTotalMatrix() {
      const [a, b, c, d, e, f] = host.matrix(this.#canvas);
      const matrix = new Matrix();
      matrix.setMatrix([a, c, e, b, d, f, 0, 0, 1]);
      return matrix;
    }

    getLocalToDevice() { return this.getTotalMatrix(); }

    resetMatrix() {
      const back = new Matrix();
      if (this.getTotalMatrix().invert(back)) {
        this.#transform(back.affine_());
      }
    }

    setMatrix(matrix) {
      this.resetMatrix();
      this.concatMatrix(matrix);
    }

    // ClipOp: the difference is everything but the shape.
    #clip(data, rule, operation) {
      const far = 65536;
      const all = rectPath({ left: -far, top: -far, right: far, bottom: far });
      host.clip(this.#canvas, operation === 0 ? all + data : data, operation === 0 ? 1 : rule);
    }

    clipRect(rect, operation = 1) { this.#clip(rectPath(rect), 0, operation); }
    clipPath(path, operation = 1) { this.#clip(path.data_, path.rule_, operation); }
    clipRoundRect(roundRect, operation = 1) { this.#clip(roundRect.path_(), 0, operation); }
    isClipEmpty() { return false; }
    isOpaque() { return false; }
    getLocalClipBounds() { return { left: 0, top: 0, right: this.getWidth(), bottom: this.getHeight() }; }
    quickRejectPath() { return false; }
    quickRejectRect() { return false; }
  }

  // What there is not: named, so that it fails as such.
  const MISSING = {
    Path: [Path, 'op getSegment getPointData getVerbData getConicWeightData getPathIterator approximate interpolate isInterpolate'],
    Canvas: [Canvas, 'drawImageLattice drawGlyphs drawPixelMapMesh drawVertices resetClip'],
    Font: [Font, 'createPathForGlyph getTextPath getTextPathWithFallback getBounds'],
  };
  for (const [owner, [Class, names]] of Object.entries(MISSING)) {
    for (const name of names.split(' ')) {
      Class.prototype[name] = system.stub(`@ohos.graphics.drawing:drawing.${owner}.${name}`);
    }
  }
  for (const name of ['createImageShader', 'createComposeShader']) {
    ShaderEffect[name] = system.stub(`@ohos.graphics.drawing:drawing.ShaderEffect.${name}`);
  }

  // Runs `draw(DrawContext)` and gives what was drawn, for the attribute `drawn` of a node. Sizes are px.
  function record(draw, width, height, density) {
    const canvas = new Canvas();
    Object.assign(canvas, { width_: width, height_: height });
    draw({ canvas, size: { width: width / density, height: height / density }, sizeInPixel: { width, height } });
    return { __pixels__: host.finish(canvas.native_) };
  }

  return { Canvas, Path, RoundRect, Matrix, Pen, Brush, Font, TextBlob, Typeface, ShaderEffect, ColorFilter, MaskFilter, PathEffect, ShadowLayer,
    record };
})
