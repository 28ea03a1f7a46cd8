//! How characters look: what ArkUI calls `fontSize`, `fontWeight`, `decoration` … of a text or a span of it.

use concord_paint::Color;

/// The style of a stretch of text. All lengths are px.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyle {
    /// Font size in px. Clamped to 0.1 … 10 000 when text is shaped.
    pub size: f32,
    /// Weight, 100 … 900; 400 is regular, 700 bold.
    pub weight: u16,
    /// Italic: the family's italic face, else the upright one slanted.
    pub italic: bool,
    /// Families in order of preference, tried before the default one. Aliases of the platform's font are known.
    pub families: Vec<String>,
    /// Colour of the glyphs, and of decorations which name none.
    pub color: Color,
    /// Added after every character (grapheme), in px; may be negative.
    pub letter_spacing: f32,
    /// Added to every space, in px.
    pub word_spacing: f32,
    /// Height of lines with this style; `None` is what the font says.
    pub line_height: Option<LineHeight>,
    /// How far the text is raised over the baseline, in px.
    pub baseline_offset: f32,
    /// Lines drawn with the text.
    pub decoration: Decoration,
    /// OpenType features in CSS notation, such as `"ss01" on, "tnum" 1`. What cannot be read is ignored.
    pub features: String,
    /// Variation axes: tag and value.
    pub variations: Vec<([u8; 4], f32)>,
    /// Shadows, drawn in order below the glyphs.
    pub shadows: Vec<TextShadow>,
    /// What is painted behind the text.
    pub background: Option<TextBackground>,
    /// Outlines of the glyphs.
    pub stroke: Option<TextStroke>,
    /// Case conversion before shaping. It never changes the number of UTF-16 units.
    pub text_case: TextCase,
    /// BCP 47 language, for glyph variants (`zh-Hans`, `ja` …).
    pub locale: Option<String>,
}

impl Default for TextStyle {
    fn default() -> Self {
        Self {
            size: 48.0,
            weight: 400,
            italic: false,
            families: Vec::new(),
            color: Color::BLACK,
            letter_spacing: 0.0,
            word_spacing: 0.0,
            line_height: None,
            baseline_offset: 0.0,
            decoration: Decoration::default(),
            features: String::new(),
            variations: Vec::new(),
            shadows: Vec::new(),
            background: None,
            stroke: None,
            text_case: TextCase::Normal,
            locale: None,
        }
    }
}

/// The height of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LineHeight {
    /// Exactly so many px.
    Px(f32),
    /// So many times the font size.
    Factor(f32),
}

/// Lines that go with text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Decoration {
    /// A line below the baseline.
    pub underline: bool,
    /// A line over the text.
    pub overline: bool,
    /// A line through the text.
    pub line_through: bool,
    /// What the lines look like.
    pub style: DecorationStyle,
    /// Their colour; `None` is the text's.
    pub color: Option<Color>,
    /// Factor of the font's own thickness; 1 by default (ArkUI's `thicknessScale`).
    pub thickness_scale: Option<f32>,
}

impl Decoration {
    /// Is there any line to draw?
    pub fn any(&self) -> bool {
        self.underline || self.overline || self.line_through
    }
}

/// ArkUI's `TextDecorationStyle`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecorationStyle {
    /// One line.
    #[default]
    Solid,
    /// Two lines.
    Double,
    /// Dots.
    Dotted,
    /// Dashes.
    Dashed,
    /// A wave.
    Wavy,
}

/// A shadow of glyphs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextShadow {
    /// Blur radius in px; the standard deviation is half of it.
    pub radius: f32,
    /// Its colour.
    pub color: Color,
    /// Shift to the right, in px.
    pub offset_x: f32,
    /// Shift downwards, in px.
    pub offset_y: f32,
}

/// ArkUI's `TextBackgroundStyle`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextBackground {
    /// Fill.
    pub color: Color,
    /// Corner radii in px: top left, top right, bottom right, bottom left.
    pub radii: [f32; 4],
}

/// Outlines of glyphs (ArkUI's `strokeWidth` and `strokeColor`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStroke {
    /// Width in px. Above 0 the glyphs are hollow, below 0 they are filled as well.
    pub width: f32,
    /// The colour; `None` is the text's.
    pub color: Option<Color>,
}

/// ArkUI's `TextCase`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextCase {
    /// As written.
    #[default]
    Normal,
    /// All small letters.
    LowerCase,
    /// All capitals.
    UpperCase,
}

impl TextCase {
    /// Converts text. Characters whose other case takes a different number of UTF-16 units stay as they are, so that
    /// the positions which the app knows remain right.
    pub fn apply(self, text: &str) -> String {
        match self {
            Self::Normal => text.to_owned(),
            Self::LowerCase => text.chars().map(|c| same_length(c, c.to_lowercase())).collect(),
            Self::UpperCase => text.chars().map(|c| same_length(c, c.to_uppercase())).collect(),
        }
    }
}

fn same_length(original: char, mut converted: impl Iterator<Item = char>) -> char {
    match (converted.next(), converted.next()) {
        (Some(one), None) if one.len_utf16() == original.len_utf16() => one,
        _ => original,
    }
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly all spans are text")]
pub enum Span {
    /// Text in one style.
    Text {
        /// The characters. `\n` ends a line.
        text: String,
        /// Their style.
        style: TextStyle,
        /// Found again by [`crate::Paragraph::span_at`].
        id: u32,
    },
    /// A box that flows with the text: an ImageSpan or a component inside of it. It counts as one UTF-16 unit.
    Placeholder {
        /// Width in px.
        width: f32,
        /// Height in px.
        height: f32,
        /// Where it stands in its line.
        align: PlaceholderAlign,
        /// Found again in [`crate::Paragraph::placeholders`].
        id: u32,
    },
}

/// ArkUI's `ImageSpanAlignment`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlaceholderAlign {
    /// Its top at the top of the line's text.
    Top,
    /// In the middle of the line's text.
    Center,
    /// Its bottom at the bottom of the line's text.
    #[default]
    Bottom,
    /// Its bottom on the baseline.
    Baseline,
}

#[cfg(test)]
mod tests {
    use super::TextCase;

    #[test]
    fn case_conversion_keeps_utf16_length() {
        for text in ["MiXed", "straße", "ǰ", "𐐨 İ"] {
            for case in [TextCase::LowerCase, TextCase::UpperCase] {
                assert_eq!(case.apply(text).encode_utf16().count(), text.encode_utf16().count(), "{text}");
            }
        }
        assert_eq!(TextCase::UpperCase.apply("MiXed ß"), "MIXED ß");
    }
}
