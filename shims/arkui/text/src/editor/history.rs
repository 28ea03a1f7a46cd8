//! Undo and redo.

use super::units::utf16_len;
use super::{Edit, Selection};

/// So many steps are remembered …
const MAX_STEPS: usize = 200;
/// … as long as they take no more bytes together.
const MAX_BYTES: usize = 4 << 20;

/// A step that can be taken back.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub edit: Edit,
    /// The selection before and after it.
    pub before: Selection,
    pub after: Selection,
}

#[derive(Debug, Default)]
pub(super) struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// The next edit starts a step of its own.
    closed: bool,
}

impl History {
    /// Remembers an edit. Typing letter by letter makes one step, and so does deleting.
    pub(super) fn push(&mut self, step: Step) {
        self.undone.clear();
        let closed = std::mem::replace(&mut self.closed, false);
        if !closed
            && let Some(last) = self.done.last_mut()
            && merge(&mut last.edit, &step.edit)
        {
            last.after = step.after;
        } else {
            self.done.push(step);
        }
        let mut bytes: usize = self.done.iter().map(|step| step.edit.removed.len() + step.edit.inserted.len()).sum();
        while self.done.len() > MAX_STEPS || bytes > MAX_BYTES && !self.done.is_empty() {
            let first = self.done.remove(0);
            bytes -= first.edit.removed.len() + first.edit.inserted.len();
        }
    }

    /// The caret moved: what comes now is another step.
    pub(super) fn close(&mut self) {
        self.closed = true;
    }

    pub(super) fn undo(&mut self) -> Option<Step> {
        let step = self.done.pop()?;
        self.undone.push(step.clone());
        self.closed = true;
        Some(step)
    }

    pub(super) fn redo(&mut self) -> Option<Step> {
        let step = self.undone.pop()?;
        self.done.push(step.clone());
        self.closed = true;
        Some(step)
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Appends an edit to the one before, if a person would take both for one.
fn merge(last: &mut Edit, next: &Edit) -> bool {
    let typed = |edit: &Edit| edit.removed.is_empty() && !edit.inserted.is_empty();
    let deleted = |edit: &Edit| edit.inserted.is_empty() && !edit.removed.is_empty();
    if typed(last) && typed(next) && next.start == last.start + utf16_len(&last.inserted) {
        // A new word is a new step.
        let new_word = last.inserted.ends_with(char::is_whitespace) && !next.inserted.starts_with(char::is_whitespace);
        if new_word || next.inserted.contains('\n') || next.inserted.chars().count() > 4 {
            return false;
        }
        last.inserted.push_str(&next.inserted);
        return true;
    }
    if deleted(last) && deleted(next) {
        if next.start == last.start {
            last.removed.push_str(&next.removed);
            return true;
        }
        if next.start + utf16_len(&next.removed) == last.start {
            last.removed.insert_str(0, &next.removed);
            last.start = next.start;
            return true;
        }
    }
    false
}
