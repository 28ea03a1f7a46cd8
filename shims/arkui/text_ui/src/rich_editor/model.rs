//! The text of a rich editor and the styles of its parts.

use crate::text_style::SpanStyle;
use concord_text::{Change, Edit, Editor, EditorOptions, Span, TextStyle};
use concord_ui::units::Environment;
use std::ops::Range;

/// A part of the text in one style.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Run {
    /// UTF-16 units.
    pub length: usize,
    pub style: SpanStyle,
}

/// See the module. The runs cover the text.
pub(super) struct Model {
    pub editor: Editor,
    runs: Vec<Run>,
    /// The style of what is typed next; otherwise that of what stands before it.
    pub typing: Option<SpanStyle>,
}

/// More parts than this are not kept apart.
const MOST_RUNS: usize = 10_000;

impl Default for Model {
    fn default() -> Model {
        let options = EditorOptions { multi_line: true, ..EditorOptions::default() };
        Model { editor: Editor::new(options), runs: Vec::new(), typing: None }
    }
}

impl Model {
    pub fn set_max_length(&mut self, max_length: Option<usize>) {
        let options = EditorOptions { max_length, ..self.editor.options().clone() };
        self.editor.set_options(options);
    }

    /// Changes the text, and the runs with it.
    pub fn edit(&mut self, edit: impl FnOnce(&mut Editor) -> Change) -> Change {
        let change = edit(&mut self.editor);
        if let Some(edit) = &change.edit {
            let style = self.typing.clone();
            self.follow(edit, style);
        }
        change
    }

    /// Inserts text as a part of its own. Gives the index of the part.
    pub fn add_span(&mut self, offset: Option<usize>, text: &str, style: SpanStyle) -> (Change, usize) {
        let at = offset.unwrap_or(usize::MAX).min(self.editor.len());
        let change = self.editor.replace(at..at, text);
        if let Some(edit) = &change.edit {
            self.follow(edit, Some(style));
        }
        let start = change.edit.as_ref().map_or(at, |edit| edit.start);
        (change, self.index_at(start))
    }

    fn follow(&mut self, edit: &Edit, style: Option<SpanStyle>) {
        let units = |text: &str| text.encode_utf16().count();
        let (removed, inserted) = (units(&edit.removed), units(&edit.inserted));
        let at = self.split(edit.start);
        let end = self.split(edit.start + removed);
        self.runs.drain(at..end.max(at));
        if inserted > 0 {
            let before = at.checked_sub(1);
            let own = style.is_some() || before.is_none();
            if own && self.runs.len() < MOST_RUNS {
                let style = style.or_else(|| self.runs.get(at).map(|run| run.style.clone())).unwrap_or_default();
                self.runs.insert(at.min(self.runs.len()), Run { length: inserted, style });
            } else if let Some(run) = self.runs.get_mut(before.unwrap_or(0)) {
                // Typed text looks like what stands before it.
                run.length += inserted;
            }
        }
    }

    /// Makes a run begin at a position. Its index.
    fn split(&mut self, at: usize) -> usize {
        let mut start = 0;
        for index in 0..self.runs.len() {
            let Some(run) = self.runs.get_mut(index) else { break };
            if at <= start {
                return index;
            }
            let end = start + run.length;
            if at < end {
                let tail = Run { length: end - at, style: run.style.clone() };
                run.length = at - start;
                self.runs.insert(index + 1, tail);
                return index + 1;
            }
            start = end;
        }
        self.runs.len()
    }

    /// Changes the style of a range.
    pub fn restyle(&mut self, range: Range<usize>, style: &SpanStyle) {
        let (start, end) = (self.split(range.start), self.split(range.end));
        for run in self.runs.get_mut(start..end.max(start)).unwrap_or_default() {
            run.style.overlay(style.clone());
        }
    }

    /// The index of the run at a position.
    pub fn index_at(&self, position: usize) -> usize {
        let mut end = 0;
        let found = self.runs.iter().position(|run| {
            end += run.length;
            position < end
        });
        found.unwrap_or(self.runs.len().saturating_sub(1))
    }

    /// The runs with their ranges.
    pub fn runs(&self) -> impl Iterator<Item = (Range<usize>, &Run)> {
        let mut start = 0;
        self.runs.iter().map(move |run| {
            let range = start..start + run.length;
            start = range.end;
            (range, run)
        })
    }

    /// For laying out.
    pub fn spans(&self, base: &TextStyle, environment: &Environment) -> Vec<Span> {
        let span = |(range, run): (Range<usize>, &Run)| Span::Text {
            text: self.editor.text_in(range).to_owned(),
            style: run.style.over(base.clone(), environment),
            id: 0,
        };
        let spans: Vec<Span> = self.runs().map(span).collect();
        if spans.is_empty() { vec![Span::Text { text: String::new(), style: base.clone(), id: 0 }] } else { spans }
    }
}
