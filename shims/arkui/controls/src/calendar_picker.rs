//! `CalendarPicker`: a date with buttons that change it by days, and a month to choose from that opens beside it; see
//! `calendar_month.rs` and, on the app's side, the calendar of the overlays.

use super::calendar::Day;
use super::{Bound, PRESSED, content, rect, text_color, track_color};
use concord_paint::kurbo::{BezPath, Cap, Join, Line, RoundedRect, Shape, Stroke};
use concord_paint::{Brush, Painter};
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::font::Font;
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::handlers;
use concord_ui::input::UiState;
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Callback, Value};
use std::any::Any;

/// See the module.
pub(crate) struct CalendarPicker;

#[derive(Default)]
struct State {
    day: Option<Day>,
    start: Option<Day>,
    end: Option<Day>,
    disabled: Vec<(Day, Day)>,
    /// What the library calls to show a month, when the date is clicked.
    opener: Option<Callback>,
    /// `CalendarAlign`, and how far from there the month opens.
    align: Option<i32>,
    offset: Value,
    mark_today: bool,
    bound: Option<Callback>,
    font: Font,
    label: Label,
}

/// Values of `ohos_calendar_pattern` in the theme, in vp and fp.
const HEIGHT: f32 = 32.0;
const BUTTON: f32 = 32.0;
const RADIUS: f32 = 8.0;
const SIDE_MARGIN: f32 = 12.0;
const FONT: f32 = 16.0;
/// `CalendarAlign.END`.
const ALIGN_END: i32 = 2;
/// Most ranges of days that may not be chosen.
const MOST_RANGES: usize = 1000;

/// The days that may be chosen.
pub(super) struct Limits<'a> {
    pub(super) start: Option<Day>,
    pub(super) end: Option<Day>,
    pub(super) disabled: &'a [(Day, Day)],
}

impl Limits<'_> {
    pub(super) fn allow(&self, day: Day) -> bool {
        self.start.is_none_or(|start| start <= day)
            && self.end.is_none_or(|end| day <= end)
            && !self.disabled.iter().any(|(from, to)| (*from..=*to).contains(&day))
    }
}

/// `[{ start, end }]`: ranges of days, sorted, without those in the wrong order.
pub(super) fn ranges(value: &Value) -> Vec<(Day, Day)> {
    let range = |range: &Value| Some((Day::from_value(range.get("start"))?, Day::from_value(range.get("end"))?));
    let ranges = value.as_array().unwrap_or_default().iter().take(MOST_RANGES).filter_map(range);
    let mut ranges: Vec<_> = ranges.filter(|(from, to)| from <= to).collect();
    ranges.sort_unstable();
    ranges
}

impl State {
    fn limits(&self) -> Limits<'_> {
        Limits { start: self.start, end: self.end, disabled: &self.disabled }
    }

    /// The nearest day before or after the chosen one that may be chosen.
    fn beside(&self, forth: bool) -> Option<Day> {
        let limits = self.limits();
        let mut day = self.day?;
        for _ in 0..=self.disabled.len() {
            day = Day::from_ordinal(day.ordinal() + if forth { 1 } else { -1 });
            // A range of days that may not be chosen is passed in one step.
            let Some((from, to)) = self.disabled.iter().find(|(from, to)| (*from..=*to).contains(&day)) else {
                return limits.allow(day).then_some(day);
            };
            day = if forth { *to } else { *from };
        }
        None
    }

    fn text(&self) -> String {
        self.day.map_or_else(String::new, |day| format!("{:04}/{:02}/{:02}", day.year, day.month, day.day))
    }
}

fn set(tree: &mut Tree, node: NodeId, day: Day) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    if !state.limits().allow(day) || state.day.replace(day) == Some(day) {
        return;
    }
    state.label.forget();
    let bound = state.bound.clone();
    tree.mark_measure(node);
    super::tell(tree, node, bound.as_ref(), vec![day.value()]);
}

/// The width of the column with the buttons in px.
fn buttons(environment: &Environment) -> f32 {
    environment.vp(BUTTON)
}

impl Component for CalendarPicker {
    fn name(&self) -> &'static str {
        "CalendarPicker"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        Looks {
            height: Some(Length::vp(HEIGHT)),
            radius: Some(Length::vp(RADIUS)),
            opacity: super::opacity(tree, node),
            ..Looks::default()
        }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let beside = buttons(&environment) + 2.0 * environment.vp(SIDE_MARGIN);
        let (text, font) = (state.text(), state.font.clone());
        let color = text_color(&environment);
        let room = (constraint.max.width - beside).max(0.0);
        let label = state
            .label
            .measure(&fonts, room, 1, || (text, font.style(&environment, &Length::Plain(FONT, Unit::Fp), color, 400)));
        constraint.fit(Size::new(label.width + beside, environment.vp(HEIGHT).max(label.height)))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.label.forget();
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let environment = &tree.environment;
        let area = content(tree, node);
        let vp = f64::from(environment.vp(1.0));
        let line = Brush::Solid(track_color(environment));
        let frame = RoundedRect::from_rect(area.inset(-vp / 2.0), f64::from(environment.vp(RADIUS)) - vp / 2.0);
        painter.stroke(frame.to_path(0.1), &Stroke::new(vp), &line);
        let right_to_left = tree.is_right_to_left(node);
        let width = f64::from(buttons(environment));
        let x = if right_to_left { area.x0 + width } else { area.x1 - width };
        painter.stroke(Line::new((x, area.y0), (x, area.y1)).to_path(0.1), &Stroke::new(vp), &line);
        let outer = if right_to_left { area.x0 } else { area.x1 };
        painter.stroke(Line::new((x, area.center().y), (outer, area.center().y)).to_path(0.1), &Stroke::new(vp), &line);
        let center = (x + outer) / 2.0;
        for (up, forth) in [(true, true), (false, false)] {
            let y = area.center().y + area.height() / 4.0 * if up { -1.0 } else { 1.0 };
            let (arm, rise) = (4.0 * vp, 2.0 * vp * if up { -1.0 } else { 1.0 });
            let mut arrow = BezPath::new();
            arrow.move_to((center - arm, y - rise));
            arrow.line_to((center, y + rise));
            arrow.line_to((center + arm, y - rise));
            let color = text_color(environment);
            let color = if state.beside(forth).is_some() { color } else { color.multiply_alpha(super::DISABLED) };
            let stroke = Stroke::new(1.5 * vp).with_caps(Cap::Round).with_join(Join::Round);
            painter.stroke(arrow, &stroke, &Brush::Solid(color));
        }
        let frame = found.layout.content();
        let beside = buttons(environment);
        let left = if right_to_left { beside } else { 0.0 };
        let text = Rect {
            origin: frame.origin + Point::new(left, 0.0),
            size: Size::new((frame.size.width - beside).max(0.0), frame.size.height),
        };
        state.label.paint(painter, &text);
        if tree.ui_state(node).has(UiState::PRESSED) {
            let shape = RoundedRect::from_rect(rect(&text), f64::from(environment.vp(RADIUS)));
            painter.fill_rounded(shape, &Brush::Solid(PRESSED.of(&tree.environment)));
        }
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        let Some(area) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let from = area.right() - buttons(&pass.tree.environment);
        let on_buttons = if pass.tree.is_right_to_left(node) {
            at.x < area.origin.x + buttons(&pass.tree.environment)
        } else {
            at.x >= from
        };
        let Some(state) = pass.tree.state::<State>(node) else { return };
        if on_buttons {
            if let Some(day) = state.beside(at.y < area.origin.y + area.size.height / 2.0) {
                set(pass.tree, node, day);
            }
        } else if let (Some(opener), Some(day)) = (state.opener.clone(), state.day) {
            let told = Value::object([
                ("day", day.value()),
                ("align", Value::Number(f64::from(state.align.unwrap_or(ALIGN_END)))),
                ("offset", state.offset.clone()),
                ("markToday", Value::Bool(state.mark_today)),
            ]);
            let number = Value::Number(pass.tree.number(node) as f64);
            pass.tree.emit(&opener, vec![told, number]);
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("content", state.text());
        out.text("selected", state.text());
    }
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let selected = Bound::member(options, "selected");
    let day = |name: &str| Day::from_value(options.get(name));
    let (mut start, mut end) = (day("start"), day("end"));
    if start.zip(end).is_some_and(|(start, end)| start > end) {
        (start, end) = (None, None);
    }
    let disabled = ranges(options.get("disabledDateRange"));
    node.restyle(|state: &mut State| {
        (state.start, state.end, state.disabled) = (start, end, disabled);
        let wanted = Day::from_value(&selected.value);
        // A day before the first or after the last is one of these.
        state.day = wanted.map(|day| day.max(start.unwrap_or(day)).min(end.unwrap_or(day.max(start.unwrap_or(day)))));
        state.bound = selected.change;
        state.opener = options.get("opener").as_callback().cloned();
        state.label.forget();
    })
}

static COMMANDS: &[Method] = &[
    // `choose({ year, month, day })`: the day that was chosen in the month.
    Method {
        name: "choose",
        apply: |node, args| {
            if let Some(day) = Day::from_value(args.get(0)) {
                set(node.tree, node.node, day);
            }
            Value::Undefined
        },
    },
];

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "edgeAlign",
        apply: |node, args| {
            node.redraw(|state: &mut State| {
                (state.align, state.offset) = (args.get(0).as_i32(), args.get(1).clone());
            })
        },
    },
    Method {
        name: "markToday",
        apply: |node, args| {
            node.redraw(|state: &mut State| put(&mut state.mark_today, args.get(0).as_bool() == Some(true)))
        },
    },
    Method {
        name: "textStyle",
        apply: |node, args| {
            let style = args.get(0);
            node.restyle(|state: &mut State| {
                state.font = Font { color: parse_color(style.get("color")), ..Font::from_value(style.get("font")) };
                state.label.forget();
            })
        },
    },
    EVENTS[0],
];

static EVENTS: &[Method] = handlers!["onChange"];

/// The colour of what is chosen in a month.
pub(super) const CHOSEN: concord_ui::theme::Shade = super::EMPHASIZE;
