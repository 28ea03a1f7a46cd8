//! Characters to glyphs. Shaping does not depend on the width, so it happens once per text; what comes out is a flat
//! list of clusters, over which lines are broken as often as needed.

use std::borrow::Cow;
use std::ops::Range;

use parley::{
    BaseDirection, FontData, FontFamily, FontFamilyName, FontFeatures, FontStyle, FontVariations, FontWeight,
};
use parley::{Layout, fontique::Language, setting::FontVariation, setting::Tag};
use unicode_segmentation::UnicodeSegmentation;

use crate::emoji::emoji_ranges;
use crate::fonts::{EMOJI_FAMILY, Fonts, SYSTEM_ASCENT, SYSTEM_DESCENT, State};
use crate::paragraph_style::{ParagraphStyle, TextDirection, WordBreak};
use crate::style::{Span, TextStyle};

/// Longer texts are cut: shaping takes about a second per two million characters.
pub(crate) const MAX_CHARS: usize = 1_000_000;
/// Further spans take the style of the last.
const MAX_SPANS: usize = 20_000;
/// What stands for a placeholder in the text: a break opportunity on both sides, and neutral in direction.
const OBJECT: char = '\u{FFFC}';

/// A shaped text.
#[derive(Debug, Default)]
pub(crate) struct Shaped {
    /// In logical order, without gaps.
    pub clusters: Vec<Cluster>,
    pub glyphs: Vec<Glyph>,
    pub runs: Vec<Run>,
    /// The base direction is right to left.
    pub rtl: bool,
    /// Some run goes right to left, so that visual and logical order may differ.
    pub has_rtl: bool,
    /// Length of the text in UTF-16 units.
    pub utf16_len: usize,
    /// The text as it was shaped, for words.
    pub text: String,
}

/// What a person takes for one character.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cluster {
    /// First byte in [`Shaped::text`].
    pub byte: u32,
    /// First UTF-16 unit.
    pub utf16: u32,
    /// Width in px, with letter and word spacing.
    pub advance: f32,
    /// Its run, which tells the font.
    pub run: u32,
    /// Its span, which tells the style.
    pub span: u16,
    pub flags: Flags,
    /// Its glyphs, in visual order.
    pub glyph: u32,
    pub glyph_count: u16,
}

/// Properties of a cluster.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flags {
    /// White space which may hang over the end of a line.
    pub space: bool,
    /// Ends a line.
    pub newline: bool,
    /// A line may end after it.
    pub break_after: bool,
    /// Goes with the cluster before (the second letter of a ligature).
    pub continuation: bool,
    /// Stands for a placeholder.
    pub placeholder: bool,
    /// A soft hyphen.
    pub soft_hyphen: bool,
    /// A word may be parted after it, with a hyphen.
    pub hyphen_after: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    pub id: u32,
    /// Shift from where the pen is.
    pub x: f32,
    /// Shift downwards.
    pub y: f32,
    pub advance: f32,
}

/// A stretch with one font and direction.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// `None` if there is no font; such text is drawn as boxes.
    pub font: Option<FontData>,
    /// In px.
    pub size: f32,
    /// Position on the variation axes, as 2.14 fixed point numbers.
    pub coords: Vec<i16>,
    /// Slant in degrees, where the font has no italic.
    pub skew: f32,
    /// Thicken, where the font has no bold.
    pub embolden: bool,
    pub ascent: f32,
    pub descent: f32,
    /// Top of the underline over the baseline (mostly negative), and its thickness.
    pub underline: (f32, f32),
    /// The same for the line through the text.
    pub strikethrough: (f32, f32),
    pub rtl: bool,
    /// Runs in a line stand in this order from left to right. (Whether two runs are swapped depends only on the levels
    /// between them, so that the order found for whole paragraphs holds for all lines.)
    pub visual: u32,
}

impl Shaped {
    pub(crate) fn cluster_end_utf16(&self, index: usize) -> usize {
        self.clusters.get(index + 1).map_or(self.utf16_len, |next| next.utf16 as usize)
    }

    /// The cluster which holds this UTF-16 unit; the number of clusters at the end of the text.
    pub(crate) fn cluster_at(&self, utf16: usize) -> usize {
        if utf16 >= self.utf16_len {
            return self.clusters.len();
        }
        self.clusters.partition_point(|cluster| cluster.utf16 as usize <= utf16).saturating_sub(1)
    }

    /// The font size of a cluster.
    pub(crate) fn size_of(&self, cluster: &Cluster) -> f32 {
        self.runs.get(cluster.run as usize).map_or(0.0, |run| run.size)
    }

    /// The first character of a cluster.
    pub(crate) fn first_char(&self, index: usize) -> Option<char> {
        let cluster = self.clusters.get(index)?;
        self.text.get(cluster.byte as usize..)?.chars().next()
    }

    pub(crate) fn glyphs_of(&self, cluster: &Cluster) -> &[Glyph] {
        let start = cluster.glyph as usize;
        self.glyphs.get(start..start + usize::from(cluster.glyph_count)).unwrap_or(&[])
    }
}

/// The style in which a span is shaped: its own, or that of the nearest text.
pub(crate) fn span_style(spans: &[Span], index: usize) -> Option<&TextStyle> {
    let style = |span: &'_ Span| matches!(span, Span::Text { .. });
    let before = spans.get(..=index).and_then(|spans| spans.iter().rev().find(|s| style(s)));
    match before.or_else(|| spans.iter().find(|s| style(s))) {
        Some(Span::Text { style, .. }) => Some(style),
        _ => None,
    }
}

/// Font sizes that shaping can deal with.
pub(crate) fn sane_size(size: f32) -> f32 {
    if size.is_finite() { size.clamp(0.1, 10_000.0) } else { 48.0 }
}

fn sane_spacing(spacing: f32) -> f32 {
    if spacing.is_finite() { spacing.clamp(-10_000.0, 10_000.0) } else { 0.0 }
}

/// What a font of the app says about itself may be anything.
fn sane_metric(value: f32, size: f32) -> f32 {
    if value.is_finite() { value.clamp(-10.0 * size, 10.0 * size) } else { 0.0 }
}

/// What of a paragraph's style decides glyphs and their widths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Setting {
    pub direction: TextDirection,
    pub auto_spacing: bool,
    pub hyphenates: bool,
}

impl Setting {
    pub(crate) fn of(style: &ParagraphStyle) -> Setting {
        let hyphenates = style.word_break == WordBreak::Hyphenation
            || style.sections.iter().any(|section| section.word_break == Some(WordBreak::Hyphenation));
        Setting { direction: style.direction, auto_spacing: style.auto_spacing, hyphenates }
    }
}

/// Shapes a text. `scale` multiplies all font sizes.
pub(crate) fn shape(fonts: &Fonts, spans: &[Span], setting: Setting, scale: f32) -> Shaped {
    let mut text = String::new();
    // Byte range per span.
    let mut ranges = Vec::with_capacity(spans.len());
    let mut room = MAX_CHARS;
    for span in spans {
        let start = text.len();
        match span {
            Span::Text { text: part, style, .. } => {
                let part = style.text_case.apply(part);
                match part.char_indices().nth(room) {
                    Some((end, _)) => {
                        tracing::warn!(limit = MAX_CHARS, "a text is too long and was cut");
                        text.push_str(part.get(..end).unwrap_or(""));
                        room = 0;
                    }
                    None => {
                        room -= part.chars().count().min(room);
                        text.push_str(&part);
                    }
                }
            }
            Span::Placeholder { .. } => {
                if room > 0 {
                    text.push(OBJECT);
                    room -= 1;
                }
            }
        }
        ranges.push(start..text.len());
    }

    let mut state = fonts.state_mut();
    let source = Source { spans, ranges: &ranges, text: &text, scale };
    let mut layout = build(&mut state, &source, setting.direction);
    let mut shaped = extract(&mut state, &layout, &source);
    drop(state);
    mark_breaks(&mut shaped, &mut layout);
    shaped.text = text;
    if setting.hyphenates {
        crate::hyphenation::mark(&mut shaped, spans);
    }
    if setting.auto_spacing {
        crate::scripts::space_apart(&mut shaped);
    }
    shaped
}

/// What is shaped.
struct Source<'a> {
    spans: &'a [Span],
    /// The bytes of `text` that each span has.
    ranges: &'a [Range<usize>],
    text: &'a str,
    /// Factor of all font sizes.
    scale: f32,
}

/// Lets parley shape.
fn build(state: &mut State, source: &Source<'_>, direction: TextDirection) -> Layout<()> {
    let &Source { spans, ranges, text, scale } = source;
    let default_style = TextStyle::default();
    let styles: Vec<&TextStyle> =
        (0..spans.len().clamp(1, MAX_SPANS)).map(|i| span_style(spans, i).unwrap_or(&default_style)).collect();
    let mut stacks: Vec<Vec<String>> = Vec::with_capacity(styles.len());
    for (i, style) in styles.iter().enumerate() {
        match i.checked_sub(1).and_then(|before| styles.get(before).zip(stacks.get(before))) {
            Some((before, stack)) if before.families == style.families => stacks.push(stack.clone()),
            _ => stacks.push(state.family_stack(&style.families)),
        }
    }
    let contexts = state.contexts();
    let mut builder = contexts.layout.style_run_builder(&mut contexts.font, text, 1.0, false);
    builder.set_base_direction(match direction {
        TextDirection::Auto => BaseDirection::Auto,
        TextDirection::Ltr => BaseDirection::Ltr,
        TextDirection::Rtl => BaseDirection::Rtl,
    });
    // Every style a second time, with the font of emoji first; after the others, if there are any.
    let emoji = emoji_ranges(text);
    let emoji_first: Vec<Vec<String>> =
        if emoji.is_empty() { Vec::new() } else { stacks.iter().map(|stack| with_emoji(stack)).collect() };
    for (style, stack) in styles.iter().zip(&stacks).chain(styles.iter().zip(&emoji_first)) {
        let names: Vec<FontFamilyName<'_>> = stack.iter().map(|n| FontFamilyName::Named(Cow::Borrowed(n))).collect();
        let variations: Vec<FontVariation> = style
            .variations
            .iter()
            .take(16)
            .filter(|(_, value)| value.is_finite())
            .map(|(tag, value)| FontVariation::new(Tag::new(tag), *value))
            .collect();
        builder.push_style(parley::TextStyle {
            font_family: FontFamily::List(Cow::Owned(names)),
            font_size: sane_size(style.size * scale),
            font_weight: FontWeight::new(f32::from(style.weight.clamp(1, 1000))),
            font_style: if style.italic { FontStyle::Italic } else { FontStyle::Normal },
            font_variations: FontVariations::List(Cow::Owned(variations)),
            font_features: features(style),
            locale: style.locale.as_deref().and_then(|locale| Language::parse(locale).ok()),
            ..parley::TextStyle::default()
        });
    }
    let last = styles.len().saturating_sub(1);
    let mut emoji = emoji.into_iter().peekable();
    for (i, range) in ranges.iter().enumerate() {
        let mut at = range.start;
        while at < range.end {
            while emoji.peek().is_some_and(|next| next.end <= at) {
                emoji.next();
            }
            let (end, is_emoji) = match emoji.peek() {
                Some(next) if next.start <= at => (next.end.min(range.end), true),
                Some(next) => (next.start.min(range.end), false),
                None => (range.end, false),
            };
            let style = i.min(last) + if is_emoji { styles.len() } else { 0 };
            builder.push_style_run(u16::try_from(style).unwrap_or(0), at..end);
            at = end;
        }
    }
    builder.build(text)
}

/// The families of a style for emoji.
fn with_emoji(stack: &[String]) -> Vec<String> {
    std::iter::once(EMOJI_FAMILY.to_owned()).chain(stack.iter().cloned()).collect()
}

/// Letter spacing takes ligatures apart; what the app asks for comes after that and wins.
fn features(style: &TextStyle) -> FontFeatures<'_> {
    const APART: &str = r#""liga" 0, "clig" 0, "dlig" 0, "hlig" 0"#;
    const MAX_FEATURES: usize = 1000;
    let wanted = style.features.get(..style.features.len().min(MAX_FEATURES)).unwrap_or("");
    if sane_spacing(style.letter_spacing) == 0.0 {
        FontFeatures::Source(Cow::Borrowed(wanted))
    } else if wanted.trim().is_empty() {
        FontFeatures::Source(Cow::Borrowed(APART))
    } else {
        FontFeatures::Source(Cow::Owned(format!("{APART}, {wanted}")))
    }
}

/// Copies what parley found into our own lists.
fn extract(state: &mut State, layout: &Layout<()>, source: &Source<'_>) -> Shaped {
    let &Source { spans, text, .. } = source;
    let mut layout = layout.clone();
    layout.break_all_lines(None);
    let mut shaped = Shaped { rtl: layout.is_rtl(), ..Shaped::default() };

    let mut found = Vec::new();
    for line in layout.lines() {
        for run in line.runs() {
            let visual = found.len();
            found.push((run.text_range().start, visual, run));
        }
    }
    found.sort_by_key(|(start, ..)| *start);

    let mut position = Position::default();
    for (_, visual, run) in &found {
        // Of empty text parley shapes a space, to know its metrics.
        if run.text_range().start >= text.len() && !text.is_empty() {
            continue;
        }
        let font = run.font();
        let size = run.font_size();
        let metrics = run.font_metrics();
        let is_app_font = state.is_app_font(font);
        state.keep(font);
        shaped.has_rtl |= run.is_rtl();
        let run_index = shaped.runs.len() as u32;
        shaped.runs.push(Run {
            font: Some(font.clone()),
            size,
            coords: run.normalized_coords().iter().map(|coord| coord.to_bits()).collect(),
            skew: run.synthesis().skew().unwrap_or(0.0),
            embolden: run.synthesis().embolden(),
            ascent: if is_app_font { sane_metric(metrics.ascent, size) } else { size * SYSTEM_ASCENT },
            descent: if is_app_font { sane_metric(metrics.descent, size) } else { size * SYSTEM_DESCENT },
            underline: (metrics.underline_offset, metrics.underline_size),
            strikethrough: (metrics.strikethrough_offset, metrics.strikethrough_size),
            rtl: run.is_rtl(),
            visual: *visual as u32,
        });
        if text.is_empty() {
            break;
        }
        for cluster in run.clusters() {
            let range = cluster.text_range();
            fill(&mut shaped, &mut position, source, range.start);
            let Some(part) = text.get(range.clone()).filter(|part| !part.is_empty() && range.start >= position.byte)
            else {
                continue;
            };
            let glyph = shaped.glyphs.len() as u32;
            // Styles of emoji come after all others.
            let span = usize::from(cluster.style_index()) % spans.len().clamp(1, MAX_SPANS);
            let span = u16::try_from(span).unwrap_or(0);
            let style = span_style(spans, usize::from(span));
            let mut flags = classify(part);
            flags.continuation = cluster.is_ligature_continuation();
            flags.newline |= cluster.is_hard_line_break();
            let mut advance = cluster.advance();
            if let Some(Span::Placeholder { width, .. }) = spans.get(usize::from(span)) {
                flags = Flags { placeholder: true, ..Flags::default() };
                advance = sane_spacing(*width).max(0.0);
            } else if flags.newline || is_control(part) {
                advance = if part.starts_with('\t') { size } else { 0.0 };
            } else {
                shaped.glyphs.extend(cluster.glyphs().map(|g| Glyph { id: g.id, x: g.x, y: g.y, advance: g.advance }));
                if let Some(style) = style {
                    advance += sane_spacing(style.letter_spacing);
                    if flags.space {
                        advance += sane_spacing(style.word_spacing);
                    }
                }
            }
            let glyph_count = u16::try_from(shaped.glyphs.len() - glyph as usize).unwrap_or(u16::MAX);
            let advance = if advance.is_finite() { advance } else { 0.0 };
            push(
                &mut shaped,
                &mut position,
                part,
                Cluster { byte: 0, utf16: 0, advance, run: run_index, span, flags, glyph, glyph_count },
            );
        }
    }
    fill(&mut shaped, &mut position, source, text.len());
    shaped.utf16_len = position.utf16;
    shaped
}

/// How far the text has been copied.
#[derive(Default)]
struct Position {
    byte: usize,
    utf16: usize,
}

fn push(shaped: &mut Shaped, position: &mut Position, part: &str, mut cluster: Cluster) {
    cluster.byte = position.byte as u32;
    cluster.utf16 = position.utf16 as u32;
    shaped.clusters.push(cluster);
    position.byte += part.len();
    position.utf16 += part.encode_utf16().count();
}

/// Clusters for text that parley shaped no glyphs for, up to byte `end`: there is no font at all. They are boxes.
fn fill(shaped: &mut Shaped, position: &mut Position, source: &Source<'_>, end: usize) {
    let &Source { spans, ranges, text, scale } = source;
    let Some(rest) = text.get(position.byte..end).filter(|rest| !rest.is_empty()) else { return };
    let mut span = ranges.partition_point(|range| range.end <= position.byte);
    let mut run_of = None;
    for part in rest.graphemes(true) {
        while ranges.get(span).is_some_and(|range| range.end <= position.byte) {
            span += 1;
            run_of = None;
        }
        let size = sane_size(span_style(spans, span).map_or(48.0, |style| style.size) * scale);
        let run = *run_of.get_or_insert_with(|| {
            shaped.runs.push(Run {
                font: None,
                size,
                coords: Vec::new(),
                skew: 0.0,
                embolden: false,
                ascent: size * SYSTEM_ASCENT,
                descent: size * SYSTEM_DESCENT,
                underline: (-0.1 * size, 0.05 * size),
                strikethrough: (0.3 * size, 0.05 * size),
                rtl: false,
                visual: shaped.runs.len() as u32,
            });
            shaped.runs.len() as u32 - 1
        });
        let mut flags = classify(part);
        let style = span_style(spans, span);
        let wide = part.chars().next().is_some_and(is_wide);
        let mut advance = if flags.newline || is_control(part) { 0.0 } else { size * if wide { 1.0 } else { 0.5 } };
        if let Some(Span::Placeholder { width, .. }) = spans.get(span) {
            flags = Flags { placeholder: true, ..Flags::default() };
            advance = sane_spacing(*width).max(0.0);
        } else if let Some(style) = style
            && !flags.newline
        {
            advance += sane_spacing(style.letter_spacing);
        }
        flags.break_after = flags.space || wide || flags.placeholder;
        push(
            shaped,
            position,
            part,
            Cluster {
                byte: 0,
                utf16: 0,
                advance,
                run,
                span: u16::try_from(span).unwrap_or(u16::MAX),
                flags,
                glyph: shaped.glyphs.len() as u32,
                glyph_count: 0,
            },
        );
    }
}

fn classify(part: &str) -> Flags {
    let mut flags = Flags::default();
    match part.chars().next() {
        Some('\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}') => flags.newline = true,
        Some(' ' | '\t' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}' | '\u{205F}' | '\u{3000}') => {
            flags.space = true;
        }
        Some('\u{AD}') => flags.soft_hyphen = true,
        _ => {}
    }
    flags
}

fn is_control(part: &str) -> bool {
    part.chars().next().is_some_and(char::is_control)
}

/// As wide as high: the scripts of East Asia, and emoji.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD)
}

/// Finds where lines may end, by asking for the narrowest lines.
fn mark_breaks(shaped: &mut Shaped, layout: &mut Layout<()>) {
    layout.break_all_lines(Some(0.0));
    let mut ends = layout.lines().map(|line| line.text_range().end as u32).peekable();
    let count = shaped.clusters.len();
    for i in 0..count {
        let end = shaped.clusters.get(i + 1).map_or(u32::MAX, |next| next.byte);
        while ends.peek().is_some_and(|e| *e < end) {
            ends.next();
        }
        if ends.peek() == Some(&end)
            && let Some(cluster) = shaped.clusters.get_mut(i)
        {
            cluster.flags.break_after = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The file which the font of each run comes from, by its size.
    fn fonts_of(fonts: &Fonts, text: &str) -> Vec<Option<usize>> {
        let span = Span::Text { text: text.to_owned(), style: TextStyle::default(), id: 0 };
        let shaped = shape(fonts, &[span], Setting::default(), 1.0);
        shaped.runs.iter().map(|run| run.font.as_ref().map(|font| font.data.len())).collect()
    }

    #[test]
    fn every_character_is_found_in_its_font() {
        let fonts = Fonts::default();
        if fonts.status().remedy().is_some() {
            return;
        }
        let size = |name: &str| {
            let places = fonts.status().places;
            let file = places.iter().flat_map(|place| &place.files).find(|file| file.ends_with(name));
            file.and_then(|file| std::fs::metadata(file).ok()).map(|data| data.len() as usize)
        };
        let default = size("NotoSansCJK-Regular.ttc");
        for text in ["Latin", "汉字", "かな", "한글", "Ελ", "Ру", "，。…—"] {
            assert_eq!(fonts_of(&fonts, text), [default], "{text}");
        }
        let emoji = size("NotoColorEmoji.ttf");
        for text in ["😀", "👨‍👩‍👧‍👦", "👍🏽", "🇨🇳", "☀️", "❤️", "1️⃣"] {
            assert_eq!(fonts_of(&fonts, text), [emoji], "{text}");
        }
        assert_eq!(fonts_of(&fonts, "שלום"), [size("DejaVuSans.ttf")]);
        // Nobody has this one.
        assert_eq!(fonts_of(&fonts, "\u{10FFFF}"), [default]);
    }
}
