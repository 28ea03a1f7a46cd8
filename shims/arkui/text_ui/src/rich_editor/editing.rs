//! What a person does to a rich editor, and who hears of it.

use super::State;
use super::describe::{count, new_span, range_value, span_result, spans_in};
use super::model::{Bound, Kind};
use crate::select_text;
use concord_text::{Change, Delete, Editor, Move};
use concord_ui::geometry::Point;
use concord_ui::input::key::{character, code};
use concord_ui::input::{KeyInput, Source, Tool, focus, object};
use concord_ui::layout::Pass;
use concord_ui::selection::{SelectEvent, SelectPhase};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Callback, Value};
use std::ops::Range;
use std::rc::Rc;

const ENTER_NEW_LINE: i32 = 8;

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Tells of a change that was made.
pub(super) fn notify(tree: &mut Tree, node: NodeId, change: &Change) {
    let now = tree.now;
    let Some(state) = tree.state_mut::<State>(node) else { return };
    state.follow = true;
    state.blink_from = now;
    let selection = state.selected();
    let released = std::mem::take(&mut state.model.released);
    let (on_released, did_change) = (state.on_released.clone(), state.did_change.clone());
    for gone in released {
        let number = tree.number(gone) as f64;
        tree.detach(gone);
        if let Some(on_released) = &on_released {
            tree.emit(on_released, vec![Value::Number(number)]);
        }
    }
    if let Some(edit) = &change.edit {
        let before = range_value(edit.start..edit.start + units(&edit.removed));
        let after = range_value(edit.start..edit.start + units(&edit.inserted));
        tree.mark_measure(node);
        tree.hide_selection(node);
        if let Some(did_change) = did_change {
            tree.emit(&did_change, vec![before.clone(), after.clone()]);
        }
        tree.emit_event(node, "onDidChange", vec![before, after]);
    } else {
        tree.mark_place(node);
    }
    if change.selection_changed {
        tree.note_selected(node);
        tree.emit_event(node, "onSelectionChange", vec![range_value(selection.clone())]);
        if !selection.is_empty() {
            let spans = tree.state::<State>(node).map(|state| spans_in(tree, state, &selection)).unwrap_or_default();
            let pair = Value::array([count(selection.start), count(selection.end)]);
            let event = Value::object([("selection", pair), ("spans", Value::array(spans))]);
            tree.emit_event(node, "onSelect", vec![event]);
        }
    }
}

/// Changes what is selected.
pub(super) fn select(pass: &mut Pass<'_>, node: NodeId, edit: impl FnOnce(&mut Editor) -> Change) {
    apply(pass, node, |state| state.model.edit(edit));
}

fn apply(pass: &mut Pass<'_>, node: NodeId, edit: impl FnOnce(&mut State) -> Change) -> Change {
    let Some(state) = pass.tree.state_mut::<State>(node) else { return Change::default() };
    let change = edit(state);
    if change.text_changed() || change.selection_changed {
        notify(pass.tree, node, &change);
    }
    change
}

/// Whether a handler refuses something.
fn refuses(pass: &mut Pass<'_>, node: NodeId, event: &str, arg: Value) -> bool {
    pass.call_event(node, event, &[arg]).and_then(|answer| answer.as_bool()) == Some(false)
}

/// Whether `onWillChange`, or the listener of a controller for styled strings, refuses that a range becomes a text.
fn refuses_change(pass: &mut Pass<'_>, node: NodeId, range: Range<usize>, text: &str) -> bool {
    let Some(state) = pass.tree.state::<State>(node) else { return true };
    let will_change = state.will_change.clone();
    let spans = if text.is_empty() { Vec::new() } else { vec![new_span(pass.tree, state, range.start, text)] };
    let asked = Value::object([
        ("rangeBefore", range_value(range.clone())),
        ("replacedSpans", Value::array(spans)),
        ("replacedImageSpans", Value::array([])),
        ("replacedSymbolSpans", Value::array([])),
    ]);
    if refuses(pass, node, "onWillChange", asked) {
        return true;
    }
    let Some(will_change) = will_change else { return false };
    let asked = Value::object([("range", range_value(range)), ("replacementText", Value::text(text))]);
    pass.host.call(pass.tree, &will_change, &[asked]).as_bool() == Some(false)
}

pub(super) fn insert(pass: &mut Pass<'_>, node: NodeId, text: &str) {
    let Some(selected) = pass.tree.state::<State>(node).map(State::selected) else { return };
    if !accepts(pass, node, selected, text) {
        return;
    }
    let change = apply(pass, node, |state| state.model.edit(|editor| editor.insert(text)));
    if let Some(edit) = &change.edit {
        did_insert(pass, node, edit.start..edit.start + units(&edit.inserted));
    }
}

/// Whether the app takes a text in place of a range.
pub(super) fn accepts(pass: &mut Pass<'_>, node: NodeId, range: Range<usize>, text: &str) -> bool {
    let asked = Value::object([
        ("insertOffset", count(range.start)),
        ("insertValue", Value::text(text)),
        ("previewText", Value::text("")),
    ]);
    !refuses(pass, node, "aboutToIMEInput", asked) && !refuses_change(pass, node, range, text)
}

/// Text was inserted.
pub(super) fn did_insert(pass: &mut Pass<'_>, node: NodeId, range: Range<usize>) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let result = span_result(pass.tree, state, &range);
    pass.tree.emit_event(node, "onIMEInputComplete", vec![result]);
    pass.tree.emit_event(node, "onDidIMEInput", vec![range_value(range)]);
}

/// Whether a link is at a point.
pub(super) fn is_link(tree: &Tree, id: NodeId, at: Point) -> bool {
    bound_at(tree, id, at).is_some_and(|bound| bound.url.is_some())
}

fn delete(pass: &mut Pass<'_>, node: NodeId, what: Delete) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let deleted = state.model.editor.delete_range(what);
    if deleted.is_empty() {
        return;
    }
    let forward = matches!(what, Delete::Forward | Delete::WordForward);
    let spans = spans_in(pass.tree, state, &deleted);
    let asked = Value::object([
        ("offset", count(deleted.start)),
        ("direction", Value::Number(if forward { 1.0 } else { 0.0 })),
        ("length", count(deleted.len())),
        ("richEditorDeleteSpans", Value::array(spans)),
    ]);
    if refuses(pass, node, "aboutToDelete", asked) || refuses_change(pass, node, deleted, "") {
        return;
    }
    if apply(pass, node, |state| state.model.edit(|editor| editor.delete(what))).text_changed() {
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
    let Some(state) = pass.tree.state::<State>(node) else { return };
    const DONE: i32 = 6;
    let enter = state.enter_key.unwrap_or(if state.single_line { DONE } else { ENTER_NEW_LINE });
    if enter == ENTER_NEW_LINE && !state.single_line {
        return insert(pass, node, "\n");
    }
    let text = Value::text(state.model.editor.text());
    let fields = vec![("text".into(), text)];
    let (event, control) = object::event(pass.tree, fields, &["keepEditableState"]).into_value();
    pass.call_event(node, "onSubmit", &[Value::Number(f64::from(enter)), event]);
    if !control.prevented.get() {
        stop(pass, node);
    }
}

/// What is bound to the part at a point.
fn bound_at(tree: &Tree, id: NodeId, at: Point) -> Option<Rc<Bound>> {
    let (state, node) = (tree.state::<State>(id)?, tree.get(id)?);
    let local = at - state.origin(node);
    let index = state.paragraph.as_ref()?.span_at(local.x, local.y)?;
    let (_, run) = state.model.runs().nth(index as usize)?;
    run.bound.clone()
}

fn tell(pass: &mut Pass<'_>, id: NodeId, callback: Option<&Callback>, at: Point) {
    let Some(callback) = callback else { return };
    let window = concord_ui::input::space::to_window(pass.tree, id, at);
    let event = concord_ui::input::touch::click_event(pass.tree, id, window, Source::TouchScreen, Tool::Finger);
    pass.tree.emit(callback, vec![event]);
}

pub(super) fn click(pass: &mut Pass<'_>, id: NodeId, at: Point) {
    if super::state_waits(pass.tree, id) {
        pass.tree.ask_for_keyboard(Some(id));
    }
    let bound = bound_at(pass.tree, id, at);
    let before = pass.tree.state::<State>(id).and_then(|state| state.hand.click);
    select_text::click::<State>(pass, id, at, false);
    let Some(bound) = bound else { return };
    let count = pass.tree.state::<State>(id).and_then(|state| state.hand.click).map_or(1, |(.., count)| count);
    if before.is_some() && count == 2 && bound.on_double_click.is_some() {
        tell(pass, id, bound.on_double_click.as_ref(), at);
    } else {
        tell(pass, id, bound.on_click.as_ref(), at);
    }
}

pub(super) fn on_select(pass: &mut Pass<'_>, id: NodeId, event: &SelectEvent) {
    if event.phase == SelectPhase::Press
        && let Some(bound) = bound_at(pass.tree, id, event.position)
    {
        tell(pass, id, bound.on_long_press.as_ref(), event.position);
    }
    select_text::on_select::<State>(pass, id, event);
}

fn go(pass: &mut Pass<'_>, node: NodeId, to: Move, extend: bool) {
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    let paragraph = state.paragraph.take();
    select(pass, node, |editor| editor.move_caret(to, extend, paragraph.as_ref()));
    if let Some(state) = pass.tree.state_mut::<State>(node) {
        state.paragraph = paragraph;
    }
}

/// Copies what is selected, as text; with `cut` it is taken out.
pub(super) fn copy(pass: &mut Pass<'_>, node: NodeId, cut: bool) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let selected = state.model.editor.selected_text().replace(super::model::OBJECT, "");
    if state.copies_nothing {
        return;
    }
    let (event, control) = object::event(pass.tree, Vec::new(), &["preventDefault"]).into_value();
    pass.call_event(node, if cut { "onCut" } else { "onCopy" }, &[event]);
    if selected.is_empty() || control.prevented.get() {
        return;
    }
    pass.tree.copy_text(selected);
    if cut {
        delete(pass, node, Delete::Backward);
    }
}

pub(super) fn paste(pass: &mut Pass<'_>, node: NodeId) {
    let text = pass.copied_text(false);
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
    let step = |back: bool| move |state: &mut State| state.model.step(back);
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
            Some('a') => select(pass, node, Editor::select_all),
            Some('c') => copy(pass, node, false),
            Some('x') => copy(pass, node, true),
            Some('v') => paste(pass, node),
            Some('z') => drop(apply(pass, node, step(!held.shift))),
            Some('y') => drop(apply(pass, node, step(false))),
            // Styles that a keyboard has keys for.
            Some(key @ ('b' | 'i' | 'u')) => restyle(pass, node, key),
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

/// Makes what is selected bold, italic or underlined, or takes that back.
fn restyle(pass: &mut Pass<'_>, node: NodeId, key: char) {
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    let range = state.selected();
    let first = state.model.run_at(range.start).map(|run| run.style.clone()).unwrap_or_default();
    state.model.change(range, |run| match key {
        _ if run.own.as_ref().is_some_and(|own| own.kind != Kind::Symbol) => {}
        'b' => run.style.font.weight = Some(if first.font.weight.unwrap_or(400) >= 700 { 400 } else { 700 }),
        'i' => run.style.font.italic = Some(first.font.italic != Some(true)),
        _ => {
            let before = run.style.decoration.unwrap_or_default();
            let underline = !first.decoration.unwrap_or_default().underline;
            run.style.decoration = Some(concord_text::Decoration { underline, ..before });
        }
    });
    pass.tree.mark_measure(node);
}
