//! `DatePicker`: a day between two others. Days come as `{ year, month, day }` with months from 0; dates are made from them on
//! the app's side. The lunar calendar is not there yet.

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
pub(crate) struct DatePicker;

/// A day; months are 1 to 12. In the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Day {
    year: u32,
    month: u32,
    day: u32,
}

/// What is chosen where the app says nothing, and the limits of the platform.
const FIRST: Day = Day { year: 1970, month: 1, day: 1 };
const LAST: Day = Day { year: 2100, month: 12, day: 31 };

/// `DatePickerMode`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Mode {
    #[default]
    Date,
    YearAndMonth,
    MonthAndDay,
}

struct State {
    wheels: Wheels,
    start: Day,
    end: Day,
    day: Day,
    mode: Mode,
    no_loop: bool,
    bound: Option<Callback>,
}

impl Default for State {
    fn default() -> State {
        State {
            wheels: Wheels::default(),
            start: FIRST,
            end: LAST,
            day: FIRST,
            mode: Mode::Date,
            no_loop: false,
            bound: None,
        }
    }
}

wheel_state!(State);

fn days_in(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Day {
    fn from_value(value: &Value) -> Option<Day> {
        let part = |name: &str| value.get(name).as_f64();
        let year = part("year")?.clamp(f64::from(FIRST.year), f64::from(LAST.year)) as u32;
        let month = part("month")?.clamp(0.0, 11.0) as u32 + 1;
        let day = (part("day")?.max(1.0) as u32).min(days_in(year, month));
        Some(Day { year, month, day })
    }

    fn value(self) -> Value {
        let number = |number: u32| Value::Number(f64::from(number));
        Value::object([("year", number(self.year)), ("month", number(self.month - 1)), ("day", number(self.day))])
    }
}

/// A column of numbers.
fn numbers(from: u32, to: u32, chosen: u32, loops: bool) -> Column {
    let items: Vec<Rc<str>> = (from..=to).map(|number| number.to_string().into()).collect();
    let mut column = Column::new(items, chosen.saturating_sub(from) as usize);
    column.loops = loops;
    column
}

impl State {
    /// The months of the chosen year, and the days of the chosen month, that lie between the ends.
    fn months(&self) -> (u32, u32) {
        let from = if self.day.year == self.start.year { self.start.month } else { 1 };
        let to = if self.day.year == self.end.year { self.end.month } else { 12 };
        (from, to.max(from))
    }

    fn days(&self) -> (u32, u32) {
        let same = |end: &Day| (self.day.year, self.day.month) == (end.year, end.month);
        let from = if same(&self.start) { self.start.day } else { 1 };
        let to = if same(&self.end) { self.end.day } else { days_in(self.day.year, self.day.month) };
        (from, to.max(from))
    }

    fn build(&mut self) {
        self.day = self.day.clamp(self.start, self.end);
        let (months, days) = (self.months(), self.days());
        let loops = !self.no_loop;
        let mut columns = Vec::new();
        if self.mode != Mode::MonthAndDay {
            columns.push(numbers(self.start.year, self.end.year, self.day.year, loops));
        }
        columns.push(numbers(months.0, months.1, self.day.month, loops));
        if self.mode != Mode::YearAndMonth {
            columns.push(numbers(days.0, days.1, self.day.day, loops));
        }
        self.wheels.columns = columns;
        self.wheels.forget();
    }

    fn read(&mut self) {
        let at = |column: usize| u32::try_from(self.wheels.chosen(column)).unwrap_or(0);
        let (months, days) = (self.months(), self.days());
        let mut day = self.day;
        let mut column = 0;
        if self.mode != Mode::MonthAndDay {
            day.year = self.start.year + at(column);
            column += 1;
        }
        day.month = months.0 + at(column);
        if self.mode != Mode::YearAndMonth {
            day.day = days.0 + at(column + 1);
        }
        day.day = day.day.min(days_in(day.year, day.month));
        self.day = day;
        self.build();
    }
}

fn changed(tree: &mut Tree, node: NodeId, _column: usize) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    state.read();
    let (value, bound) = (state.day.value(), state.bound.clone());
    super::tell(tree, node, bound.as_ref(), vec![value.clone()]);
    tree.emit_event(node, "onDateChange", vec![value]);
}

impl Component for DatePicker {
    fn name(&self) -> &'static str {
        "DatePicker"
    }

    wheel_input!(State, changed);

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        let text = |day: &Day| format!("{}-{}-{}", day.year, day.month, day.day);
        out.text("selected", text(&state.day));
        out.text("start", text(&state.start));
        out.text("end", text(&state.end));
    }
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let selected = Bound::member(options, "selected");
    node.restyle(|state: &mut State| {
        let end = |name: &str, default: Day| Day::from_value(options.get(name)).unwrap_or(default);
        (state.start, state.end) = (end("start", FIRST), end("end", LAST));
        // Ends in the wrong order count as unset.
        if state.start > state.end {
            (state.start, state.end) = (FIRST, LAST);
        }
        state.day = Day::from_value(&selected.value).unwrap_or(FIRST);
        state.bound = selected.change;
        state.mode = match options.get("mode").as_i32() {
            Some(1) => Mode::YearAndMonth,
            Some(2) => Mode::MonthAndDay,
            _ => Mode::Date,
        };
        state.build();
    })
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "canLoop",
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
    EVENTS[1],
];

static EVENTS: &[Method] = handlers!["onChange", "onDateChange"];
