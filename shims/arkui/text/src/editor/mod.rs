//! What text fields edit, without any user interface. See [`Editor`].

mod composition;
mod history;
mod input_type;
mod movement;
mod units;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

pub use input_type::InputType;
pub use movement::Move;

use crate::query::Affinity;
use composition::Composition;
use history::{History, Step};
pub(crate) use units::paragraph_at;
use units::{grapheme_after, grapheme_before, slice, snap, utf16_len, word_after, word_before};

/// No text is longer, in UTF-16 units, whatever `max_length` says.
const MAX_LENGTH: usize = crate::shape::MAX_CHARS;
/// What stands for a character of a password.
const DOT: char = '\u{2022}';

/// The model of a text field: a text, what is selected, what an input method composes, and how to undo.
///
/// Positions are UTF-16 units. They are clamped to the text, and moved out of the inside of characters. Every change is
/// told by the [`Change`] that the method returns; nothing is called back.
#[derive(Debug, Default)]
pub struct Editor {
    text: String,
    selection: Selection,
    composition: Option<Composition>,
    history: History,
    options: EditorOptions,
    /// The horizontal place which moves up and down keep to.
    goal_x: Option<f32>,
}

/// The rules of a text field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditorOptions {
    /// Are there newlines? Otherwise they are dropped from what is entered.
    pub multi_line: bool,
    /// How many UTF-16 units the text may have.
    pub max_length: Option<usize>,
    /// Which characters it takes.
    pub input_type: InputType,
}

/// What is selected: from the anchor, which stays, to the focus, which moves and where the caret is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where selecting began.
    pub anchor: usize,
    /// Where the caret is.
    pub focus: usize,
    /// On which line the caret is, where a line was broken.
    pub affinity: Affinity,
}

impl Selection {
    /// In the order of the text.
    pub fn range(&self) -> Range<usize> {
        self.anchor.min(self.focus)..self.anchor.max(self.focus)
    }

    /// Is nothing selected?
    pub fn is_collapsed(&self) -> bool {
        self.anchor == self.focus
    }
}

/// A replacement in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// Where.
    pub start: usize,
    /// What was there.
    pub removed: String,
    /// What is there now.
    pub inserted: String,
}

/// What a method did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// How the text changed; `None` if it did not.
    pub edit: Option<Edit>,
    /// The caret or the selection moved.
    pub selection_changed: bool,
    /// Characters that were not accepted by the rules or the filter (`inputFilter`'s error callback).
    pub rejected: String,
    /// Text was left out because of `max_length`.
    pub cut: bool,
}

impl Change {
    fn of(edit: Edit) -> Self {
        Self { edit: (edit.removed != edit.inserted).then_some(edit), ..Self::default() }
    }

    /// Did the text change?
    pub fn text_changed(&self) -> bool {
        self.edit.is_some()
    }
}

/// What is deleted when nothing is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delete {
    /// The character before the caret.
    Backward,
    /// The character after the caret.
    Forward,
    /// To the start of the word.
    WordBackward,
    /// To the end of the word.
    WordForward,
    /// To the start of the paragraph.
    ToParagraphStart,
    /// To the end of the paragraph.
    ToParagraphEnd,
}

impl Editor {
    /// An empty text with these rules.
    pub fn new(options: EditorOptions) -> Self {
        Self { options, ..Self::default() }
    }

    /// The rules.
    pub fn options(&self) -> &EditorOptions {
        &self.options
    }

    /// Changes the rules. The text that is there stays as it is.
    pub fn set_options(&mut self, options: EditorOptions) {
        self.options = options;
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as it is shown: passwords are dots, one for each UTF-16 unit, so that positions stay the same. `reveal` is
    /// shown all the same (the character just typed).
    pub fn display_text(&self, reveal: Option<Range<usize>>) -> String {
        if !self.options.input_type.is_hidden() {
            return self.text.clone();
        }
        let mut at = 0;
        let mut shown = String::new();
        for c in self.text.chars() {
            let end = at + c.len_utf16();
            match &reveal {
                Some(range) if range.start <= at && end <= range.end => shown.push(c),
                _ => shown.extend(std::iter::repeat_n(DOT, c.len_utf16())),
            }
            at = end;
        }
        shown
    }

    /// Length in UTF-16 units.
    pub fn len(&self) -> usize {
        utf16_len(&self.text)
    }

    /// Is there no text?
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What is selected.
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// The selected text.
    pub fn selected_text(&self) -> &str {
        slice(&self.text, self.selection.range())
    }

    /// A part of the text.
    pub fn text_in(&self, range: Range<usize>) -> &str {
        slice(&self.text, range)
    }

    /// Sets the text, as the app does: rules do not apply (but for the length), undo forgets, the caret goes to the end.
    pub fn set_text(&mut self, text: &str) -> Change {
        self.composition = None;
        self.goal_x = None;
        let before = self.selection;
        let room = self.options.max_length.unwrap_or(MAX_LENGTH).min(MAX_LENGTH);
        let text = prefix(text, room);
        let edit = self.splice(0..self.len(), text);
        if edit.removed != edit.inserted {
            self.history.clear();
            let end = self.len();
            self.selection = Selection { anchor: end, focus: end, affinity: Affinity::Downstream };
        }
        Change { selection_changed: before != self.selection, ..Change::of(edit) }
    }

    /// Selects from `anchor` to `focus`.
    pub fn select(&mut self, anchor: usize, focus: usize) -> Change {
        self.finish_composition_silently();
        self.history.close();
        self.goal_x = None;
        let before = self.selection;
        let (anchor, focus) = (snap(&self.text, anchor), snap(&self.text, focus));
        self.selection = Selection { anchor, focus, affinity: Affinity::Downstream };
        Change { selection_changed: before != self.selection, ..Change::default() }
    }

    /// Types or pastes text in place of the selection. The rules apply.
    pub fn insert(&mut self, text: &str) -> Change {
        self.insert_filtered(text, &mut |_| true)
    }

    /// Like [`Editor::insert`], but only characters for which `keep` holds are taken (`inputFilter`).
    pub fn insert_filtered(&mut self, text: &str, keep: &mut dyn FnMut(&str) -> bool) -> Change {
        self.finish_composition_silently();
        self.replace_filtered(self.selection.range(), text, keep)
    }

    /// Replaces a part of the text, as a person would: the rules apply, the caret goes behind it.
    pub fn replace(&mut self, range: Range<usize>, text: &str) -> Change {
        self.finish_composition_silently();
        self.replace_filtered(range, text, &mut |_| true)
    }

    fn replace_filtered(&mut self, range: Range<usize>, text: &str, keep: &mut dyn FnMut(&str) -> bool) -> Change {
        let start = snap(&self.text, range.start);
        let range = start..snap(&self.text, range.end.max(start));
        let (accepted, rejected) = self.accept(text, &range, keep);
        let text = self.cut_to_room(&accepted, &range);
        let cut = text.len() < accepted.len();
        if text.is_empty() && !accepted.is_empty() || accepted.is_empty() && !rejected.is_empty() {
            // Nothing of it was taken: what is selected stays.
            return Change { rejected, cut, ..Change::default() };
        }
        let before = self.selection;
        let edit = self.splice(range.clone(), text);
        let focus = range.start + utf16_len(text);
        self.selection = Selection { anchor: focus, focus, affinity: Affinity::Downstream };
        self.goal_x = None;
        if edit.removed != edit.inserted {
            self.remember(edit.clone(), before);
        }
        Change { selection_changed: before != self.selection, rejected, cut, ..Change::of(edit) }
    }

    /// What [`Editor::delete`] would take away.
    pub fn delete_range(&self, what: Delete) -> Range<usize> {
        let at = self.selection.focus;
        if !self.selection.is_collapsed() {
            return self.selection.range();
        }
        match what {
            Delete::Backward => grapheme_before(&self.text, at)..at,
            Delete::Forward => at..grapheme_after(&self.text, at),
            Delete::WordBackward => word_before(&self.text, at)..at,
            Delete::WordForward => at..word_after(&self.text, at),
            // At its edge, the newline.
            Delete::ToParagraphStart => match paragraph_at(&self.text, at).start {
                start if start == at => grapheme_before(&self.text, at)..at,
                start => start..at,
            },
            Delete::ToParagraphEnd => match paragraph_at(&self.text, at).end {
                end if end == at => at..grapheme_after(&self.text, at),
                end => at..end,
            },
        }
    }

    /// Deletes what is selected, else what is next to the caret.
    pub fn delete(&mut self, what: Delete) -> Change {
        self.finish_composition_silently();
        let range = self.delete_range(what);
        self.goal_x = None;
        if range.is_empty() {
            return Change::default();
        }
        let before = self.selection;
        let edit = self.splice(range.clone(), "");
        self.selection = Selection { anchor: range.start, focus: range.start, affinity: Affinity::Downstream };
        self.remember(edit.clone(), before);
        Change { selection_changed: before != self.selection, ..Change::of(edit) }
    }

    /// Takes back the last step.
    pub fn undo(&mut self) -> Change {
        self.finish_composition_silently();
        let Some(Step { edit, before, .. }) = self.history.undo() else { return Change::default() };
        let range = edit.start..edit.start + utf16_len(&edit.inserted);
        let edit = self.splice(range, &edit.removed);
        self.selection = before;
        Change { selection_changed: true, ..Change::of(edit) }
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) -> Change {
        self.finish_composition_silently();
        let Some(Step { edit, after, .. }) = self.history.redo() else { return Change::default() };
        let range = edit.start..edit.start + utf16_len(&edit.removed);
        let edit = self.splice(range, &edit.inserted);
        self.selection = after;
        Change { selection_changed: true, ..Change::of(edit) }
    }

    /// Is there something to take back?
    pub fn can_undo(&self) -> bool {
        self.history.can_undo() || self.composition.is_some()
    }

    /// Is there something to do again?
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Splits what is entered into what the rules and `keep` accept, and the rest.
    fn accept(&self, text: &str, range: &Range<usize>, keep: &mut dyn FnMut(&str) -> bool) -> (String, String) {
        let around = [slice(&self.text, 0..range.start), slice(&self.text, range.end..usize::MAX)];
        let (mut accepted, mut rejected) = (String::new(), String::new());
        // More than this is cut anyway.
        for grapheme in prefix(text, MAX_LENGTH).graphemes(true) {
            let newline = grapheme.starts_with(['\n', '\r']);
            if newline && !self.options.multi_line {
                continue;
            }
            let kind = self.options.input_type;
            let fine = newline || grapheme.chars().all(|c| kind.takes(c, around, &accepted));
            if fine && keep(grapheme) {
                accepted.push_str(if newline { "\n" } else { grapheme });
            } else {
                rejected.push_str(grapheme);
            }
        }
        (accepted, rejected)
    }

    /// The beginning of `text` for which there is room in place of `range`.
    fn cut_to_room<'a>(&self, text: &'a str, range: &Range<usize>) -> &'a str {
        let max = self.options.max_length.unwrap_or(MAX_LENGTH).min(MAX_LENGTH);
        let others = self.len().saturating_sub(range.end.saturating_sub(range.start));
        prefix(text, max.saturating_sub(others))
    }

    fn remember(&mut self, edit: Edit, before: Selection) {
        self.history.push(Step { edit, before, after: self.selection });
    }

    /// Replaces a part of the text, and nothing else.
    fn splice(&mut self, range: Range<usize>, with: &str) -> Edit {
        let start = units::byte_of(&self.text, range.start);
        let end = units::byte_of(&self.text, range.end).max(start);
        let removed = self.text.get(start..end).unwrap_or("").to_owned();
        self.text.replace_range(start..end, with);
        Edit { start: range.start, removed, inserted: with.to_owned() }
    }
}

/// As many whole graphemes as have room in `room` UTF-16 units.
fn prefix(text: &str, room: usize) -> &str {
    if text.len() <= room {
        return text;
    }
    let mut units = 0;
    for (byte, grapheme) in text.grapheme_indices(true) {
        units += utf16_len(grapheme);
        if units > room {
            return text.get(..byte).unwrap_or("");
        }
    }
    text
}
