//! What a person does to a rich editor, and who hears of it.

use super::State;
use super::commands::span_result;
use concord_text::{Change, Delete, Editor, Move};
use concord_ui::geometry::Point;
use concord_ui::input::key::{character, code};
use concord_ui::input::{KeyInput, focus, object};
use concord_ui::layout::Pass;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;

const ENTER_NEW_LINE: i32 = 8;

fn count(count: usize) -> Value {
    Value::Number(count as f64)
}

fn range(start: usize, end: usize) -> Value {
    Value::object([("start", count(start)), ("end", count(end))])
}

/// Tells of a change that was made.
pub(super) fn notify(tree: &mut Tree, node: NodeId, change: &Change) {
    let now = tree.now;
    let Some(state) = tree.state_mut::<State>(node) else { return };
    state.follow = true;
    state.blink_from = now;
    let selection = state.model.editor.selection().range();
    if let Some(edit) = &change.edit {
        let units = |text: &str| text.encode_utf16().count();
        let before = range(edit.start, edit.start + units(&edit.removed));
        let after = range(edit.start, edit.start + units(&edit.inserted));
        tree.mark_measure(node);
        tree.emit_event(node, "onDidChange", vec![before, after]);
    } else {
        tree.mark_place(node);
    }
    if change.selection_changed {
        tree.emit_event(node, "onSelectionChange", vec![range(selection.start, selection.end)]);
        if !selection.is_empty() {
            let pair = Value::array([count(selection.start), count(selection.end)]);
            let event = Value::object([("selection", pair), ("spans", Value::array([]))]);
            tree.emit_event(node, "onSelect", vec![event]);
        }
    }
}

fn apply(pass: &mut Pass<'_>, node: NodeId, edit: impl FnOnce(&mut Editor) -> Change) -> Change {
    let Some(state) = pass.tree.state_mut::<State>(node) else { return Change::default() };
    let change = state.model.edit(edit);
    if change.text_changed() || change.selection_changed {
        notify(pass.tree, node, &change);
    }
    change
}

/// Whether a handler refuses something.
fn refuses(pass: &mut Pass<'_>, node: NodeId, event: &str, arg: Value) -> bool {
    pass.call_event(node, event, &[arg]).and_then(|answer| answer.as_bool()) == Some(false)
}

pub(super) fn insert(pass: &mut Pass<'_>, node: NodeId, text: &str) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let offset = state.model.editor.selection().range().start;
    let asked = Value::object([
        ("insertOffset", count(offset)),
        ("insertValue", Value::text(text)),
        ("previewText", Value::text("")),
    ]);
    if refuses(pass, node, "aboutToIMEInput", asked) {
        return;
    }
    let change = apply(pass, node, |editor| editor.insert(text));
    let Some(state) = pass.tree.state::<State>(node) else { return };
    if let Some(edit) = &change.edit {
        let end = edit.start + edit.inserted.encode_utf16().count();
        let result = span_result(state, edit.start, end);
        pass.tree.emit_event(node, "onIMEInputComplete", vec![result]);
        pass.tree.emit_event(node, "onDidIMEInput", vec![range(edit.start, end)]);
    }
}

fn delete(pass: &mut Pass<'_>, node: NodeId, what: Delete) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let deleted = state.model.editor.delete_range(what);
    let forward = matches!(what, Delete::Forward | Delete::WordForward);
    let asked = Value::object([
        ("offset", count(deleted.start)),
        ("direction", Value::Number(if forward { 1.0 } else { 0.0 })),
        ("length", count(deleted.len())),
        ("richEditorDeleteSpans", Value::array([])),
    ]);
    if !refuses(pass, node, "aboutToDelete", asked) && apply(pass, node, |editor| editor.delete(what)).text_changed() {
        pass.tree.emit_event(node, "onDeleteComplete", Vec::new());
    }
}

/// Ends editing.
pub(super) fn stop(pass: &mut Pass<'_>, node: NodeId) {
    if pass.tree.input.focus.leaf() == Some(node) {
        focus::clear_focus(pass);
    }
}

fn enter(pass: &mut Pass<'_>, node: NodeId) {
    let enter = pass.tree.state::<State>(node).and_then(|state| state.enter_key).unwrap_or(ENTER_NEW_LINE);
    if enter == ENTER_NEW_LINE {
        return insert(pass, node, "\n");
    }
    let (event, control) = object::event(pass.tree, Vec::new(), &["keepEditableState"]).into_value();
    pass.call_event(node, "onSubmit", &[Value::Number(f64::from(enter)), event]);
    if !control.prevented.get() {
        stop(pass, node);
    }
}

pub(super) fn click(pass: &mut Pass<'_>, id: NodeId, at: Point) {
    let (Some(state), Some(node)) = (pass.tree.state::<State>(id), pass.tree.get(id)) else { return };
    let local = at - state.origin(node);
    let position = state.paragraph.as_ref().map(|paragraph| paragraph.hit(local.x, local.y)).unwrap_or_default();
    apply(pass, id, |editor| editor.move_to(position, false));
}

fn go(pass: &mut Pass<'_>, node: NodeId, to: Move, extend: bool) {
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    let paragraph = state.paragraph.take();
    apply(pass, node, |editor| editor.move_caret(to, extend, paragraph.as_ref()));
    if let Some(state) = pass.tree.state_mut::<State>(node) {
        state.paragraph = paragraph;
    }
}

fn copy(pass: &mut Pass<'_>, node: NodeId, cut: bool) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let selected = state.model.editor.selected_text().to_owned();
    let (event, control) = object::event(pass.tree, Vec::new(), &["preventDefault"]).into_value();
    pass.call_event(node, if cut { "onCut" } else { "onCopy" }, &[event]);
    if selected.is_empty() || control.prevented.get() {
        return;
    }
    pass.tree.clipboard = selected;
    if cut {
        delete(pass, node, Delete::Backward);
    }
}

fn paste(pass: &mut Pass<'_>, node: NodeId) {
    let text = pass.tree.clipboard.clone();
    let (event, control) = object::event(pass.tree, Vec::new(), &["preventDefault"]).into_value();
    pass.call_event(node, "onPaste", &[event]);
    if !control.prevented.get() && !text.is_empty() {
        insert(pass, node, &text);
    }
}

/// A key that was pressed. Returns whether it means anything to an editor.
pub(super) fn key(pass: &mut Pass<'_>, node: NodeId, input: &KeyInput) -> bool {
    let held = pass.tree.input.modifiers();
    let word = held.ctrl;
    match input.code {
        code::ENTER | code::NUMPAD_ENTER => enter(pass, node),
        code::DEL => delete(pass, node, if word { Delete::WordBackward } else { Delete::Backward }),
        code::FORWARD_DEL => delete(pass, node, if word { Delete::WordForward } else { Delete::Forward }),
        code::DPAD_LEFT => go(pass, node, if word { Move::WordLeft } else { Move::Left }, held.shift),
        code::DPAD_RIGHT => go(pass, node, if word { Move::WordRight } else { Move::Right }, held.shift),
        code::DPAD_UP => go(pass, node, Move::Up, held.shift),
        code::DPAD_DOWN => go(pass, node, Move::Down, held.shift),
        code::MOVE_HOME => go(pass, node, if word { Move::Start } else { Move::LineStart }, held.shift),
        code::MOVE_END => go(pass, node, if word { Move::End } else { Move::LineEnd }, held.shift),
        code::ESCAPE => stop(pass, node),
        other if held.ctrl && !held.alt => match character(other, false) {
            Some('a') => drop(apply(pass, node, Editor::select_all)),
            Some('c') => copy(pass, node, false),
            Some('x') => copy(pass, node, true),
            Some('v') => paste(pass, node),
            Some('z') => drop(apply(pass, node, if held.shift { Editor::redo } else { Editor::undo })),
            Some('y') => drop(apply(pass, node, Editor::redo)),
            _ => return false,
        },
        other if !held.alt && !held.meta => match character(other, held.shift) {
            Some(character) => insert(pass, node, character.encode_utf8(&mut [0; 4])),
            None => return false,
        },
        _ => return false,
    }
    true
}
