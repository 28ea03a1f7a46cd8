//! `TimePicker`: a time of the day. Times come as `{ hour, minute, second }`; dates are made from them on the app's side.

use super::Bound;
use super::wheel::{self, Column, Wheels, wheel_input, wheel_state};
use super::wheel_looks;
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

/// In the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Time {
    hour: u32,
    minute: u32,
    second: u32,
}

const FIRST: Time = Time { hour: 0, minute: 0, second: 0 };
const LAST: Time = Time { hour: 23, minute: 59, second: 59 };

/// What a column chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Morning or afternoon.
    Half,
    Hour,
    Minute,
    Second,
}

/// `dateTimeOptions`: whether numbers have two digits (`2-digit`) or as many as they need (`numeric`).
#[derive(Debug, Clone, Copy, Default)]
struct Digits {
    hour: Option<bool>,
    minute: Option<bool>,
    second: Option<bool>,
}

struct State {
    wheels: Wheels,
    /// What each column chooses from.
    parts: Vec<(Part, Vec<u32>)>,
    time: Time,
    start: Time,
    end: Time,
    /// `useMilitaryTime`: 24 hours without a column for the half of the day.
    all_day: bool,
    seconds: bool,
    no_loop: bool,
    /// `enableCascade`: hours that turn past noon or midnight change the half of the day.
    cascade: bool,
    digits: Digits,
    /// Names of the halves of the day.
    halves: [Rc<str>; 2],
    bound: Option<Callback>,
}

impl Default for State {
    fn default() -> State {
        State {
            wheels: Wheels::default(),
            parts: Vec::new(),
            time: FIRST,
            start: FIRST,
            end: LAST,
            all_day: false,
            seconds: false,
            no_loop: false,
            cascade: false,
            digits: Digits::default(),
            halves: ["AM".into(), "PM".into()],
            bound: None,
        }
    }
}

wheel_state!(State);

impl Time {
    fn from_value(value: &Value) -> Option<Time> {
        let part = |name: &str, most: f64| value.get(name).as_f64().map(|number| number.clamp(0.0, most) as u32);
        let or_zero = |name: &str| part(name, 59.0).unwrap_or(0);
        Some(Time { hour: part("hour", 23.0)?, minute: or_zero("minute"), second: or_zero("second") })
    }

    fn value(self) -> Value {
        let number = |number: u32| Value::Number(f64::from(number));
        let Time { hour, minute, second } = self;
        Value::object([("hour", number(hour)), ("minute", number(minute)), ("second", number(second))])
    }
}

impl State {
    /// Whether all of a day may be chosen; only then do columns loop.
    fn is_whole(&self) -> bool {
        (self.start, self.end) == (FIRST, LAST)
    }

    fn text(&self, part: Part, number: u32) -> Rc<str> {
        let digits = |two: Option<bool>, default: bool, number: u32| -> Rc<str> {
            if two.unwrap_or(default) { format!("{number:02}").into() } else { number.to_string().into() }
        };
        match part {
            Part::Half => self.halves.get(number as usize).map_or("".into(), Rc::clone),
            Part::Hour if self.all_day => digits(self.digits.hour, true, number),
            Part::Hour => digits(self.digits.hour, false, if number.is_multiple_of(12) { 12 } else { number % 12 }),
            Part::Minute => digits(self.digits.minute, true, number),
            Part::Second => digits(self.digits.second, true, number),
        }
    }

    /// What may be chosen, given what is chosen in the columns before.
    fn options(&self) -> Vec<(Part, Vec<u32>)> {
        let Time { hour, minute, .. } = self.time;
        let mut parts = Vec::new();
        let hours = if self.all_day {
            (self.start.hour, self.end.hour)
        } else {
            let half = hour / 12;
            parts.push((Part::Half, (self.start.hour / 12..=self.end.hour / 12).collect()));
            (self.start.hour.max(12 * half), self.end.hour.min(12 * half + 11))
        };
        parts.push((Part::Hour, (hours.0..=hours.1).collect()));
        let least = if hour == self.start.hour { self.start.minute } else { 0 };
        let most = if hour == self.end.hour { self.end.minute } else { 59 };
        parts.push((Part::Minute, (least..=most).collect()));
        if self.seconds {
            let at = |end: Time| (hour, minute) == (end.hour, end.minute);
            let least = if at(self.start) { self.start.second } else { 0 };
            let most = if at(self.end) { self.end.second } else { 59 };
            parts.push((Part::Second, (least..=most).collect()));
        }
        parts
    }

    fn build(&mut self) {
        self.time = self.time.clamp(self.start, self.end);
        self.parts = self.options();
        let Time { hour, minute, second } = self.time;
        let columns = self.parts.iter().map(|(part, numbers)| {
            let chosen = match part {
                Part::Half => hour / 12,
                Part::Hour => hour,
                Part::Minute => minute,
                Part::Second => second,
            };
            let index = numbers.iter().position(|number| *number == chosen).unwrap_or(0);
            let mut column = Column::of_texts(numbers.iter().map(|number| self.text(*part, *number)), index);
            column.loops = !self.no_loop && self.is_whole() && *part != Part::Half;
            column
        });
        self.wheels.columns = columns.collect();
        self.wheels.forget();
    }

    /// Reads what the columns show after one of them was turned.
    fn read(&mut self, turned: usize) {
        let before = self.time;
        let mut half = before.hour / 12;
        for (column, (part, numbers)) in self.parts.iter().enumerate() {
            let Some(number) = numbers.get(self.wheels.chosen(column)).copied() else { continue };
            match part {
                Part::Half => half = number,
                Part::Hour => self.time.hour = number,
                Part::Minute => self.time.minute = number,
                Part::Second => self.time.second = number,
            }
        }
        if !self.all_day {
            let turned = self.parts.get(turned).map(|(part, _)| *part);
            let (from, to) = (before.hour % 12, self.time.hour % 12);
            if self.cascade && turned == Some(Part::Hour) && from.abs_diff(to) > 6 {
                half = 1 - half.min(1);
            }
            self.time.hour = 12 * half + to;
        }
    }
}

fn changed(tree: &mut Tree, node: NodeId, column: usize) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    state.read(column);
    state.build();
    let (value, bound) = (state.time.value(), state.bound.clone());
    super::tell(tree, node, bound.as_ref(), vec![value]);
}

/// Another option is in the middle.
fn entered(tree: &mut Tree, node: NodeId, column: usize) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    state.read(column);
    if state.cascade && !state.all_day {
        // The half of the day turns along with the hours that a finger still holds.
        let half = state.time.hour / 12;
        let at = state.parts.first().and_then(|(_, halves)| halves.iter().position(|number| *number == half));
        if let Some((column, at)) = state.wheels.columns.first_mut().zip(at) {
            column.index = at;
        }
        if let Some((Part::Hour, numbers)) = state.parts.get_mut(1) {
            numbers.iter_mut().for_each(|number| *number = 12 * half + *number % 12);
        }
    }
    let value = state.time.value();
    tree.emit_event(node, "onEnterSelectedArea", vec![value]);
}

impl Component for TimePicker {
    fn name(&self) -> &'static str {
        "TimePicker"
    }

    wheel_input!(State, changed, entered);

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("selected", format!("{:02}:{:02}:{:02}", state.time.hour, state.time.minute, state.time.second));
        out.flag("useMilitaryTime", state.all_day);
    }
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let selected = Bound::member(options, "selected");
    let names = options.get("halves").as_array().unwrap_or_default();
    node.restyle(|state: &mut State| {
        state.time = Time::from_value(&selected.value).unwrap_or_default();
        state.start = Time::from_value(options.get("start")).unwrap_or(FIRST);
        state.end = Time::from_value(options.get("end")).unwrap_or(LAST);
        // Ends in the wrong order count as unset.
        if state.start > state.end {
            (state.start, state.end) = (FIRST, LAST);
        }
        state.seconds = options.get("format").as_i32() == Some(1);
        if let [morning, afternoon] = names
            && let Some((morning, afternoon)) = morning.as_str().zip(afternoon.as_str())
        {
            state.halves = [morning.into(), afternoon.into()];
        }
        state.bound = selected.change;
        state.build();
    })
}

fn rebuilt(node: &mut Setter<'_>, change: impl FnOnce(&mut State)) -> Value {
    node.redraw(|state: &mut State| {
        change(state);
        state.build();
    })
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "useMilitaryTime",
        apply: |node, args| rebuilt(node, |state| state.all_day = args.get(0).as_bool() == Some(true)),
    },
    Method {
        name: "loop",
        apply: |node, args| rebuilt(node, |state| state.no_loop = args.get(0).as_bool() == Some(false)),
    },
    Method {
        name: "enableCascade",
        apply: |node, args| rebuilt(node, |state| state.cascade = args.get(0).as_bool() == Some(true)),
    },
    Method {
        name: "dateTimeOptions",
        apply: |node, args| {
            let two = |name: &str| args.get(0).get(name).as_str().map(|style| style == "2-digit");
            let digits = Digits { hour: two("hour"), minute: two("minute"), second: two("second") };
            rebuilt(node, |state| state.digits = digits)
        },
    },
    Method { name: "textStyle", apply: wheel_looks::text_style::<State> },
    Method { name: "selectedTextStyle", apply: wheel_looks::selected_text_style::<State> },
    Method { name: "disappearTextStyle", apply: wheel_looks::disappear_text_style::<State> },
    Method { name: "enableHapticFeedback", apply: super::without_effect },
    Method { name: "digitalCrownSensitivity", apply: super::without_effect },
    EVENTS[0],
    EVENTS[1],
];

static EVENTS: &[Method] = handlers!["onChange", "onEnterSelectedArea"];
