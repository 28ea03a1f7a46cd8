//! How a text is set as a whole: its lines, their limits and their alignment.

use super::Shader;
use concord_text::{
    EllipsisMode, HeightAdaptivePolicy, LineBreakStrategy, ParagraphStyle, TextAlign, TextDirection, TextOverflow,
    TextVerticalAlign, WordBreak,
};
use concord_ui::units::{Environment, Length};

/// Attributes of a paragraph; unset is the platform's default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ParagraphLooks {
    /// `textAlign`.
    pub align: TextAlign,
    /// `textDirection`.
    pub direction: Option<TextDirection>,
    /// `maxLines`.
    pub max_lines: Option<usize>,
    /// `minLines`.
    pub min_lines: usize,
    /// `textOverflow`.
    pub overflow: Option<TextOverflow>,
    /// `ellipsisMode`.
    pub ellipsis_mode: EllipsisMode,
    /// `wordBreak`.
    pub word_break: WordBreak,
    /// `lineBreakStrategy`.
    pub line_break: LineBreakStrategy,
    /// `lineSpacing`.
    pub line_spacing: Option<Length>,
    /// Whether that space is between lines only.
    pub spacing_between: bool,
    /// `minLineHeight`.
    pub min_line_height: Option<Length>,
    /// `maxLineHeight`.
    pub max_line_height: Option<Length>,
    /// `textVerticalAlign`.
    pub vertical: TextVerticalAlign,
    /// `tailIndents`.
    pub tail_indents: Vec<Length>,
    /// `shaderStyle`.
    pub shader: Option<Shader>,
    /// `enableAutoSpacing`.
    pub auto_spacing: bool,
    /// `optimizeTrailingSpace`.
    pub trim_trailing_spaces: bool,
    /// `includeFontPadding`.
    pub font_padding: bool,
    /// `fallbackLineSpacing`.
    pub fallback_line_spacing: bool,
    /// `compressLeadingPunctuation`.
    pub compress_leading_punctuation: bool,
    /// `punctuationOverflow`.
    pub punctuation_overflow: bool,
    /// `orphanCharOptimization`.
    pub avoid_orphans: bool,
    /// `textIndent`.
    pub indent: Option<Length>,
    /// `halfLeading`.
    pub half_leading: bool,
    /// `minFontSize`.
    pub min_font_size: Option<Length>,
    /// `maxFontSize`.
    pub max_font_size: Option<Length>,
    /// `heightAdaptivePolicy`.
    pub height_policy: HeightAdaptivePolicy,
    /// `minFontScale`, 0 to 1.
    pub min_font_scale: Option<f32>,
    /// `maxFontScale`, at least 1.
    pub max_font_scale: Option<f32>,
}

impl ParagraphLooks {
    /// In px.
    pub fn style(&self, environment: &Environment) -> ParagraphStyle {
        let px = |length: &Option<Length>| length.as_ref().map(|length| length.to_px(environment));
        ParagraphStyle {
            align: self.align,
            direction: self.direction.unwrap_or(TextDirection::Auto),
            max_lines: self.max_lines,
            min_lines: self.min_lines,
            overflow: self.overflow.unwrap_or_default(),
            ellipsis_mode: self.ellipsis_mode,
            word_break: self.word_break,
            line_break: self.line_break,
            line_spacing: px(&self.line_spacing).unwrap_or(0.0).max(0.0),
            spacing_around: !self.spacing_between,
            min_line_height: px(&self.min_line_height).unwrap_or(0.0),
            max_line_height: px(&self.max_line_height).unwrap_or(0.0),
            vertical: self.vertical,
            tail_indents: self.tail_indents.iter().map(|length| length.to_px(environment)).collect(),
            auto_spacing: self.auto_spacing,
            trim_trailing_spaces: self.trim_trailing_spaces,
            font_padding: self.font_padding,
            fallback_line_spacing: self.fallback_line_spacing,
            compress_leading_punctuation: self.compress_leading_punctuation,
            punctuation_overflow: self.punctuation_overflow,
            avoid_orphans: self.avoid_orphans && environment.locale.starts_with("zh"),
            indent: px(&self.indent).unwrap_or(0.0),
            // Where text stands is said once.
            half_leading: self.half_leading && self.vertical == TextVerticalAlign::Baseline,
            min_font_size: px(&self.min_font_size),
            max_font_size: px(&self.max_font_size),
            height_policy: self.height_policy,
            sections: Vec::new(),
        }
    }

    /// The environment whose font scale is within the limits.
    pub fn limit(&self, environment: &Environment) -> Environment {
        let scale = environment.font_scale;
        let scale = self.min_font_scale.map_or(scale, |min| scale.max(min));
        let scale = self.max_font_scale.map_or(scale, |max| scale.min(max));
        Environment { font_scale: scale, ..environment.clone() }
    }
}

/// A component's state with [`ParagraphLooks`] in it.
pub trait HasParagraph: 'static {
    /// The attributes.
    fn paragraph_looks(&mut self) -> &mut ParagraphLooks;
}

/// The attributes as methods.
pub(super) mod methods {
    use super::{HasParagraph, ParagraphLooks};
    use crate::text_style::{Shader, read};
    use concord_text::{EllipsisMode, HeightAdaptivePolicy, TextDirection, TextVerticalAlign};
    use concord_ui::change::{Change, put};
    use concord_ui::component::Setter;
    use concord_ui::units::{Length, Unit};
    use concord_ui::value::{Args, Value};

    fn change<T: HasParagraph, C: Change>(
        node: &mut Setter<'_>,
        change: impl FnOnce(&mut ParagraphLooks) -> C,
    ) -> Value {
        node.restyle(|state: &mut T| change(state.paragraph_looks()))
    }

    fn count(value: &Value) -> Option<usize> {
        value.as_i32().and_then(|lines| usize::try_from(lines).ok())
    }

    fn font_size(value: &Value) -> Option<Length> {
        Length::from_value(value, Unit::Fp).filter(|size| !size.is_relative())
    }

    /// `textAlign`.
    pub fn text_align<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let align = read::align(args.get(0)).unwrap_or_default();
        change::<T, _>(node, |looks| put(&mut looks.align, align))
    }

    /// `maxLines`.
    pub fn max_lines<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        change::<T, _>(node, |looks| put(&mut looks.max_lines, count(args.get(0))))
    }

    /// `minLines`.
    pub fn min_lines<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        change::<T, _>(node, |looks| put(&mut looks.min_lines, count(args.get(0)).unwrap_or(0)))
    }

    /// `textOverflow`: `{overflow}`, or the number where it is an option of `maxLines` or of a field.
    pub fn text_overflow<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let value = args.get(0);
        let overflow = read::overflow(if value.as_object().is_some() { value.get("overflow") } else { value });
        change::<T, _>(node, |looks| put(&mut looks.overflow, overflow))
    }

    /// `ellipsisMode`.
    pub fn ellipsis_mode<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let mode = match args.get(0).as_i32() {
            Some(0) => EllipsisMode::Start,
            Some(1) => EllipsisMode::Center,
            Some(3) => EllipsisMode::MultilineStart,
            Some(4) => EllipsisMode::MultilineCenter,
            _ => EllipsisMode::End,
        };
        change::<T, _>(node, |looks| put(&mut looks.ellipsis_mode, mode))
    }

    /// `wordBreak`.
    pub fn word_break<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let mode = read::word_break(args.get(0)).unwrap_or_default();
        change::<T, _>(node, |looks| put(&mut looks.word_break, mode))
    }

    /// `lineBreakStrategy`.
    pub fn line_break<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let strategy = read::line_break(args.get(0)).unwrap_or_default();
        change::<T, _>(node, |looks| put(&mut looks.line_break, strategy))
    }

    /// `lineSpacing`.
    pub fn line_spacing<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let spacing = Length::from_value(args.get(0), Unit::Fp);
        let between = args.get(1).get("onlyBetweenLines").as_bool() == Some(true);
        change::<T, _>(node, |looks| put(&mut looks.line_spacing, spacing) | put(&mut looks.spacing_between, between))
    }

    /// `minLineHeight`.
    pub fn min_line_height<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let height = font_size(args.get(0));
        change::<T, _>(node, |looks| put(&mut looks.min_line_height, height))
    }

    /// `maxLineHeight`.
    pub fn max_line_height<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let height = font_size(args.get(0));
        change::<T, _>(node, |looks| put(&mut looks.max_line_height, height))
    }

    /// `textVerticalAlign`.
    pub fn text_vertical_align<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let vertical = read::vertical(args.get(0)).unwrap_or(TextVerticalAlign::Baseline);
        change::<T, _>(node, |looks| put(&mut looks.vertical, vertical))
    }

    /// `tailIndents`: one length for all lines, or one for each.
    pub fn tail_indents<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let indents = read::lengths(args.get(0));
        change::<T, _>(node, |looks| put(&mut looks.tail_indents, indents))
    }

    /// `shaderStyle`.
    pub fn shader_style<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let shader = Shader::from_value(args.get(0));
        change::<T, _>(node, |looks| put(&mut looks.shader, shader))
    }

    macro_rules! flags {
        ($($(#[$doc:meta])* $name:ident $field:ident;)*) => {$(
            $(#[$doc])*
            pub fn $name<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
                let flag = args.get(0).as_bool() == Some(true);
                change::<T, _>(node, |looks| looks.$field = flag)
            }
        )*};
    }

    flags! {
        /// `enableAutoSpacing`.
        enable_auto_spacing auto_spacing;
        /// `optimizeTrailingSpace`.
        optimize_trailing_space trim_trailing_spaces;
        /// `includeFontPadding`.
        include_font_padding font_padding;
        /// `fallbackLineSpacing`.
        fallback_line_spacing fallback_line_spacing;
        /// `compressLeadingPunctuation`.
        compress_leading_punctuation compress_leading_punctuation;
        /// `punctuationOverflow`.
        punctuation_overflow punctuation_overflow;
        /// `orphanCharOptimization`.
        orphan_char_optimization avoid_orphans;
    }

    /// `textIndent`.
    pub fn text_indent<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let indent = Length::from_value(args.get(0), Unit::Fp);
        change::<T, _>(node, |looks| put(&mut looks.indent, indent))
    }

    /// `halfLeading`.
    pub fn half_leading<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        change::<T, _>(node, |looks| put(&mut looks.half_leading, args.get(0).as_bool() == Some(true)))
    }

    /// `textDirection`.
    pub fn text_direction<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let direction = match args.get(0).as_i32() {
            Some(0) => Some(TextDirection::Ltr),
            Some(1) => Some(TextDirection::Rtl),
            _ => None,
        };
        change::<T, _>(node, |looks| put(&mut looks.direction, direction))
    }

    /// `minFontSize`.
    pub fn min_font_size<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        change::<T, _>(node, |looks| put(&mut looks.min_font_size, font_size(args.get(0))))
    }

    /// `maxFontSize`.
    pub fn max_font_size<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        change::<T, _>(node, |looks| put(&mut looks.max_font_size, font_size(args.get(0))))
    }

    /// `minFontScale`.
    pub fn min_font_scale<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        change::<T, _>(node, |looks| {
            put(&mut looks.min_font_scale, args.get(0).as_f32().map(|scale| scale.clamp(0.0, 1.0)))
        })
    }

    /// `maxFontScale`.
    pub fn max_font_scale<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        change::<T, _>(node, |looks| put(&mut looks.max_font_scale, args.get(0).as_f32().map(|scale| scale.max(1.0))))
    }

    /// `heightAdaptivePolicy`.
    pub fn height_policy<T: HasParagraph>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
        let policy = match args.get(0).as_i32() {
            Some(1) => HeightAdaptivePolicy::MinFontSizeFirst,
            Some(2) => HeightAdaptivePolicy::LayoutConstraintFirst,
            _ => HeightAdaptivePolicy::MaxLinesFirst,
        };
        change::<T, _>(node, |looks| put(&mut looks.height_policy, policy))
    }
}
