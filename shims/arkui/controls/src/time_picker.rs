//! `TimePicker`: a time of the day. Times come as `{ hour, minute, second }`; dates are made from them on the app's side.

use super::Bound;
use super::wheel::{self, Wheels, wheel_input, wheel_state};
use super::wheel_parts::{Choices, Parts, Rebuilds, ends, looks, rebuilt};
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
    parts: Parts<Part>,
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
            parts: Parts::default(),
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

    fn text(&self, part: Part, number: i64) -> Rc<str> {
        let digits = |two: Option<bool>, default: bool, number: i64| -> Rc<str> {
            if two.unwrap_or(default) { format!("{number:02}").into() } else { number.to_string().into() }
        };
        match part {
            Part::Half if number == 0 => Rc::clone(&self.halves[0]),
            Part::Half => Rc::clone(&self.halves[1]),
            Part::Hour if self.all_day => digits(self.digits.hour, true, number),
            Part::Hour => digits(self.digits.hour, false, if number % 12 == 0 { 12 } else { number % 12 }),
            Part::Minute => digits(self.digits.minute, true, number),
            Part::Second => digits(self.digits.second, true, number),
        }
    }

    /// What may be chosen, given what is chosen in the columns before.
    fn choices(&self) -> Vec<Choices<Part>> {
        let Time { hour, minute, second } = self.time;
        let range =
            |part: Part, from: u32, to: u32, chosen: u32| (part, (from.into()..=to.into()).collect(), chosen.into());
        let mut choices = Vec::new();
        let hours = if self.all_day {
            (self.start.hour, self.end.hour)
        } else {
            let half = hour / 12;
            choices.push(range(Part::Half, self.start.hour / 12, self.end.hour / 12, half));
            (self.start.hour.max(12 * half), self.end.hour.min(12 * half + 11))
        };
        choices.push(range(Part::Hour, hours.0, hours.1, hour));
        let least = if hour == self.start.hour { self.start.minute } else { 0 };
        let most = if hour == self.end.hour { self.end.minute } else { 59 };
        choices.push(range(Part::Minute, least, most, minute));
        if self.seconds {
            let at = |end: Time| (hour, minute) == (end.hour, end.minute);
            let least = if at(self.start) { self.start.second } else { 0 };
            let most = if at(self.end) { self.end.second } else { 59 };
            choices.push(range(Part::Second, least, most, second));
        }
        choices
    }

    /// Reads what the columns show after one of them was turned.
    fn read(&mut self, turned: usize) {
        let before = self.time;
        let part = |part: Part, known: u32| {
            let chosen = self.parts.chosen(&self.wheels, part);
            chosen.and_then(|number| u32::try_from(number).ok()).unwrap_or(known)
        };
        let mut half = part(Part::Half, before.hour / 12);
        let time = Time {
            hour: part(Part::Hour, before.hour),
            minute: part(Part::Minute, before.minute),
            second: part(Part::Second, before.second),
        };
        self.time = time;
        if !self.all_day {
            let (from, to) = (before.hour % 12, time.hour % 12);
            if self.cascade && self.parts.part(turned) == Some(Part::Hour) && from.abs_diff(to) > 6 {
                half = 1 - half.min(1);
            }
            self.time.hour = 12 * half + to;
        }
    }
}

impl Rebuilds for State {
    fn build(&mut self) {
        self.time = self.time.clamp(self.start, self.end);
        let loops = !self.no_loop && self.is_whole();
        let mut parts = std::mem::take(&mut self.parts);
        let mut wheels = std::mem::take(&mut self.wheels);
        parts.build(
            &mut wheels,
            self.choices(),
            |part, number| self.text(part, number),
            |part| loops && part != Part::Half,
        );
        (self.parts, self.wheels) = (parts, wheels);
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
        let half = i64::from(state.time.hour / 12);
        if let Some((column, halves)) = state.parts.column(Part::Half)
            && let Some(at) = halves.iter().position(|number| *number == half)
            && let Some(column) = state.wheels.columns.get_mut(column)
        {
            column.index = at;
        }
        if let Some((_, hours)) = state.parts.column(Part::Hour) {
            hours.iter_mut().for_each(|number| *number = 12 * half + *number % 12);
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
        let end = |name: &str, unset: Time| Time::from_value(options.get(name)).unwrap_or(unset);
        (state.start, state.end) = ends(end("start", FIRST), end("end", LAST), (FIRST, LAST));
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

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "useMilitaryTime",
        apply: |node, args| rebuilt(node, |state: &mut State| state.all_day = args.get(0).as_bool() == Some(true)),
    },
    Method {
        name: "loop",
        apply: |node, args| rebuilt(node, |state: &mut State| state.no_loop = args.get(0).as_bool() == Some(false)),
    },
    Method {
        name: "enableCascade",
        apply: |node, args| rebuilt(node, |state: &mut State| state.cascade = args.get(0).as_bool() == Some(true)),
    },
    Method {
        name: "dateTimeOptions",
        apply: |node, args| {
            let two = |name: &str| args.get(0).get(name).as_str().map(|style| style == "2-digit");
            let digits = Digits { hour: two("hour"), minute: two("minute"), second: two("second") };
            rebuilt(node, |state: &mut State| state.digits = digits)
        },
    },
    LOOKS[0],
    LOOKS[1],
    LOOKS[2],
    LOOKS[3],
    LOOKS[4],
    EVENTS[0],
    EVENTS[1],
];

static LOOKS: [Method; 5] = looks::<State>();
static EVENTS: &[Method] = handlers!["onChange", "onEnterSelectedArea"];
