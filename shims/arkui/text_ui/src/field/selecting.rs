//! Selecting in a field by hand: held fingers, handles, the menu.

use super::editing::{apply, copy, paste};
use super::state::State;
use crate::text::caret;
use concord_text::{Editor, TextPosition};
use concord_ui::geometry::Point;
use concord_ui::input::{Source, space};
use concord_ui::layout::Pass;
use concord_ui::selection::{Handles, MenuReason, Offers, SelectEvent, SelectPhase, extend, places};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::ops::Range;

/// Two clicks within so many ms at one place select a word, three a paragraph.
const CLICKS: f64 = 300.0;

fn position(tree: &Tree, node: NodeId, at: Point) -> Option<TextPosition> {
    let (state, found) = (tree.state::<State>(node)?, tree.get(node)?);
    let local = at - state.text_origin(found);
    Some(state.paragraph.as_ref()?.hit(local.x, local.y))
}

/// The position before the character at a point.
fn character(tree: &Tree, node: NodeId, at: Point) -> Option<usize> {
    let (state, found) = (tree.state::<State>(node)?, tree.get(node)?);
    let local = at - state.text_origin(found);
    let paragraph = state.paragraph.as_ref()?;
    let index = paragraph.hit(local.x, local.y).index;
    Some(index.saturating_sub(usize::from(paragraph.caret(index).x0 as f32 > local.x)))
}

fn set_anchor(tree: &mut Tree, node: NodeId, anchor: Range<usize>) {
    if let Some(state) = tree.state_mut::<State>(node) {
        state.anchor = anchor;
    }
}

/// Which handles the selection has by a finger.
fn handles(tree: &Tree, node: NodeId) -> Handles {
    match tree.state::<State>(node) {
        Some(state) if !state.selected().is_empty() => Handles::Both,
        _ => Handles::Caret,
    }
}

pub(super) fn on_select(pass: &mut Pass<'_>, node: NodeId, event: &SelectEvent) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let anchor = state.anchor.clone();
    let hides = state.editor.options().input_type.is_hidden();
    match event.phase {
        SelectPhase::Press => {
            let Some(index) = character(pass.tree, node, event.position) else { return };
            apply(pass, node, |editor| if hides { editor.select_all() } else { editor.select_word(index) });
            let selected = pass.tree.state::<State>(node).map(State::selected).unwrap_or_default();
            set_anchor(pass.tree, node, selected);
            let handles = handles(pass.tree, node);
            pass.tree.show_selection(node, handles, None, None);
        }
        SelectPhase::Start => {
            let Some(at) = position(pass.tree, node, event.position) else { return };
            set_anchor(pass.tree, node, at.index..at.index);
            pass.tree.hide_selection(node);
            apply(pass, node, |editor| editor.move_to(at, false));
        }
        SelectPhase::Drag => {
            let Some(at) = position(pass.tree, node, event.position) else { return };
            let (from, to) = extend(&anchor, at.index);
            apply(pass, node, |editor| editor.select(from, to));
        }
        SelectPhase::End if event.mouse => {
            if !state.selected().is_empty() {
                pass.tree.show_selection(node, Handles::None, Some(MenuReason::Select), None);
            }
        }
        SelectPhase::End | SelectPhase::HandleEnd => {
            let handles = handles(pass.tree, node);
            let menu = handles == Handles::Both || event.phase == SelectPhase::End;
            pass.tree.show_selection(node, handles, menu.then_some(MenuReason::LongPress), None);
        }
        SelectPhase::HandleTap => {
            let shown = pass.tree.selecting.is_some_and(|selecting| selecting.menu.is_some());
            let handles = handles(pass.tree, node);
            pass.tree.show_selection(node, handles, (!shown).then_some(MenuReason::LongPress), None);
        }
        SelectPhase::Menu => {
            let at = space::to_window(pass.tree, node, event.position);
            pass.tree.show_selection(node, Handles::None, Some(MenuReason::RightClick), Some(at));
        }
        SelectPhase::FirstHandle | SelectPhase::LastHandle => {
            let Some(at) = position(pass.tree, node, event.position) else { return };
            let selected = state.selected();
            if selected.is_empty() {
                apply(pass, node, |editor| editor.move_to(at, false));
            } else {
                let first = event.phase == SelectPhase::FirstHandle;
                let other = if first { selected.end } else { selected.start };
                if at.index != other {
                    apply(pass, node, |editor| editor.select(other, at.index));
                }
            }
            let handles = handles(pass.tree, node);
            pass.tree.show_selection(node, handles, None, None);
        }
        SelectPhase::Dismiss => {}
        SelectPhase::Cut => copy(pass, node, true),
        SelectPhase::Copy => {
            copy(pass, node, false);
            pass.tree.hide_selection(node);
        }
        SelectPhase::Paste => {
            paste(pass, node);
            pass.tree.hide_selection(node);
        }
        SelectPhase::SelectAll => {
            apply(pass, node, Editor::select_all);
            pass.tree.show_selection(node, Handles::Both, Some(MenuReason::LongPress), None);
        }
    }
}

/// A click between two characters: the caret goes there; with a second one the word is selected, with a third one the paragraph.
pub(super) fn click(pass: &mut Pass<'_>, node: NodeId, at: Point) {
    let (Some(found), Some(character)) = (position(pass.tree, node, at), character(pass.tree, node, at)) else {
        return;
    };
    let now = pass.tree.now;
    let touched = pass.tree.input.last_source != Source::Mouse;
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    let before = state.last_click;
    let again = before.filter(|(time, place, _)| now - time <= CLICKS && place.abs_diff(found.index) <= 1);
    let count = again.map_or(0, |(_, _, count)| count) + 1;
    state.last_click = Some((now, found.index, count));
    if before.is_none() && state.select_all {
        return;
    }
    let handles = touched && !state.editor.is_empty();
    apply(pass, node, |editor| match count {
        1 => editor.move_to(found, false),
        2 => editor.select_word(character),
        _ => editor.select_paragraph(character),
    });
    if count > 1 {
        let handles = if touched { Handles::Both } else { Handles::None };
        pass.tree.show_selection(node, handles, touched.then_some(MenuReason::LongPress), None);
    } else if handles {
        pass.tree.show_selection(node, Handles::Caret, None, None);
    } else {
        pass.tree.hide_selection(node);
    }
}

/// What the library asks for.
pub(super) fn selection_places(tree: &Tree, node: NodeId) -> Value {
    let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return Value::Undefined };
    let Some(paragraph) = &state.paragraph else { return Value::Undefined };
    let range = state.selected();
    let origin = state.text_origin(found);
    let hides = state.editor.options().input_type.is_hidden();
    let offers = Offers {
        cut: !range.is_empty() && state.copies && !hides,
        copy: !range.is_empty() && state.copies && !hides,
        paste: !tree.clipboard.is_empty(),
        select_all: range.len() < state.editor.len(),
        hidden: state.menu_hidden,
    };
    let upstream = !range.is_empty();
    let ends = [caret(paragraph, range.start, origin, false), caret(paragraph, range.end, origin, upstream)];
    places(tree, node, ends, state.text_box(found), range, offers)
}
