//! How a whole text is set: alignment, limits, what happens when it does not fit.

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
    /// Where the text is cut when `overflow` is `Ellipsis`. `Start` and `Center` need one line; with more it is `End`.
    pub ellipsis_mode: EllipsisMode,
    /// Where words may be broken.
    pub word_break: WordBreak,
    /// How lines are chosen.
    pub line_break: LineBreakStrategy,
    /// Extra space between lines, in px (not after the last).
    pub line_spacing: f32,
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

/// ArkUI's `EllipsisMode`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EllipsisMode {
    /// The beginning is left out.
    Start,
    /// The middle is left out.
    Center,
    /// The end is left out.
    #[default]
    End,
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
    /// Like `BreakWord`: there are no hyphenation dictionaries. Soft hyphens in the text work with every mode.
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
