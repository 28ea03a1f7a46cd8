//! Columns of options that turn under a finger, as pickers have them. Turning ends on an option at once.

use super::content;
use concord_paint::kurbo::{self, Line, Shape, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::common::parse_color;
use concord_ui::component::Setter;
use concord_ui::font::Font;
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::input::KeyInput;
use concord_ui::input::KeyPhase;
use concord_ui::input::key::code;
use concord_ui::label::Label;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pan::{PanEvent, PanPhase};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Column {
    pub(super) items: Vec<Rc<str>>,
    pub(super) index: usize,
    /// Whether the first follows the last.
    pub(super) loops: bool,
}

impl Column {
    pub(super) fn new(items: Vec<Rc<str>>, index: usize) -> Column {
        let index = index.min(items.len().saturating_sub(1));
        Column { items, index, loops: false }
    }

    /// The option some rows further down, if there is one.
    fn at(&self, rows: i64) -> Option<usize> {
        let count = i64::try_from(self.items.len()).ok().filter(|count| *count > 0)?;
        let at = self.index as i64 + rows;
        let at = if self.loops { at.rem_euclid(count) } else { at };
        (0..count).contains(&at).then_some(at as usize)
    }

    /// Turns by rows as far as there are any. Returns whether that changed it.
    fn turn(&mut self, rows: i64) -> bool {
        let last = self.items.len().saturating_sub(1) as i64;
        let to = self.at(rows).unwrap_or((self.index as i64 + rows).clamp(0, last) as usize);
        std::mem::replace(&mut self.index, to) != to
    }
}

/// Looks of the chosen option, of those beside it, and of the outermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Chosen,
    Near,
    Far,
}

/// All columns of a picker.
#[derive(Default)]
pub(super) struct Wheels {
    pub(super) columns: Vec<Column>,
    pub(super) row_height: Option<Length>,
    chosen: Font,
    near: Font,
    far: Font,
    /// The column that is dragged, how far it is between two options in px, and where it began.
    drag: Option<(usize, f32, usize)>,
    /// The column that keys turn.
    focused: usize,
    labels: RefCell<FxHashMap<(Rc<str>, Place), Label>>,
}

/// Values of `ohos_picker_pattern` in the theme.
const CHOSEN: Color = Color::from_argb(0xff00_7dff);
const DIVIDER: Color = Color::from_argb(0x3318_2431);
const DIVIDER_DARK: Color = Color::from_argb(0x33ff_ffff);
const CHOSEN_HEIGHT: f32 = 56.0;
const ROW_HEIGHT: f32 = 36.0;
/// Options above and below the chosen one.
const BESIDE: i64 = 2;
/// How long a finger that is lifted seems to go on, in s.
const GO_ON: f32 = 0.1;
const MOST_LABELS: usize = 256;

/// The state of a picker.
pub(super) trait Picker: 'static {
    fn wheels(&self) -> &Wheels;
    fn wheels_mut(&mut self) -> &mut Wheels;
}

impl Wheels {
    fn heights(&self, environment: &Environment) -> (f32, f32) {
        match self.row_height.as_ref().map(|height| height.to_px(environment)).filter(|height| *height > 0.0) {
            Some(height) => (height, height),
            None => (environment.vp(CHOSEN_HEIGHT), environment.vp(ROW_HEIGHT)),
        }
    }

    pub(super) fn size(&self, environment: &Environment, constraint: &ContentConstraint) -> Size {
        let (chosen, row) = self.heights(environment);
        let width = super::room(constraint, concord_ui::geometry::Axis::Horizontal, environment.vp(360.0));
        constraint.fit(Size::new(width, chosen + 2.0 * BESIDE as f32 * row))
    }

    pub(super) fn forget(&mut self) {
        self.labels.get_mut().clear();
    }

    fn column_at(&self, content: &Rect, x: f32) -> usize {
        let count = self.columns.len().max(1);
        let part = (x - content.origin.x) / content.size.width.max(1.0);
        ((part * count as f32).max(0.0) as usize).min(count - 1)
    }

    /// How many rows below the chosen one a place is.
    fn row_at(&self, environment: &Environment, content: &Rect, y: f32) -> i64 {
        let (chosen, row) = self.heights(environment);
        let off = y - (content.origin.y + content.size.height / 2.0);
        if off.abs() <= chosen / 2.0 {
            return 0;
        }
        let rows = ((off.abs() - chosen / 2.0) / row).floor() as i64 + 1;
        rows.min(BESIDE) * if off > 0.0 { 1 } else { -1 }
    }

    /// What is chosen in a column.
    pub(super) fn chosen(&self, column: usize) -> usize {
        self.columns.get(column).map_or(0, |column| column.index)
    }

    /// What is chosen, as the inspector shows it.
    pub(super) fn text(&self, between: &str) -> String {
        let texts = self.columns.iter().filter_map(|column| column.items.get(column.index));
        texts.map(|text| text.to_string()).collect::<Vec<_>>().join(between)
    }
}

/// A click: the option there becomes the chosen one. Returns the column that changed.
pub(super) fn click<T: Picker>(tree: &mut Tree, node: NodeId, at: Point) -> Option<usize> {
    let content = tree.get(node)?.layout.content();
    let environment = tree.environment.clone();
    let wheels = tree.state_mut::<T>(node)?.wheels_mut();
    let column = wheels.column_at(&content, at.x);
    let rows = wheels.row_at(&environment, &content, at.y);
    wheels.focused = column;
    // What is not there cannot be chosen.
    wheels.columns.get(column)?.at(rows)?;
    let changed = wheels.columns.get_mut(column)?.turn(rows);
    tree.mark_paint(node);
    changed.then_some(column)
}

/// A finger turns a column. Returns the column that it left changed.
pub(super) fn pan<T: Picker>(pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Option<usize> {
    let content = pass.tree.get(node)?.layout.content();
    let environment = pass.tree.environment.clone();
    let wheels = pass.tree.state_mut::<T>(node)?.wheels_mut();
    let (_, row) = wheels.heights(&environment);
    let changed = match event.phase {
        PanPhase::Touch => None,
        PanPhase::Start | PanPhase::Update => {
            let column = wheels.column_at(&content, event.position.x);
            let begin = wheels.chosen(column);
            let (column, mut offset, begin) = wheels.drag.unwrap_or((column, 0.0, begin));
            offset += event.delta.y;
            let rows = (offset / row).round();
            if wheels.columns.get_mut(column).is_some_and(|column| column.turn(-(rows as i64))) {
                offset -= rows * row;
            }
            wheels.focused = column;
            wheels.drag = Some((column, offset.clamp(-row, row), begin));
            None
        }
        PanPhase::End | PanPhase::Cancel => {
            let (column, offset, begin) = wheels.drag.take()?;
            let way = if event.phase == PanPhase::End { event.velocity.y * GO_ON + offset } else { 0.0 };
            let turned = wheels.columns.get_mut(column)?;
            turned.turn(-((way / row).round().clamp(-1e6, 1e6) as i64));
            (turned.index != begin).then_some(column)
        }
        PanPhase::Wheel => {
            let column = wheels.column_at(&content, event.position.x);
            let rows = if event.delta.y > 0.0 { -1 } else { 1 };
            wheels.columns.get_mut(column)?.turn(rows).then_some(column)
        }
    };
    pass.tree.mark_paint(node);
    changed
}

/// Up and down turn a column, left and right choose which. Returns whether the key is used, and the column that changed.
pub(super) fn key<T: Picker>(tree: &mut Tree, node: NodeId, input: &KeyInput) -> (bool, Option<usize>) {
    let Some(wheels) = tree.state_mut::<T>(node).map(Picker::wheels_mut) else { return (false, None) };
    let down = input.phase == KeyPhase::Down;
    let last = wheels.columns.len().saturating_sub(1);
    let rows = match input.code {
        code::DPAD_UP => -1,
        code::DPAD_DOWN => 1,
        code::DPAD_LEFT if wheels.focused > 0 => {
            wheels.focused -= usize::from(down);
            return (true, None);
        }
        code::DPAD_RIGHT if wheels.focused < last => {
            wheels.focused += usize::from(down);
            return (true, None);
        }
        _ => return (false, None),
    };
    let column = wheels.focused.min(last);
    let changed = down && wheels.columns.get_mut(column).is_some_and(|column| column.turn(rows));
    tree.mark_paint(node);
    (true, changed.then_some(column))
}

/// Draws the columns.
pub(super) fn paint<T: Picker>(tree: &Tree, node: NodeId, painter: &mut Painter) {
    let (Some(wheels), Some(fonts)) = (tree.state::<T>(node).map(Picker::wheels), tree.known_fonts()) else { return };
    let environment = &tree.environment;
    let area = content(tree, node);
    let (chosen, row) = wheels.heights(environment);
    let width = area.width() / wheels.columns.len().max(1) as f64;
    let middle = area.center().y;
    painter.save();
    painter.clip_rect(area);
    let mut labels = wheels.labels.borrow_mut();
    if labels.len() > MOST_LABELS {
        labels.clear();
    }
    for (number, column) in wheels.columns.iter().enumerate() {
        let offset = wheels.drag.filter(|drag| drag.0 == number).map_or(0.0, |drag| drag.1);
        for rows in -BESIDE..=BESIDE {
            let Some(text) = column.at(rows).and_then(|index| column.items.get(index)) else { continue };
            let place = match rows.abs() {
                0 => Place::Chosen,
                rows if rows < BESIDE => Place::Near,
                _ => Place::Far,
            };
            let beside = if rows == 0 { 0.0 } else { (chosen - row) / 2.0 * rows.signum() as f32 };
            let center = middle as f32 + offset + beside + row * rows as f32;
            let label = labels.entry((Rc::clone(text), place)).or_default();
            let style = || {
                let (font, size, color, weight) = match place {
                    Place::Chosen => (&wheels.chosen, 20.0, CHOSEN, 500),
                    Place::Near => (&wheels.near, 16.0, super::text_color(environment), 400),
                    Place::Far => (&wheels.far, 14.0, super::text_color(environment).multiply_alpha(0.6), 400),
                };
                (text.to_string(), font.style(environment, &Length::Plain(size, Unit::Fp), color, weight))
            };
            label.measure(&fonts, width as f32, 1, style);
            let height = if rows == 0 { chosen } else { row };
            let origin = Point::new((area.x0 + width * number as f64) as f32, center - height / 2.0);
            label.paint(painter, &Rect { origin, size: Size::new(width as f32, height) });
        }
    }
    painter.restore();
    let brush = Brush::Solid(if environment.dark { DIVIDER_DARK } else { DIVIDER });
    for side in [-1.0, 1.0] {
        let y = middle + side * f64::from(chosen) / 2.0;
        let line: Line = Line::new((area.x0, y), (area.x1, y));
        let path: kurbo::BezPath = line.to_path(0.1);
        painter.stroke(path, &Stroke::new(2.0), &brush);
    }
}

/// `textStyle`, `selectedTextStyle`, `disappearTextStyle`: `{ color, font }`.
fn styled<T: Picker>(node: &mut Setter<'_>, args: Args<'_>, which: fn(&mut Wheels) -> &mut Font) -> Value {
    let style = args.get(0);
    node.redraw(|state: &mut T| {
        let wheels = state.wheels_mut();
        *which(wheels) = Font { color: parse_color(style.get("color")), ..Font::from_value(style.get("font")) };
        wheels.forget();
    })
}

pub(super) fn text_style<T: Picker>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    styled::<T>(node, args, |wheels| &mut wheels.near)
}

pub(super) fn selected_text_style<T: Picker>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    styled::<T>(node, args, |wheels| &mut wheels.chosen)
}

pub(super) fn disappear_text_style<T: Picker>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    styled::<T>(node, args, |wheels| &mut wheels.far)
}

/// The rest of what pickers have in common, for `impl Component`: the state's type, and what a change of a column does.
macro_rules! wheel_input {
    ($state:ty, $changed:path) => {
        fn is_leaf(&self) -> bool {
            true
        }

        fn new_state(&self) -> Box<dyn std::any::Any> {
            Box::new(<$state>::default())
        }

        fn methods(&self) -> &'static [concord_ui::component::Method] {
            METHODS
        }

        fn looks(&self, tree: &Tree, node: NodeId) -> concord_ui::component::Looks {
            concord_ui::component::Looks { opacity: super::opacity(tree, node), ..Default::default() }
        }

        fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
            // Options are shaped when they are drawn.
            let _ = pass.tree.fonts();
            let environment = pass.tree.environment.clone();
            pass.tree.state::<$state>(node).map_or(Size::ZERO, |state| state.wheels.size(&environment, constraint))
        }

        fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

        fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
            if let Some(state) = tree.state_mut::<$state>(node) {
                state.wheels.forget();
            }
        }

        fn paint(&self, tree: &Tree, node: NodeId, painter: &mut concord_paint::Painter) {
            wheel::paint::<$state>(tree, node, painter);
        }

        fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
            true
        }

        fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: concord_ui::geometry::Point) {
            if let Some(column) = wheel::click::<$state>(pass.tree, node, at) {
                $changed(pass.tree, node, column);
            }
        }

        fn pan_axis(&self, _tree: &Tree, _node: NodeId) -> Option<concord_ui::pan::PanAxis> {
            Some(concord_ui::pan::PanAxis::Vertical)
        }

        fn on_pan(
            &self,
            pass: &mut Pass<'_>,
            node: NodeId,
            event: &concord_ui::pan::PanEvent,
        ) -> concord_ui::geometry::Point {
            if let Some(column) = wheel::pan::<$state>(pass, node, event) {
                $changed(pass.tree, node, column);
            }
            event.delta
        }

        fn on_key(&self, pass: &mut Pass<'_>, node: NodeId, input: &concord_ui::input::KeyInput) -> bool {
            let (used, column) = wheel::key::<$state>(pass.tree, node, input);
            if let Some(column) = column {
                $changed(pass.tree, node, column);
            }
            used
        }
    };
}
pub(super) use wheel_input;

/// A state with its columns in `wheels`.
macro_rules! wheel_state {
    ($state:ty) => {
        impl wheel::Picker for $state {
            fn wheels(&self) -> &wheel::Wheels {
                &self.wheels
            }

            fn wheels_mut(&mut self) -> &mut wheel::Wheels {
                &mut self.wheels
            }
        }
    };
}
pub(super) use wheel_state;
