//! What a `RichEditorController` asks and does. Positions are UTF-16 units.

use super::State;
use super::editing::notify;
use super::model::Run;
use crate::text::{line_metrics, position, position_at, rects_for_range};
use crate::text_style::SpanStyle;
use concord_text::{Change, Paragraph};
use concord_ui::change::put;
use concord_ui::component::{Method, Setter};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Value};
use std::ops::Range;

fn count(count: usize) -> Value {
    Value::Number(count as f64)
}

fn pair(range: Range<usize>) -> Value {
    Value::array([count(range.start), count(range.end)])
}

fn edit(node: &mut Setter<'_>, edit: impl FnOnce(&mut State) -> Change) {
    let Some(state) = node.tree.state_mut::<State>(node.node) else { return };
    let change = edit(state);
    if change.text_changed() || change.selection_changed {
        notify(node.tree, node.node, &change);
    }
}

/// `{start, end}` within the text; all of it without.
fn range_of(node: &Setter<'_>, value: &Value) -> Range<usize> {
    let length = node.tree.state::<State>(node.node).map_or(0, |state| state.model.editor.len());
    let start = position(value.get("start")).unwrap_or(0).min(length);
    start..position(value.get("end")).unwrap_or(length).clamp(start, length)
}

/// The members of a style that were given, as the platform tells of them.
fn text_style(style: &SpanStyle) -> Value {
    let font = &style.font;
    let size = match &font.size {
        Some(Length::Plain(number, Unit::Fp | Unit::Vp)) => f64::from(*number),
        _ => 16.0,
    };
    let color = font.color.map_or_else(|| "#FF182431".to_owned(), |color| format!("#{:08X}", color.to_argb()));
    Value::object([
        ("fontColor", Value::text(color)),
        ("fontSize", Value::Number(size)),
        ("fontStyle", Value::Number(if font.italic == Some(true) { 1.0 } else { 0.0 })),
        ("fontWeight", Value::Number(f64::from(font.weight.unwrap_or(400)))),
        ("fontFamily", Value::text(font.family.as_deref().unwrap_or("HarmonyOS Sans"))),
    ])
}

/// `RichEditorTextSpanResult` of what a part has within a range.
fn describe(state: &State, index: usize, own: Range<usize>, run: &Run, range: &Range<usize>) -> Value {
    let (start, end) = (own.start.max(range.start), own.end.min(range.end));
    let span = Value::object([("spanIndex", count(index)), ("spanRange", pair(own.clone()))]);
    Value::object([
        ("spanPosition", span),
        ("value", Value::text(state.model.editor.text_in(own.clone()))),
        ("textStyle", text_style(&run.style)),
        ("offsetInSpan", pair(start - own.start..end.max(start) - own.start)),
    ])
}

fn spans_in(state: &State, range: &Range<usize>) -> Vec<Value> {
    let parts = state.model.runs().enumerate();
    let inside = parts.filter(|(_, (own, _))| own.start < range.end && own.end > range.start);
    inside.map(|(index, (own, run))| describe(state, index, own, run, range)).collect()
}

/// The part that a range begins in.
pub(super) fn span_result(state: &State, start: usize, end: usize) -> Value {
    spans_in(state, &(start..end)).into_iter().next().unwrap_or_default()
}

fn add_text_span(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let text = args.get(0).as_str().unwrap_or_default();
    let options = args.get(1);
    let style = SpanStyle::from_value(options.get("style"));
    let offset = position(options.get("offset"));
    let mut index = 0;
    edit(node, |state| {
        let (change, at) = state.model.add_span(offset, text, style);
        index = at;
        change
    });
    count(index)
}

fn ask(node: &Setter<'_>, question: impl FnOnce(&Paragraph) -> Value) -> Value {
    node.tree.state::<State>(node.node).and_then(|state| state.paragraph.as_ref()).map_or(Value::Undefined, question)
}

pub(super) static COMMANDS: &[Method] = &[
    Method { name: "addTextSpan", apply: add_text_span },
    Method {
        name: "getSpans",
        apply: |node, args| {
            let range = range_of(node, args.get(0));
            let state = node.tree.state::<State>(node.node);
            Value::array(state.map(|state| spans_in(state, &range)).unwrap_or_default())
        },
    },
    Method {
        name: "deleteSpans",
        apply: |node, args| {
            let range = range_of(node, args.get(0));
            edit(node, |state| state.model.edit(|editor| editor.replace(range, "")));
            Value::Undefined
        },
    },
    Method {
        name: "updateSpanStyle",
        apply: |node, args| {
            let range = range_of(node, args.get(0));
            let style = SpanStyle::from_value(args.get(0).get("textStyle"));
            node.restyle(|state: &mut State| state.model.restyle(range, &style))
        },
    },
    Method {
        name: "setTypingStyle",
        apply: |node, args| {
            let style = args.get(0).as_object().map(|_| SpanStyle::from_value(args.get(0)));
            node.redraw(|state: &mut State| put(&mut state.model.typing, style))
        },
    },
    Method {
        name: "getTypingStyle",
        apply: |node, _| {
            let state = node.tree.state::<State>(node.node);
            text_style(&state.and_then(|state| state.model.typing.clone()).unwrap_or_default())
        },
    },
    Method {
        name: "getCaretOffset",
        apply: |node, _| {
            node.tree.state::<State>(node.node).map_or(count(0), |state| count(state.model.editor.selection().focus))
        },
    },
    Method {
        name: "setCaretOffset",
        apply: |node, args| {
            let length = node.tree.state::<State>(node.node).map_or(0, |state| state.model.editor.len());
            let at = position(args.get(0)).filter(|at| *at <= length);
            if let Some(at) = at {
                edit(node, |state| state.model.editor.select(at, at));
            }
            Value::Bool(at.is_some())
        },
    },
    // -1 for both selects everything.
    Method {
        name: "setSelection",
        apply: |node, args| {
            let whole = args.get(0).as_i32() == Some(-1) && args.get(1).as_i32() == Some(-1);
            let (start, end) = (position(args.get(0)).unwrap_or(0), position(args.get(1)).unwrap_or(0));
            edit(node, |state| match whole {
                true => state.model.editor.select_all(),
                false => state.model.editor.select(start, end.max(start)),
            });
            Value::Undefined
        },
    },
    Method {
        name: "getSelection",
        apply: |node, _| {
            let Some(state) = node.tree.state::<State>(node.node) else { return Value::Undefined };
            let range = state.model.editor.selection().range();
            let spans = Value::array(spans_in(state, &range));
            Value::object([("selection", pair(range)), ("spans", spans)])
        },
    },
    Method {
        name: "isEditing",
        apply: |node, _| Value::Bool(node.tree.state::<State>(node.node).is_some_and(|state| state.editing)),
    },
    Method {
        name: "stopEditing",
        apply: |node, _| {
            node.tree.tick_next(node.node);
            Value::Undefined
        },
    },
    Method { name: "lineCount", apply: |node, _| ask(node, |paragraph| count(paragraph.line_count())) },
    Method {
        name: "lineMetrics",
        apply: |node, args| {
            ask(node, |paragraph| {
                let index = position(args.get(0)).unwrap_or(usize::MAX);
                paragraph.lines().get(index).map_or(Value::Undefined, |line| line_metrics(line, index))
            })
        },
    },
    Method { name: "positionAt", apply: |node, args| ask(node, |paragraph| position_at(paragraph, args)) },
    Method {
        name: "rectsForRange",
        apply: |node, args| ask(node, |paragraph| rects_for_range(paragraph, args.get(0))),
    },
];
