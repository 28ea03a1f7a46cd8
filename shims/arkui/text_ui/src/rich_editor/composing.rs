//! What an input method does to a rich editor.

use super::State;
use super::editing::{accepts, did_insert, insert, select};
use concord_text::{Change, Editor, InputType};
use concord_ui::geometry::{Point, Rect};
use concord_ui::input::input_method::Typed;
use concord_ui::layout::Pass;
use concord_ui::tree::{NodeId, Tree};

/// Shows what an input method is about to write.
pub(super) fn compose(pass: &mut Pass<'_>, node: NodeId, text: &str, caret: Option<usize>) {
    if pass.tree.state::<State>(node).is_none_or(|state| state.previews_nothing) {
        return;
    }
    if text.is_empty() {
        select(pass, node, Editor::cancel_composition);
    } else {
        select(pass, node, |editor| editor.compose(text, caret));
    }
}

/// Writes what an input method gives, in place of what it has shown.
pub(super) fn commit(pass: &mut Pass<'_>, node: NodeId, text: &str) {
    let Some(composition) = pass.tree.state::<State>(node).and_then(|state| state.model.editor.composition()) else {
        return insert(pass, node, text);
    };
    if !accepts(pass, node, composition.clone(), text) {
        select(pass, node, Editor::cancel_composition);
        return;
    }
    select(pass, node, |editor| editor.commit_composition(Some(text), &mut |_| true));
    let caret = pass.tree.state::<State>(node).map_or(0, |state| state.model.editor.selection().focus);
    if caret > composition.start {
        did_insert(pass, node, composition.start..caret);
    }
}

/// What is composed stays.
pub(super) fn finish(pass: &mut Pass<'_>, node: NodeId) {
    if pass.tree.state::<State>(node).is_some_and(|state| state.model.editor.composition().is_some()) {
        select(pass, node, |editor| {
            editor.finish_composition();
            Change { selection_changed: true, ..Change::default() }
        });
    }
}

/// What input methods want to know.
pub(super) fn typed(tree: &Tree, node: NodeId) -> Option<Typed> {
    let (state, found) = (tree.state::<State>(node)?, tree.get(node)?);
    if !state.editing || !tree.is_enabled(node) {
        return None;
    }
    let (text, caret, anchor) = state.model.editor.surroundings();
    let place = state.caret();
    let origin = state.origin(found) + Point::new(place.x0 as f32, place.y0 as f32);
    let place = Rect::new(origin.x, origin.y, 0.0, place.height() as f32);
    Some(Typed { text, caret, anchor, place, kind: InputType::Normal, multi_line: !state.single_line })
}
