// @concord:arkui/text-enums: numbers of `@ohos:graphics.text`.
(function () {
  'use strict';

  const TextAlign = { LEFT: 0, RIGHT: 1, CENTER: 2, JUSTIFY: 3, START: 4, END: 5 };
  const TextVerticalAlign = { BASELINE: 0, BOTTOM: 1, CENTER: 2, TOP: 3 };
  const TextDirection = { RTL: 0, LTR: 1 };
  const BreakStrategy = { GREEDY: 0, HIGH_QUALITY: 1, BALANCED: 2 };
  const WordBreak = { NORMAL: 0, BREAK_ALL: 1, BREAK_WORD: 2, BREAK_HYPHEN: 3 };
  const TextDecorationType = { NONE: 0, UNDERLINE: 1, OVERLINE: 2, LINE_THROUGH: 4 };
  const TextDecorationStyle = { SOLID: 0, DOUBLE: 1, DOTTED: 2, DASHED: 3, WAVY: 4 };
  const FontWeight = { W100: 0, W200: 1, W300: 2, W400: 3, W500: 4, W600: 5, W700: 6, W800: 7, W900: 8 };
  const FontStyle = { NORMAL: 0, ITALIC: 1, OBLIQUE: 2 };
  const FontWidth = {
    ULTRA_CONDENSED: 1, EXTRA_CONDENSED: 2, CONDENSED: 3, SEMI_CONDENSED: 4, NORMAL: 5, SEMI_EXPANDED: 6, EXPANDED: 7, EXTRA_EXPANDED: 8,
    ULTRA_EXPANDED: 9,
  };
  const TextHeightBehavior = { ALL: 0, DISABLE_FIRST_ASCENT: 1, DISABLE_LAST_ASCENT: 2, DISABLE_ALL: 3 };
  const TextBaseline = { ALPHABETIC: 0, IDEOGRAPHIC: 1 };
  const EllipsisMode = { START: 0, MIDDLE: 1, END: 2 };
  const LineHeightStyle = { FONT_SIZE: 0, FONT_HEIGHT: 1 };
  const TextBadgeType = { TEXT_BADGE_NONE: 0, TEXT_SUPERSCRIPT: 1, TEXT_SUBSCRIPT: 2 };
  const PlaceholderAlignment = {
    OFFSET_AT_BASELINE: 0, ABOVE_BASELINE: 1, BELOW_BASELINE: 2, TOP_OF_ROW_BOX: 3, BOTTOM_OF_ROW_BOX: 4, CENTER_OF_ROW_BOX: 5,
    FOLLOW_PARAGRAPH: 6,
  };
  const SystemFontType = { ALL: 1, GENERIC: 2, STYLISH: 4, INSTALLED: 8, CUSTOMIZED: 16 };
  const RectWidthStyle = { TIGHT: 0, MAX: 1 };
  const RectHeightStyle = {
    TIGHT: 0, MAX: 1, INCLUDE_LINE_SPACE_MIDDLE: 2, INCLUDE_LINE_SPACE_TOP: 3, INCLUDE_LINE_SPACE_BOTTOM: 4, STRUT: 5,
  };
  const Affinity = { UPSTREAM: 0, DOWNSTREAM: 1 };
  const TextHighContrast = { TEXT_FOLLOW_SYSTEM_HIGH_CONTRAST: 0, TEXT_APP_DISABLE_HIGH_CONTRAST: 1, TEXT_APP_ENABLE_HIGH_CONTRAST: 2 };
  const TextUndefinedGlyphDisplay = { USE_DEFAULT: 0, USE_TOFU: 1 };

  return {
    TextAlign, TextVerticalAlign, TextDirection, BreakStrategy, WordBreak, TextDecorationType, TextDecorationStyle, FontWeight,
    FontStyle, FontWidth, TextHeightBehavior, TextBaseline, EllipsisMode, LineHeightStyle, TextBadgeType, PlaceholderAlignment,
    SystemFontType, RectWidthStyle, RectHeightStyle, Affinity, TextHighContrast, TextUndefinedGlyphDisplay,
  };
})
