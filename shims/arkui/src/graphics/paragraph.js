// @concord:arkui/paragraph: styles and parts of text as paragraph.rs wants them.
(function (host) {
  'use strict';

  // A `common2D.Color` as ARGB.
  const argb = (color) => {
    if (typeof color === 'number') return color >>> 0;
    const { alpha = 255, red = 0, green = 0, blue = 0 } = color ?? {};
    return ((alpha & 255) << 24 | (red & 255) << 16 | (green & 255) << 8 | blue & 255) >>> 0;
  };
  const number = (value, standard = 0) => (typeof value === 'number' && Number.isFinite(value) ? value : standard);

  function styleOf(style = {}) {
    const { decoration, backgroundRect: rect } = style;
    return {
      size: number(style.fontSize, 14),
      weight: typeof style.fontWeight === 'number' ? (style.fontWeight + 1) * 100 : undefined,
      italic: style.fontStyle === 1 || style.fontStyle === 2,
      families: Array.isArray(style.fontFamilies) ? style.fontFamilies.map(String) : [],
      color: style.color === undefined ? 0xffffffff : argb(style.color),
      letterSpacing: number(style.letterSpacing),
      wordSpacing: number(style.wordSpacing),
      heightScale: style.heightOnly === true || number(style.heightScale) > 0 ? number(style.heightScale, 1) : undefined,
      baselineShift: number(style.baselineShift),
      features: (style.fontFeatures ?? []).map(({ name, value }) => `"${name}" ${value}`).join(', '),
      variations: (style.fontVariations ?? []).map(({ axis, value }) => [String(axis), number(value)]),
      shadows: (style.textShadows ?? []).map(({ color, point, blurRadius }) => [
        color === undefined ? 0xff000000 : argb(color), number(point?.x), number(point?.y), number(blurRadius),
      ]),
      background: rect === undefined ? undefined : [
        argb(rect.color), [rect.leftTopRadius, rect.rightTopRadius, rect.rightBottomRadius, rect.leftBottomRadius].map((radius) => number(radius)),
      ],
      locale: typeof style.locale === 'string' && style.locale !== '' ? style.locale : undefined,
      decoration: number(decoration?.textDecoration),
      decorationColor: decoration?.color === undefined ? undefined : argb(decoration.color),
      decorationStyle: number(decoration?.decorationStyle),
      decorationThickness: decoration?.decorationThicknessScale,
    };
  }

  function linesOf(style = {}) {
    const { maxLines, textStyle } = style;
    return {
      align: number(style.align, 4),
      rtl: style.textDirection === 0,
      maxLines: Number.isInteger(maxLines) && maxLines >= 0 ? maxLines : undefined,
      wordBreak: number(style.wordBreak, 2),
      breakStrategy: number(style.breakStrategy),
      ellipsis: typeof textStyle?.ellipsis === 'string' && textStyle.ellipsis !== '',
      ellipsisMode: number(textStyle?.ellipsisMode, 2),
      vertical: number(style.verticalAlign),
      lineSpacing: number(style.lineSpacing),
      autoSpace: style.autoSpace === true,
      trailingSpaceOptimized: style.trailingSpaceOptimized === true,
      compress: style.compressHeadPunctuation === true,
      fontPadding: style.includeFontPadding === true,
      fallbackSpacing: style.fallbackLineSpacing === true,
      halfLeading: textStyle?.halfLeading === true,
    };
  }

  const build = (lines, parts) => host.build(JSON.stringify(linesOf(lines)), JSON.stringify(parts));
  const metrics = (paragraph) => JSON.parse(host.metrics(paragraph));
  const runs = (paragraph) => JSON.parse(host.runs(paragraph));

  return { ...host, argb, styleOf, build, metrics, runs };
})
