//! `Grid`: items in rows and columns. With one template it scrolls along the other axis and builds what is in sight; with two
//! it shows what fits.

mod cells;
mod lines;
mod methods;

pub(super) use cells::{Told, set};

use super::item_drag::{self, ItemDrag};
use super::lazy;
use super::select_box::{self, SelectBox};
use crate::items::{Built, Items};
use crate::layout::{Template, Templated, Templates, Tracks};
use cells::{Cells, Options};
use concord_paint::Painter;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::input::TouchInput;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent};
use concord_ui::scroll::{COMMANDS, EdgeEffect, Jump, ScrollState, Shown, View, Window, paint_bars, settle};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use lines::{Lines, lay_out_fixed};
use methods::METHODS;
use rustc_hash::FxHashMap;
use std::any::Any;

/// See the module.
pub(super) struct Grid;

/// What a grid is told, and what it has laid out.
#[derive(Default)]
struct State {
    templates: Templates,
    options: Options,
    /// `layoutDirection` is a column, for grids with two templates or none.
    by_column: bool,
    /// Items of a line are as high as the highest.
    stretch: bool,
    max_count: Option<usize>,
    min_count: usize,
    cell_length: Option<f32>,
    cached: Option<usize>,
    /// `editMode`: items can be dragged.
    edits: bool,
    choice: SelectBox,
    drag: ItemDrag,
    built: Built,
    cells: Cells,
    window: Window,
    /// Extents of the lines in sight, in px.
    lines: FxHashMap<usize, f32>,
    shape: Shape,
    laid: Option<Size>,
}

/// How the cells lie.
#[derive(Debug, Clone, Default)]
struct Shape {
    /// Lines follow each other along this axis.
    axis: Axis,
    /// Across the lines.
    tracks: Tracks,
    /// The lines, where a template says how large they are.
    fixed: Option<Tracks>,
    gap: f32,
}

const DRAG: item_drag::Access =
    item_drag::Access { drag: |tree, node| tree.state_mut::<State>(node).map(|state| &mut state.drag) };

fn select_box(tree: &mut Tree, node: NodeId) -> Option<&mut SelectBox> {
    tree.state_mut::<State>(node).map(|state| &mut state.choice)
}

/// The items, without what the app shows under a finger.
fn items_of(tree: &Tree, node: NodeId) -> Items {
    let preview = tree.state::<State>(node).and_then(|state| item_drag::preview(&state.drag));
    Items::collect(tree, node, &preview.into_iter().collect::<Vec<_>>())
}

impl Templated for State {
    fn templates(&mut self) -> &mut Templates {
        &mut self.templates
    }

    fn templates_changed(&mut self) {
        self.cells.forget();
    }
}

impl State {
    fn axis(&self) -> Axis {
        match (&self.templates.columns, &self.templates.rows) {
            (Some(_), None) => Axis::Vertical,
            (None, Some(_)) => Axis::Horizontal,
            _ if self.by_column => Axis::Horizontal,
            _ => Axis::Vertical,
        }
    }

    fn scrolls(&self) -> bool {
        self.templates.columns.is_some() != self.templates.rows.is_some()
    }

    fn shape(&self, tree: &Tree, content: Size, first: Size) -> Shape {
        let axis = self.axis();
        let (columns_gap, rows_gap) = self.templates.gaps(&tree.environment, content.width, content.height);
        let resolve = |template: &Option<Template>, extent: f32, gap: f32| {
            template.as_ref().map(|template| template.resolve(&tree.environment, extent, gap))
        };
        let columns = resolve(&self.templates.columns, content.width, columns_gap);
        let rows = resolve(&self.templates.rows, content.height, rows_gap);
        let (across, along, gap, cross_gap) = match axis {
            Axis::Vertical => (columns, rows, rows_gap, columns_gap),
            Axis::Horizontal => (rows, columns, columns_gap, rows_gap),
        };
        let tracks = across.unwrap_or_else(|| {
            // Without any template, the first item says how many there are.
            let cross = content.along(axis.cross());
            let each = first.along(axis.cross()).max(1.0);
            let fits = if cross.is_finite() { ((cross + cross_gap) / (each + cross_gap)).floor() as usize } else { 1 };
            let count = fits.clamp(1, self.max_count.unwrap_or(usize::MAX).max(1)).max(self.min_count);
            Tracks::equal(count, cross, cross_gap)
        });
        Shape { axis, tracks, fixed: along, gap }
    }
}

fn lay_out(pass: &mut Pass<'_>, node: NodeId, content: Size, percent: Size, jump: Option<Jump>) {
    let items = items_of(pass.tree, node);
    let Some(mut state) = pass.tree.state_mut::<State>(node).map(std::mem::take) else { return };
    let axis = state.axis();
    items.follow(pass.tree, &mut state.built);
    let previous = pass.tree.set_building(Some(node));
    let mut first = Size::ZERO;
    if state.templates.columns.is_none()
        && state.templates.rows.is_none()
        && let Some(item) = items.node(pass, &mut state.built, 0)
    {
        pass.measure(item, &Constraint { percent, ..Constraint::up_to(content) });
        first = pass.outer(item);
    }
    let shape = state.shape(pass.tree, content, first);
    state.cells.arrange(pass, &items, &state.built, &state.options, &shape.tracks, shape.axis);
    let viewport = content.along(axis);
    let offsets = concord_ui::scroll::content_offsets(pass.tree, node, viewport);
    let mut smooth = None;
    let mut track = pass.tree.scroll(node).map(|scroll| scroll.track(axis).clone()).unwrap_or_default();
    if let Some(fixed) = &shape.fixed {
        state.window.rows = lay_out_fixed(pass, &items, &mut state.built, &state.cells, &shape, fixed, content);
        state.window.keep = 0..fixed.len();
        track.know(0.0, viewport);
        track.offset = 0.0;
    } else {
        let scrolls = state.scrolls();
        let view = View {
            viewport: if scrolls { viewport } else { f32::INFINITY },
            space: shape.gap,
            lead: if scrolls { offsets.0 } else { 0.0 },
            trail: if scrolls { offsets.1 } else { 0.0 },
            free: pass.tree.scroll(node).is_some_and(|scroll| scroll.may_be_over(axis)),
            cached: if viewport.is_finite() { state.cached.unwrap_or(1) } else { 0 },
            sizes: None,
            from_end: false,
        };
        state.lines.clear();
        let density = pass.tree.environment.density;
        let mut lines = Lines {
            items: &items,
            built: &mut state.built,
            cells: &state.cells,
            extents: &mut state.lines,
            shape: &shape,
            main_percent: if viewport.is_finite() { viewport } else { percent.along(axis) },
            stretch: state.stretch,
            cell_length: state.cell_length.filter(|_| !scrolls).map(|length| length * density),
        };
        let jump =
            jump.map(|jump| Jump { index: lines.cells.line_of(jump.index.min(items.len().saturating_sub(1))), ..jump });
        smooth = state.window.lay_out(pass, &mut lines, &view, &mut track, jump);
        let keep = state.window.keep.clone();
        let keep = state.cells.first_item(keep.start)..state.cells.first_item(keep.end).min(items.len());
        items.release_outside(pass, &mut state.built, &keep);
    }
    pass.tree.set_building(previous);
    state.shape = shape;
    state.laid = Some(content);
    if let Some(kept) = pass.tree.state_mut::<State>(node) {
        *kept = state;
    }
    if let Some(scroll) = pass.tree.scroll_mut(node) {
        scroll.direction = Some(PanAxis::from(axis));
    }
    lazy::keep_track(pass.tree, node, axis, track, smooth);
}

impl Component for Grid {
    fn name(&self) -> &'static str {
        "Grid"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State { min_count: 1, ..State::default() })
    }

    fn new_scroll(&self) -> Option<ScrollState> {
        Some(ScrollState::new(EdgeEffect::None))
    }

    fn builds_lazily(&self) -> bool {
        true
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn methods(&self) -> &'static [Method] {
        concord_ui::scrollable!(&METHODS)
    }

    fn on_touch(&self, pass: &mut Pass<'_>, node: NodeId, input: &TouchInput) {
        select_box::touch(pass, node, input, select_box);
        item_drag::touch(pass, node, input, &DRAG);
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        if item_drag::is_held(pass.tree, node, &DRAG) {
            return Point::ZERO;
        }
        concord_ui::scroll::on_pan(pass, node, event)
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        let edits = pass.tree.state::<State>(node).is_some_and(|state| state.edits);
        let items = items_of(pass.tree, node);
        item_drag::tick(pass, node, &items, edits, &DRAG, |tree, node| Some(&tree.state::<State>(node)?.built));
        concord_ui::scroll::tick(pass, node);
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let jump = pass.tree.scroll_mut(node).and_then(|scroll| scroll.jump.take());
        let content = constraint.room();
        lay_out(pass, node, content, constraint.percent, jump);
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        let axis = state.shape.axis;
        let extent = match &state.shape.fixed {
            Some(_) if content.along(axis).is_finite() => content.along(axis),
            Some(fixed) => fixed.span(0, fixed.len()).1,
            None => pass.tree.scroll(node).map_or(0.0, |scroll| scroll.track(axis).extent),
        };
        let cross = content.along(axis.cross());
        let tracks = state.shape.tracks.span(0, state.shape.tracks.len()).1;
        constraint.fit(Size::on(axis, extent, if cross.is_finite() { cross } else { tracks }))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let Some(axis) = pass.tree.state::<State>(node).map(|state| state.axis()) else { return };
        let laid = pass.tree.state::<State>(node).and_then(|state| state.laid);
        lazy::renew(pass, node, axis, laid, content.size, |pass, jump| {
            lay_out(pass, node, content.size, content.size, jump);
        });
        let shown = place_cells(pass, node, &content);
        settle(pass.tree, node, shown);
        ask_for_bar(pass, node);
    }

    fn item_rect(&self, tree: &Tree, node: NodeId, path: &[usize]) -> Option<Rect> {
        let state = tree.state::<State>(node)?;
        lazy::item_rect(tree, &items_of(tree, node), &state.built, *path.first()?)
    }

    fn item_at(&self, tree: &Tree, node: NodeId, point: Point) -> Option<usize> {
        let state = tree.state::<State>(node)?;
        let items = items_of(tree, node);
        let lines = state.window.rows.iter().flat_map(|row| row.first..row.end);
        let shown = lines.flat_map(|line| state.cells.items_of(line, items.len()));
        lazy::item_at(tree, &items, &state.built, point, shown)
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        if let Some(state) = tree.state::<State>(node) {
            state.choice.paint(painter);
        }
        paint_bars(tree, node, painter);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        state.templates.inspect(&tree.environment, out);
        out.text("cachedCount", state.cached.unwrap_or(1).to_string());
        out.text("layoutDirection", if state.by_column { "GridDirection.Column" } else { "GridDirection.Row" });
    }
}

/// Places the items of the lines in sight. Returns which they are.
fn place_cells(pass: &mut Pass<'_>, node: NodeId, content: &Rect) -> Option<Shown> {
    let items = items_of(pass.tree, node);
    let state = pass.tree.state::<State>(node)?;
    let axis = state.shape.axis;
    let right_to_left = pass.tree.environment.right_to_left;
    let mut placed = Vec::new();
    for row in &state.window.rows {
        let mut at = row.at;
        for line in row.first..row.end {
            let extent = |line: usize| state.lines.get(&line).copied().unwrap_or(0.0);
            for index in state.cells.items_of(line, items.len()) {
                let (Some(cell), Some(item)) = (state.cells.cell(index), items.existing(&state.built, index)) else {
                    continue;
                };
                let (start, cross) = state.shape.tracks.span(cell.column, cell.columns);
                let main = match &state.shape.fixed {
                    Some(fixed) => fixed.span(cell.line, cell.lines).1,
                    None => {
                        let lines = cell.line..cell.line + cell.lines.max(1);
                        let gaps = state.shape.gap * (cell.lines.max(1) - 1) as f32;
                        lines.map(extent).sum::<f32>() + gaps
                    }
                };
                placed.push((item, Point::on(axis, at, start), Size::on(axis, main, cross), index));
            }
            at += extent(line) + state.shape.gap;
        }
    }
    let fixed = state.shape.fixed.is_some();
    let mut indexes: Vec<usize> = Vec::with_capacity(placed.len());
    let mut movable: Vec<(usize, NodeId)> = Vec::with_capacity(placed.len());
    for (item, at, cell, index) in placed {
        if pass.tree.get(item).is_none_or(|item| item.common.is_gone()) {
            continue;
        }
        indexes.push(index);
        movable.push((index, item));
        let outer = pass.outer(item);
        // An item with a size of its own lies in the middle of its cell; along the axis that scrolls, at its start.
        let slack = Size::new(cell.width - outer.width, cell.height - outer.height);
        let mut inside = Point::on(axis, 0.0, slack.along(axis.cross()) / 2.0);
        if fixed {
            inside = Point::new(slack.width / 2.0, slack.height / 2.0);
        }
        let mut at = at + inside;
        if right_to_left {
            at.x = content.size.width - at.x - outer.width;
        }
        pass.place_child(item, content.origin + at);
    }
    item_drag::arrange(pass, node, &movable, axis, false, &DRAG);
    let (first, last) = (indexes.iter().min()?, indexes.iter().max()?);
    Some(Shown { first: *first, last: *last, center: usize::midpoint(*first, *last) })
}

/// Asks the app what the scroll bar shall show (`onScrollBarUpdate`): it knows of items that were never measured.
fn ask_for_bar(pass: &mut Pass<'_>, node: NodeId) {
    if pass.tree.get(node).is_none_or(|node| !node.common.events.contains_key("onScrollBarUpdate")) {
        return;
    }
    let density = pass.tree.environment.density;
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let Some(row) = state.window.rows.first() else { return };
    let index = Value::Number(state.cells.first_item(row.first) as f64);
    let offset = Value::Number(f64::from(row.at / density));
    let answer = pass.call_event(node, "onScrollBarUpdate", &[index, offset]).unwrap_or_default();
    let says = answer.get("totalOffset").as_f32().zip(answer.get("totalLength").as_f32());
    if let Some(scroll) = pass.tree.scroll_mut(node) {
        scroll.bar_says = says;
    }
}

#[cfg(test)]
mod tests;
