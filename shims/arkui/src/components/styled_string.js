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
  const amount = (value) => (typeof value === 'object' && value !== null ? value.value : value);

  // Styles keep what they were made of.
  class TextStyle {
    constructor(value = {}) {
      Object.assign(this, value);
      this.fontSize = amount(value?.fontSize) ?? 16;
    }
  }
  class DecorationStyle {
    constructor(value = {}) {
      Object.assign(this, value);
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
    constructor(value) {
      this.lineHeight = amount(value) ?? 0;
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
    }
  }
  class ImageAttachment {
    constructor(value = {}) {
      Object.assign(this, value);
    }
  }
  class CustomSpan {}
  class UserDataSpan {}

  // What a style says to the text, by its key.
  const MEANING = new Map([
    [KEY.FONT, ({ fontSize, fontColor, fontWeight, fontStyle, fontFamily }) =>
      ({ fontSize, fontColor, fontWeight, fontStyle, fontFamily })],
    [KEY.DECORATION, ({ type, color, style, thicknessScale }) => ({ decoration: { type, color, style, thicknessScale } })],
    [KEY.BASELINE_OFFSET, ({ baselineOffset }) => ({ baselineOffset })],
    [KEY.LETTER_SPACING, ({ letterSpacing }) => ({ letterSpacing })],
    [KEY.LINE_HEIGHT, ({ lineHeight }) => ({ lineHeight })],
    [KEY.TEXT_SHADOW, ({ textShadow }) => ({ textShadow })],
    [KEY.BACKGROUND_COLOR, ({ textBackgroundStyle }) => ({ textBackgroundStyle })],
    [KEY.URL, () => ({ fontColor: '#FF007DFF', decoration: { type: 1 } })],
  ]);

  // {start, length, styledKey, styledValue}; later ones win over earlier ones of the same key.
  class StyledString {
    _text;
    _styles = [];

    constructor(value, styles) {
      if (typeof value === 'string') {
        this._text = value;
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

    replaceStyle({ start, length, styledKey, styledValue }) {
      this._check(start, length);
      this._without(start, length);
      this._styles.push({ start, length, styledKey, styledValue });
    }

    setStyle({ start, length, styledKey, styledValue }) {
      this._check(start, length);
      this._without(start, length, styledKey);
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

  // What the text component is told: parts with one style each.
  function piecesOf(value) {
    if (!(value instanceof StyledString)) {
      return undefined;
    }
    const edges = new Set([0, value.length]);
    for (const { start, length } of value._styles) {
      edges.add(start).add(start + length);
    }
    const sorted = [...edges].sort((a, b) => a - b);
    return sorted.slice(1).map((end, index) => {
      const start = sorted[index];
      const style = {};
      let onClick;
      for (const { styledKey, styledValue } of value._cut(start, end - start)) {
        Object.assign(style, MEANING.get(styledKey)?.(styledValue));
        onClick = styledKey === KEY.GESTURE ? styledValue.value.onClick : onClick;
      }
      return { text: value._text.slice(start, end), style, onClick };
    });
  }

  // Controller → the styled string that it was given last.
  const strings = new WeakMap();

  return {
    StyledString, MutableStyledString, TextStyle, DecorationStyle, BaselineOffsetStyle, LetterSpacingStyle, LineHeightStyle,
    TextShadowStyle, BackgroundColorStyle, UrlStyle, GestureStyle, ParagraphStyle, ImageAttachment, CustomSpan, UserDataSpan,
    KEY, piecesOf,
    remember: (controller, value) => void strings.set(controller, value),
    recall: (controller) => strings.get(controller),
  };
})
