//! How text looks, as everything that shows much of it is told: fonts, lines with the text, spacing, shadows. What is unset comes
//! from what is around (a `Span` looks like its `Text`), or from the theme.

mod measure;
mod methods;
mod paragraph;
pub(crate) mod read;
mod shader;

pub use measure::measure;
pub(crate) use methods::*;
pub use paragraph::{HasParagraph, ParagraphLooks};
pub use shader::Shader;

use concord_paint::Color;
use concord_text::{Decoration, LineHeight, TextBackground, TextCase, TextShadow, TextStroke, TextStyle};
use concord_ui::font::{Font, HasFont};
use concord_ui::units::{Environment, Length};
use concord_ui::value::Value;
use std::rc::Rc;

/// The style of a stretch of text; unset is what is around it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SpanStyle {
    /// Font and colour.
    pub font: Font,
    /// `lineHeight`; percentages are parts of the font size.
    pub line_height: Option<Length>,
    /// `lineHeightMultiple`.
    pub line_height_factor: Option<f32>,
    /// `letterSpacing`; percentages are parts of the font size.
    pub letter_spacing: Option<Length>,
    /// `baselineOffset`.
    pub baseline_offset: Option<Length>,
    /// `decoration`.
    pub decoration: Option<Decoration>,
    /// `textCase`.
    pub case: Option<TextCase>,
    /// `textShadow`.
    pub shadows: Option<Vec<Shadow>>,
    /// `textBackgroundStyle`.
    pub background: Option<Background>,
    /// `fontFeature`.
    pub features: Option<Rc<str>>,
    /// `strokeWidth`: above 0 glyphs are hollow, below 0 filled as well.
    pub stroke_width: Option<Length>,
    /// `strokeColor`.
    pub stroke_color: Option<Color>,
    /// `superscript` of a styled string.
    pub superscript: Option<Superscript>,
    /// `fontVariations`.
    pub variations: Option<Vec<([u8; 4], f32)>>,
}

/// `SuperscriptStyle`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Superscript {
    /// Like the text around it.
    Normal,
    /// Small and raised.
    Super,
    /// Small and lowered.
    Sub,
}

/// Of raised and lowered text, in parts of the font size around it.
const SCRIPT_SIZE: f32 = 0.65;
const RAISED: f32 = 0.33;
const LOWERED: f32 = -0.15;

/// A shadow of glyphs.
#[derive(Debug, Clone, PartialEq)]
pub struct Shadow {
    radius: Length,
    color: Color,
    offset_x: Length,
    offset_y: Length,
}

/// What is painted behind a span.
#[derive(Debug, Clone, PartialEq)]
pub struct Background {
    color: Color,
    /// Top left, top right, bottom right, bottom left.
    radii: [Length; 4],
}

/// A length in vp.
fn vp(length: &Length, environment: &Environment) -> Value {
    Value::Number(f64::from(length.to_px(environment) / environment.density))
}

impl Shadow {
    /// `ShadowOptions`.
    pub(crate) fn to_value(&self, environment: &Environment) -> Value {
        Value::object([
            ("radius", vp(&self.radius, environment)),
            ("color", Value::text(format!("#{:08X}", self.color.to_argb()))),
            ("offsetX", vp(&self.offset_x, environment)),
            ("offsetY", vp(&self.offset_y, environment)),
        ])
    }
}

impl Background {
    /// `TextBackgroundStyle`.
    pub(crate) fn to_value(&self, environment: &Environment) -> Value {
        let [top_left, top_right, bottom_right, bottom_left] = &self.radii;
        let radius = Value::object([
            ("topLeft", vp(top_left, environment)),
            ("topRight", vp(top_right, environment)),
            ("bottomLeft", vp(bottom_left, environment)),
            ("bottomRight", vp(bottom_right, environment)),
        ]);
        Value::object([("color", Value::text(format!("#{:08X}", self.color.to_argb()))), ("radius", radius)])
    }
}

impl SpanStyle {
    /// The style in px, with what is around it where nothing is said.
    pub fn over(&self, base: TextStyle, environment: &Environment) -> TextStyle {
        let mut style = self.font.over(base, environment);
        let px = |length: &Length| length.resolve(environment, style.size);
        let line_height = self.line_height.as_ref().and_then(px).filter(|height| *height > 0.0).map(LineHeight::Px);
        let factor = self.line_height_factor.filter(|factor| *factor > 0.0).map(LineHeight::Factor);
        let letter_spacing = self.letter_spacing.as_ref().and_then(px);
        let baseline_offset = self.baseline_offset.as_ref().and_then(px);
        if let Some(superscript @ (Superscript::Super | Superscript::Sub)) = self.superscript {
            let by = if superscript == Superscript::Super { RAISED } else { LOWERED };
            style.baseline_offset += by * style.size;
            style.size *= SCRIPT_SIZE;
        }
        let width = self.stroke_width.as_ref().map(|width| width.to_px(environment));
        let before = style.stroke;
        if width.is_some() || self.stroke_color.is_some() {
            let width = width.or(before.map(|stroke| stroke.width)).unwrap_or(0.0);
            let color = self.stroke_color.or(before.and_then(|stroke| stroke.color));
            style.stroke = Some(TextStroke { width, color });
        }
        if let Some(variations) = &self.variations {
            style.variations.clone_from(variations);
        }
        style.line_height = line_height.or(factor).or(style.line_height);
        style.letter_spacing = letter_spacing.unwrap_or(style.letter_spacing);
        style.baseline_offset = baseline_offset.unwrap_or(style.baseline_offset);
        style.decoration = self.decoration.unwrap_or(style.decoration);
        style.text_case = self.case.unwrap_or(style.text_case);
        if let Some(shadows) = &self.shadows {
            let px = |length: &Length| length.to_px(environment);
            let shadow = |shadow: &Shadow| TextShadow {
                radius: px(&shadow.radius),
                color: shadow.color,
                offset_x: px(&shadow.offset_x),
                offset_y: px(&shadow.offset_y),
            };
            style.shadows = shadows.iter().map(shadow).collect();
        }
        if let Some(background) = &self.background {
            let radii = background.radii.each_ref().map(|radius| radius.to_px(environment));
            style.background = Some(TextBackground { color: background.color, radii });
        }
        if let Some(features) = &self.features {
            style.features = features.to_string();
        }
        style
    }
}

/// A component's state with a [`SpanStyle`] in it; see [`styled!`].
pub(crate) trait HasSpanStyle: HasFont {
    /// The style.
    fn span_style(&mut self) -> &mut SpanStyle;
}

/// Says where in a component's state its [`SpanStyle`] is.
macro_rules! styled {
    ($state:ty, $($style:ident).+) => {
        impl $crate::text_style::HasSpanStyle for $state {
            fn span_style(&mut self) -> &mut SpanStyle {
                &mut self.$($style).+
            }
        }

        impl concord_ui::font::HasFont for $state {
            fn font(&mut self) -> &mut concord_ui::font::Font {
                &mut self.$($style).+.font
            }

            fn font_changed(&mut self) {}
        }
    };
}
pub(crate) use styled;

/// The font size of a component's theme and its colour, as the style that everything else lies over.
pub fn theme_style(environment: &Environment, size: &Length, color: Color) -> TextStyle {
    Font::default().style(environment, size, color, 400)
}

/// The colours of the theme that all text shares.
pub mod theme {
    use concord_paint::Color;
    use concord_ui::units::Environment;

    /// `font_emphasize`: carets, links.
    pub const EMPHASIZE: Color = Color::from_argb(0xff00_7dff);
    /// `comp_emphasize_secondary`: behind what is selected.
    pub const SELECTED: Color = Color::from_argb(0x3300_7dff);
    /// `warning`.
    pub const WARNING: Color = Color::from_argb(0xfffa_2a2d);

    fn pick(environment: &Environment, light: u32, dark: u32) -> Color {
        Color::from_argb(if environment.dark { dark } else { light })
    }

    /// `font_primary` with `alpha_primary`: running text.
    pub fn primary(environment: &Environment) -> Color {
        pick(environment, 0xe518_2431, 0xe5ff_ffff)
    }

    /// `font_secondary`: placeholders.
    pub fn secondary(environment: &Environment) -> Color {
        pick(environment, 0x9918_2431, 0x99ff_ffff)
    }

    /// `font_tertiary`: counters, disabled text.
    pub fn tertiary(environment: &Environment) -> Color {
        pick(environment, 0x6618_2431, 0x66ff_ffff)
    }

    /// `textfield_bg_color`.
    pub fn field(environment: &Environment) -> Color {
        pick(environment, 0x0c18_2431, 0x19ff_ffff)
    }

    /// `comp_divider`.
    pub fn divider(environment: &Environment) -> Color {
        pick(environment, 0x3318_2431, 0x33ff_ffff)
    }
}
