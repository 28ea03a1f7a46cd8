//! `DatePicker`: a day between two others. Dates are made from `{ year, month, day }` on the app's side, which also says how the
//! language writes them, and which months the lunar calendar has.

use super::Bound;
use super::calendar::{Day, days_in};
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
pub(crate) struct DatePicker;

/// The limits of the platform, and what is chosen where the app's side says nothing.
const FIRST: Day = Day::new(1970, 1, 1);
const LAST: Day = Day::new(2100, 12, 31);

/// `DatePickerMode`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Mode {
    #[default]
    Date,
    YearAndMonth,
    MonthAndDay,
}

/// What a column chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
}

/// How a language writes dates.
#[derive(Debug, Clone)]
struct Language {
    order: [Part; 3],
    /// Names of the months; their numbers without.
    months: Vec<Rc<str>>,
    /// What follows a year, and a day.
    year: Rc<str>,
    day: Rc<str>,
}

impl Default for Language {
    fn default() -> Language {
        Language { order: [Part::Year, Part::Month, Part::Day], months: Vec::new(), year: "".into(), day: "".into() }
    }
}

impl Language {
    /// `{ order: ['year', 'month', 'day'], months: [name], year: suffix, day: suffix }`.
    fn from_value(value: &Value) -> Language {
        let part = |item: &Value| match item.as_str() {
            Some("year") => Part::Year,
            Some("month") => Part::Month,
            _ => Part::Day,
        };
        let texts = |name: &str| value.get(name).as_array().unwrap_or_default().to_vec();
        let order = texts("order");
        let suffix = |name: &str| Rc::from(value.get(name).as_str().unwrap_or_default());
        Language {
            order: match order.as_slice() {
                [one, two, three] => [part(one), part(two), part(three)],
                _ => Language::default().order,
            },
            months: texts("months").iter().take(12).filter_map(|name| name.as_str().map(Rc::from)).collect(),
            year: suffix("year"),
            day: suffix("day"),
        }
    }
}

/// A month of the lunar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct LunarMonth {
    /// The Gregorian year in which its year begins.
    year: i32,
    /// 1 to 12.
    month: u32,
    /// Whether it follows the month of the same number.
    leap: bool,
    days: u32,
    /// Its first day, in days since 1970-01-01.
    first: i64,
}

/// Most lunar months: those of 400 years.
const MOST_LUNAR_MONTHS: usize = 5000;
const LUNAR_MONTHS: [&str; 12] =
    ["正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"];
const LUNAR_DIGITS: [&str; 10] = ["十", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

impl LunarMonth {
    fn name(&self) -> Rc<str> {
        let name = LUNAR_MONTHS.get(self.month.saturating_sub(1) as usize).copied().unwrap_or_default();
        if self.leap { format!("闰{name}").into() } else { name.into() }
    }
}

/// How lunar days are written.
fn lunar_day(day: u32) -> Rc<str> {
    let digit = LUNAR_DIGITS.get(day as usize % 10).copied().unwrap_or_default();
    match day {
        1..=10 => format!("初{digit}").into(),
        11..=19 => format!("十{digit}").into(),
        20 => "二十".into(),
        30 => "三十".into(),
        _ => format!("廿{digit}").into(),
    }
}

struct State {
    wheels: Wheels,
    /// Months of the lunar calendar are indices of `lunar_months`.
    parts: Parts<Part>,
    start: Day,
    end: Day,
    day: Day,
    mode: Mode,
    no_loop: bool,
    language: Language,
    lunar: bool,
    lunar_months: Vec<LunarMonth>,
    bound: Option<Callback>,
}

impl Default for State {
    fn default() -> State {
        State {
            wheels: Wheels::default(),
            parts: Parts::default(),
            start: FIRST,
            end: LAST,
            day: FIRST,
            mode: Mode::Date,
            no_loop: false,
            language: Language::default(),
            lunar: false,
            lunar_months: Vec::new(),
            bound: None,
        }
    }
}

wheel_state!(State);

impl State {
    /// The lunar month of a day, by its index; none while the calendar is Gregorian.
    fn lunar_month(&self, day: Day) -> Option<usize> {
        if !self.lunar || self.mode != Mode::Date {
            return None;
        }
        let ordinal = day.ordinal();
        let after = self.lunar_months.partition_point(|month| month.first <= ordinal);
        let index = after.checked_sub(1)?;
        let month = self.lunar_months.get(index)?;
        (ordinal < month.first + i64::from(month.days)).then_some(index)
    }

    /// What may be chosen, given the chosen day, and what of it is.
    fn choices(&self) -> Vec<Choices<Part>> {
        if let Some(index) = self.lunar_month(self.day) {
            return self.lunar_choices(index);
        }
        let day = self.day;
        let first_month = if day.year == self.start.year { self.start.month } else { 1 };
        let last_month = if day.year == self.end.year { self.end.month } else { 12 };
        let same = |end: &Day| (day.year, day.month) == (end.year, end.month);
        let first_day = if same(&self.start) { self.start.day } else { 1 };
        let last_day = if same(&self.end) { self.end.day } else { days_in(day.year, day.month) };
        let range = |from: i64, to: i64| (from..=to.max(from)).collect::<Vec<_>>();
        vec![
            (Part::Year, range(self.start.year.into(), self.end.year.into()), day.year.into()),
            (Part::Month, range(first_month.into(), last_month.into()), day.month.into()),
            (Part::Day, range(first_day.into(), last_day.into()), day.day.into()),
        ]
    }

    fn lunar_choices(&self, index: usize) -> Vec<Choices<Part>> {
        let (first, last) = (self.start.ordinal(), self.end.ordinal());
        let within = |month: &LunarMonth| month.first <= last && month.first + i64::from(month.days) > first;
        let Some(chosen) = self.lunar_months.get(index).copied() else { return Vec::new() };
        let mut years: Vec<i64> =
            self.lunar_months.iter().filter(|month| within(month)).map(|month| month.year.into()).collect();
        years.dedup();
        let months = self.lunar_months.iter().enumerate();
        let months = months.filter(|(_, month)| month.year == chosen.year && within(month));
        let months = months.map(|(index, _)| index as i64).collect();
        let days = (1..=chosen.days).map(i64::from);
        let days = days.filter(|day| (first..=last).contains(&(chosen.first + day - 1))).collect();
        let day = self.day.ordinal() - chosen.first + 1;
        vec![(Part::Year, years, chosen.year.into()), (Part::Month, months, index as i64), (Part::Day, days, day)]
    }

    fn text(&self, part: Part, number: i64, lunar: bool) -> Rc<str> {
        match part {
            Part::Year => format!("{number}{}", self.language.year).into(),
            Part::Month if lunar => {
                let month = usize::try_from(number).ok().and_then(|index| self.lunar_months.get(index));
                month.map_or("".into(), LunarMonth::name)
            }
            Part::Day if lunar => lunar_day(u32::try_from(number).unwrap_or(1)),
            Part::Month => {
                let name = usize::try_from(number - 1).ok().and_then(|index| self.language.months.get(index));
                name.cloned().unwrap_or_else(|| number.to_string().into())
            }
            Part::Day => format!("{number}{}", self.language.day).into(),
        }
    }

    /// Reads what the columns show after one of them was turned.
    fn read(&mut self, turned: usize) {
        let lunar = self.lunar_month(self.day);
        let part = |part: Part| self.parts.chosen(&self.wheels, part);
        let (year, month, day) = (part(Part::Year), part(Part::Month), part(Part::Day));
        self.day = match lunar {
            Some(before) => self.lunar_day(before, self.parts.part(turned), year, month, day.unwrap_or(1)),
            None => {
                let number = |number: Option<i64>, default: u32| number.map_or(default, |number| number as u32);
                let year = year.map_or(self.day.year, |year| year as i32);
                let month = number(month, self.day.month);
                Day::new(year, month, number(day, self.day.day).min(days_in(year, month)))
            }
        };
        self.build();
    }

    /// The day that columns of the lunar calendar show.
    fn lunar_day(&self, before: usize, turned: Option<Part>, year: Option<i64>, month: Option<i64>, day: i64) -> Day {
        let index = if turned == Some(Part::Year) {
            // The month of the same name in another year; a leap month is in few of them.
            let known = self.lunar_months.get(before);
            let months = self.lunar_months.iter().enumerate();
            let mut months = months.filter(|(_, month)| Some(i64::from(month.year)) == year);
            let wanted = known.map(|month| month.month);
            months.find(|(_, month)| Some(month.month) == wanted).map(|(index, _)| index)
        } else {
            month.and_then(|index| usize::try_from(index).ok())
        };
        match index.and_then(|index| self.lunar_months.get(index)) {
            Some(month) => Day::from_ordinal(month.first + day.clamp(1, month.days.into()) - 1),
            None => self.day,
        }
    }
}

impl Rebuilds for State {
    fn build(&mut self) {
        self.day = self.day.clamp(self.start, self.end);
        let lunar = self.lunar_month(self.day).is_some();
        let hidden = match self.mode {
            Mode::Date => None,
            Mode::YearAndMonth => Some(Part::Day),
            Mode::MonthAndDay => Some(Part::Year),
        };
        let mut choices = self.choices();
        let shown = self.language.order.iter().filter(|part| Some(**part) != hidden);
        let ordered = shown.filter_map(|part| {
            let at = choices.iter().position(|(kind, ..)| kind == part)?;
            Some(choices.swap_remove(at))
        });
        let ordered = ordered.collect();
        let mut parts = std::mem::take(&mut self.parts);
        let mut wheels = std::mem::take(&mut self.wheels);
        parts.build(&mut wheels, ordered, |part, number| self.text(part, number, lunar), |_| !self.no_loop);
        (self.parts, self.wheels) = (parts, wheels);
    }
}

fn changed(tree: &mut Tree, node: NodeId, column: usize) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    state.read(column);
    let (value, bound) = (state.day.value(), state.bound.clone());
    super::tell(tree, node, bound.as_ref(), vec![value.clone()]);
    tree.emit_event(node, "onDateChange", vec![value]);
}

/// Nobody hears of days that only pass by.
fn entered(_tree: &mut Tree, _node: NodeId, _column: usize) {}

impl Component for DatePicker {
    fn name(&self) -> &'static str {
        "DatePicker"
    }

    wheel_input!(State, changed, entered);

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        let text = |day: &Day| format!("{}-{}-{}", day.year, day.month, day.day);
        out.text("selected", text(&state.day));
        out.text("start", text(&state.start));
        out.text("end", text(&state.end));
        out.flag("lunar", state.lunar);
        out.text("columns", state.wheels.text(" "));
    }
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let selected = Bound::member(options, "selected");
    node.restyle(|state: &mut State| {
        let end = |name: &str, default: Day| Day::from_value(options.get(name)).unwrap_or(default).clamp(FIRST, LAST);
        (state.start, state.end) = ends(end("start", FIRST), end("end", LAST), (FIRST, LAST));
        state.day = Day::from_value(&selected.value).unwrap_or(FIRST);
        state.bound = selected.change;
        state.mode = match options.get("mode").as_i32() {
            Some(1) => Mode::YearAndMonth,
            Some(2) => Mode::MonthAndDay,
            _ => Mode::Date,
        };
        state.language = Language::from_value(options.get("language"));
        state.build();
    })
}

/// `lunarMonths([year, month, leap, days, first, …])`: the months of the lunar calendar in the order of time, five numbers each.
fn lunar_months(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let numbers: Vec<f64> = args.get(0).as_array().unwrap_or_default().iter().filter_map(Value::as_f64).collect();
    let months = numbers.chunks_exact(5).take(MOST_LUNAR_MONTHS).filter_map(|month| match month {
        [year, month, leap, days, first] => Some(LunarMonth {
            year: *year as i32,
            month: (*month as u32).clamp(1, 12),
            leap: *leap != 0.0,
            days: (*days as u32).clamp(1, 31),
            first: *first as i64,
        }),
        _ => None,
    });
    let months = months.collect();
    rebuilt(node, |state: &mut State| state.lunar_months = months)
}

static COMMANDS: &[Method] = &[Method { name: "lunarMonths", apply: lunar_months }];

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "lunar",
        apply: |node, args| rebuilt(node, |state: &mut State| state.lunar = args.get(0).as_bool() == Some(true)),
    },
    Method {
        name: "canLoop",
        apply: |node, args| rebuilt(node, |state: &mut State| state.no_loop = args.get(0).as_bool() == Some(false)),
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
static EVENTS: &[Method] = handlers!["onChange", "onDateChange"];
