//! What controllers of the app ask of a field and do to it. Positions are UTF-16 units, lengths px.

use super::composing::Content;
use super::editing::notify;
use super::state::State;
use crate::text::{caret, caret_value, position};
use crate::text_style::SpanStyle;
use concord_text::{Change, Delete, Editor};
use concord_ui::change::put;
use concord_ui::component::{Method, Setter};
use concord_ui::selection::{Handles, MenuReason};
use concord_ui::value::{Args, Value};

fn number(number: impl Into<f64>) -> Value {
    Value::Number(number.into())
}

fn count(count: usize) -> Value {
    Value::Number(count as f64)
}

fn edit(node: &mut Setter<'_>, edit: impl FnOnce(&mut Editor) -> Change) {
    let Some(state) = node.tree.state_mut::<State>(node.node) else { return };
    let before = Content::of(&state.editor);
    let change = edit(&mut state.editor);
    if change.text_changed() || change.selection_changed || before != Content::of(&state.editor) {
        notify(node.tree, node.node, &change, &before);
    }
}

fn select(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let end = node.tree.state::<State>(node.node).map_or(0, |state| state.editor.len());
    let (start, end) = (position(args.get(0)).unwrap_or(0), position(args.get(1)).unwrap_or(end));
    // -1 for both selects everything.
    let whole = args.get(0).as_i32() == Some(-1) && args.get(1).as_i32() == Some(-1);
    if whole {
        edit(node, Editor::select_all);
    } else if start <= end {
        edit(node, |editor| editor.select(start, end));
    }
    // MenuPolicy
    match args.get(2).get("menuPolicy").as_i32() {
        Some(1) => node.tree.hide_selection(node.node),
        Some(2) => node.tree.show_selection(node.node, Handles::Both, Some(MenuReason::LongPress), None),
        _ => {}
    }
    Value::Undefined
}

/// `caretPosition(index)`, of controllers and as an attribute.
pub(super) fn caret_position(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    if let Some(index) = position(args.get(0)) {
        edit(node, |editor| editor.select(index, index));
    }
    Value::Undefined
}

/// `addText(text, offset)`: at the caret without an offset. Gives the caret's position.
fn add_text(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let text = args.get(0).as_str().unwrap_or_default();
    let offset = position(args.get(1));
    edit(node, |editor| {
        let at = offset.unwrap_or(editor.selection().focus);
        editor.replace(at..at, text)
    });
    let caret = node.tree.state::<State>(node.node).map_or(0, |state| state.editor.selection().focus);
    count(caret)
}

fn delete_text(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let length = node.tree.state::<State>(node.node).map_or(0, |state| state.editor.len());
    let start = position(args.get(0)).unwrap_or(0).min(length);
    let end = position(args.get(1)).unwrap_or(length).min(length);
    if start < end {
        edit(node, |editor| editor.replace(start..end, ""));
    }
    Value::Undefined
}

fn caret_offset(node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    let (Some(state), Some(found)) = (node.tree.state::<State>(node.node), node.tree.get(node.node)) else {
        return Value::Undefined;
    };
    let caret = state.caret(found);
    Value::object([
        ("index", count(state.editor.selection().focus)),
        ("x", number(caret.origin.x)),
        ("y", number(caret.origin.y)),
    ])
}

fn caret_at(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let (Some(state), Some(found)) = (node.tree.state::<State>(node.node), node.tree.get(node.node)) else {
        return Value::Undefined;
    };
    let Some(paragraph) = &state.paragraph else { return Value::Undefined };
    caret_value(caret(paragraph, position(args.get(0)).unwrap_or(0), state.text_origin(found), false))
}

fn content_rect(node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    let (Some(state), Some(found)) = (node.tree.state::<State>(node.node), node.tree.get(node.node)) else {
        return Value::Undefined;
    };
    let origin = state.text_origin(found);
    let size = state.paragraph.as_ref().filter(|_| !state.editor.is_empty()).map(|paragraph| paragraph.size());
    let size = size.unwrap_or_default();
    Value::object([
        ("x", number(origin.x)),
        ("y", number(origin.y)),
        ("width", number(size.width)),
        ("height", number(size.height)),
    ])
}

fn line_count(node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    let state = node.tree.state::<State>(node.node).filter(|state| !state.editor.is_empty());
    count(state.and_then(|state| state.paragraph.as_ref()).map_or(0, |paragraph| paragraph.line_count()))
}

fn selection(node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    let range = node.tree.state::<State>(node.node).map(State::selected).unwrap_or_default();
    Value::object([("start", count(range.start)), ("end", count(range.end))])
}

/// Ends editing with the next frame, when handlers can be called.
fn stop_editing(node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    if let Some(state) = node.tree.state_mut::<State>(node.node) {
        state.stops = true;
    }
    node.tree.tick_next(node.node);
    Value::Undefined
}

pub(super) static COMMANDS: &[Method] = &[
    Method { name: "caretOffset", apply: caret_offset },
    Method { name: "contentRect", apply: content_rect },
    Method { name: "lineCount", apply: line_count },
    Method { name: "selectionRange", apply: selection },
    Method {
        name: "selectionPlaces",
        apply: |node, _| crate::select_text::selection_places::<State>(node.tree, node.node),
    },
    Method { name: "caretAt", apply: caret_at },
    Method {
        name: "closeSelectionMenu",
        apply: |node, _| {
            node.tree.hide_selection(node.node);
            Value::Undefined
        },
    },
    Method { name: "addText", apply: add_text },
    Method { name: "deleteText", apply: delete_text },
    Method {
        name: "deleteBackward",
        apply: |node, _| {
            edit(node, |editor| editor.delete(Delete::Backward));
            Value::Undefined
        },
    },
    Method {
        name: "clearPreviewText",
        apply: |node, _| {
            edit(node, Editor::cancel_composition);
            Value::Undefined
        },
    },
    Method { name: "caretPosition", apply: caret_position },
    Method { name: "setTextSelection", apply: select },
    // Scrolls to the end of the range by way of the caret.
    Method {
        name: "scrollToVisible",
        apply: |node, args| caret_position(node, Args(args.0.get(1..).unwrap_or_default())),
    },
    Method { name: "placeholder", apply: super::methods::placeholder },
    Method {
        name: "styledPlaceholder",
        apply: |node, args| {
            let parts = args.get(0).as_array().map(|parts| {
                let part = |part: &Value| {
                    (crate::text::text(part.get("text")).to_string(), SpanStyle::from_value(part.get("style")))
                };
                parts.iter().map(part).collect()
            });
            node.restyle(|state: &mut State| put(&mut state.placeholder_parts, parts))
        },
    },
    // `unit(node)`: what stands at the end of a field with a line below it.
    Method {
        name: "unit",
        apply: |node, args| {
            let number = args.get(0).as_f64().filter(|number| *number > 0.0);
            let unit = number.and_then(|number| node.tree.by_number(number as u64));
            node.restyle(|state: &mut State| put(&mut state.unit, unit))
        },
    },
    Method { name: "stopEditing", apply: stop_editing },
];
