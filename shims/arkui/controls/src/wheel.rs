//! Columns of options that turn under a finger, as pickers have them. What is chosen changes at once; the column rolls there.
//! How they look is in `wheel_looks.rs`.

use super::glide::{Glide, Pace, may_glide};
use super::wheel_looks::Looks;
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::input::KeyInput;
use concord_ui::input::KeyPhase;
use concord_ui::input::key::code;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pan::{PanEvent, PanPhase};
use concord_ui::pictures::{Loaded, Source};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length};
use std::rc::Rc;

/// An option.
#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    pub(super) text: Rc<str>,
    /// A picture before the text, and what came of it.
    pub(super) icon: Option<Source>,
    pub(super) loaded: Option<Rc<Loaded>>,
}

impl From<Rc<str>> for Item {
    fn from(text: Rc<str>) -> Item {
        Item { text, ..Item::default() }
    }
}

/// A column.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    pub(super) items: Vec<Item>,
    pub(super) index: usize,
    /// Whether the first follows the last.
    pub(super) loops: bool,
}

impl Column {
    pub(super) fn new(items: Vec<Item>, index: usize) -> Column {
        let index = index.min(items.len().saturating_sub(1));
        Column { items, index, loops: false }
    }

    /// Of texts alone.
    pub(super) fn of_texts(texts: impl IntoIterator<Item = Rc<str>>, index: usize) -> Column {
        Column::new(texts.into_iter().map(Item::from).collect(), index)
    }

    /// The option some rows further down, if there is one.
    pub(super) fn at(&self, rows: i64) -> Option<usize> {
        let count = i64::try_from(self.items.len()).ok().filter(|count| *count > 0)?;
        let at = self.index as i64 + rows;
        let at = if self.loops { at.rem_euclid(count) } else { at };
        (0..count).contains(&at).then_some(at as usize)
    }

    /// Turns by rows as far as there are any. Returns by how many.
    fn turn(&mut self, rows: i64) -> i64 {
        let last = self.items.len().saturating_sub(1) as i64;
        let to = self.at(rows).unwrap_or((self.index as i64 + rows).clamp(0, last) as usize);
        let from = std::mem::replace(&mut self.index, to);
        if from == to {
            0
        } else if self.loops {
            rows
        } else {
            to as i64 - from as i64
        }
    }
}

/// All columns of a picker.
#[derive(Default)]
pub(super) struct Wheels {
    pub(super) columns: Vec<Column>,
    pub(super) row_height: Option<Length>,
    /// `columnWidths`; columns without one have their share of the whole width.
    pub(super) widths: Vec<Length>,
    pub(super) looks: Looks,
    /// The column that is dragged, how far it is between two options in px, and where it began.
    pub(super) drag: Option<(usize, f32, usize)>,
    /// The column that rolls to what is chosen, and how far it is from there in px.
    pub(super) rolling: (usize, Glide),
    /// The column that keys turn.
    focused: usize,
}

/// What turning has done to a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turned {
    /// Nothing.
    Not,
    /// Another option is in the middle; a finger still holds it.
    Entered(usize),
    /// It has come to rest on another option.
    Stopped(usize),
}

/// Values of `ohos_picker_pattern` in the theme.
const CHOSEN_HEIGHT: f32 = 56.0;
const ROW_HEIGHT: f32 = 36.0;
/// Options above and below the chosen one.
pub(super) const BESIDE: i64 = 2;
/// How long a finger that is lifted seems to go on, in s.
const GO_ON: f32 = 0.1;
/// How long a column rolls, in ms.
const ROLLS: f64 = 300.0;
/// It begins to roll so many rows away at most.
const MOST_ROLLED: f32 = 8.0;
/// Pictures of more options than this are not loaded.
const MOST_ICONS: usize = 1000;

/// The state of a picker.
pub(super) trait Picker: 'static {
    fn wheels(&self) -> &Wheels;
    fn wheels_mut(&mut self) -> &mut Wheels;
}

impl Wheels {
    pub(super) fn heights(&self, environment: &Environment) -> (f32, f32) {
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
        self.looks.forget();
    }

    /// Where a column begins, and how wide it is, in px of a width.
    pub(super) fn column(&self, environment: &Environment, number: usize, width: f32) -> (f32, f32) {
        let share = width / self.columns.len().max(1) as f32;
        let own = |number: usize| {
            let given = self.widths.get(number).and_then(|length| length.resolve(environment, width));
            given.filter(|width| *width >= 0.0).unwrap_or(share)
        };
        ((0..number).map(own).sum(), own(number))
    }

    /// Gets the pictures of options.
    pub(super) fn load_icons(pass: &mut Pass<'_>, wheels: &mut Wheels) {
        for item in wheels.columns.iter_mut().flat_map(|column| column.items.iter_mut()).take(MOST_ICONS) {
            let Some(source) = item.icon.as_ref().filter(|_| item.loaded.is_none()) else { continue };
            match pass.tree.pictures.load(source, pass.host) {
                Ok(loaded) => item.loaded = Some(loaded),
                Err(error) => {
                    tracing::warn!("an option of a picker has no picture: {error}");
                    item.icon = None;
                }
            }
        }
    }

    fn column_at(&self, environment: &Environment, content: &Rect, x: f32) -> usize {
        let last = self.columns.len().saturating_sub(1);
        (0..last)
            .find(|number| {
                let (from, width) = self.column(environment, *number, content.size.width);
                x < content.origin.x + from + width
            })
            .unwrap_or(last)
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
        texts.map(|item| item.text.to_string()).collect::<Vec<_>>().join(between)
    }
}

/// A click: the option there becomes the chosen one. Returns the column that changed.
pub(super) fn click<T: Picker>(tree: &mut Tree, node: NodeId, at: Point) -> Option<usize> {
    let content = tree.get(node)?.layout.content();
    let environment = tree.environment.clone();
    let wheels = tree.state_mut::<T>(node)?.wheels_mut();
    let column = wheels.column_at(&environment, &content, at.x);
    let rows = wheels.row_at(&environment, &content, at.y);
    wheels.focused = column;
    // What is not there cannot be chosen.
    wheels.columns.get(column)?.at(rows)?;
    let (_, row) = wheels.heights(&environment);
    let turned = wheels.columns.get_mut(column)?.turn(rows);
    roll::<T>(tree, node, column, turned as f32 * row, row);
    (turned != 0).then_some(column)
}

/// Lets a column that has turned roll to where it is, from `offset` px away.
fn roll<T: Picker>(tree: &mut Tree, node: NodeId, column: usize, offset: f32, row: f32) {
    let (now, glides) = (tree.now, may_glide(tree, node) && offset != 0.0);
    let Some(wheels) = tree.state_mut::<T>(node).map(Picker::wheels_mut) else { return };
    let most = row * MOST_ROLLED;
    let from = f64::from(offset.clamp(-most, most));
    wheels.rolling.0 = column;
    wheels.rolling.1.begin_at(from, now, glides.then_some(Pace::Within(ROLLS)));
    if glides {
        tree.tick_next(node);
    }
    tree.mark_paint(node);
}

/// A column rolls on.
pub(super) fn tick<T: Picker>(tree: &mut Tree, node: NodeId) {
    let now = tree.now;
    let Some(wheels) = tree.state_mut::<T>(node).map(Picker::wheels_mut) else { return };
    if wheels.rolling.1.advance(0.0, now) {
        tree.tick_next(node);
    }
    tree.mark_paint(node);
}

/// A finger turns a column.
pub(super) fn pan<T: Picker>(pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Turned {
    let turned = turn::<T>(pass, node, event).unwrap_or(Turned::Not);
    pass.tree.mark_paint(node);
    turned
}

fn turn<T: Picker>(pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Option<Turned> {
    let content = pass.tree.get(node)?.layout.content();
    let environment = pass.tree.environment.clone();
    let wheels = pass.tree.state_mut::<T>(node)?.wheels_mut();
    let (_, row) = wheels.heights(&environment);
    Some(match event.phase {
        PanPhase::Touch => Turned::Not,
        PanPhase::Start | PanPhase::Update => {
            let column = wheels.column_at(&environment, &content, event.position.x);
            let begin = wheels.chosen(column);
            let (column, mut offset, begin) = wheels.drag.unwrap_or((column, 0.0, begin));
            offset += event.delta.y;
            let rows = (offset / row).round();
            let entered = wheels.columns.get_mut(column).is_some_and(|column| column.turn(-(rows as i64)) != 0);
            if entered {
                offset -= rows * row;
            }
            wheels.focused = column;
            wheels.rolling.1 = Glide::default();
            wheels.drag = Some((column, offset.clamp(-row, row), begin));
            if entered { Turned::Entered(column) } else { Turned::Not }
        }
        PanPhase::End | PanPhase::Cancel => {
            let (column, offset, begin) = wheels.drag.take()?;
            let way = if event.phase == PanPhase::End { event.velocity.y * GO_ON + offset } else { 0.0 };
            let turned = wheels.columns.get_mut(column)?;
            let rows = turned.turn(-((way / row).round().clamp(-1e6, 1e6) as i64));
            let stopped = turned.index != begin;
            roll::<T>(pass.tree, node, column, offset + rows as f32 * row, row);
            if stopped { Turned::Stopped(column) } else { Turned::Not }
        }
        PanPhase::Wheel => {
            let column = wheels.column_at(&environment, &content, event.position.x);
            let rows = if event.delta.y > 0.0 { -1 } else { 1 };
            let turned = wheels.columns.get_mut(column)?.turn(rows);
            roll::<T>(pass.tree, node, column, turned as f32 * row, row);
            if turned != 0 { Turned::Stopped(column) } else { Turned::Not }
        }
    })
}

/// Up and down turn a column, left and right choose which. Returns whether the key is used, and the column that changed.
pub(super) fn key<T: Picker>(tree: &mut Tree, node: NodeId, input: &KeyInput) -> (bool, Option<usize>) {
    let environment = tree.environment.clone();
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
    let (_, row) = wheels.heights(&environment);
    let turned = if down { wheels.columns.get_mut(column).map_or(0, |column| column.turn(rows)) } else { 0 };
    if turned != 0 {
        roll::<T>(tree, node, column, turned as f32 * row, row);
    }
    (true, (turned != 0).then_some(column))
}

/// The rest of what pickers have in common, for `impl Component`: the state's type, what a change of a column does, and what
/// another option in the middle does before that.
macro_rules! wheel_input {
    ($state:ty, $changed:path, $entered:path) => {
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
            let Some(state) = pass.tree.state_mut::<$state>(node) else { return Size::ZERO };
            let mut wheels = std::mem::take(&mut state.wheels);
            wheel::Wheels::load_icons(pass, &mut wheels);
            let size = wheels.size(&environment, constraint);
            if let Some(state) = pass.tree.state_mut::<$state>(node) {
                state.wheels = wheels;
            }
            size
        }

        fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

        fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
            wheel::tick::<$state>(pass.tree, node);
        }

        fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
            if let Some(state) = tree.state_mut::<$state>(node) {
                state.wheels.forget();
            }
        }

        fn paint(&self, tree: &Tree, node: NodeId, painter: &mut concord_paint::Painter) {
            super::wheel_looks::paint::<$state>(tree, node, painter);
        }

        fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
            true
        }

        fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: concord_ui::geometry::Point) {
            if let Some(column) = wheel::click::<$state>(pass.tree, node, at) {
                $entered(pass.tree, node, column);
                $changed(pass.tree, node, column);
            }
        }

        fn pan_axis(&self, _tree: &Tree, _node: NodeId) -> Option<concord_ui::pan::PanAxis> {
            Some(concord_ui::pan::PanAxis::Vertical)
        }

        fn drags_by_mouse(&self) -> bool {
            true
        }

        fn on_pan(
            &self,
            pass: &mut Pass<'_>,
            node: NodeId,
            event: &concord_ui::pan::PanEvent,
        ) -> concord_ui::geometry::Point {
            match wheel::pan::<$state>(pass, node, event) {
                wheel::Turned::Not => {}
                wheel::Turned::Entered(column) => $entered(pass.tree, node, column),
                wheel::Turned::Stopped(column) => $changed(pass.tree, node, column),
            }
            event.delta
        }

        fn on_key(&self, pass: &mut Pass<'_>, node: NodeId, input: &concord_ui::input::KeyInput) -> bool {
            let (used, column) = wheel::key::<$state>(pass.tree, node, input);
            if let Some(column) = column {
                $entered(pass.tree, node, column);
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
