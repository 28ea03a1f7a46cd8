//! What an input method does to a field: text that it shows before it is written (`PreviewText`), and text that it writes.

use super::Kind;
use super::editing::{self, apply, count, utf16};
use super::state::State;
use concord_text::Editor;
use concord_ui::geometry::Rect;
use concord_ui::input::input_method::Typed;
use concord_ui::layout::Pass;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::ops::Range;

/// A text as the app hears of it: what is composed stands beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// The text without what is composed.
    pub body: String,
    /// What is composed, and where in the text.
    pub preview: Option<(usize, String)>,
}

impl Content {
    pub fn of(editor: &Editor) -> Content {
        let preview = editor.composition().map(|range| (range.start, editor.text_in(range).to_owned()));
        Content { body: editor.body(), preview }
    }

    /// `PreviewText`.
    pub fn preview_value(&self) -> Value {
        let (offset, text) = match &self.preview {
            Some((offset, text)) => (*offset as f64, text.as_str()),
            None => (-1.0, ""),
        };
        Value::object([("offset", Value::Number(offset)), ("value", Value::text(text))])
    }
}

/// Shows what an input method is about to write.
pub(super) fn compose(pass: &mut Pass<'_>, node: NodeId, text: &str, caret: Option<usize>) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    if state.previews_nothing {
        return;
    }
    if text.is_empty() {
        apply(pass, node, Editor::cancel_composition);
    } else {
        apply(pass, node, |editor| editor.compose(text, caret));
    }
}

/// Writes what an input method gives, in place of what it has shown.
pub(super) fn commit(pass: &mut Pass<'_>, node: NodeId, text: &str) {
    let Some(composition) = pass.tree.state::<State>(node).and_then(|state| state.editor.composition()) else {
        return editing::insert(pass, node, text);
    };
    let Some(accepted) = editing::accepts(pass, node, composition.start, text) else {
        apply(pass, node, Editor::cancel_composition);
        return;
    };
    let change = apply(pass, node, |editor| editor.commit_composition(Some(&accepted), &mut |_| true));
    editing::reject(pass, node, &change.rejected);
    // What `onWillChange` refuses has been taken back.
    let inserted = pass.tree.state::<State>(node).and_then(|state| {
        let caret = state.editor.selection().focus;
        (caret > composition.start).then(|| state.editor.text_in(composition.start..caret).to_owned())
    });
    if let Some(inserted) = inserted {
        editing::did_insert(pass, node, composition.start + utf16(&inserted), &inserted);
    }
}

/// Takes away bytes around the caret.
pub(super) fn delete_around(pass: &mut Pass<'_>, node: NodeId, before: usize, after: usize) {
    apply(pass, node, |editor| editor.delete_around(before, after));
}

/// What input methods want to know.
pub(super) fn typed(tree: &Tree, node: NodeId) -> Option<Typed> {
    let (state, found) = (tree.state::<State>(node)?, tree.get(node)?);
    if !state.editing || !tree.is_enabled(node) {
        return None;
    }
    let kind = state.editor.options().input_type;
    let (text, caret, anchor) = match kind.is_hidden() {
        true => (String::new(), 0, 0),
        false => state.editor.surroundings(),
    };
    let place = state.caret(found);
    let room = state.text_box(found);
    // Where it would be seen at least.
    let x = place.origin.x.clamp(room.origin.x, room.right().max(room.origin.x));
    let place = Rect::new(x, place.origin.y, place.size.width, place.size.height);
    Some(Typed { text, caret, anchor, place, kind, multi_line: state.kind == Kind::Area })
}

/// The part of the text that is being composed.
pub(super) fn composed(state: &State) -> Option<Range<usize>> {
    state.editor.composition().filter(|range| !range.is_empty())
}

/// `TextRange` of so many units from a position.
pub(super) fn range_of(start: usize, length: usize) -> Value {
    Value::object([("start", count(start)), ("end", count(start.saturating_add(length)))])
}
