//! What keys do in a field.

use super::Kind;
use super::editing::{apply, copy, delete, insert, paste, stop, submit};
use super::state::{ENTER_NEW_LINE, State};
use concord_text::{Delete, Editor, Move};
use concord_ui::input::KeyInput;
use concord_ui::input::key::{character, code};
use concord_ui::layout::Pass;
use concord_ui::tree::NodeId;

/// A key that was pressed. Returns whether it means anything to a field.
pub(super) fn key(pass: &mut Pass<'_>, node: NodeId, input: &KeyInput) -> bool {
    let held = pass.tree.input.modifiers();
    let Some(kind) = pass.tree.state::<State>(node).map(|state| state.kind) else { return false };
    let several = kind == Kind::Area;
    match input.code {
        code::ENTER | code::NUMPAD_ENTER => {
            let new_line = pass.tree.state::<State>(node).is_some_and(|state| state.enter() == ENTER_NEW_LINE);
            if several && (new_line || held.shift) {
                insert(pass, node, "\n");
            } else {
                submit(pass, node);
            }
        }
        code::DEL => delete(pass, node, if held.ctrl { Delete::WordBackward } else { Delete::Backward }),
        code::FORWARD_DEL => delete(pass, node, if held.ctrl { Delete::WordForward } else { Delete::Forward }),
        code::DPAD_LEFT => go(pass, node, if held.ctrl { Move::WordLeft } else { Move::Left }, held.shift),
        code::DPAD_RIGHT => go(pass, node, if held.ctrl { Move::WordRight } else { Move::Right }, held.shift),
        code::DPAD_UP if several => go(pass, node, Move::Up, held.shift),
        code::DPAD_DOWN if several => go(pass, node, Move::Down, held.shift),
        code::MOVE_HOME => go(pass, node, if held.ctrl { Move::Start } else { Move::LineStart }, held.shift),
        code::MOVE_END => go(pass, node, if held.ctrl { Move::End } else { Move::LineEnd }, held.shift),
        code::ESCAPE => stop(pass, node),
        other if held.ctrl && !held.alt => match character(other, false) {
            Some('a') => drop(apply(pass, node, Editor::select_all)),
            Some('c') => copy(pass, node, false),
            Some('x') => copy(pass, node, true),
            Some('v') => paste(pass, node),
            Some('z') if held.shift => drop(apply(pass, node, Editor::redo)),
            Some('z') => drop(apply(pass, node, Editor::undo)),
            Some('y') => drop(apply(pass, node, Editor::redo)),
            _ => return false,
        },
        _ if !held.alt && !held.meta => match input.writes(held.shift) {
            Some(text) => insert(pass, node, &text),
            None => return false,
        },
        _ => return false,
    }
    true
}

/// Moves the caret; with `extend` the selection reaches to there.
fn go(pass: &mut Pass<'_>, node: NodeId, to: Move, extend: bool) {
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    let paragraph = state.paragraph.take();
    apply(pass, node, |editor| editor.move_caret(to, extend, paragraph.as_ref()));
    if let Some(state) = pass.tree.state_mut::<State>(node) {
        state.paragraph = paragraph;
    }
}
