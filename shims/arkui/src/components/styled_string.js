// @concord:arkui/components/styled-string: `StyledString` and `MutableStyledString`, and the styles of their parts.
(function (host, system) {
  'use strict';
  const BusinessError = system.BusinessError;

  const KEY = {
    FONT: 0, DECORATION: 1, BASELINE_OFFSET: 2, LETTER_SPACING: 3, TEXT_SHADOW: 4, LINE_HEIGHT: 5, BACKGROUND_COLOR: 6, URL: 7,
    LINE_SPACING: 8, GESTURE: 100, PARAGRAPH_STYLE: 200, IMAGE: 300, CUSTOM_SPAN: 400, USER_DATA: 500,
  };
  // What stands for an image or a span that the app draws.
  const BOX = '\uFFFC';

  const fail = (message) => new BusinessError(401, `Parameter error. ${message}`);
  // A `LengthMetrics` in fp or vp: its number. Others are told with their unit.
  const UNITS = ['px', '', '', '%', 'lpx'];
  const amount = (value) => (typeof value === 'object' && value !== null && typeof value.value === 'number'
    ? UNITS[value.unit ?? 1] ? `${value.value}${UNITS[value.unit]}` : value.value : value);
  const number = (value) => (typeof value === 'string' ? parseFloat(value) : value);

  // Styles keep what they were made of.
  class TextStyle {
    constructor(value = {}) {
      Object.assign(this, value);
      this.fontSize = amount(value?.fontSize) ?? 16;
      if (value?.strokeWidth !== undefined) {
        this.strokeWidth = amount(value.strokeWidth);
      }
    }
  }
  class DecorationStyle {
    constructor(value = {}, options = undefined) {
      Object.assign(this, value);
      if (options !== undefined) {
        this.options = options;
      }
    }
  }
  class BaselineOffsetStyle {
    constructor(value) {
      this.baselineOffset = amount(value) ?? 0;
    }
  }
  class LetterSpacingStyle {
    constructor(value) {
      this.letterSpacing = amount(value) ?? 0;
    }
  }
  class LineHeightStyle {
    constructor(value, lineHeightMultiple = undefined) {
      this.lineHeight = amount(value) ?? 0;
      if (lineHeightMultiple !== undefined) {
        this.lineHeightMultiple = lineHeightMultiple;
      }
    }
  }
  class LineSpacingStyle {
    constructor(value, options = undefined) {
      this.lineSpacing = amount(value) ?? 0;
      if (options !== undefined) {
        this.options = options;
      }
    }
  }
  class TextShadowStyle {
    constructor(value) {
      this.textShadow = Array.isArray(value) ? value : [value];
    }
  }
  class BackgroundColorStyle {
    constructor(value = {}) {
      this.textBackgroundStyle = value;
    }
  }
  class UrlStyle {
    constructor(url) {
      this.url = url;
    }
  }
  class GestureStyle {
    constructor(value = {}) {
      this.value = value;
    }
  }
  class ParagraphStyle {
    constructor(value = {}) {
      Object.assign(this, value);
      for (const name of ['textIndent', 'paragraphSpacing', 'leadingMargin']) {
        if (value?.[name] !== undefined) {
          this[name] = amount(value[name]);
        }
      }
      if (value?.tailIndents !== undefined) {
        this.tailIndents = [value.tailIndents].flat().map(amount);
      }
    }
  }
  class ImageAttachment {
    constructor(value = {}) {
      Object.assign(this, value);
      if (this.value === undefined && value?.resourceValue !== undefined) {
        this.value = value.resourceValue;
      }
      if (value?.size) {
        this.sizeInVp = { width: amount(value.size.width), height: amount(value.size.height) };
      }
    }
  }
  class CustomSpan {
    // Who shows it is to measure it anew.
    invalidate() {
      watchers.get(this)?.forEach((again) => again());
    }
  }
  class UserDataSpan {}
  class LeadingMarginSpan {}

  // CustomSpan → functions that lay out again who shows it.
  const watchers = new WeakMap();
  const watch = (span, again) => watchers.set(span, (watchers.get(span) ?? new Set()).add(again));

  // A style as an object that the text component reads, by its key.
  const MEANING = new Map([
    [KEY.FONT, ({ fontSize, fontColor, fontWeight, fontStyle, fontFamily, superscript, strokeWidth, strokeColor, fontVariations }) =>
      ({ fontSize, fontColor, fontWeight, fontStyle, fontFamily, superscript, strokeWidth, strokeColor, fontVariations })],
    [KEY.DECORATION, ({ type, color, style, thicknessScale }) => ({ decoration: { type, color, style, thicknessScale } })],
    [KEY.BASELINE_OFFSET, ({ baselineOffset }) => ({ baselineOffset })],
    [KEY.LETTER_SPACING, ({ letterSpacing }) => ({ letterSpacing })],
    [KEY.LINE_HEIGHT, ({ lineHeight, lineHeightMultiple }) =>
      (lineHeightMultiple > 0 ? { lineHeightMultiple } : { lineHeight })],
    [KEY.TEXT_SHADOW, ({ textShadow }) => ({ textShadow })],
    [KEY.BACKGROUND_COLOR, ({ textBackgroundStyle }) => ({ textBackgroundStyle })],
    [KEY.URL, () => ({ fontColor: '#FF007DFF', decoration: { type: 1 } })],
  ]);

  // {start, length, styledKey, styledValue}; later ones win over earlier ones of the same key.
  class StyledString {
    _text;
    _styles = [];

    constructor(value, styles) {
      if (typeof value === 'string' || value === undefined) {
        this._text = value ?? '';
        this._add(styles ?? []);
      } else {
        this._text = BOX;
        const styledKey = value instanceof ImageAttachment ? KEY.IMAGE : KEY.CUSTOM_SPAN;
        this._styles.push({ start: 0, length: 1, styledKey, styledValue: value });
      }
    }

    _add(styles) {
      for (const { start, length, styledKey, styledValue } of styles) {
        const from = start === undefined || start < 0 || start >= this._text.length ? 0 : start;
        const room = this._text.length - from;
        const count = length === undefined || length < 0 || length > room ? room : length;
        this._styles.push({ start: from, length: count, styledKey, styledValue });
      }
    }

    get length() {
      return this._text.length;
    }

    getString() {
      return this._text;
    }

    _check(start, length, least = 1) {
      const sane = Number.isInteger(start) && Number.isInteger(length);
      if (!sane || start < 0 || length < least || start + length > this._text.length) {
        throw fail('The range is not within the string.');
      }
    }

    getStyles(start, length, styledKey) {
      this._check(start, length);
      if (styledKey !== undefined && !Object.values(KEY).includes(styledKey)) {
        throw fail('There is no such key.');
      }
      return this._cut(start, length).filter((style) => styledKey === undefined || style.styledKey === styledKey)
        .map((style) => ({ ...style, start: style.start + start }));
    }

    // The styles within a range, counted from its start.
    _cut(start, length) {
      return this._styles.flatMap((style) => {
        const from = Math.max(style.start, start);
        const to = Math.min(style.start + style.length, start + length);
        return to > from ? [{ ...style, start: from - start, length: to - from }] : [];
      });
    }

    equals(other) {
      const same = (a, b) => a.start === b.start && a.length === b.length && a.styledKey === b.styledKey &&
        (a.styledValue === b.styledValue || JSON.stringify(a.styledValue) === JSON.stringify(b.styledValue));
      return other instanceof StyledString && other._text === this._text && other._styles.length === this._styles.length &&
        this._styles.every((style, index) => same(style, other._styles[index]));
    }

    subStyledString(start, length = this._text.length - start) {
      this._check(start, length);
      const part = new this.constructor(this._text.slice(start, start + length));
      part._styles = this._cut(start, length);
      return part;
    }
  }

  class MutableStyledString extends StyledString {
    // Replaces a range. Plain text takes the style of what it replaces, or of what stands before it; with styles of its own
    // (`inner`) it keeps those.
    _splice(start, length, text, inner) {
      const grown = text.length - length;
      const end = start + length;
      this._styles = this._styles.flatMap((style) => {
        const styleEnd = style.start + style.length;
        if (styleEnd <= start && !(length === 0 && styleEnd === start && inner === undefined)) {
          return [style];
        }
        if (style.start >= end && !(style.start < start)) {
          return [{ ...style, start: style.start + grown }];
        }
        if (inner !== undefined) {
          const head = { ...style, length: start - style.start };
          const tail = { ...style, start: end + grown, length: styleEnd - end };
          return [head, tail].filter((part) => part.length > 0);
        }
        const from = style.start <= start ? style.start : start + text.length;
        const to = Math.max(styleEnd, end) + grown;
        return to > from ? [{ ...style, start: from, length: to - from }] : [];
      });
      this._text = this._text.slice(0, start) + text + this._text.slice(end);
      this._styles.push(...(inner ?? []).map((style) => ({ ...style, start: style.start + start })));
    }

    replaceString(start, length, other) {
      this._check(start, length);
      this._splice(start, length, other);
    }

    insertString(start, other) {
      this._check(start, 0, 0);
      this._splice(start, 0, other);
    }

    removeString(start, length) {
      this._check(start, length);
      this._splice(start, length, '');
    }

    // A picture or a span of the app only takes the place of another one.
    _isBox(styledKey) {
      return styledKey === KEY.IMAGE || styledKey === KEY.CUSTOM_SPAN;
    }

    replaceStyle({ start, length, styledKey, styledValue }) {
      this._check(start, length);
      if (this._isBox(styledKey) && this._text[start] !== BOX) {
        return;
      }
      this._without(start, length);
      this._styles.push({ start, length, styledKey, styledValue });
    }

    setStyle({ start, length, styledKey, styledValue }) {
      this._check(start, length);
      if (this._isBox(styledKey) && this._text[start] !== BOX) {
        return;
      }
      if (!MutableStyledString._isOneOfMany({ styledKey, styledValue })) {
        this._without(start, length, styledKey);
      }
      this._styles.push({ start, length, styledKey, styledValue });
    }

    removeStyle(start, length, styledKey) {
      this._check(start, length);
      this._without(start, length, styledKey);
    }

    removeStyles(start, length) {
      this._check(start, length);
      this._without(start, length);
    }

    clearStyles() {
      this._styles = [];
    }

    // Whether a style lies beside those of its kind: decorations that say so (`enableMultiType`).
    static _isOneOfMany({ styledKey, styledValue }) {
      return styledKey === KEY.DECORATION && styledValue?.options?.enableMultiType === true;
    }

    _without(start, length, styledKey) {
      const end = start + length;
      this._styles = this._styles.flatMap((style) => {
        const styleEnd = style.start + style.length;
        if (styledKey !== undefined && style.styledKey !== styledKey || styleEnd <= start || style.start >= end) {
          return [style];
        }
        const head = { ...style, length: start - style.start };
        const tail = { ...style, start: end, length: styleEnd - end };
        return [head, tail].filter((part) => part.length > 0);
      });
    }

    replaceStyledString(start, length, other) {
      this._check(start, length);
      this._splice(start, length, other._text, other._styles);
    }

    insertStyledString(start, other) {
      this._check(start, 0, 0);
      this._splice(start, 0, other._text, other._styles);
    }

    appendStyledString(other) {
      this._splice(this._text.length, 0, other._text, other._styles);
    }
  }

  // What stands in the text besides characters is a part of its own; so is every paragraph's style.
  function edgesOf(value) {
    const edges = new Set([0, value.length]);
    for (const { start, length } of value._styles) {
      edges.add(start).add(start + length);
    }
    for (let at = value._text.indexOf(BOX); at >= 0; at = value._text.indexOf(BOX, at + 1)) {
      edges.add(at).add(at + 1);
    }
    return [...edges].sort((a, b) => a - b);
  }

  // Several decorations are one with all of their lines.
  function decorationOf(styles) {
    const all = styles.filter(({ styledKey }) => styledKey === KEY.DECORATION).map(({ styledValue }) => styledValue);
    const last = all.at(-1);
    return all.length > 1 ? { types: all.map(({ type }) => type), color: last.color, style: last.style,
      thicknessScale: last.thicknessScale, type: last.type } : undefined;
  }

  // What the text component is told: parts with one style each. `box` is what stands in place of characters.
  function piecesOf(value) {
    if (!(value instanceof StyledString)) {
      return undefined;
    }
    const sorted = edgesOf(value);
    return sorted.slice(1).map((end, index) => {
      const start = sorted[index];
      const piece = { text: value._text.slice(start, end), style: {} };
      const styles = value._cut(start, end - start);
      for (const { styledKey, styledValue } of styles) {
        Object.assign(piece.style, MEANING.get(styledKey)?.(styledValue));
        if (styledKey === KEY.GESTURE) {
          Object.assign(piece, { onClick: styledValue.value.onClick, onLongPress: styledValue.value.onLongPress,
            onTouch: styledValue.value.onTouch });
        } else if (styledKey === KEY.PARAGRAPH_STYLE) {
          piece.paragraph = { ...styledValue };
          const margin = styledValue.leadingMarginSpan?.getLeadingMargin?.();
          if (margin !== undefined) {
            piece.paragraph.leadingMargin = amount(margin);
          }
          delete piece.paragraph.leadingMarginSpan;
          delete piece.paragraph.shaderStyle;
        } else if (styledKey === KEY.LINE_SPACING) {
          piece.lineSpacing = styledValue.lineSpacing;
        } else if ((styledKey === KEY.IMAGE || styledKey === KEY.CUSTOM_SPAN) && piece.text === BOX) {
          piece.box = styledValue;
        } else if (styledKey === KEY.URL) {
          piece.url = styledValue.url;
        }
      }
      const decoration = decorationOf(styles);
      if (decoration) {
        piece.style.decoration = decoration;
      }
      return piece;
    });
  }

  const html = () => system.require('@concord:arkui/components/html');

  // A styled string from parts of HTML.
  function fromParts(parts) {
    const made = new MutableStyledString('');
    for (const { text, image, style, paragraph, url } of parts) {
      const start = made.length;
      if (image) {
        made.appendStyledString(new StyledString(new ImageAttachment({ value: undefined, resourceValue: image.src,
          size: { width: image.width, height: image.height } })));
      } else {
        made._splice(start, 0, text, []);
      }
      const length = made.length - start;
      const put = (styledKey, styledValue) => made._styles.push({ start, length, styledKey, styledValue });
      const font = Object.fromEntries(['fontColor', 'fontSize', 'fontWeight', 'fontStyle', 'fontFamily', 'superscript']
        .filter((name) => style[name] !== undefined).map((name) => [name, style[name]]));
      if (Object.keys(font).length > 0) {
        put(KEY.FONT, new TextStyle(font));
      }
      const simple = { decoration: [KEY.DECORATION, DecorationStyle], letterSpacing: [KEY.LETTER_SPACING, LetterSpacingStyle],
        lineHeight: [KEY.LINE_HEIGHT, LineHeightStyle], textShadow: [KEY.TEXT_SHADOW, TextShadowStyle],
        textBackgroundStyle: [KEY.BACKGROUND_COLOR, BackgroundColorStyle] };
      for (const [name, [key, Class]] of Object.entries(simple)) {
        if (style[name] !== undefined) {
          put(key, new Class(style[name]));
        }
      }
      if (url !== undefined) {
        put(KEY.URL, new UrlStyle(url));
      }
      if (Object.keys(paragraph).length > 0) {
        put(KEY.PARAGRAPH_STYLE, new ParagraphStyle(paragraph));
      }
    }
    return made;
  }

  // The end of what HTML says of a style.
  const ALIGNMENTS = ['left', 'center', 'right', 'justify', 'left', 'right'];
  const LINES = ['none', 'underline', 'overline', 'line-through'];
  const LINE_STYLES = ['solid', 'double', 'dotted', 'dashed', 'wavy'];
  // The platform's colours have the alpha in front.
  function css(color) {
    const value = typeof color === 'number'
      ? `#${(color > 0xffffff ? color >>> 0 : 0xff000000 + color).toString(16).padStart(8, '0')}` : String(color);
    const long = /^#([\da-f]{2})([\da-f]{6})$/i.exec(value);
    return long ? `#${long[2]}${long[1]}`.toUpperCase() : value;
  }
  const px = (value) => `${(number(value) ?? 0).toFixed(2)}px`;
  function cssOf(style) {
    const rules = [];
    const put = (name, value) => value !== undefined && rules.push(`${name}: ${value}`);
    put('font-size', style.fontSize === undefined ? undefined : px(style.fontSize));
    put('font-style', style.fontStyle === undefined ? undefined : style.fontStyle === 1 ? 'italic' : 'normal');
    put('font-weight', style.fontWeight);
    put('color', style.fontColor === undefined ? undefined : css(style.fontColor));
    put('font-family', style.fontFamily);
    put('letter-spacing', style.letterSpacing === undefined ? undefined : px(style.letterSpacing));
    put('line-height', style.lineHeight === undefined ? undefined : px(style.lineHeight));
    put('vertical-align', [undefined, 'super', 'sub'][style.superscript]);
    put('background-color', style.textBackgroundStyle?.color === undefined ? undefined : css(style.textBackgroundStyle.color));
    if (style.decoration?.type > 0) {
      put('text-decoration-line', (style.decoration.types ?? [style.decoration.type]).map((type) => LINES[type]).join(' '));
      put('text-decoration-style', LINE_STYLES[style.decoration.style ?? 0]);
      put('text-decoration-color', style.decoration.color === undefined ? undefined : css(style.decoration.color));
    }
    const shadows = style.textShadow?.map((shadow) =>
      `${px(shadow.offsetX ?? 0)} ${px(shadow.offsetY ?? 0)} ${px(shadow.radius ?? 0)} ${css(shadow.color ?? '#FF000000')}`);
    put('text-shadow', shadows?.join(', '));
    return rules.length > 0 ? ` style="${html().escape(rules.join('; '))};"` : '';
  }

  function toHtml(value) {
    if (!(value instanceof StyledString)) {
      throw fail('toHtml needs a StyledString.');
    }
    const { escape } = html();
    const blocks = [];
    let block = [];
    let paragraph;
    const end = () => {
      const align = paragraph?.textAlign === undefined ? '' : ` style="text-align: ${ALIGNMENTS[paragraph.textAlign]};"`;
      blocks.push(`<p${align}>${block.join('')}</p>`);
      block = [];
      paragraph = undefined;
    };
    for (const piece of piecesOf(value)) {
      if (piece.box instanceof ImageAttachment) {
        const { width, height } = piece.box.sizeInVp ?? {};
        const size = [['width', width], ['height', height]].filter(([, extent]) => extent !== undefined)
          .map(([name, extent]) => `${name}: ${px(extent)}`).join('; ');
        block.push(`<img src="${escape(typeof piece.box.value === 'string' ? piece.box.value : '')}"${size ? ` style="${size};"` : ''}>`);
        continue;
      }
      piece.text.split('\n').forEach((line, index) => {
        if (index > 0) {
          end();
        }
        paragraph ??= piece.paragraph;
        if (line !== '') {
          const span = `<span${cssOf(piece.style)}>${escape(line)}</span>`;
          block.push(piece.url === undefined ? span : `<a href="${escape(piece.url)}">${span}</a>`);
        }
      });
    }
    end();
    return `<div>${blocks.join('')}</div>`;
  }

  // What is kept of styled strings in a buffer: JSON behind this word.
  const MAGIC = 'concord-styled-string-1\n';
  const CLASSES = new Map([[KEY.FONT, TextStyle], [KEY.DECORATION, DecorationStyle], [KEY.BASELINE_OFFSET, BaselineOffsetStyle],
    [KEY.LETTER_SPACING, LetterSpacingStyle], [KEY.TEXT_SHADOW, TextShadowStyle], [KEY.LINE_HEIGHT, LineHeightStyle],
    [KEY.BACKGROUND_COLOR, BackgroundColorStyle], [KEY.URL, UrlStyle], [KEY.LINE_SPACING, LineSpacingStyle],
    [KEY.PARAGRAPH_STYLE, ParagraphStyle], [KEY.IMAGE, ImageAttachment], [KEY.USER_DATA, UserDataSpan]]);

  function bytesOf(text) {
    const encoded = unescape(encodeURIComponent(text));
    const bytes = new Uint8Array(encoded.length);
    for (let at = 0; at < encoded.length; at++) {
      bytes[at] = encoded.charCodeAt(at);
    }
    return bytes;
  }
  function textOf(bytes) {
    let encoded = '';
    for (let at = 0; at < bytes.length; at += 8192) {
      encoded += String.fromCharCode(...bytes.subarray(at, at + 8192));
    }
    return decodeURIComponent(escape(encoded));
  }

  // Pictures are kept with their pixels.
  function pack(value) {
    if (typeof value?.getImageInfoSync !== 'function') {
      return value;
    }
    const { size } = value.getImageInfoSync();
    const pixels = new ArrayBuffer(size.width * size.height * 4);
    value.readPixelsToBufferSync(pixels);
    return { pixels: Array.from(new Uint32Array(pixels)), size };
  }
  function unpack(value) {
    if (!Array.isArray(value?.pixels)) {
      return value;
    }
    const image = system.require('@ohos:multimedia.image');
    return (image.default ?? image).createPixelMapSync(Uint32Array.from(value.pixels).buffer, { size: value.size, editable: true });
  }

  function marshalling(value, callback) {
    if (!(value instanceof StyledString)) {
      throw fail('marshalling needs a StyledString.');
    }
    const styles = value._styles.flatMap(({ start, length, styledKey, styledValue }) => {
      if (styledKey === KEY.USER_DATA && typeof callback === 'function') {
        return [{ start, length, styledKey, data: Array.from(new Uint8Array(callback(styledValue))) }];
      }
      if (styledKey === KEY.CUSTOM_SPAN || styledKey === KEY.GESTURE || styledKey === KEY.USER_DATA) {
        return [];
      }
      return [{ start, length, styledKey, value: styledKey === KEY.IMAGE ? { ...styledValue, value: pack(styledValue.value) } : styledValue }];
    });
    return bytesOf(MAGIC + JSON.stringify({ text: value._text, styles })).buffer;
  }

  async function unmarshalling(buffer, callback) {
    const broken = () => new BusinessError(170002, 'Styled string decode error.');
    let made;
    try {
      const text = textOf(new Uint8Array(buffer));
      made = text.startsWith(MAGIC) ? JSON.parse(text.slice(MAGIC.length)) : undefined;
    } catch {
      throw broken();
    }
    if (typeof made?.text !== 'string' || !Array.isArray(made.styles)) {
      throw broken();
    }
    const result = new StyledString(made.text);
    for (const { start, length, styledKey, value, data } of made.styles) {
      const Class = CLASSES.get(styledKey);
      if (data !== undefined) {
        if (typeof callback === 'function') {
          result._styles.push({ start, length, styledKey, styledValue: callback(Uint8Array.from(data).buffer) });
        }
      } else if (Class) {
        const styledValue = Object.assign(Object.create(Class.prototype), value);
        if (styledKey === KEY.IMAGE) {
          styledValue.value = unpack(styledValue.value);
        }
        result._styles.push({ start, length, styledKey, styledValue });
      }
    }
    return result;
  }

  Object.assign(StyledString, {
    fromHtml: async (source) => {
      if (typeof source !== 'string') {
        throw fail('fromHtml needs a string.');
      }
      return fromParts(html().parse(source));
    },
    toHtml,
    marshalling,
    unmarshalling,
  });

  // Controller → the styled string that it was given last.
  const strings = new WeakMap();

  return {
    StyledString, MutableStyledString, TextStyle, DecorationStyle, BaselineOffsetStyle, LetterSpacingStyle, LineHeightStyle,
    LineSpacingStyle, TextShadowStyle, BackgroundColorStyle, UrlStyle, GestureStyle, ParagraphStyle, ImageAttachment, CustomSpan,
    UserDataSpan, LeadingMarginSpan, KEY, MEANING, piecesOf, fromParts, watch,
    remember: (controller, value) => void strings.set(controller, value),
    recall: (controller) => strings.get(controller),
  };
})
