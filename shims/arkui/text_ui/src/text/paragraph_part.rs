//! Paragraph styles of styled strings and rich editors: those of a part of a text, from one newline to the next.

use crate::text_style::read;
use concord_text::{LineBreakStrategy, Section, TextAlign, TextOverflow, TextVerticalAlign, WordBreak};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::Value;
use std::ops::Range;
use std::rc::Rc;

/// What is unset is that of the whole text.
#[derive(Debug, Clone, Default)]
pub(crate) struct ParagraphPart {
    align: Option<TextAlign>,
    vertical: Option<TextVerticalAlign>,
    indent: Option<Length>,
    leading: Option<Length>,
    spacing: Option<Length>,
    max_lines: Option<usize>,
    overflow: Option<TextOverflow>,
    word_break: Option<WordBreak>,
    line_break: Option<LineBreakStrategy>,
    tail_indents: Option<Vec<Length>>,
    /// What the app has given, to be told again.
    given: Vec<(Rc<str>, Value)>,
}

impl ParagraphPart {
    /// From a `ParagraphStyle` or a `RichEditorParagraphStyle`.
    pub fn from_value(value: &Value) -> Option<ParagraphPart> {
        let object = value.as_object()?;
        let length = |name: &str| Length::from_value(value.get(name), Unit::Fp);
        let margin = value.get("leadingMargin");
        Some(ParagraphPart {
            align: read::align(value.get("textAlign")),
            vertical: read::vertical(value.get("textVerticalAlign")),
            indent: length("textIndent"),
            // A picture in the margin (`LeadingMarginPlaceholder`) gives its size.
            leading: match margin.get("size").as_array() {
                Some(size) => size.first().and_then(|width| Length::from_value(width, Unit::Vp)),
                None => Length::from_value(margin, Unit::Vp),
            },
            spacing: Length::from_value(value.get("paragraphSpacing"), Unit::Fp),
            max_lines: value.get("maxLines").as_i32().and_then(|lines| usize::try_from(lines).ok()),
            overflow: read::overflow(value.get("overflow")),
            word_break: read::word_break(value.get("wordBreak")),
            line_break: read::line_break(value.get("lineBreakStrategy")),
            tail_indents: (!value.get("tailIndents").is_nullish()).then(|| read::lengths(value.get("tailIndents"))),
            given: object.properties.iter().filter(|(_, value)| !value.is_nullish()).cloned().collect(),
        })
    }

    /// With what another one says where it says something.
    pub fn overlay(&mut self, other: &ParagraphPart) {
        let other = other.clone();
        self.align = other.align.or(self.align);
        self.vertical = other.vertical.or(self.vertical);
        self.indent = other.indent.or(self.indent.take());
        self.leading = other.leading.or(self.leading.take());
        self.spacing = other.spacing.or(self.spacing.take());
        self.max_lines = other.max_lines.or(self.max_lines);
        self.overflow = other.overflow.or(self.overflow);
        self.word_break = other.word_break.or(self.word_break);
        self.line_break = other.line_break.or(self.line_break);
        self.tail_indents = other.tail_indents.or(self.tail_indents.take());
        self.given.retain(|(name, _)| other.given.iter().all(|(new, _)| new != name));
        self.given.extend(other.given);
    }

    /// For laying out a part of the text, in UTF-16 units.
    pub fn section(&self, range: Range<usize>, environment: &Environment) -> Section {
        let px = |length: &Length| length.to_px(environment);
        Section {
            range,
            align: self.align,
            indent: self.indent.as_ref().map(px),
            leading: self.leading.as_ref().map_or(0.0, px),
            spacing: self.spacing.as_ref().map_or(0.0, px),
            max_lines: self.max_lines,
            overflow: self.overflow,
            word_break: self.word_break,
            line_break: self.line_break,
            vertical: self.vertical,
            tail_indents: self.tail_indents.as_ref().map(|indents| indents.iter().map(px).collect()),
        }
    }

    /// What the app has given.
    pub fn to_value(&self) -> Value {
        Value::Object(Rc::new(concord_ui::value::Object { properties: self.given.clone() }))
    }
}

/// The paragraphs of a text, as ranges of UTF-16 units with the newline at their end.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let part = |part: &str| {
        let range = start..start + part.encode_utf16().count();
        start = range.end;
        range
    };
    text.split_inclusive('\n').map(part).collect()
}

/// The sections of a text: each paragraph has the style of its first character. `style_at` gives that of a position.
pub(crate) fn sections<'a>(
    text: &str,
    environment: &Environment,
    style_at: impl Fn(usize) -> Option<&'a ParagraphPart>,
) -> Vec<Section> {
    let section = |range: Range<usize>| Some(style_at(range.start)?.section(range, environment));
    paragraphs(text).into_iter().filter_map(section).collect()
}
