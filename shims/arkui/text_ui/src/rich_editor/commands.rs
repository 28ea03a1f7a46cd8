//! What a `RichEditorController` asks and does. Positions are UTF-16 units.

use super::State;
use super::describe::{count, pair, range_value, spans_in, text_style};
use super::editing::notify;
use super::model::{Bound, BoxSpan, Kind, OBJECT, Run};
use crate::select_text;
use crate::text::{ParagraphPart, caret, caret_value, line_metrics, position, position_at, rects_for_range, text};
use crate::text_style::SpanStyle;
use concord_text::{Change, Delete, Paragraph};
use concord_ui::change::put;
use concord_ui::component::{Method, Setter};
use concord_ui::tree::NodeId;
use concord_ui::value::{Args, Value};
use std::ops::Range;
use std::rc::Rc;

fn edit(node: &mut Setter<'_>, edit: impl FnOnce(&mut State) -> Change) -> Change {
    let Some(state) = node.tree.state_mut::<State>(node.node) else { return Change::default() };
    let change = edit(state);
    if change.text_changed() || change.selection_changed {
        notify(node.tree, node.node, &change);
    }
    change
}

/// `{start, end}` within the text; all of it without. Ends that are out of order or negative mean the whole, too.
fn range_of(node: &Setter<'_>, value: &Value) -> Range<usize> {
    let length = node.tree.state::<State>(node.node).map_or(0, |state| state.model.editor.len());
    let end = |name: &str| value.get(name).as_f64().filter(|end| *end >= 0.0).map(|end| (end as usize).min(length));
    let (start, end) = (end("start").unwrap_or(0), end("end").unwrap_or(length));
    start.min(end)..start.max(end)
}

fn part(value: &Value) -> Option<Rc<ParagraphPart>> {
    ParagraphPart::from_value(value).map(Rc::new)
}

/// A part of text from `RichEditorTextSpanOptions`.
fn text_run(options: &Value) -> Run {
    Run {
        style: SpanStyle::from_value(options.get("style")),
        paragraph: part(options.get("paragraphStyle")),
        bound: Bound::from_value(options),
        ..Run::default()
    }
}

/// A node that the library has made, as a part.
fn box_run(node: &mut Setter<'_>, number: &Value, kind: &Value, options: &Value) -> Option<Run> {
    let own = number.as_f64().and_then(|number| node.tree.by_number(number as u64))?;
    let kind = match kind.as_i32()? {
        1 => Kind::Image,
        5 => Kind::Symbol,
        _ => Kind::Builder,
    };
    node.tree.append(node.node, own);
    Some(Run { own: Some(BoxSpan { node: own, kind }), ..text_run(options) })
}

fn add_text_span(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let text = text(args.get(0));
    let options = args.get(1);
    let offset = position(options.get("offset"));
    let run = text_run(options);
    let mut index = 0;
    edit(node, |state| {
        let (change, at) = state.model.add_span(offset, &text, run);
        index = at;
        change
    });
    count(index)
}

/// `addNode(node, kind, options)`: a picture, a symbol or a component as a part. Gives its index, -1 when it has no room.
fn add_node(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let Some(run) = box_run(node, args.get(0), args.get(1), args.get(2)) else { return Value::Number(-1.0) };
    let own = run.own.as_ref().map(|own| own.node);
    let offset = position(args.get(2).get("offset"));
    let mut index = 0;
    let change = edit(node, |state| {
        let (change, at) = state.model.add_span(offset, OBJECT, run);
        index = at;
        change
    });
    if change.text_changed() {
        return count(index);
    }
    if let Some(own) = own {
        node.tree.detach(own);
    }
    Value::Number(-1.0)
}

/// `setParts([{text, node, kind, style, paragraphStyle, urlStyle, gesture, tag}])`: everything at once.
fn set_parts(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let parts = args.get(0).as_array().unwrap_or_default();
    let mut made = Vec::with_capacity(parts.len());
    for value in parts {
        match box_run(node, value.get("node"), value.get("kind"), value) {
            Some(run) => made.push((OBJECT.to_owned(), run)),
            None => made.push((text(value.get("text")).to_string(), text_run(value))),
        }
    }
    let change = edit(node, |state| state.model.set_parts(made));
    // The same text may have other styles.
    node.tree.mark_measure(node.node);
    Value::Bool(change.text_changed())
}

/// `boxesIn(range) → [{node, kind}]`: what is no text.
fn boxes_in(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let range = range_of(node, args.get(0));
    let Some(state) = node.tree.state::<State>(node.node) else { return Value::Undefined };
    let inside = state.model.runs().filter(|(own, _)| own.start < range.end && own.end > range.start);
    let boxes = inside.filter_map(|(_, run)| run.own.as_ref()).map(|own| {
        let number = Value::Number(node.tree.number(own.node) as f64);
        Value::object([("node", number), ("kind", Value::Number(f64::from(own.kind as u8)))])
    });
    Value::array(boxes.collect::<Vec<_>>())
}

/// The paragraphs that a range touches, `RichEditorParagraphResult`.
fn paragraphs(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let range = range_of(node, args.get(0));
    let Some(state) = node.tree.state::<State>(node.node) else { return Value::Undefined };
    let result = |paragraph: Range<usize>| {
        let style = state.model.run_at(paragraph.start).and_then(|run| run.paragraph.clone());
        let style = style.map_or_else(|| Value::object([]), |style| style.to_value());
        Value::object([("style", style), ("range", pair(paragraph))])
    };
    Value::array(state.model.paragraphs(&range).into_iter().map(result).collect::<Vec<_>>())
}

fn ask(node: &Setter<'_>, question: impl FnOnce(&Paragraph) -> Value) -> Value {
    node.tree.state::<State>(node.node).and_then(|state| state.paragraph.as_ref()).map_or(Value::Undefined, question)
}

/// The caret in the node's frame.
fn caret_at(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let (Some(state), Some(found)) = (node.tree.state::<State>(node.node), node.tree.get(node.node)) else {
        return Value::Undefined;
    };
    let index = position(args.get(0)).unwrap_or_else(|| state.model.editor.selection().focus);
    ask(node, |paragraph| caret_value(caret(paragraph, index, state.origin(found), false)))
}

fn set_selection(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let number = |index: usize| args.get(index).as_i32().unwrap_or(0);
    // -1 for both selects everything.
    let whole = number(0) == -1 && number(1) == -1;
    let (start, end) = (position(args.get(0)).unwrap_or(0), position(args.get(1)).unwrap_or(0));
    let id = node.node;
    edit(node, |state| match whole {
        true => state.model.editor.select_all(),
        false => state.model.editor.select(start, end.max(start)),
    });
    if node.tree.is_selecting(id) && node.tree.state::<State>(id).is_some_and(|state| state.selected().is_empty()) {
        node.tree.hide_selection(id);
    }
    Value::Undefined
}

fn scroll_to(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let range = range_of(node, args.get(0));
    let Some(state) = node.tree.state::<State>(node.node) else { return Value::Undefined };
    let Some(found) = node.tree.get(node.node) else { return Value::Undefined };
    let Some(paragraph) = &state.paragraph else { return Value::Undefined };
    let height = found.layout.content().size.height;
    let (top, bottom) = (paragraph.caret(range.start).y0 as f32, paragraph.caret(range.end).y1 as f32);
    let wanted = if top < state.scroll { top } else { state.scroll.max(bottom - height) };
    let scroll = wanted.clamp(0.0, state.furthest(found));
    if let Some(state) = node.tree.state_mut::<State>(node.node) {
        state.scroll = scroll;
        state.follow = false;
    }
    node.tree.mark_place(node.node);
    Value::Undefined
}

fn preview(node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    let Some(state) = node.tree.state::<State>(node.node) else { return Value::Undefined };
    let editor = &state.model.editor;
    let (offset, value) = match editor.composition() {
        Some(range) => (range.start as f64, editor.text_in(range).to_owned()),
        None => (-1.0, String::new()),
    };
    Value::object([("offset", Value::Number(offset)), ("value", Value::text(value))])
}

/// Which nodes are released: for tests and for who replaces everything.
fn released(state: &mut State) -> Vec<NodeId> {
    std::mem::take(&mut state.model.released)
}

pub(super) static COMMANDS: &[Method] = &[
    Method { name: "addTextSpan", apply: add_text_span },
    Method { name: "addNode", apply: add_node },
    Method { name: "setParts", apply: set_parts },
    Method { name: "boxesIn", apply: boxes_in },
    Method {
        name: "onReleased",
        apply: |node, args| {
            node.redraw(|state: &mut State| {
                state.on_released = args.get(0).as_callback().cloned();
                drop(released(state));
            })
        },
    },
    Method {
        name: "contentListener",
        apply: |node, args| {
            node.redraw(|state: &mut State| {
                state.will_change = args.get(0).as_callback().cloned();
                state.did_change = args.get(1).as_callback().cloned();
            })
        },
    },
    Method {
        name: "getSpans",
        apply: |node, args| {
            let range = range_of(node, args.get(0));
            let state = node.tree.state::<State>(node.node);
            Value::array(state.map(|state| spans_in(node.tree, state, &range)).unwrap_or_default())
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
        name: "deleteBackward",
        apply: |node, _| {
            edit(node, |state| state.model.edit(|editor| editor.delete(Delete::Backward)));
            Value::Undefined
        },
    },
    Method {
        name: "updateSpanStyle",
        apply: |node, args| {
            let range = range_of(node, args.get(0));
            let style = SpanStyle::from_value(args.get(0).get("textStyle"));
            let url = args.get(0).get("urlStyle").get("url").as_str().map(Rc::<str>::from);
            node.restyle(|state: &mut State| {
                state.model.restyle(range.clone(), &style);
                if let Some(url) = url {
                    state.model.change(range, |run| {
                        let mut bound = run.bound.as_deref().cloned().unwrap_or_default();
                        bound.url = Some(Rc::clone(&url)).filter(|url| !url.is_empty());
                        run.bound = Some(Rc::new(bound));
                    });
                }
            })
        },
    },
    Method {
        name: "updateParagraphStyle",
        apply: |node, args| {
            let range = range_of(node, args.get(0));
            let Some(part) = ParagraphPart::from_value(args.get(0).get("style")) else { return Value::Undefined };
            node.restyle(|state: &mut State| state.model.restyle_paragraphs(&range, &part))
        },
    },
    Method { name: "getParagraphs", apply: paragraphs },
    Method {
        name: "setTypingStyle",
        apply: |node, args| {
            let style = args.get(0).as_object().map(|_| SpanStyle::from_value(args.get(0)));
            node.redraw(|state: &mut State| put(&mut state.model.typing, style))
        },
    },
    Method {
        name: "setTypingParagraphStyle",
        apply: |node, args| {
            let part = part(args.get(0));
            node.redraw(|state: &mut State| state.model.typing_paragraph = part)
        },
    },
    Method {
        name: "getTypingStyle",
        apply: |node, _| {
            let style = node.tree.state::<State>(node.node).map(|state| state.model.typing_style());
            text_style(&style.unwrap_or_default(), &node.tree.environment)
        },
    },
    Method {
        name: "styledPlaceholder",
        apply: |node, args| {
            let parts = args.get(0).as_array().map(|parts| {
                let part =
                    |part: &Value| (text(part.get("text")).to_string(), SpanStyle::from_value(part.get("style")));
                parts.iter().map(part).collect()
            });
            node.restyle(|state: &mut State| state.placeholder_parts = parts)
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
    Method { name: "setSelection", apply: set_selection },
    Method {
        name: "getSelection",
        apply: |node, _| {
            let Some(state) = node.tree.state::<State>(node.node) else { return Value::Undefined };
            let range = state.selected();
            let spans = Value::array(spans_in(node.tree, state, &range));
            Value::object([("selection", pair(range)), ("spans", spans)])
        },
    },
    Method {
        name: "selectionRange",
        apply: |node, _| {
            node.tree.state::<State>(node.node).map_or(Value::Undefined, |state| range_value(state.selected()))
        },
    },
    Method {
        name: "isEditing",
        apply: |node, _| Value::Bool(node.tree.state::<State>(node.node).is_some_and(|state| state.editing)),
    },
    Method {
        name: "stopEditing",
        apply: |node, _| {
            if let Some(state) = node.tree.state_mut::<State>(node.node) {
                state.stops = true;
            }
            node.tree.tick_next(node.node);
            Value::Undefined
        },
    },
    Method { name: "getPreviewText", apply: preview },
    Method { name: "scrollToVisible", apply: scroll_to },
    Method { name: "caretAt", apply: caret_at },
    Method { name: "selectionPlaces", apply: |node, _| select_text::selection_places::<State>(node.tree, node.node) },
    Method {
        name: "closeSelectionMenu",
        apply: |node, _| {
            node.tree.hide_selection(node.node);
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
