//! The text of a rich editor and the styles of its parts.

use crate::text::{ParagraphPart, sections};
use crate::text_style::SpanStyle;
use concord_text::{Change, Edit, Editor, EditorOptions, PlaceholderAlign, Section, Span, TextStyle};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Environment;
use concord_ui::value::{Callback, Value};
use std::ops::Range;
use std::rc::Rc;

/// What stands for a part that is no text.
pub(in super::super) const OBJECT: &str = "\u{FFFC}";

/// What a part is that is no text, by the number that the library uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Image = 1,
    Builder = 3,
    Symbol = 5,
}

/// A node that stands in the text.
#[derive(Debug, Clone)]
pub(super) struct BoxSpan {
    pub node: NodeId,
    pub kind: Kind,
}

/// What the app has bound to a part.
#[derive(Debug, Clone, Default)]
pub(super) struct Bound {
    pub on_click: Option<Callback>,
    pub on_double_click: Option<Callback>,
    pub on_long_press: Option<Callback>,
    pub url: Option<Rc<str>>,
    /// A number of the library: the styles of a styled string.
    pub tag: Option<f64>,
}

impl Bound {
    /// From `{gesture, urlStyle, tag}`.
    pub fn from_value(value: &Value) -> Option<Rc<Bound>> {
        let gesture = value.get("gesture");
        let callback = |name: &str| gesture.get(name).as_callback().cloned();
        let bound = Bound {
            on_click: callback("onClick"),
            on_double_click: callback("onDoubleClick"),
            on_long_press: callback("onLongPress"),
            url: value.get("urlStyle").get("url").as_str().map(Rc::from),
            tag: value.get("tag").as_f64(),
        };
        let some = bound.on_click.is_some()
            || bound.on_double_click.is_some()
            || bound.on_long_press.is_some()
            || bound.url.is_some()
            || bound.tag.is_some();
        some.then(|| Rc::new(bound))
    }
}

/// A part of the text in one style.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    /// UTF-16 units.
    pub length: usize,
    pub style: SpanStyle,
    pub paragraph: Option<Rc<ParagraphPart>>,
    pub bound: Option<Rc<Bound>>,
    /// For what is no text; one unit long.
    pub own: Option<BoxSpan>,
}

impl Run {
    /// The same look for other text.
    fn like(&self, length: usize) -> Run {
        Run { length, own: None, ..self.clone() }
    }
}

/// See the module. The runs cover the text.
pub(super) struct Model {
    pub editor: Editor,
    runs: Vec<Run>,
    /// The style of what is typed next; otherwise that of what stands before it.
    pub typing: Option<SpanStyle>,
    pub typing_paragraph: Option<Rc<ParagraphPart>>,
    /// Nodes that are not in the text any more.
    pub released: Vec<NodeId>,
    /// Whether steps that are taken back bring styles back (`UndoStyle.KEEP_STYLE`).
    pub keeps_style: bool,
    /// The runs before the latest changes, as far as styles are kept.
    kept: Vec<Vec<Run>>,
}

/// More parts than this are not kept apart.
const MOST_RUNS: usize = 10_000;
/// So many changes bring their styles back.
const MOST_KEPT: usize = 100;

impl Default for Model {
    fn default() -> Model {
        let options = EditorOptions { multi_line: true, ..EditorOptions::default() };
        Model {
            editor: Editor::new(options),
            runs: Vec::new(),
            typing: None,
            typing_paragraph: None,
            released: Vec::new(),
            keeps_style: false,
            kept: Vec::new(),
        }
    }
}

impl Model {
    pub fn set_options(&mut self, change: impl FnOnce(&mut EditorOptions)) {
        let mut options = self.editor.options().clone();
        change(&mut options);
        self.editor.set_options(options);
    }

    /// Changes the text, and the runs with it.
    pub fn edit(&mut self, edit: impl FnOnce(&mut Editor) -> Change) -> Change {
        let change = edit(&mut self.editor);
        if let Some(edit) = &change.edit {
            if self.keeps_style {
                if self.kept.len() >= MOST_KEPT {
                    self.kept.remove(0);
                }
                self.kept.push(self.runs.clone());
            }
            let run = self.typing.clone().map(|style| Run { style, ..Run::default() });
            self.follow(edit, run);
        }
        change
    }

    /// Takes the last step back, or does it again. What stood in the text and is no text does not come back.
    pub fn step(&mut self, back: bool) -> Change {
        let mut change = if back { self.editor.undo() } else { self.editor.redo() };
        let Some(edit) = &mut change.edit else { return change };
        self.follow(edit, None);
        if edit.inserted.contains(OBJECT) {
            let start = edit.start;
            let length = edit.inserted.encode_utf16().count();
            let text = edit.inserted.replace(OBJECT, "");
            if let Some(edit) = self.editor.replace(start..start + length, &text).edit {
                self.follow(&edit, None);
            }
            edit.inserted = text;
        }
        if back && self.keeps_style {
            self.bring_back();
        }
        change
    }

    /// The styles of the latest text that was as long as this one, unless something in it was no text.
    fn bring_back(&mut self) {
        let length = self.editor.len();
        while let Some(runs) = self.kept.pop() {
            if runs.iter().any(|run| run.own.is_some()) || self.runs.iter().any(|run| run.own.is_some()) {
                continue;
            }
            if runs.iter().map(|run| run.length).sum::<usize>() == length {
                self.runs = runs;
                return;
            }
        }
    }

    /// Inserts text as a part of its own. Gives the index of the part.
    pub fn add_span(&mut self, offset: Option<usize>, text: &str, run: Run) -> (Change, usize) {
        let at = offset.unwrap_or(usize::MAX).min(self.editor.len());
        let change = self.editor.replace(at..at, text);
        if let Some(edit) = &change.edit {
            self.follow(edit, Some(run));
        }
        let start = change.edit.as_ref().map_or(at, |edit| edit.start);
        (change, self.index_at(start))
    }

    /// Replaces everything.
    pub fn set_parts(&mut self, parts: Vec<(String, Run)>) -> Change {
        self.release(0..self.runs.len());
        self.runs.clear();
        let text: String = parts.iter().map(|(text, _)| text.as_str()).collect();
        let change = self.editor.set_text(&text);
        let mut left = self.editor.len();
        for (text, run) in parts.into_iter().take(MOST_RUNS) {
            let length = text.encode_utf16().count().min(left);
            left -= length;
            if length > 0 {
                self.runs.push(Run { length, ..run });
            }
        }
        if let Some(last) = self.runs.last_mut() {
            last.length += left;
        }
        change
    }

    fn release(&mut self, runs: Range<usize>) {
        let gone = self.runs.get(runs).unwrap_or_default().iter().filter_map(|run| run.own.as_ref());
        self.released.extend(gone.map(|own| own.node));
    }

    fn follow(&mut self, edit: &Edit, run: Option<Run>) {
        let units = |text: &str| text.encode_utf16().count();
        let (removed, inserted) = (units(&edit.removed), units(&edit.inserted));
        let at = self.split(edit.start);
        let end = self.split(edit.start + removed).max(at);
        let before = at.checked_sub(1);
        let replaced = self.runs.get(at).cloned();
        self.release(at..end);
        self.runs.drain(at..end);
        if inserted == 0 {
            return;
        }
        let is_text =
            |index: Option<usize>| index.and_then(|index| self.runs.get(index)).is_some_and(|run| run.own.is_none());
        let paragraph = self.paragraph_at(edit.start).or(replaced.as_ref().and_then(|run| run.paragraph.clone()));
        if run.is_none() && is_text(before) {
            // Typed text looks like what stands before it.
            if let Some(run) = before.and_then(|before| self.runs.get_mut(before)) {
                run.length += inserted;
            }
            return;
        }
        if run.is_none()
            && removed == 0
            && let Some(next) = self.runs.get_mut(at).filter(|run| run.own.is_none())
        {
            next.length += inserted;
            return;
        }
        let neighbour = || {
            let next = self.runs.get(at).filter(|run| run.own.is_none());
            let like = replaced.as_ref().filter(|run| run.own.is_none()).or(next);
            like.map_or_else(Run::default, |run| Run { bound: None, ..run.like(0) })
        };
        let mut run = run.unwrap_or_else(neighbour);
        run.length = inserted;
        run.paragraph = run.paragraph.or(self.typing_paragraph.clone()).or(paragraph);
        if self.runs.len() < MOST_RUNS {
            self.runs.insert(at.min(self.runs.len()), run);
        } else if let Some(last) = self.runs.get_mut(before.unwrap_or(0)) {
            last.length += inserted;
        }
    }

    /// The paragraph style of the paragraph that a position is in.
    fn paragraph_at(&self, position: usize) -> Option<Rc<ParagraphPart>> {
        let mut start = 0;
        for run in &self.runs {
            let end = start + run.length;
            if position <= end && position > start || position == 0 {
                return run.paragraph.clone();
            }
            start = end;
        }
        None
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
                let tail = Run { length: end - at, ..run.clone() };
                run.length = at - start;
                self.runs.insert(index + 1, tail);
                return index + 1;
            }
            start = end;
        }
        self.runs.len()
    }

    /// Changes runs within a range.
    pub fn change(&mut self, range: Range<usize>, change: impl Fn(&mut Run)) {
        if range.is_empty() {
            return;
        }
        let (start, end) = (self.split(range.start), self.split(range.end));
        self.runs.get_mut(start..end.max(start)).unwrap_or_default().iter_mut().for_each(change);
    }

    /// Changes the style of the text in a range.
    pub fn restyle(&mut self, range: Range<usize>, style: &SpanStyle) {
        self.change(range, |run| {
            if run.own.is_none() {
                run.style.overlay(style.clone());
            }
        });
    }

    /// Changes the style of the paragraphs that a range touches.
    pub fn restyle_paragraphs(&mut self, range: &Range<usize>, part: &ParagraphPart) {
        for paragraph in self.paragraphs(range) {
            self.change(paragraph, |run| {
                let mut own = run.paragraph.as_deref().cloned().unwrap_or_default();
                own.overlay(part);
                run.paragraph = Some(Rc::new(own));
            });
        }
    }

    /// The paragraphs that a range touches, with their newlines.
    pub fn paragraphs(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let all = crate::text::paragraphs(self.editor.text());
        let touched = |one: &Range<usize>| one.start <= range.end && one.end > range.start || one.start == range.start;
        let last = all.len().saturating_sub(1);
        let inside = |(index, one): (usize, Range<usize>)| {
            let ends = range.end > one.start || range.is_empty() && (range.start < one.end || index == last);
            (touched(&one) && ends).then_some(one)
        };
        all.into_iter().enumerate().filter_map(inside).collect()
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

    /// The run at a position.
    pub fn run_at(&self, position: usize) -> Option<&Run> {
        self.runs.get(self.index_at(position))
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

    /// The style of a selected or a typed character.
    pub fn typing_style(&self) -> SpanStyle {
        let caret = self.editor.selection().range().start;
        let before = self.run_at(caret.saturating_sub(1)).filter(|run| run.own.is_none());
        self.typing.clone().or_else(|| before.map(|run| run.style.clone())).unwrap_or_default()
    }

    /// The sections for laying out.
    pub fn sections(&self, environment: &Environment) -> Vec<Section> {
        if self.runs.iter().all(|run| run.paragraph.is_none()) {
            return Vec::new();
        }
        sections(self.editor.text(), environment, |at| self.run_at(at)?.paragraph.as_deref())
    }

    /// For laying out. Nodes in the text are measured already; a span has the index of its run as its id.
    pub fn spans(&self, tree: &Tree, base: &TextStyle, environment: &Environment) -> Vec<Span> {
        let span = |(id, (range, run)): (usize, (Range<usize>, &Run))| match &run.own {
            Some(own) => {
                let size = tree.get(own.node).map(|node| node.layout.outer()).unwrap_or_default();
                let align = crate::text::box_align(tree, own.node);
                let align = if own.kind == Kind::Builder { PlaceholderAlign::Bottom } else { align };
                Span::Placeholder { width: size.width, height: size.height, align, id: id as u32 }
            }
            None => Span::Text {
                text: self.editor.text_in(range).to_owned(),
                style: self.look(run, base, environment),
                id: id as u32,
            },
        };
        let spans: Vec<Span> = self.runs().enumerate().map(span).collect();
        let text = spans.iter().any(|span| matches!(span, Span::Text { .. }));
        if text {
            return spans;
        }
        // Without any text there is at least the look of what would be typed.
        let style = self.typing_style().over(base.clone(), environment);
        spans.into_iter().chain([Span::Text { text: String::new(), style, id: u32::MAX }]).collect()
    }

    /// What a run looks like: links are blue and underlined unless they say otherwise.
    fn look(&self, run: &Run, base: &TextStyle, environment: &Environment) -> TextStyle {
        let mut style = run.style.over(base.clone(), environment);
        if run.bound.as_ref().is_some_and(|bound| bound.url.is_some()) {
            if run.style.font.color.is_none() {
                style.color = crate::text_style::theme::EMPHASIZE;
            }
            if run.style.decoration.is_none() {
                style.decoration.underline = true;
            }
        }
        style
    }
}
