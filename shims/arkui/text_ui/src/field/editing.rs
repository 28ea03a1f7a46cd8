//! What a person does to a field, and who hears of it.

use super::Kind;
use super::composing::{Content, range_of};
use super::layout::{cancel_rect, eye_rect};
use super::state::{ENTER_NEW_LINE, ENTER_NEXT, State};
use crate::select_text;
use concord_text::{Change, Delete, Editor};
use concord_ui::geometry::{Point, Rect};
use concord_ui::input::focus::{self, Step};
use concord_ui::input::object;
use concord_ui::layout::Pass;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::rc::Rc;

/// How far around an icon it is hit, in vp.
const AROUND_ICON: f32 = 8.0;

pub(super) fn count(count: usize) -> Value {
    Value::Number(count as f64)
}

pub(super) fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Tells of a change that was made: the field is laid out again, and handlers are called after the event. `before` is what was
/// there.
pub(super) fn notify(tree: &mut Tree, node: NodeId, change: &Change, before: &Content) {
    let now = tree.now;
    let Some(state) = tree.state_mut::<State>(node) else { return };
    state.follow = true;
    state.blink_from = now;
    let selection = state.selected();
    let after = Content::of(&state.editor);
    let change_event = state.change_event.clone();
    if change.edit.is_some() || after != *before {
        tree.mark_measure(node);
        tree.hide_selection(node);
        let text = Value::text(after.body.as_str());
        // What is bound both ways does not know of what is composed.
        if let (Some(change_event), true) = (change_event, after.body != before.body) {
            tree.emit(&change_event, vec![text.clone()]);
        }
        tree.emit_event(node, "onChange", vec![text, after.preview_value(), change_options(change, before)]);
    } else {
        tree.mark_place(node);
    }
    if change.selection_changed {
        tree.note_selected(node);
        tree.emit_event(node, "onTextSelectionChange", vec![count(selection.start), count(selection.end)]);
    }
}

/// `TextChangeOptions`.
fn change_options(change: &Change, before: &Content) -> Value {
    let edit = change.edit.clone().unwrap_or_default();
    Value::object([
        ("rangeBefore", range_of(edit.start, utf16(&edit.removed))),
        ("rangeAfter", range_of(edit.start, utf16(&edit.inserted))),
        ("oldContent", Value::text(before.body.as_str())),
        ("oldPreviewText", before.preview_value()),
    ])
}

/// Changes the text or what is selected, unless `onWillChange` refuses.
pub(super) fn apply(pass: &mut Pass<'_>, node: NodeId, edit: impl FnOnce(&mut Editor) -> Change) -> Change {
    let Some(state) = pass.tree.state_mut::<State>(node) else { return Change::default() };
    let (before, selection) = (Content::of(&state.editor), state.editor.selection());
    let change = edit(&mut state.editor);
    let after = Content::of(&state.editor);
    let overflowed = std::mem::replace(&mut state.overflowed, change.cut);
    if overflowed != change.cut {
        pass.tree.mark_measure(node);
    }
    if change.text_changed() {
        let asked = Value::object([
            ("content", Value::text(after.body.as_str())),
            ("previewText", after.preview_value()),
            ("options", change_options(&change, &before)),
        ]);
        let answer = pass.call_event(node, "onWillChange", &[asked]).and_then(|answer| answer.as_bool());
        if answer == Some(false) {
            if let Some(state) = pass.tree.state_mut::<State>(node) {
                // An input method has to begin anew.
                state.editor.set_text(&before.body);
                state.editor.select(selection.anchor, selection.focus);
            }
            pass.tree.mark_measure(node);
            return Change::default();
        }
    }
    if change.text_changed() || change.selection_changed || before != after {
        notify(pass.tree, node, &change, &before);
    }
    change
}

/// Types or pastes text in place of what is selected.
pub(super) fn insert(pass: &mut Pass<'_>, node: NodeId, text: &str) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let offset = state.selected().start;
    let Some(accepted) = accepts(pass, node, offset, text) else { return };
    let change = apply(pass, node, |editor| editor.insert(&accepted));
    reject(pass, node, &change.rejected);
    if let Some(edit) = &change.edit {
        did_insert(pass, node, edit.start + utf16(&edit.inserted), &edit.inserted);
    }
}

fn insert_value(offset: usize, text: &str) -> Value {
    Value::object([("insertOffset", count(offset)), ("insertValue", Value::text(text))])
}

/// What the app takes of a text that is about to be inserted at a position; nothing when it does not want it.
pub(super) fn accepts(pass: &mut Pass<'_>, node: NodeId, offset: usize, text: &str) -> Option<String> {
    let answer = pass.call_event(node, "onWillInsert", &[insert_value(offset, text)]);
    if answer.and_then(|answer| answer.as_bool()) == Some(false) {
        return None;
    }
    Some(filter(pass, node, text))
}

/// The rules did not take a part of what was inserted.
pub(super) fn reject(pass: &mut Pass<'_>, node: NodeId, rejected: &str) {
    let error = pass.tree.state::<State>(node).and_then(|state| state.filter_error.clone());
    if let (Some(error), false) = (error, rejected.is_empty()) {
        pass.tree.emit(&error, vec![Value::text(rejected)]);
    }
}

/// Text was inserted; the caret stands behind it.
pub(super) fn did_insert(pass: &mut Pass<'_>, node: NodeId, caret: usize, text: &str) {
    pass.tree.emit_event(node, "onDidInsert", vec![insert_value(caret, text)]);
}

/// What `inputFilter` takes of a text; it hears of the rest.
fn filter(pass: &mut Pass<'_>, node: NodeId, text: &str) -> String {
    let Some(state) = pass.tree.state::<State>(node) else { return text.to_owned() };
    let Some(filter) = state.filter.clone() else { return text.to_owned() };
    let error = state.filter_error.clone();
    let kept = pass.host.call(pass.tree, &filter, &[Value::text(text)]);
    let Some(kept) = kept.as_str() else { return text.to_owned() };
    if let (Some(error), true) = (error, kept.len() < text.len()) {
        let mut left = kept.chars().peekable();
        let dropped: String = text.chars().filter(|c| left.next_if_eq(c).is_none()).collect();
        pass.tree.emit(&error, vec![Value::text(dropped)]);
    }
    kept.to_owned()
}

/// Deletes what is selected, else what is next to the caret.
pub(super) fn delete(pass: &mut Pass<'_>, node: NodeId, what: Delete) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let range = state.editor.delete_range(what);
    let forward = matches!(what, Delete::Forward | Delete::WordForward | Delete::ToParagraphEnd);
    let removed: Rc<str> = Rc::from(state.editor.text_in(range.clone()));
    let value = |offset: usize| {
        Value::object([
            ("deleteOffset", count(offset)),
            ("direction", Value::Number(if forward { 1.0 } else { 0.0 })),
            ("deleteValue", Value::String(Rc::clone(&removed))),
        ])
    };
    let asked = value(if forward { range.start } else { range.end });
    let answer = pass.call_event(node, "onWillDelete", &[asked]);
    if answer.and_then(|answer| answer.as_bool()) == Some(false) {
        return;
    }
    if apply(pass, node, |editor| editor.delete(what)).text_changed() {
        pass.tree.emit_event(node, "onDidDelete", vec![value(range.start)]);
    }
}

/// The enter key, or the button of a `Search`: `onSubmit`, and editing ends unless the app wants to keep it.
pub(super) fn submit(pass: &mut Pass<'_>, node: NodeId) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let (text, enter, kind) = (Value::text(state.editor.text()), state.enter(), state.kind);
    let fields = vec![("text".into(), text.clone())];
    let (event, control) = object::event(pass.tree, fields, &["keepEditableState"]).into_value();
    let first = if kind == Kind::Search { text } else { Value::Number(f64::from(enter)) };
    pass.call_event(node, "onSubmit", &[first, event]);
    if control.prevented.get() || enter == ENTER_NEW_LINE || pass.tree.get(node).is_none() {
        return;
    }
    if enter == ENTER_NEXT {
        focus::step(pass, Step::Next);
    } else {
        stop(pass, node);
    }
}

/// Ends editing.
pub(super) fn stop(pass: &mut Pass<'_>, node: NodeId) {
    if pass.tree.input.focus.leaf() == Some(node) {
        focus::clear_focus(pass);
    }
}

/// The field gets or loses the focus.
pub(super) fn focus(pass: &mut Pass<'_>, node: NodeId, gained: bool) {
    let now = pass.tree.now;
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    state.editing = gained;
    state.blink_from = now;
    state.hand.click = None;
    let asks = !state.keyboard_waits;
    if gained && state.select_all {
        state.editor.select_all();
    } else if !gained {
        let (before, caret) = (Content::of(&state.editor), state.editor.selection().focus);
        state.editor.select(caret, caret);
        // What was composed stays, and counts as written.
        if Content::of(&state.editor) != before {
            notify(pass.tree, node, &Change::default(), &before);
        }
        pass.tree.hide_selection(node);
    }
    pass.tree.mark_measure(node);
    if gained {
        pass.tree.tick_while_watched(node, super::paint::BLINK);
    }
    if !gained {
        pass.tree.ask_for_keyboard(None);
    } else if asks {
        pass.tree.ask_for_keyboard(Some(node));
    }
    if gained {
        let client = Value::object([("nodeId", Value::Number(pass.tree.number(node) as f64))]);
        pass.tree.emit_event(node, "onWillAttachIME", vec![client]);
    }
    pass.tree.emit_event(node, "onEditChange", vec![Value::Bool(gained)]);
}

/// A click: on an icon, or between two characters.
pub(super) fn click(pass: &mut Pass<'_>, id: NodeId, at: Point) {
    let (Some(state), Some(node)) = (pass.tree.state::<State>(id), pass.tree.get(id)) else { return };
    let reach = pass.tree.environment.vp(AROUND_ICON);
    let hits = |rect: Option<Rect>| {
        rect.is_some_and(|rect| {
            let (x, y) = (rect.origin.x - reach, rect.origin.y - reach);
            Rect::new(x, y, rect.size.width + 2.0 * reach, rect.size.height + 2.0 * reach).contains(at)
        })
    };
    if hits(cancel_rect(pass.tree, state, node)) {
        let all = 0..state.editor.len();
        apply(pass, id, |editor| editor.replace(all, ""));
        return;
    }
    if hits(eye_rect(pass.tree, state, node)) {
        let shown = !state.reveals;
        reveal(pass.tree, id, shown);
        return;
    }
    let (keeps, waits) = (state.select_all, state.keyboard_waits);
    if waits {
        pass.tree.ask_for_keyboard(Some(id));
    }
    select_text::click::<State>(pass, id, at, keeps);
}

/// Shows or hides a password.
pub(super) fn reveal(tree: &mut Tree, node: NodeId, shown: bool) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    if std::mem::replace(&mut state.reveals, shown) != shown {
        tree.mark_measure(node);
        tree.emit_event(node, "onSecurityStateChange", vec![Value::Bool(shown)]);
    }
}

/// Copies what is selected; with `cut` it is taken out. Hidden text stays where it is.
pub(super) fn copy(pass: &mut Pass<'_>, node: NodeId, cut: bool) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let selected = state.editor.selected_text().to_owned();
    if selected.is_empty() || !state.copies || state.editor.options().input_type.is_hidden() {
        return;
    }
    let (asks, tells) = if cut { ("onWillCut", "onCut") } else { ("onWillCopy", "onCopy") };
    let text = Value::text(selected.as_str());
    let answer = pass.call_event(node, asks, std::slice::from_ref(&text));
    if answer.and_then(|answer| answer.as_bool()) == Some(false) {
        return;
    }
    pass.tree.copy_text(selected);
    pass.tree.emit_event(node, tells, vec![text]);
    if cut {
        apply(pass, node, |editor| editor.delete(Delete::Backward));
    }
}

/// Inserts what was copied, unless `onPaste` prevents it.
pub(super) fn paste(pass: &mut Pass<'_>, node: NodeId) {
    let text = pass.copied_text(false);
    let (event, control) = object::event(pass.tree, Vec::new(), &["preventDefault"]).into_value();
    pass.call_event(node, "onPaste", &[Value::text(text.as_str()), event]);
    if !control.prevented.get() && !text.is_empty() {
        insert(pass, node, &text);
    }
}
