//! `TimePicker`: a time of the day. Times come as `{ hour, minute, second }`; dates are made from them on the app's side.

use super::Bound;
use super::wheel::{self, Column, Wheels, wheel_input, wheel_state};
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::Size;
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Callback, Value};
use std::rc::Rc;

/// See the module.
pub(crate) struct TimePicker;

#[derive(Default)]
struct State {
    wheels: Wheels,
    time: Time,
    /// `useMilitaryTime`: 24 hours without a column for the half of the day.
    all_day: bool,
    seconds: bool,
    no_loop: bool,
    bound: Option<Callback>,
}

wheel_state!(State);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Time {
    hour: usize,
    minute: usize,
    second: usize,
}

fn numbers(range: std::ops::RangeInclusive<usize>, digits: usize) -> Vec<Rc<str>> {
    range.map(|number| format!("{number:0digits$}").into()).collect()
}

impl State {
    fn build(&mut self) {
        let Time { hour, minute, second } = self.time;
        let mut columns = Vec::new();
        if self.all_day {
            columns.push(Column::new(numbers(0..=23, 2), hour));
        } else {
            columns.push(Column::new(vec!["AM".into(), "PM".into()], hour / 12));
            // 12, 1 … 11.
            let mut hours = numbers(1..=12, 1);
            hours.rotate_right(1);
            columns.push(Column::new(hours, hour % 12));
        }
        columns.push(Column::new(numbers(0..=59, 2), minute));
        if self.seconds {
            columns.push(Column::new(numbers(0..=59, 2), second));
        }
        for column in &mut columns {
            column.loops = !self.no_loop && column.items.len() > 2;
        }
        self.wheels.columns = columns;
        self.wheels.forget();
    }

    fn read(&mut self) {
        let at = |column: usize| self.wheels.chosen(column);
        self.time = if self.all_day {
            Time { hour: at(0), minute: at(1), second: at(2) }
        } else {
            Time { hour: at(0) * 12 + at(1), minute: at(2), second: at(3) }
        };
    }

    fn value(&self) -> Value {
        let number = |number: usize| Value::Number(number as f64);
        let Time { hour, minute, second } = self.time;
        Value::object([("hour", number(hour)), ("minute", number(minute)), ("second", number(second))])
    }
}

fn changed(tree: &mut Tree, node: NodeId, _column: usize) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    state.read();
    let (value, bound) = (state.value(), state.bound.clone());
    super::tell(tree, node, bound.as_ref(), vec![value]);
}

impl Component for TimePicker {
    fn name(&self) -> &'static str {
        "TimePicker"
    }

    wheel_input!(State, changed);

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("selected", format!("{:02}:{:02}:{:02}", state.time.hour, state.time.minute, state.time.second));
        out.flag("useMilitaryTime", state.all_day);
    }
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let selected = Bound::member(options, "selected");
    let part = |name: &str, most: f64| selected.value.get(name).as_f64().unwrap_or(0.0).clamp(0.0, most) as usize;
    node.restyle(|state: &mut State| {
        state.time = Time { hour: part("hour", 23.0), minute: part("minute", 59.0), second: part("second", 59.0) };
        state.seconds = options.get("format").as_i32() == Some(1);
        state.bound = selected.change;
        state.build();
    })
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "useMilitaryTime",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.all_day = args.get(0).as_bool() == Some(true);
                state.build();
            })
        },
    },
    Method {
        name: "loop",
        apply: |node, args| {
            node.redraw(|state: &mut State| {
                state.no_loop = args.get(0).as_bool() == Some(false);
                state.build();
            })
        },
    },
    Method { name: "textStyle", apply: wheel::text_style::<State> },
    Method { name: "selectedTextStyle", apply: wheel::selected_text_style::<State> },
    Method { name: "disappearTextStyle", apply: wheel::disappear_text_style::<State> },
    Method { name: "enableHapticFeedback", apply: super::without_effect },
    Method { name: "digitalCrownSensitivity", apply: super::without_effect },
    EVENTS[0],
];

static EVENTS: &[Method] = handlers!["onChange"];
