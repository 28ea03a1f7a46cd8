//! The attributes that set a [`SpanStyle`].

use super::{HasSpanStyle, SpanStyle, read};
use concord_ui::change::{Change, put};
use concord_ui::component::Setter;
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Value};
use std::rc::Rc;

/// Changes the style of a node: its text has to be laid out again.
fn change<T: HasSpanStyle, C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut SpanStyle) -> C) -> Value {
    node.restyle(|state: &mut T| change(state.span_style()))
}

/// `lineHeight`.
pub fn line_height<T: HasSpanStyle>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let height = Length::from_value(args.get(0), Unit::Fp);
    change::<T, _>(node, |style| put(&mut style.line_height, height))
}

/// `lineHeightMultiple`.
pub fn line_height_multiple<T: HasSpanStyle>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| put(&mut style.line_height_factor, args.get(0).as_f32()))
}

/// `letterSpacing`.
pub fn letter_spacing<T: HasSpanStyle>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let spacing = Length::from_value(args.get(0), Unit::Fp);
    change::<T, _>(node, |style| put(&mut style.letter_spacing, spacing))
}

/// `baselineOffset`.
pub fn baseline_offset<T: HasSpanStyle>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let offset = Length::from_value(args.get(0), Unit::Fp);
    change::<T, _>(node, |style| put(&mut style.baseline_offset, offset))
}

/// `decoration`.
pub fn decoration<T: HasSpanStyle>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| put(&mut style.decoration, read::decoration(args.get(0))))
}

/// `textCase`.
pub fn text_case<T: HasSpanStyle>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| put(&mut style.case, read::case(args.get(0))))
}

/// `textShadow`.
pub fn text_shadow<T: HasSpanStyle>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| put(&mut style.shadows, read::shadows(args.get(0))))
}

/// `textBackgroundStyle`.
pub fn text_background<T: HasSpanStyle>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| put(&mut style.background, read::background(args.get(0))))
}

/// `fontFeature`.
pub fn font_feature<T: HasSpanStyle>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| put(&mut style.features, args.get(0).as_str().map(Rc::from)))
}

/// `strokeWidth`.
pub fn stroke_width<T: HasSpanStyle>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let width = Length::from_value(args.get(0), Unit::Fp);
    change::<T, _>(node, |style| put(&mut style.stroke_width, width))
}

/// `strokeColor`.
pub fn stroke_color<T: HasSpanStyle>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let color = concord_ui::common::parse_color(args.get(0));
    change::<T, _>(node, |style| put(&mut style.stroke_color, color))
}

/// `fontVariations`.
pub fn font_variations<T: HasSpanStyle>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let variations = read::variations(args.get(0));
    change::<T, _>(node, |style| put(&mut style.variations, variations))
}

/// Methods of a component whose state has a [`SpanStyle`]: those of the style, then its own, which win.
macro_rules! span_methods {
    ($state:ty; $($own:expr),* $(,)?) => {
        &[
            concord_ui::component::Method { name: "fontSize", apply: concord_ui::font::size::<$state> },
            concord_ui::component::Method { name: "fontColor", apply: concord_ui::font::color::<$state> },
            concord_ui::component::Method { name: "fontWeight", apply: concord_ui::font::weight::<$state> },
            concord_ui::component::Method { name: "fontStyle", apply: concord_ui::font::style::<$state> },
            concord_ui::component::Method { name: "fontFamily", apply: concord_ui::font::family::<$state> },
            concord_ui::component::Method { name: "font", apply: concord_ui::font::font::<$state> },
            concord_ui::component::Method { name: "lineHeight", apply: $crate::text_style::line_height::<$state> },
            concord_ui::component::Method { name: "letterSpacing", apply: $crate::text_style::letter_spacing::<$state> },
            concord_ui::component::Method { name: "baselineOffset", apply: $crate::text_style::baseline_offset::<$state> },
            concord_ui::component::Method { name: "decoration", apply: $crate::text_style::decoration::<$state> },
            concord_ui::component::Method { name: "textCase", apply: $crate::text_style::text_case::<$state> },
            concord_ui::component::Method { name: "textShadow", apply: $crate::text_style::text_shadow::<$state> },
            concord_ui::component::Method { name: "fontFeature", apply: $crate::text_style::font_feature::<$state> },
            concord_ui::component::Method { name: "fontVariations", apply: $crate::text_style::font_variations::<$state> },
            $($own),*
        ]
    };
}
pub(crate) use span_methods;

/// Methods of a component whose state has a [`SpanStyle`] and [`super::ParagraphLooks`], then its own, which win.
macro_rules! text_methods {
    ($state:ty; $($own:expr),* $(,)?) => {
        $crate::text_style::span_methods![
            $state;
            concord_ui::component::Method {
                name: "lineHeightMultiple",
                apply: $crate::text_style::line_height_multiple::<$state>,
            },
            concord_ui::component::Method { name: "minLineHeight", apply: $crate::text_style::min_line_height::<$state> },
            concord_ui::component::Method { name: "maxLineHeight", apply: $crate::text_style::max_line_height::<$state> },
            concord_ui::component::Method { name: "textVerticalAlign", apply: $crate::text_style::text_vertical_align::<$state> },
            concord_ui::component::Method { name: "tailIndents", apply: $crate::text_style::tail_indents::<$state> },
            concord_ui::component::Method { name: "shaderStyle", apply: $crate::text_style::shader_style::<$state> },
            concord_ui::component::Method { name: "enableAutoSpacing", apply: $crate::text_style::enable_auto_spacing::<$state> },
            concord_ui::component::Method { name: "optimizeTrailingSpace", apply: $crate::text_style::optimize_trailing_space::<$state> },
            concord_ui::component::Method { name: "includeFontPadding", apply: $crate::text_style::include_font_padding::<$state> },
            concord_ui::component::Method { name: "fallbackLineSpacing", apply: $crate::text_style::fallback_line_spacing::<$state> },
            concord_ui::component::Method { name: "compressLeadingPunctuation", apply: $crate::text_style::compress_leading_punctuation::<$state> },
            concord_ui::component::Method { name: "punctuationOverflow", apply: $crate::text_style::punctuation_overflow::<$state> },
            concord_ui::component::Method { name: "orphanCharOptimization", apply: $crate::text_style::orphan_char_optimization::<$state> },
            concord_ui::component::Method { name: "strokeWidth", apply: $crate::text_style::stroke_width::<$state> },
            concord_ui::component::Method { name: "strokeColor", apply: $crate::text_style::stroke_color::<$state> },
            concord_ui::component::Method { name: "textAlign", apply: $crate::text_style::text_align::<$state> },
            concord_ui::component::Method { name: "maxLines", apply: $crate::text_style::max_lines::<$state> },
            concord_ui::component::Method { name: "minLines", apply: $crate::text_style::min_lines::<$state> },
            concord_ui::component::Method { name: "textOverflow", apply: $crate::text_style::text_overflow::<$state> },
            concord_ui::component::Method { name: "ellipsisMode", apply: $crate::text_style::ellipsis_mode::<$state> },
            concord_ui::component::Method { name: "wordBreak", apply: $crate::text_style::word_break::<$state> },
            concord_ui::component::Method { name: "lineBreakStrategy", apply: $crate::text_style::line_break::<$state> },
            concord_ui::component::Method { name: "lineSpacing", apply: $crate::text_style::line_spacing::<$state> },
            concord_ui::component::Method { name: "textIndent", apply: $crate::text_style::text_indent::<$state> },
            concord_ui::component::Method { name: "halfLeading", apply: $crate::text_style::half_leading::<$state> },
            concord_ui::component::Method { name: "textDirection", apply: $crate::text_style::text_direction::<$state> },
            concord_ui::component::Method { name: "minFontSize", apply: $crate::text_style::min_font_size::<$state> },
            concord_ui::component::Method { name: "maxFontSize", apply: $crate::text_style::max_font_size::<$state> },
            concord_ui::component::Method { name: "minFontScale", apply: $crate::text_style::min_font_scale::<$state> },
            concord_ui::component::Method { name: "maxFontScale", apply: $crate::text_style::max_font_scale::<$state> },
            concord_ui::component::Method {
                name: "heightAdaptivePolicy",
                apply: $crate::text_style::height_policy::<$state>,
            },
            $($own),*
        ]
    };
}
pub(crate) use text_methods;

pub use super::paragraph::methods::*;
