// @ohos:graphics.drawing
(function (host, system) {
  'use strict';
  const { record, ...classes } = system.require('@concord:arkui/drawing');
  const { Region } = system.require('@concord:arkui/drawing-regions');
  const numbered = (names, first = 0) => Object.fromEntries(names.split(' ').map((name, index) => [name, index + first]));
  const drawing = {
    ...classes,
    Region,
    BlendMode: numbered('CLEAR SRC DST SRC_OVER DST_OVER SRC_IN DST_IN SRC_OUT DST_OUT SRC_ATOP DST_ATOP XOR PLUS MODULATE SCREEN OVERLAY ' +
      'DARKEN LIGHTEN COLOR_DODGE COLOR_BURN HARD_LIGHT SOFT_LIGHT DIFFERENCE EXCLUSION MULTIPLY HUE SATURATION COLOR LUMINOSITY'),
    CapStyle: numbered('FLAT_CAP SQUARE_CAP ROUND_CAP'),
    JoinStyle: numbered('MITER_JOIN ROUND_JOIN BEVEL_JOIN'),
    PathOp: numbered('DIFFERENCE INTERSECT UNION XOR REVERSE_DIFFERENCE'),
    PathDirection: numbered('CLOCKWISE COUNTER_CLOCKWISE'),
    PathFillType: numbered('WINDING EVEN_ODD INVERSE_WINDING INVERSE_EVEN_ODD'),
    PathMeasureMatrixFlags: numbered('GET_POSITION_MATRIX GET_TANGENT_MATRIX GET_POS_AND_TAN_MATRIX'),
    PointMode: numbered('POINTS LINES POLYGON'),
    FilterMode: numbered('FILTER_MODE_NEAREST FILTER_MODE_LINEAR'),
    TextEncoding: numbered('TEXT_ENCODING_UTF8 TEXT_ENCODING_UTF16 TEXT_ENCODING_UTF32 TEXT_ENCODING_GLYPH_ID'),
    FontEdging: numbered('ALIAS ANTI_ALIAS SUBPIXEL_ANTI_ALIAS'),
    FontHinting: numbered('NONE SLIGHT NORMAL FULL'),
    TileMode: numbered('CLAMP REPEAT MIRROR DECAL'),
    BlurType: numbered('NORMAL SOLID OUTER INNER'),
    ClipOp: numbered('DIFFERENCE INTERSECT'),
    CornerPos: numbered('TOP_LEFT_POS TOP_RIGHT_POS BOTTOM_RIGHT_POS BOTTOM_LEFT_POS'),
    ScaleToFit: numbered('FILL_SCALE_TO_FIT START_SCALE_TO_FIT CENTER_SCALE_TO_FIT END_SCALE_TO_FIT'),
    RectType: numbered('DEFAULT TRANSPARENT FIXEDCOLOR'),
    ShadowFlag: numbered('NONE TRANSPARENT_OCCLUDER GEOMETRIC_ONLY ALL'),
    SrcRectConstraint: numbered('STRICT FAST'),
    RegionOp: numbered('DIFFERENCE INTERSECT UNION XOR REVERSE_DIFFERENCE REPLACE'),
    SamplingOptions: class SamplingOptions {
      constructor(mode) { this.mode = mode ?? 0; }
    },
  };
  return drawing;
})
