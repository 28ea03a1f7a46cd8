//! Styles of text from what the app gives.

use super::{Background, Shadow, SpanStyle, Superscript};
use concord_paint::Color;
use concord_text::{
    Decoration, DecorationStyle, LineBreakStrategy, TextAlign, TextCase, TextOverflow, TextVerticalAlign, WordBreak,
};
use concord_ui::common::parse_color;
use concord_ui::font::{Font, font_weight};
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;
use std::rc::Rc;

impl SpanStyle {
    /// From an object with the members that styled strings and rich editors use: `fontSize`, `fontColor`, `fontWeight`,
    /// `fontStyle`, `fontFamily`, `decoration`, `letterSpacing`, `lineHeight`, `baselineOffset`, `textShadow`,
    /// `textBackgroundStyle`, `fontFeature`, `strokeWidth`, `strokeColor`, `superscript`, `fontVariations`.
    pub fn from_value(value: &Value) -> SpanStyle {
        SpanStyle {
            font: Font {
                size: Length::from_value(value.get("fontSize"), Unit::Fp),
                color: parse_color(value.get("fontColor")),
                weight: font_weight(value.get("fontWeight")),
                italic: value.get("fontStyle").as_i32().map(|style| style == 1),
                family: value.get("fontFamily").as_str().map(str::to_owned),
            },
            line_height: Length::from_value(value.get("lineHeight"), Unit::Fp),
            line_height_factor: value.get("lineHeightMultiple").as_f32(),
            letter_spacing: Length::from_value(value.get("letterSpacing"), Unit::Fp),
            baseline_offset: Length::from_value(value.get("baselineOffset"), Unit::Fp),
            decoration: decoration(value.get("decoration")),
            case: case(value.get("textCase")),
            shadows: shadows(value.get("textShadow")),
            background: background(value.get("textBackgroundStyle")),
            features: value.get("fontFeature").as_str().map(Rc::from),
            stroke_width: Length::from_value(value.get("strokeWidth"), Unit::Fp),
            stroke_color: parse_color(value.get("strokeColor")),
            superscript: superscript(value.get("superscript")),
            variations: variations(value.get("fontVariations")),
        }
    }

    /// With what another style says where it says something.
    pub fn overlay(&mut self, other: SpanStyle) {
        self.font.overlay(other.font);
        self.line_height = other.line_height.or(self.line_height.take());
        self.line_height_factor = other.line_height_factor.or(self.line_height_factor);
        self.letter_spacing = other.letter_spacing.or(self.letter_spacing.take());
        self.baseline_offset = other.baseline_offset.or(self.baseline_offset.take());
        self.decoration = other.decoration.or(self.decoration);
        self.case = other.case.or(self.case);
        self.shadows = other.shadows.or(self.shadows.take());
        self.background = other.background.or(self.background.take());
        self.features = other.features.or(self.features.take());
        self.stroke_width = other.stroke_width.or(self.stroke_width.take());
        self.stroke_color = other.stroke_color.or(self.stroke_color);
        self.superscript = other.superscript.or(self.superscript);
        self.variations = other.variations.or(self.variations.take());
    }
}

/// `SuperscriptStyle`.
fn superscript(value: &Value) -> Option<Superscript> {
    value.as_i32().map(|style| match style {
        1 => Superscript::Super,
        2 => Superscript::Sub,
        _ => Superscript::Normal,
    })
}

/// `FontVariation`s: `{axis, value}`.
pub(super) fn variations(value: &Value) -> Option<Vec<([u8; 4], f32)>> {
    let axis = |item: &Value| {
        let tag = <[u8; 4]>::try_from(item.get("axis").as_str()?.as_bytes()).ok()?;
        Some((tag, item.get("value").as_f32()?))
    };
    Some(value.as_array()?.iter().filter_map(axis).collect())
}

/// `TextAlign`.
pub(crate) fn align(value: &Value) -> Option<TextAlign> {
    value.as_i32().map(|align| match align {
        1 => TextAlign::Center,
        2 => TextAlign::End,
        3 => TextAlign::Justify,
        4 => TextAlign::Left,
        5 => TextAlign::Right,
        _ => TextAlign::Start,
    })
}

/// `TextOverflow`.
pub(crate) fn overflow(value: &Value) -> Option<TextOverflow> {
    match value.as_i32() {
        Some(0) => Some(TextOverflow::None),
        Some(1) => Some(TextOverflow::Clip),
        Some(2) => Some(TextOverflow::Ellipsis),
        Some(3) => Some(TextOverflow::Marquee),
        _ => None,
    }
}

/// `WordBreak`.
pub(crate) fn word_break(value: &Value) -> Option<WordBreak> {
    value.as_i32().map(|mode| match mode {
        0 => WordBreak::Normal,
        1 => WordBreak::BreakAll,
        3 => WordBreak::Hyphenation,
        _ => WordBreak::BreakWord,
    })
}

/// `LineBreakStrategy`.
pub(crate) fn line_break(value: &Value) -> Option<LineBreakStrategy> {
    value.as_i32().map(|strategy| match strategy {
        1 => LineBreakStrategy::HighQuality,
        2 => LineBreakStrategy::Balanced,
        _ => LineBreakStrategy::Greedy,
    })
}

/// `TextVerticalAlign`.
pub(crate) fn vertical(value: &Value) -> Option<TextVerticalAlign> {
    value.as_i32().map(|vertical| match vertical {
        1 => TextVerticalAlign::Bottom,
        2 => TextVerticalAlign::Center,
        3 => TextVerticalAlign::Top,
        _ => TextVerticalAlign::Baseline,
    })
}

/// One length, or several.
pub(crate) fn lengths(value: &Value) -> Vec<Length> {
    let length = |value: &Value| Length::from_value(value, Unit::Fp);
    match value.as_array() {
        Some(items) => items.iter().map(|item| length(item).unwrap_or(Length::ZERO)).collect(),
        None => length(value).into_iter().collect(),
    }
}

/// `DecorationStyleInterface`: `{type, color, style, thicknessScale}`.
pub(crate) fn decoration(value: &Value) -> Option<Decoration> {
    let kind = value.get("type").as_i32()?;
    // The library says of several decorations at once.
    let kinds: Vec<i32> = match value.get("types").as_array() {
        Some(kinds) => kinds.iter().filter_map(Value::as_i32).collect(),
        None => vec![kind],
    };
    Some(Decoration {
        underline: kinds.contains(&1),
        overline: kinds.contains(&2),
        line_through: kinds.contains(&3),
        style: match value.get("style").as_i32() {
            Some(1) => DecorationStyle::Double,
            Some(2) => DecorationStyle::Dotted,
            Some(3) => DecorationStyle::Dashed,
            Some(4) => DecorationStyle::Wavy,
            _ => DecorationStyle::Solid,
        },
        color: parse_color(value.get("color")),
        thickness_scale: value.get("thicknessScale").as_f32(),
    })
}

/// `TextCase`.
pub(super) fn case(value: &Value) -> Option<TextCase> {
    value.as_i32().map(|case| match case {
        1 => TextCase::LowerCase,
        2 => TextCase::UpperCase,
        _ => TextCase::Normal,
    })
}

/// `ShadowOptions`, one or several.
pub(super) fn shadows(value: &Value) -> Option<Vec<Shadow>> {
    let length = |value: &Value| Length::from_value(value, Unit::Vp).unwrap_or(Length::ZERO);
    let shadow = |value: &Value| {
        value.as_object()?;
        Some(Shadow {
            radius: length(value.get("radius")),
            color: parse_color(value.get("color")).unwrap_or(Color::BLACK),
            offset_x: length(value.get("offsetX")),
            offset_y: length(value.get("offsetY")),
        })
    };
    match value.as_array() {
        Some(all) => Some(all.iter().filter_map(shadow).collect()),
        None => shadow(value).map(|shadow| vec![shadow]),
    }
}

/// `TextBackgroundStyle`: `{color, radius}`; the radius is a length or one for each corner.
pub(super) fn background(value: &Value) -> Option<Background> {
    value.as_object()?;
    let radius = value.get("radius");
    let length = |value: &Value| Length::from_value(value, Unit::Vp).unwrap_or(Length::ZERO);
    let corner = |name: &str| match radius {
        Value::Object(_) if !radius.get("unit").is_nullish() => length(radius),
        Value::Object(_) => length(radius.get(name)),
        radius => length(radius),
    };
    Some(Background {
        color: parse_color(value.get("color")).unwrap_or(Color::TRANSPARENT),
        radii: ["topLeft", "topRight", "bottomRight", "bottomLeft"].map(corner),
    })
}
