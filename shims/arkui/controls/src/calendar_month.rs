//! `CalendarMonth`: the days of a month in weeks, of which one is chosen. It is what a `CalendarPicker` and its dialog open.

use super::calendar::{Day, days_in};
use super::calendar_picker::{CHOSEN, Limits, ranges};
use super::{PRESSED, text_color};
use concord_paint::kurbo::{self, RoundedRect, Shape, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::component::{Component, Method, Setter};
use concord_ui::font::Font;
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::input::key::code;
use concord_ui::input::{KeyInput, KeyPhase};
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Callback, Value};
use rustc_hash::FxHashMap;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// See the module.
pub(crate) struct CalendarMonth;

#[derive(Default)]
struct State {
    /// A day of the month that is shown.
    shown: Option<Day>,
    chosen: Option<Day>,
    today: Option<Day>,
    /// `markToday`.
    mark_today: bool,
    start: Option<Day>,
    end: Option<Day>,
    disabled: Vec<(Day, Day)>,
    /// Narrow names of the days of the week, from Sunday on.
    weekdays: Vec<Rc<str>>,
    /// `hintRadius`: corners of the mark of the chosen day; a circle without.
    radius: Option<Length>,
    changed: Option<Callback>,
    labels: RefCell<FxHashMap<(Rc<str>, Color), Label>>,
}

/// Values of `ohos_calendar_pattern` in the theme, in vp.
const SIDE: f32 = 32.0;
const GAP: f32 = 8.0;
const ROW_GAP: f32 = 4.0;
const FONT: f32 = 16.0;
/// Opacity of what may not be chosen, and of the names of the week.
const OFF: f32 = 0.4;
const WEEKS: usize = 6;
const MOST_LABELS: usize = 256;

impl State {
    fn limits(&self) -> Limits<'_> {
        Limits { start: self.start, end: self.end, disabled: &self.disabled }
    }

    /// The day in a cell of the month, counted from the first week's Sunday.
    fn at(&self, cell: u32) -> Option<Day> {
        let shown = self.shown?;
        let first = shown.first_of_month();
        let day = (cell + 1).checked_sub(first.weekday())?;
        (1..=days_in(shown.year, shown.month)).contains(&day).then_some(Day { day, ..shown })
    }
}

/// Where cells are, in px.
struct Cells {
    origin: Point,
    width: f32,
    height: f32,
}

impl Cells {
    fn new(tree: &Tree, node: NodeId) -> Cells {
        let area = tree.get(node).map(|node| node.layout.content()).unwrap_or_default();
        Cells { origin: area.origin, width: area.size.width / 7.0, height: area.size.height / (WEEKS + 1) as f32 }
    }

    /// A cell by its column and row; the first row has the names of the week.
    fn rect(&self, column: usize, row: usize) -> Rect {
        let at = Point::new(self.width * column as f32, self.height * row as f32);
        Rect { origin: self.origin + at, size: Size::new(self.width, self.height) }
    }

    fn cell_at(&self, point: Point) -> Option<u32> {
        let column = ((point.x - self.origin.x) / self.width.max(1.0)).floor();
        let row = ((point.y - self.origin.y) / self.height.max(1.0)).floor();
        ((0.0..7.0).contains(&column) && (1.0..=WEEKS as f32).contains(&row))
            .then(|| (row as u32 - 1) * 7 + column as u32)
    }
}

fn choose(tree: &mut Tree, node: NodeId, day: Day) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    if !state.limits().allow(day) {
        return;
    }
    state.chosen = Some(day);
    state.shown = Some(day);
    let changed = state.changed.clone();
    tree.mark_paint(node);
    if let Some(changed) = changed {
        tree.emit(&changed, vec![day.value()]);
    }
}

impl Component for CalendarMonth {
    fn name(&self) -> &'static str {
        "CalendarMonth"
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

    fn focusable(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, _node: NodeId, constraint: &ContentConstraint) -> Size {
        // Days are shaped when they are drawn.
        let _ = pass.tree.fonts();
        let vp = |vp: f32| pass.tree.environment.vp(vp);
        constraint.fit(Size::new(7.0 * vp(SIDE + GAP), (WEEKS + 1) as f32 * vp(SIDE + ROW_GAP)))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.labels.get_mut().clear();
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(fonts)) = (tree.state::<State>(node), tree.known_fonts()) else { return };
        let environment = &tree.environment;
        let cells = Cells::new(tree, node);
        let right_to_left = tree.is_right_to_left(node);
        let limits = state.limits();
        let plain = text_color(environment);
        let mut labels = state.labels.borrow_mut();
        if labels.len() > MOST_LABELS {
            labels.clear();
        }
        let mut write = |text: Rc<str>, color: Color, cell: &Rect, painter: &mut Painter| {
            let label = labels.entry((Rc::clone(&text), color)).or_default();
            let size = Length::Plain(FONT, Unit::Fp);
            label.measure(&fonts, cell.size.width, 1, || {
                (text.to_string(), Font::default().style(environment, &size, color, 400))
            });
            label.paint(painter, cell);
        };
        let place = |column: usize| if right_to_left { 6 - column } else { column };
        for (column, name) in state.weekdays.iter().enumerate().take(7) {
            write(Rc::clone(name), plain.multiply_alpha(0.6), &cells.rect(place(column), 0), painter);
        }
        for cell in 0..(7 * WEEKS) as u32 {
            let Some(day) = state.at(cell) else { continue };
            let rect = cells.rect(place(cell as usize % 7), cell as usize / 7 + 1);
            let side = environment.vp(SIDE).min(rect.size.width).min(rect.size.height);
            let middle = super::rect(&rect).center();
            let square = kurbo::Rect::from_center_size(middle, (f64::from(side), f64::from(side)));
            let radius = state.radius.as_ref().map_or(side / 2.0, |radius| radius.to_px(environment).min(side / 2.0));
            let shape = RoundedRect::from_rect(square, f64::from(radius));
            let today = state.today == Some(day);
            let mut color = if today { CHOSEN.of(environment) } else { plain };
            if state.chosen == Some(day) {
                painter.fill_rounded(shape, &Brush::Solid(CHOSEN.of(environment)));
                color = Color::WHITE;
            } else if !limits.allow(day) {
                color = plain.multiply_alpha(OFF);
            }
            if today && state.mark_today {
                let line = if state.chosen == Some(day) { PRESSED } else { CHOSEN };
                let width = f64::from(environment.vp(1.0));
                painter.stroke(shape.to_path(0.1), &Stroke::new(width), &Brush::Solid(line.of(environment)));
            }
            write(day.day.to_string().into(), color, &rect, painter);
        }
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        let cells = Cells::new(pass.tree, node);
        let Some(cell) = cells.cell_at(at) else { return };
        let cell = if pass.tree.is_right_to_left(node) { cell / 7 * 7 + 6 - cell % 7 } else { cell };
        if let Some(day) = pass.tree.state::<State>(node).and_then(|state| state.at(cell)) {
            choose(pass.tree, node, day);
        }
    }

    fn on_key(&self, pass: &mut Pass<'_>, node: NodeId, input: &KeyInput) -> bool {
        let Some(day) = pass.tree.state::<State>(node).and_then(|state| state.chosen.or(state.shown)) else {
            return false;
        };
        let days = match input.code {
            code::DPAD_LEFT => -1,
            code::DPAD_RIGHT => 1,
            code::DPAD_UP => -7,
            code::DPAD_DOWN => 7,
            _ => return false,
        };
        if input.phase == KeyPhase::Down {
            choose(pass.tree, node, Day::from_ordinal(day.ordinal() + days));
        }
        true
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        let text = |day: &Day| format!("{:04}/{:02}/{:02}", day.year, day.month, day.day);
        out.text("selected", state.chosen.as_ref().map_or_else(String::new, text));
        out.text("shown", state.shown.as_ref().map_or_else(String::new, text));
    }
}

/// `create({ shown, selected, today, markToday, start, end, disabledDateRange, weekdays, hintRadius, onChange })`.
fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let day = |name: &str| Day::from_value(options.get(name));
    let names = options.get("weekdays").as_array().unwrap_or_default().iter().take(7);
    let weekdays = names.map(|name| Rc::from(name.as_str().unwrap_or_default())).collect();
    node.restyle(|state: &mut State| {
        state.chosen = day("selected");
        state.shown = day("shown").or(state.chosen).or(day("today"));
        state.today = day("today");
        state.mark_today = options.get("markToday").as_bool() == Some(true);
        (state.start, state.end) = (day("start"), day("end"));
        state.disabled = ranges(options.get("disabledDateRange"));
        state.weekdays = weekdays;
        state.radius = super::length(options.get("hintRadius"));
        state.changed = options.get("onChange").as_callback().cloned();
    })
}

static METHODS: &[Method] = &[Method { name: "create", apply: create }];
