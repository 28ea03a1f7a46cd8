//! How a whole text is set: alignment, limits, what happens when it does not fit.

use std::ops::Range;

/// The style of a paragraph. All lengths are px.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParagraphStyle {
    /// Where lines stand within the width.
    pub align: TextAlign,
    /// The base direction.
    pub direction: TextDirection,
    /// At most so many lines; 0 shows none.
    pub max_lines: Option<usize>,
    /// The height is never less than that of so many lines.
    pub min_lines: usize,
    /// What happens to text that does not fit.
    pub overflow: TextOverflow,
    /// Where the text is cut when `overflow` is `Ellipsis`.
    pub ellipsis_mode: EllipsisMode,
    /// Where words may be broken.
    pub word_break: WordBreak,
    /// How lines are chosen.
    pub line_break: LineBreakStrategy,
    /// Extra space between lines, in px.
    pub line_spacing: f32,
    /// Half of that space is also above the first line and below the last.
    pub spacing_around: bool,
    /// Lines are at least so high, in px; 0 is no limit.
    pub min_line_height: f32,
    /// Lines are at most so high, in px, but never less than `min_line_height`; 0 is no limit.
    pub max_line_height: f32,
    /// A line height below that of the text counts as that of the text.
    pub fallback_line_spacing: bool,
    /// The first line has room for the highest glyphs of the font, the last for the deepest.
    pub font_padding: bool,
    /// Where smaller text stands in its line, and all text in a line of another height.
    pub vertical: TextVerticalAlign,
    /// What is left free at the end of each line, in px; the last one counts for all further lines.
    pub tail_indents: Vec<f32>,
    /// Some space between the characters of East Asia and Latin letters or digits.
    pub auto_spacing: bool,
    /// Spaces at the end of a line never count for its alignment.
    pub trim_trailing_spaces: bool,
    /// Opening punctuation of East Asia at the start of a line takes half of its width.
    pub compress_leading_punctuation: bool,
    /// Closing punctuation may stand beyond the end of a line.
    pub punctuation_overflow: bool,
    /// A paragraph does not end with a line of one Chinese character.
    pub avoid_orphans: bool,
    /// Indent of the first line, in px.
    pub indent: f32,
    /// A line height that differs from the font's is shared equally over and under the text; otherwise in the
    /// proportion of ascent and descent.
    pub half_leading: bool,
    /// With `max_font_size`: the smallest size that the text may be shrunk to, in px.
    pub min_font_size: Option<f32>,
    /// With `min_font_size`: the size that is tried first, in px.
    pub max_font_size: Option<f32>,
    /// What counts when the size is chosen between `min_font_size` and `max_font_size`.
    pub height_policy: HeightAdaptivePolicy,
    /// Parts that are set in another way, in order and without overlap; each begins and ends with a line.
    pub sections: Vec<Section>,
}

/// A part of a text with a paragraph style of its own (of a styled string, or of a rich editor). What is `None` is that of the
/// whole text. All lengths are px.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Which part, in UTF-16 units.
    pub range: Range<usize>,
    /// Where lines stand.
    pub align: Option<TextAlign>,
    /// Indent of the first line.
    pub indent: Option<f32>,
    /// What is left free before every line.
    pub leading: f32,
    /// What is left free below the part, unless it is the last.
    pub spacing: f32,
    /// At most so many lines.
    pub max_lines: Option<usize>,
    /// What happens to text that does not fit.
    pub overflow: Option<TextOverflow>,
    /// Where words may be broken.
    pub word_break: Option<WordBreak>,
    /// How lines are chosen.
    pub line_break: Option<LineBreakStrategy>,
    /// Where smaller text stands in its line.
    pub vertical: Option<TextVerticalAlign>,
    /// What is left free at the end of each line.
    pub tail_indents: Option<Vec<f32>>,
}

/// ArkUI's `TextVerticalAlign`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextVerticalAlign {
    /// All text stands on one baseline.
    #[default]
    Baseline,
    /// At the bottom.
    Bottom,
    /// In the middle.
    Center,
    /// At the top.
    Top,
}

/// ArkUI's `TextAlign`, and the absolute sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextAlign {
    /// The side at which the text begins.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// The side at which the text ends.
    End,
    /// Both sides, all lines but the last of a paragraph.
    Justify,
    /// Left.
    Left,
    /// Right.
    Right,
}

/// The base direction of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextDirection {
    /// As the first strong character says.
    Auto,
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

/// ArkUI's `TextOverflow`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextOverflow {
    /// Nothing happens (ArkUI clips it like `Clip` when lines are limited).
    None,
    /// Lines that do not fit are not there.
    #[default]
    Clip,
    /// The last line that fits ends in an ellipsis.
    Ellipsis,
    /// One line, as long as it is; the component scrolls it.
    Marquee,
}

/// ArkUI's `EllipsisMode`. `Start` and `Center` cut one line; with more lines they are `End`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EllipsisMode {
    /// The beginning is left out.
    Start,
    /// The middle is left out.
    Center,
    /// The end is left out.
    #[default]
    End,
    /// The beginning is left out, of one line or several.
    MultilineStart,
    /// The middle is left out, of one line or several.
    MultilineCenter,
}

/// ArkUI's `WordBreak`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordBreak {
    /// The same as `BreakWord`: a word that is longer than a line is never cut off.
    Normal,
    /// Between any two characters.
    BreakAll,
    /// Between words, and between the characters of Chinese and Japanese; within a word that is longer than a line
    /// (ArkUI's default).
    #[default]
    BreakWord,
    /// Like `BreakWord`, and within words where their language parts them. Soft hyphens in the text work with every mode.
    Hyphenation,
}

/// ArkUI's `LineBreakStrategy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineBreakStrategy {
    /// Each line takes what fits.
    #[default]
    Greedy,
    /// The raggedness of the whole paragraph is least.
    HighQuality,
    /// Lines are about equally long.
    Balanced,
}

/// ArkUI's `TextHeightAdaptivePolicy`: with all of them the size is the largest between `min_font_size` and
/// `max_font_size` with which the text fits into `max_lines` and the height. They differ in what happens when it does not
/// fit even at the smallest size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeightAdaptivePolicy {
    /// As many lines as `max_lines` says; they may be higher than the height.
    #[default]
    MaxLinesFirst,
    /// The same.
    MinFontSizeFirst,
    /// As many lines as the height has room for.
    LayoutConstraintFirst,
}
