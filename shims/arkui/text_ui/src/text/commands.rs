//! What a `TextController` asks a `Text`: its lines and where its characters are. Lengths are px, as the platform's layout
//! manager says; positions are UTF-16 units.

use super::{Piece, State, position, selecting};
use concord_text::{Affinity, LineMetrics, Paragraph};
use concord_ui::component::{Method, Setter};
use concord_ui::geometry::Point;
use concord_ui::value::{Args, Value};

fn number(number: impl Into<f64>) -> Value {
    Value::Number(number.into())
}

fn count(count: usize) -> Value {
    Value::Number(count as f64)
}

/// Asks the laid out paragraph.
fn ask(node: &Setter<'_>, question: impl FnOnce(&Paragraph) -> Value) -> Value {
    node.tree.state::<State>(node.node).and_then(|state| state.paragraph.as_ref()).map_or(Value::Undefined, question)
}

/// The members of `LineMetrics` but for `runMetrics`.
pub(crate) fn line_metrics(line: &LineMetrics, index: usize) -> Value {
    Value::object([
        ("startIndex", count(line.range.start)),
        ("endIndex", count(line.range.end)),
        ("ascent", number(line.ascent)),
        ("descent", number(line.descent)),
        ("height", number(line.height)),
        ("width", number(line.width)),
        ("left", number(line.left)),
        ("baseline", number(line.baseline)),
        ("lineNumber", count(index)),
        ("topHeight", number(line.top)),
    ])
}

/// `PositionWithAffinity` at a point.
pub(crate) fn position_at(paragraph: &Paragraph, args: Args<'_>) -> Value {
    let coordinate = |index: usize| args.get(index).as_f32().unwrap_or(0.0);
    let found = paragraph.hit(coordinate(0), coordinate(1));
    let affinity = if found.affinity == Affinity::Upstream { 0.0 } else { 1.0 };
    Value::object([("position", count(found.index)), ("affinity", number(affinity))])
}

/// `TextBox`es of a range.
pub(crate) fn rects_for_range(paragraph: &Paragraph, range: &Value) -> Value {
    let start = position(range.get("start")).unwrap_or(0);
    let end = position(range.get("end")).unwrap_or(0).min(paragraph.utf16_len());
    let rects = if start < end { paragraph.selection(start..end) } else { Vec::new() };
    Value::array(rects.into_iter().map(|rect| {
        let rect = Value::object([
            ("left", number(rect.x0)),
            ("top", number(rect.y0)),
            ("right", number(rect.x1)),
            ("bottom", number(rect.y1)),
        ]);
        let direction = number(if paragraph.is_rtl() { 0.0 } else { 1.0 });
        Value::object([("rect", rect), ("direction", direction)])
    }))
}

/// A styled string as `[{text, style, paragraph, node, onClick}]`; nothing brings the own content back.
pub(super) fn styled_string(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let tree = &*node.tree;
    let pieces = args.get(0).as_array();
    let pieces = pieces.map(|pieces| pieces.iter().map(|piece| Piece::from_value(tree, piece)).collect());
    node.restyle(|state: &mut State| state.styled = pieces)
}

/// The index of the part of a styled string at a point of the node's frame.
pub(super) fn piece_at(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let (Some(state), Some(found)) = (node.tree.state::<State>(node.node), node.tree.get(node.node)) else {
        return Value::Undefined;
    };
    let coordinate = |index: usize| args.get(index).as_f32().unwrap_or(0.0);
    let at = Point::new(coordinate(0), coordinate(1)) - state.origin(found);
    ask(node, |paragraph| {
        paragraph.span_at(at.x, at.y).map_or(Value::Undefined, |piece| Value::Number(f64::from(piece)))
    })
}

pub(super) static COMMANDS: &[Method] = &[
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
    Method {
        name: "setTextSelection",
        apply: |node, args| {
            let length = node.tree.state::<State>(node.node).map_or(0, |state| state.shown.encode_utf16().count());
            let range = position(args.get(0)).zip(position(args.get(1)));
            let range = range.map(|(start, end)| start.min(length)..end.min(length));
            selecting::select(node.tree, node.node, range);
            Value::Undefined
        },
    },
    Method { name: "selectionPlaces", apply: |node, _| selecting::selection_places(node.tree, node.node) },
    Method {
        name: "caretAt",
        apply: |node, args| {
            let (Some(state), Some(found)) = (node.tree.state::<State>(node.node), node.tree.get(node.node)) else {
                return Value::Undefined;
            };
            let index = position(args.get(0)).unwrap_or(0);
            ask(node, |paragraph| {
                selecting::caret_value(selecting::caret(paragraph, index, state.origin(found), false))
            })
        },
    },
    Method {
        name: "closeSelectionMenu",
        apply: |node, _| {
            node.tree.hide_selection(node.node);
            Value::Undefined
        },
    },
    Method { name: "pieceAt", apply: piece_at },
    Method { name: "styledString", apply: styled_string },
];
