// @ohos:graphics.text: paragraphs that apps lay out and paint on a canvas by themselves.
(function (host, system) {
  'use strict';
  const enums = system.require('@concord:arkui/text-enums');
  const paragraphs = system.require('@concord:arkui/paragraph');
  const { Font } = system.require('@concord:arkui/drawing');
  const { styleOf } = paragraphs;
  const { TextDirection, Affinity, SystemFontType } = enums;

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const mustNumber = (value, name) => typeof value === 'number' || fail(401, `Parameter error. The type of ${name} must be number.`);
  const isObject = (value) => typeof value === 'object' && value !== null;
  const ENDLESS = -1;
  // The place of a box in the text.
  const BOX = '\uFFFC';

  const lengthOf = (part) => (part.text === undefined ? 1 : part.text.length);

  // The parts of a range of the text.
  function slice(parts, start, end) {
    const cut = [];
    let at = 0;
    for (const part of parts) {
      const length = lengthOf(part);
      const [from, to] = [Math.max(start, at) - at, Math.min(end, at + length) - at];
      if (from < to) cut.push(part.text === undefined ? part : { ...part, text: part.text.slice(from, to) });
      at += length;
    }
    return cut;
  }

  // --- fonts

  // A path, a `file:` URI, or a resource of the app.
  function bytesOf(path) {
    if (typeof path === 'string') {
      const fs = system.require('@ohos:file.fs');
      const file = fs.openSync(path, fs.OpenMode.READ_ONLY);
      try {
        const buffer = new ArrayBuffer(fs.statSync(file.fd).size);
        fs.readSync(file.fd, buffer);
        return buffer;
      } finally {
        fs.closeSync(file);
      }
    }
    const { resourceManager } = system.require('@concord:context').application;
    const RAWFILE = 30000;
    return path?.type === RAWFILE ? resourceManager.getRawFileContentSync(path.params[0]) : resourceManager.getMediaContentSync(path);
  }

  class FontCollection {
    static #global = new FontCollection();
    #families = new Set();

    static getGlobalInstance() { return FontCollection.#global; }
    static getLocalInstance() { return FontCollection.#global; }

    // What cannot be read is not there afterwards, as on the platform.
    loadFontSync(name, path) {
      try {
        if (paragraphs.register(String(name), bytesOf(path)) === undefined) this.#families.add(String(name));
      } catch (error) {
        console.warn(`FontCollection: ${error?.message}`);
      }
    }

    loadFont(name, path) {
      if (typeof name !== 'string' || (typeof path !== 'string' && !isObject(path))) fail(401, 'Parameter error. A font has a name and a path.');
      return system.async(() => this.loadFontSync(name, path));
    }

    loadFontSyncWithCheck(name, path) {
      let bytes;
      try {
        bytes = bytesOf(path);
      } catch {
        fail(25900002, 'File not found.');
      }
      if (paragraphs.register(String(name), bytes) !== undefined) fail(25900004, 'File format not supported.');
      this.#families.add(String(name));
    }

    loadFontWithCheck(name, path) { return system.async(() => this.loadFontSyncWithCheck(name, path)); }

    unloadFontSync(name) {
      this.#families.delete(String(name));
      paragraphs.unregister(String(name));
    }

    unloadFont(name) { return system.async(() => this.unloadFontSync(name)); }
    clearCaches() {}

    static familiesOf(collection) { return [...collection.#families]; }
  }
  const { familiesOf } = FontCollection;
  delete FontCollection.familiesOf;

  // --- what is laid out

  // Glyphs of one font in a line.
  class Run {
    #line;
    #glyphs;
    #run;
    #range;

    constructor(line, run, range) {
      this.#line = line;
      this.#run = run;
      this.#glyphs = run.glyphs;
      this.#range = range;
    }

    // Without a range all of them; an end of 0 is the end.
    #part(range) {
      if (range === undefined || range === null) return this.#glyphs;
      const { start, end } = range;
      if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end < 0) return undefined;
      return this.#glyphs.slice(start, end === 0 ? undefined : end);
    }

    getGlyphCount() { return this.#glyphs.length; }
    getGlyphs(range) { return this.#part(range)?.map(([id]) => id); }
    getPositions(range) { return this.#part(range)?.map(([, x, y]) => ({ x, y: y - this.#line.baseline })); }
    getOffsets() { return this.#glyphs.map(() => ({ x: 0, y: 0 })); }

    getAdvances(range) {
      const last = this.#line.left + this.#line.width;
      const all = this.#glyphs.map(([, x], index) => ({ x: (this.#glyphs[index + 1]?.[1] ?? Math.max(x, last)) - x, y: 0 }));
      return this.#part(range) === undefined ? undefined : range ? all.slice(range.start, range.end === 0 ? undefined : range.end) : all;
    }

    getFont() {
      const font = new Font();
      font.setSize(this.#run.size);
      font.enableEmbolden(this.#run.bold);
      if (this.#run.italic) font.setSkewX(-0.25);
      return font;
    }

    getStringRange() { return { ...this.#range }; }

    getStringIndices(range) {
      const { start, end } = this.#range;
      const count = this.#glyphs.length;
      const all = this.#glyphs.map((_, index) => Math.min(end, start + Math.trunc(index * (end - start) / Math.max(1, count))));
      return this.#part(range) === undefined ? undefined : range ? all.slice(range.start, range.end === 0 ? undefined : range.end) : all;
    }

    getTypographicBounds() {
      const { ascent, descent } = this.#line;
      const advances = this.getAdvances().reduce((sum, { x }) => sum + x, 0);
      return { ascent, descent, leading: 0, width: advances };
    }

    getImageBounds() {
      const { ascent, descent } = this.#line;
      const left = this.#glyphs[0]?.[1] ?? 0;
      return { left, top: -ascent, right: left + this.getTypographicBounds().width, bottom: descent };
    }

    getTextDirection() { return TextDirection.LTR; }
    paint(canvas, x, y) { this.#line.paintRange(canvas, this.#range, x, y); }
  }

  // A line: of a paragraph, or made by itself.
  class TextLine {
    #owner;
    #line;
    #runs;

    constructor(owner, line, runs) {
      this.#owner = owner;
      this.#line = {
        ...line,
        paintRange: (canvas, { start, end }, x, y) => owner.paintRange(canvas, start, end, x, y),
      };
      // A run has as much of the text as it has of the glyphs.
      const count = runs.reduce((sum, { glyphs }) => sum + glyphs.length, 0);
      const units = line.end - line.start;
      let done = 0;
      this.#runs = runs.map((run) => {
        const start = line.start + Math.round(done * units / Math.max(1, count));
        done += run.glyphs.length;
        return new Run(this.#line, run, { start, end: line.start + Math.round(done * units / Math.max(1, count)) });
      });
    }

    getGlyphCount() { return this.#runs.reduce((sum, run) => sum + run.getGlyphCount(), 0); }
    getTextRange() { return { start: this.#line.start, end: this.#line.end }; }
    getGlyphRuns() { return [...this.#runs]; }
    paint(canvas, x, y) { this.#owner.paintRange(canvas, this.#line.start, this.#line.end, x, y - this.#line.ascent); }

    createTruncatedLine(width, mode, ellipsis) {
      mustNumber(width, 'width');
      return this.#owner.truncated(this.#line.start, this.#line.end, width, mode, String(ellipsis));
    }

    getTypographicBounds() {
      const { ascent, descent, width } = this.#line;
      return { ascent, descent, leading: 0, width };
    }

    getImageBounds() {
      const { ascent, descent, left, width } = this.#line;
      return { left, top: -ascent, right: left + width, bottom: descent };
    }

    getTrailingSpaceWidth() { return this.#owner.trailingWidth(this.#line.start, this.#line.end); }

    getStringIndexForPosition(point) {
      const [index] = paragraphs.hit(this.#owner.native, this.#line.left + point.x, this.#line.top + this.#line.height / 2);
      return Math.min(this.#line.end, Math.max(this.#line.start, index));
    }

    getOffsetForStringIndex(index) {
      if (index < this.#line.start || index > this.#line.end) return 0;
      return paragraphs.caret(this.#owner.native, index)[0] - this.#line.left;
    }

    enumerateCaretOffsets(callback) {
      for (let index = this.#line.start; index < this.#line.end; index++) {
        if (callback(this.getOffsetForStringIndex(index), index, true) === true) return;
        if (callback(this.getOffsetForStringIndex(index + 1), index, false) === true) return;
      }
    }

    getAlignmentOffset(factor, width) {
      return Math.min(1, Math.max(0, factor)) * Math.max(0, width - this.#line.width);
    }
  }

  // Text that was laid out: what a paragraph and its lines share.
  class Laid {
    constructor(style, parts) {
      this.style = style;
      this.parts = parts;
      this.native = paragraphs.build(style, parts);
    }

    layout(width) {
      paragraphs.layout(this.native, width);
      this.metrics = paragraphs.metrics(this.native);
      this.lines = undefined;
    }

    // Draws a part of the text by itself.
    paintRange(canvas, start, end, x, y) {
      const part = new Laid({ ...this.style, maxLines: 1, align: 4 }, slice(this.parts, start, end));
      part.layout(ENDLESS);
      canvas.add_((native) => paragraphs.paint(native, part.native, x, y));
    }

    textLines() {
      this.lines ??= this.#makeLines();
      return this.lines;
    }

    #makeLines() {
      const { lines } = this.metrics;
      const runs = lines.map(() => []);
      for (const run of paragraphs.runs(this.native)) {
        const byLine = new Map();
        for (const glyph of run.glyphs) {
          const found = lines.findIndex(({ top, height }) => glyph[2] >= top && glyph[2] <= top + height);
          const line = found < 0 ? 0 : found;
          byLine.set(line, [...byLine.get(line) ?? [], glyph]);
        }
        for (const [line, glyphs] of byLine) runs[line]?.push({ ...run, glyphs });
      }
      return lines.map((line, index) => new TextLine(this, line, runs[index]));
    }

    truncated(start, end, width, mode, ellipsis) {
      const parts = slice(this.parts, start, end);
      const textStyle = { ...this.style?.textStyle, ellipsis: ellipsis || '…', ellipsisMode: mode };
      const style = { ...this.style, maxLines: 1, align: 4, textStyle };
      const laid = new Laid(style, parts);
      laid.layout(width);
      return laid.textLines()[0];
    }

    trailingWidth(start, end) {
      const text = slice(this.parts, start, end).map((part) => part.text ?? BOX).join('');
      const trimmed = text.trimEnd().length;
      if (trimmed === text.length) return 0;
      const from = paragraphs.caret(this.native, start + trimmed)[0];
      return Math.max(0, paragraphs.caret(this.native, end)[0] - from);
    }
  }

  class Paragraph {
    #laid;
    #width = 0;

    constructor(style, parts) { this.#laid = new Laid(style, parts); }

    layoutSync(width) {
      mustNumber(width, 'width');
      this.#width = width;
      this.#laid.layout(Math.max(0, width));
    }

    layout(width) {
      mustNumber(width, 'width');
      return system.async(() => this.layoutSync(width));
    }

    get #metrics() {
      if (this.#laid.metrics === undefined) this.#laid.layout(0);
      return this.#laid.metrics;
    }

    paint(canvas, x, y) {
      void this.#metrics;
      canvas.add_((native) => paragraphs.paint(native, this.#laid.native, x, y));
    }

    paintOnPath(canvas, path, hOffset, vOffset) {
      const [position, tangent] = [{ x: 0, y: 0 }, { x: 1, y: 0 }];
      path.getPositionAndTangent(false, hOffset, position, tangent);
      canvas.save();
      canvas.translate(position.x, position.y);
      canvas.rotate(Math.atan2(tangent.y, tangent.x) * 180 / Math.PI, 0, 0);
      this.paint(canvas, 0, vOffset);
      canvas.restore();
    }

    getMaxWidth() { return this.#width; }
    getHeight() { return this.#metrics.height; }
    getLongestLine() { return this.#metrics.longest; }
    getLongestLineWithIndent() { return Math.max(0, ...this.#metrics.lines.map(({ left, width }) => left + width)); }
    getMinIntrinsicWidth() { return this.#metrics.min; }
    getMaxIntrinsicWidth() { return this.#metrics.max; }
    getAlphabeticBaseline() { return this.#metrics.baseline; }
    getIdeographicBaseline() { return this.#metrics.baseline + (this.#metrics.lines[0]?.descent ?? 0); }

    getRectsForRange(range, _widthStyle, _heightStyle) {
      void this.#metrics;
      return this.#boxes(paragraphs.rects(this.#laid.native, range.start, range.end));
    }

    getRectsForPlaceholders() { return this.#boxes(this.#metrics.boxes.flat()); }

    #boxes(edges) {
      const boxes = [];
      for (let at = 0; at + 3 < edges.length; at += 4) {
        const [left, top, right, bottom] = edges.slice(at, at + 4);
        boxes.push({ rect: { left, top, right, bottom }, direction: TextDirection.LTR });
      }
      return boxes;
    }

    getGlyphPositionAtCoordinate(x, y) {
      void this.#metrics;
      const [position, affinity] = paragraphs.hit(this.#laid.native, x, y);
      return { position, affinity: affinity === 0 ? Affinity.UPSTREAM : Affinity.DOWNSTREAM };
    }

    getWordBoundary(offset) {
      const [start, end] = paragraphs.word(this.#laid.native, offset);
      return { start, end };
    }

    getLineCount() { return this.#metrics.lines.length; }
    getLineHeight(line) { return this.#metrics.lines[line]?.height ?? 0; }
    getLineWidth(line) { return this.#metrics.lines[line]?.width ?? 0; }
    didExceedMaxLines() { return this.#metrics.exceeded; }

    getTextLines() {
      void this.#metrics;
      return this.#laid.textLines();
    }

    getActualTextRange(lineNumber, includeSpaces) {
      const line = this.#metrics.lines[lineNumber];
      if (line === undefined) return { start: 0, end: 0 };
      if (includeSpaces === true) return { start: line.start, end: line.end };
      const text = slice(this.#laid.parts, line.start, line.end).map((part) => part.text ?? BOX).join('');
      return { start: line.start, end: line.start + text.trimEnd().length };
    }

    getLineMetrics(lineNumber) {
      const all = this.#metrics.lines.map((line, index) => ({
        startIndex: line.start, endIndex: line.end, ascent: line.ascent, descent: line.descent, height: line.height, width: line.width,
        left: line.left, baseline: line.baseline, lineNumber: index, topHeight: line.top,
        runMetrics: new Map([[line.start, {
          textStyle: { ...this.#laid.style?.textStyle },
          fontMetrics: { top: -line.ascent, ascent: -line.ascent, descent: line.descent, bottom: line.descent, leading: 0 },
        }]]),
      }));
      return lineNumber === undefined ? all : all[lineNumber];
    }

    updateColor(color) { this.#restyle({ color: paragraphs.argb(color) }); }

    updateDecoration(decoration) {
      const { decoration: bits, decorationColor, decorationStyle, decorationThickness } = styleOf({ decoration });
      this.#restyle({ decoration: bits, decorationColor, decorationStyle, decorationThickness });
    }

    #restyle(change) {
      const { style, parts } = this.#laid;
      const laid = this.#laid.metrics !== undefined;
      this.#laid = new Laid(style, parts.map((part) => (part.text === undefined ? part : { ...part, style: { ...part.style, ...change } })));
      if (laid) this.#laid.layout(Math.max(0, this.#width));
    }
  }

  // Text that becomes lines one by one.
  class LineTypeset {
    #style;
    #parts;
    #length;

    constructor(style, parts) {
      this.#style = { ...style, maxLines: undefined };
      this.#parts = parts;
      this.#length = parts.reduce((sum, part) => sum + lengthOf(part), 0);
    }

    #must(start) {
      if (!Number.isInteger(start) || start < 0 || start >= this.#length) fail(401, 'Parameter error. The start is outside of the text.');
    }

    // How many units fit.
    getLineBreak(startIndex, width) {
      this.#must(startIndex);
      mustNumber(width, 'width');
      const laid = new Laid(this.#style, slice(this.#parts, startIndex, this.#length));
      laid.layout(Math.max(0, width));
      const [first] = laid.metrics.lines;
      return first === undefined ? 0 : first.end - first.start;
    }

    // 0 units are all that are left.
    createLine(startIndex, count) {
      this.#must(startIndex);
      if (!Number.isInteger(count) || count < 0 || startIndex + count > this.#length) fail(401, 'Parameter error. The line is longer than the text.');
      const end = count === 0 ? this.#length : startIndex + count;
      const laid = new Laid({ ...this.#style, maxLines: 1, align: 4 }, slice(this.#parts, startIndex, end));
      laid.layout(ENDLESS);
      return laid.textLines()[0];
    }
  }

  class ParagraphBuilder {
    #style;
    #parts = [];
    #styles = [];

    constructor(style, collection) {
      if (!isObject(style)) fail(401, 'Parameter error. The style must be a ParagraphStyle.');
      if (!(collection instanceof FontCollection)) fail(401, 'Parameter error. The collection must be a FontCollection.');
      this.#style = style;
    }

    pushStyle(style) { this.#styles.push(style); }
    popStyle() { this.#styles.pop(); }

    addText(text) {
      this.#parts.push({ text: String(text), style: styleOf(this.#styles.at(-1) ?? this.#style.textStyle) });
    }

    addPlaceholder({ width, height, align }) {
      this.#parts.push({ width: Number(width) || 0, height: Number(height) || 0, align: Number(align) || 0 });
    }

    // Symbols are characters of a font of the system.
    addSymbol(symbolId) {
      if (!Number.isInteger(symbolId) || symbolId < 0 || symbolId > 0x10ffff) return;
      const style = styleOf(this.#styles.at(-1) ?? this.#style.textStyle);
      this.#parts.push({ text: String.fromCodePoint(symbolId), style: { ...style, families: ['HM Symbol', ...style.families] } });
    }

    build() { return new Paragraph(this.#style, this.#parts); }
    buildLineTypeset() { return new LineTypeset(this.#style, this.#parts); }
  }

  // --- fonts by name

  const mustType = (type) => Number.isInteger(type) || fail(401, 'Parameter error. The type of fontType must be number.');

  function namesOf(type) {
    const system = (type & (SystemFontType.ALL | SystemFontType.GENERIC)) !== 0 ? paragraphs.families() : [];
    const own = (type & (SystemFontType.ALL | SystemFontType.CUSTOMIZED)) !== 0 ? familiesOf(FontCollection.getGlobalInstance()) : [];
    return [...system, ...own];
  }

  function describe(name) {
    const found = paragraphs.family(name);
    const { family = name, weight = 400, width = 100, italic = false } = found === undefined ? {} : JSON.parse(found);
    return {
      path: '', postScriptName: family.replaceAll(' ', ''), fullName: family, fontFamily: family, fontSubfamily: italic ? 'Italic' : 'Regular',
      weight: Math.min(8, Math.max(0, Math.round(weight / 100) - 1)), width: Math.round(width / 20), italic: italic ? 1 : 0,
      monoSpace: /mono/i.test(family), symbolic: /symbol/i.test(family),
    };
  }

  function getSystemFontFullNamesByType(type) {
    mustType(type);
    return system.async(() => namesOf(type));
  }

  function getFontDescriptorByFullName(name, type) {
    mustType(type);
    if (typeof name !== 'string') fail(401, 'Parameter error. The type of fullName must be string.');
    return system.async(() => (namesOf(type).includes(name) ? describe(name) : undefined));
  }

  function matchFontDescriptors(wanted) {
    if (!isObject(wanted)) fail(401, 'Parameter error. The type of desc must be FontDescriptor.');
    return system.async(() => namesOf(SystemFontType.ALL).map(describe)
      .filter((font) => Object.entries(wanted).every(([key, value]) => value === undefined || font[key] === value)));
  }

  return {
    ...enums, FontCollection, ParagraphBuilder, Paragraph, LineTypeset, TextLine, Run,
    getSystemFontFullNamesByType, getFontDescriptorByFullName, matchFontDescriptors,
    setTextHighContrast: (_action) => {},
    setTextUndefinedGlyphDisplay: (_display) => {},
  };
})
