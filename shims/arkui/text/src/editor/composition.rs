//! Text that an input method is still composing (ArkUI's preview text): it is in the text, and may still change.

use std::ops::Range;

use super::units::{byte_of, snap, utf16_len, utf16_of};
use super::{Change, Edit, Editor, Selection};
use crate::query::Affinity;

impl Editor {
    /// The part of the text that is being composed.
    pub fn composition(&self) -> Option<Range<usize>> {
        self.composition.as_ref().map(|composition| composition.range.clone())
    }

    /// The text without what is being composed.
    pub fn body(&self) -> String {
        let mut body = self.text.clone();
        if let Some(Composition { range, .. }) = &self.composition {
            body.replace_range(byte_of(&body, range.start)..byte_of(&body, range.end), "");
        }
        body
    }

    /// [`Editor::body`] as an input method wants to have it: with the caret, and where what is selected begins, in bytes.
    pub fn surroundings(&self) -> (String, usize, usize) {
        let body = self.body();
        let (focus, anchor) = match &self.composition {
            Some(composition) => (composition.range.start, composition.range.start),
            None => (self.selection.focus, self.selection.anchor),
        };
        let (focus, anchor) = (byte_of(&body, focus), byte_of(&body, anchor));
        (body, focus, anchor)
    }

    /// Takes away so many bytes before and behind the caret, as an input method asks for; never a part of a character. What is
    /// selected stays, and so does everything while something is being composed.
    pub fn delete_around(&mut self, before: usize, after: usize) -> Change {
        if self.composition.is_some() {
            return Change::default();
        }
        let selected = self.selection.range();
        let (start, end) = (byte_of(&self.text, selected.start), byte_of(&self.text, selected.end));
        let mut from = start.saturating_sub(before);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let mut to = end.saturating_add(after).min(self.text.len());
        while !self.text.is_char_boundary(to) {
            to -= 1;
        }
        let kept = self.text.get(start..end).unwrap_or_default().to_owned();
        let (from, to) = (utf16_of(&self.text, from), utf16_of(&self.text, to));
        if (from, to) == (selected.start, selected.end) {
            return Change::default();
        }
        let before = self.selection;
        let edit = self.splice(from..to, &kept);
        let moved = |position: usize| from + (position - selected.start);
        let (anchor, focus) = (moved(before.anchor), moved(before.focus));
        self.selection = Selection { anchor, focus, affinity: Affinity::Downstream };
        self.goal_x = None;
        self.remember(edit.clone(), before);
        Change { selection_changed: before != self.selection, ..Change::of(edit) }
    }

    /// Ends composing; what is shown stays.
    pub fn finish_composition(&mut self) {
        self.finish_composition_silently();
    }

    /// Shows what an input method composes, in place of what it composed before (or of the selection). `caret` is a UTF-16
    /// position in `text`; `None` is its end. Filters wait until [`Editor::commit_composition`].
    pub fn compose(&mut self, text: &str, caret: Option<usize>) -> Change {
        let range = match &self.composition {
            Some(composition) => composition.range.clone(),
            None => self.selection.range(),
        };
        if self.composition.is_none() {
            let original = super::units::slice(&self.text, range.clone()).to_owned();
            self.composition = Some(Composition { range: range.clone(), original, before: self.selection });
        }
        let text: String = text.chars().filter(|c| self.options.multi_line || !matches!(c, '\n' | '\r')).collect();
        let text = self.cut_to_room(&text, &range);
        let before = self.selection;
        let edit = self.splice(range.clone(), text);
        let length = utf16_len(text);
        if let Some(composition) = &mut self.composition {
            composition.range = range.start..range.start + length;
        }
        let focus = snap(&self.text, range.start + caret.map_or(length, |caret| caret.min(length)));
        self.selection = Selection { anchor: focus, focus, affinity: Affinity::Downstream };
        Change { selection_changed: before != self.selection, ..Change::of(edit) }
    }

    /// Ends composing with `text` (`None`: what is shown) as if it had been typed: rules and `keep` apply.
    pub fn commit_composition(&mut self, text: Option<&str>, keep: &mut dyn FnMut(&str) -> bool) -> Change {
        let Some(composition) = self.composition.take() else {
            return text.map_or_else(Change::default, |text| self.insert_filtered(text, keep));
        };
        let shown = super::units::slice(&self.text, composition.range.clone()).to_owned();
        let text = text.unwrap_or(&shown).to_owned();
        // As far as history is concerned, the selection of before is replaced by the result, in one step.
        self.splice(composition.range.clone(), &composition.original);
        self.selection = composition.before;
        let start = composition.range.start;
        let replaced = start..start + utf16_len(&composition.original);
        let mut change = self.replace_filtered(replaced, &text, keep);
        // Without an edit nothing was taken, or the same as there was.
        let inserted = change.edit.take().map_or(composition.original, |edit| edit.inserted);
        if inserted != shown {
            change.edit = Some(Edit { start, removed: shown, inserted });
        }
        change.selection_changed = true;
        change
    }

    /// Ends composing and takes away what was shown; what had been selected before is back.
    pub fn cancel_composition(&mut self) -> Change {
        let Some(composition) = self.composition.take() else { return Change::default() };
        let edit = self.splice(composition.range.clone(), &composition.original);
        self.selection = composition.before;
        Change { selection_changed: true, ..Change::of(edit) }
    }

    /// What is shown stays; history learns of it.
    pub(super) fn finish_composition_silently(&mut self) {
        let Some(composition) = self.composition.take() else { return };
        let inserted = super::units::slice(&self.text, composition.range.clone()).to_owned();
        let edit = Edit { start: composition.range.start, removed: composition.original, inserted };
        if edit.removed != edit.inserted {
            self.remember(edit, composition.before);
        }
    }
}

/// What is being composed.
#[derive(Clone, Debug)]
pub(super) struct Composition {
    pub range: Range<usize>,
    /// What it took the place of.
    pub original: String,
    /// The selection before.
    pub before: Selection,
}
