//! `TextPicker`: one of some texts or pictures, in one column, in several, or in columns where each depends on the one before it.

use super::wheel::{self, Column, Item, Wheels, wheel_input, wheel_state};
use super::wheel_looks;
use super::{Bound, length};
use concord_ui::change::put;
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::Size;
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pictures::Source;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Callback, Value};
use std::rc::Rc;

/// See the module.
pub(crate) struct TextPicker;

#[derive(Default)]
struct State {
    wheels: Wheels,
    /// `range` as the app gave it, for columns that depend on others.
    range: Value,
    kind: Kind,
    loops: Option<bool>,
    selected_bound: Option<Callback>,
    value_bound: Option<Callback>,
}

wheel_state!(State);

/// What `range` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Single,
    Several,
    Cascade,
}

/// Most columns, and most options in each.
const MOST_COLUMNS: usize = 16;
const MOST_OPTIONS: usize = 10_000;

fn text(item: &Value) -> Rc<str> {
    match item {
        Value::String(text) => Rc::clone(text),
        Value::Number(number) => number.to_string().into(),
        item => item.get("text").as_str().map_or_else(|| Rc::from(""), Rc::from),
    }
}

fn items(items: &Value) -> Vec<Item> {
    let item = |item: &Value| Item { text: text(item), icon: Source::from_value(item.get("icon")), loaded: None };
    items.as_array().unwrap_or_default().iter().take(MOST_OPTIONS).map(item).collect()
}

fn kind(range: &Value) -> Kind {
    let items = range.as_array().unwrap_or_default();
    match items.first() {
        Some(Value::Array(_)) => Kind::Several,
        Some(_) if items.iter().any(|item| item.get("children").as_array().is_some()) => Kind::Cascade,
        _ => Kind::Single,
    }
}

/// Columns of a range with what is chosen in each.
fn columns(range: &Value, kind: Kind, chosen: &[usize]) -> Vec<Column> {
    let at = |column: usize| chosen.get(column).copied().unwrap_or(0);
    match kind {
        Kind::Single => vec![Column::new(self::items(range), at(0))],
        Kind::Several => {
            let lists = range.as_array().unwrap_or_default().iter().take(MOST_COLUMNS);
            lists.enumerate().map(|(number, items)| Column::new(self::items(items), at(number))).collect()
        }
        Kind::Cascade => {
            let mut found = Vec::new();
            let mut items = range;
            while items.as_array().is_some_and(|items| !items.is_empty()) && found.len() < MOST_COLUMNS {
                let column = Column::new(self::items(items), at(found.len()));
                let next = items.as_array().and_then(|items| items.get(column.index));
                found.push(column);
                items = next.map_or(&Value::Undefined, |item| item.get("children"));
            }
            found
        }
    }
}

impl State {
    fn build(&mut self, chosen: &[usize]) {
        let mut columns = columns(&self.range, self.kind, chosen);
        for column in &mut columns {
            // Columns that depend on others do not loop.
            column.loops = self.loops.unwrap_or(true) && self.kind != Kind::Cascade && column.items.len() > 5;
        }
        self.wheels.columns = columns;
        self.wheels.forget();
    }

    fn chosen(&self) -> Vec<usize> {
        self.wheels.columns.iter().map(|column| column.index).collect()
    }

    /// The values and the indices for the app: plain for one column, arrays for several.
    fn result(&self) -> (Value, Value) {
        let texts = self.wheels.columns.iter().map(|column| {
            column.items.get(column.index).map_or(Value::text(""), |item| Value::String(Rc::clone(&item.text)))
        });
        let indices = self.chosen().into_iter().map(|index| Value::Number(index as f64));
        if self.kind == Kind::Single {
            let (mut texts, mut indices) = (texts, indices);
            return (texts.next().unwrap_or_default(), indices.next().unwrap_or_default());
        }
        (Value::array(texts.collect::<Vec<_>>()), Value::array(indices.collect::<Vec<_>>()))
    }
}

fn indices(value: &Value) -> Option<Vec<usize>> {
    let index = |value: &Value| value.as_f64().filter(|index| *index >= 0.0).map_or(0, |index| index as usize);
    match value {
        Value::Number(_) => Some(vec![index(value)]),
        Value::Array(items) => Some(items.iter().take(MOST_COLUMNS).map(index).collect()),
        _ => None,
    }
}

/// The indices of values.
fn indices_of(range: &Value, kind: Kind, value: &Value) -> Vec<usize> {
    let wanted: Vec<Rc<str>> = match value {
        Value::Array(items) => items.iter().take(MOST_COLUMNS).map(text).collect(),
        Value::Undefined | Value::Null => Vec::new(),
        value => vec![text(value)],
    };
    let mut chosen = Vec::new();
    for (number, wanted) in wanted.iter().enumerate() {
        let columns = columns(range, kind, &chosen);
        let Some(column) = columns.get(number) else { break };
        chosen.push(column.items.iter().position(|item| item.text == *wanted).unwrap_or(0));
    }
    chosen
}

fn changed(tree: &mut Tree, node: NodeId, column: usize) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    if state.kind == Kind::Cascade {
        let mut chosen = state.chosen();
        chosen.truncate(column + 1);
        state.build(&chosen);
    }
    let (value, index) = state.result();
    let bounds = (state.value_bound.clone(), state.selected_bound.clone());
    if let Some(bound) = bounds.0 {
        tree.emit(&bound, vec![value.clone()]);
    }
    if let Some(bound) = bounds.1 {
        tree.emit(&bound, vec![index.clone()]);
    }
    tree.emit_event(node, "onChange", vec![value.clone(), index.clone()]);
    tree.emit_event(node, "onScrollStop", vec![value, index]);
}

/// Another option is in the middle.
fn entered(tree: &mut Tree, node: NodeId, _column: usize) {
    let Some((value, index)) = tree.state::<State>(node).map(State::result) else { return };
    tree.emit_event(node, "onEnterSelectedArea", vec![value, index]);
}

impl Component for TextPicker {
    fn name(&self) -> &'static str {
        "TextPicker"
    }

    wheel_input!(State, changed, entered);

    fn commands(&self) -> &'static [Method] {
        // `result() → { value, index }`: what is chosen.
        &[Method {
            name: "result",
            apply: |node, _| {
                let result = node.tree.state::<State>(node.node).map(State::result);
                result.map_or(Value::Undefined, |(value, index)| Value::object([("value", value), ("index", index)]))
            },
        }]
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("value", state.wheels.text(","));
        let chosen: Vec<String> = state.chosen().iter().map(usize::to_string).collect();
        out.text("selected", chosen.join(","));
    }
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let selected = Bound::member(options, "selected");
    let value = Bound::member(options, "value");
    node.restyle(|state: &mut State| {
        state.range = options.get("range").clone();
        state.kind = kind(&state.range);
        let chosen = indices(&selected.value).unwrap_or_else(|| indices_of(&state.range, state.kind, &value.value));
        let widths = options.get("columnWidths").as_array().unwrap_or_default().iter().take(MOST_COLUMNS);
        state.wheels.widths = widths.map_while(|width| Length::from_value(width, Unit::Vp)).collect();
        state.selected_bound = selected.change;
        state.value_bound = value.change;
        state.build(&chosen);
    })
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "selectedIndex",
        apply: |node, args| {
            let bound = Bound::args(args);
            node.redraw(|state: &mut State| {
                state.build(&indices(&bound.value).unwrap_or_default());
                state.selected_bound = bound.change.or(state.selected_bound.take());
            })
        },
    },
    Method {
        name: "canLoop",
        apply: |node, args| {
            node.redraw(|state: &mut State| {
                state.loops = args.get(0).as_bool();
                let chosen = state.chosen();
                state.build(&chosen);
            })
        },
    },
    Method {
        name: "defaultPickerItemHeight",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.wheels.row_height, length(args.get(0)))),
    },
    LOOKS[0],
    LOOKS[1],
    LOOKS[2],
    LOOKS[3],
    LOOKS[4],
    Method { name: "disableTextStyleAnimation", apply: wheel_looks::disable_text_style_animation::<State> },
    Method { name: "defaultTextStyle", apply: wheel_looks::default_text_style::<State> },
    Method { name: "divider", apply: wheel_looks::divider::<State> },
    Method { name: "gradientHeight", apply: wheel_looks::gradient_height::<State> },
    Method { name: "selectedBackgroundStyle", apply: wheel_looks::selected_background::<State> },
    EVENTS[0],
    EVENTS[1],
    EVENTS[2],
];

static LOOKS: [Method; 5] = super::wheel_parts::looks::<State>();
static EVENTS: &[Method] = handlers!["onChange", "onScrollStop", "onEnterSelectedArea"];
