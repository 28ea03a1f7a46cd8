//! `Grid`: items in rows and columns. With one template it scrolls along the other axis and builds what is in sight; with two
//! it shows what fits.

use super::grid_cells::{Cell, Cells, Options};
use super::item_drag::{self, ItemDrag};
use super::select_box::{self, SelectBox};
use crate::items::{Built, Items};
use crate::layout::{Template, Tracks};
use concord_paint::Painter;
use concord_ui::change::{Change, put};
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::handlers;
use concord_ui::input::TouchInput;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::pan::{PanAxis, PanEvent};
use concord_ui::scroll::{
    COMMANDS, EdgeEffect, Jump, Motion, Row, Rows, ScrollState, Shown, Track, View, Window, paint_bars, run, settle,
};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;
use rustc_hash::FxHashMap;
use std::any::Any;

/// See the module.
pub(super) struct Grid;

/// What a grid is told, and what it has laid out.
#[derive(Default)]
struct State {
    columns: Option<Template>,
    rows: Option<Template>,
    columns_gap: Option<Length>,
    rows_gap: Option<Length>,
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

impl State {
    fn axis(&self) -> Axis {
        match (&self.columns, &self.rows) {
            (Some(_), None) => Axis::Vertical,
            (None, Some(_)) => Axis::Horizontal,
            _ if self.by_column => Axis::Horizontal,
            _ => Axis::Vertical,
        }
    }

    fn scrolls(&self) -> bool {
        self.columns.is_some() != self.rows.is_some()
    }

    fn shape(&self, tree: &Tree, content: Size, first: Size) -> Shape {
        let axis = self.axis();
        let px = |length: &Option<Length>, reference: f32| {
            let length = length.as_ref().and_then(|length| length.resolve(&tree.environment, reference));
            length.unwrap_or(0.0).max(0.0)
        };
        let (columns_gap, rows_gap) = (px(&self.columns_gap, content.width), px(&self.rows_gap, content.height));
        let columns = self.columns.as_ref().map(|t| t.resolve(&tree.environment, content.width, columns_gap));
        let rows = self.rows.as_ref().map(|t| t.resolve(&tree.environment, content.height, rows_gap));
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

/// The lines of one layout.
struct Lines<'a> {
    items: &'a Items,
    built: &'a mut Built,
    cells: &'a Cells,
    extents: &'a mut FxHashMap<usize, f32>,
    shape: &'a Shape,
    main_percent: f32,
    stretch: bool,
    cell_length: Option<f32>,
}

impl Lines<'_> {
    fn constraint(&self, tree: &Tree, node: NodeId, cell: &Cell, main: Option<f32>) -> Constraint {
        let axis = self.shape.axis;
        let (_, cross) = self.shape.tracks.span(cell.column, cell.columns);
        let own = |axis: Axis| {
            tree.get(node).is_some_and(|node| match axis {
                Axis::Horizontal => node.common.width.is_some(),
                Axis::Vertical => node.common.height.is_some(),
            })
        };
        let margin = tree.get(node).map_or(Default::default(), |node| {
            node.common.margin.resolve(&tree.environment, Size::on(axis, self.main_percent, cross).width, false)
        });
        let mut ideal = Ideal::default();
        if !own(axis.cross()) {
            ideal = ideal.with(axis.cross(), Some((cross - margin.along(axis.cross())).max(0.0)));
        }
        if let Some(main) = main.filter(|_| !own(axis)) {
            ideal = ideal.with(axis, Some((main - margin.along(axis)).max(0.0)));
        }
        Constraint {
            min: Size::ZERO,
            max: Size::on(axis, main.unwrap_or(f32::INFINITY), cross),
            percent: Size::on(axis, main.unwrap_or(self.main_percent), cross),
            ideal,
        }
    }

    /// Measures the items that begin in a line.
    fn measure(&mut self, pass: &mut Pass<'_>, line: usize, extents: &mut FxHashMap<usize, f32>) {
        let axis = self.shape.axis;
        for index in self.cells.items_of(line, self.items.len()) {
            let Some(cell) = self.cells.cell(index) else { continue };
            let Some(node) = self.items.node(pass, self.built, index) else { continue };
            if pass.tree.get(node).is_none_or(|node| node.common.is_gone()) {
                continue;
            }
            let constraint = self.constraint(pass.tree, node, &cell, self.cell_length);
            pass.measure(node, &constraint);
            let outer = pass.outer(node).along(axis);
            let lines = cell.lines.max(1) as f32;
            let each = ((outer - self.shape.gap * (lines - 1.0)) / lines).max(0.0);
            for line in cell.line..cell.line + cell.lines.max(1) {
                let extent = extents.entry(line).or_default();
                *extent = extent.max(each);
            }
        }
    }
}

impl Rows for Lines<'_> {
    fn count(&self) -> usize {
        self.cells.lines(self.items.len())
    }

    fn row_from(&mut self, pass: &mut Pass<'_>, first: usize) -> Row {
        let end = self.cells.block_end(first);
        let mut extents = FxHashMap::default();
        for line in first..end {
            self.measure(pass, line, &mut extents);
        }
        let mut extent = 0.0;
        for line in first..end {
            let line_extent = extents.get(&line).copied().unwrap_or(0.0);
            self.extents.insert(line, line_extent);
            extent += line_extent + if line > first { self.shape.gap } else { 0.0 };
            if self.stretch {
                self.stretch_line(pass, line, line_extent);
            }
        }
        Row { first, end, at: 0.0, extent }
    }

    fn row_until(&mut self, pass: &mut Pass<'_>, end: usize) -> Row {
        let first = self.cells.block_of(end.saturating_sub(1));
        self.row_from(pass, first)
    }

    fn row_of(&mut self, _pass: &mut Pass<'_>, key: usize) -> usize {
        self.cells.block_of(key)
    }
}

impl Lines<'_> {
    /// `alignItems(GridItemAlignment.STRETCH)`: items of a line are as high as the highest.
    fn stretch_line(&mut self, pass: &mut Pass<'_>, line: usize, extent: f32) {
        for index in self.cells.items_of(line, self.items.len()) {
            let Some(cell) = self.cells.cell(index).filter(|cell| cell.lines <= 1) else { continue };
            if let Some(node) = self.items.node(pass, self.built, index) {
                let constraint = self.constraint(pass.tree, node, &cell, Some(extent));
                pass.measure(node, &constraint);
            }
        }
    }
}

fn lay_out(pass: &mut Pass<'_>, node: NodeId, content: Size, percent: Size, jump: Option<Jump>) {
    let items = items_of(pass.tree, node);
    let Some(mut state) = pass.tree.state_mut::<State>(node).map(std::mem::take) else { return };
    let axis = state.axis();
    items.follow(pass.tree, &mut state.built);
    let previous = pass.tree.set_building(Some(node));
    let mut first = Size::ZERO;
    if state.columns.is_none()
        && state.rows.is_none()
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
        *scroll.track_mut(axis) = Track { running: scroll.track(axis).running.clone(), ..track };
    }
    if let Some(distance) = smooth {
        run(pass.tree, node, axis, Motion::smooth(distance));
    }
}

/// Both templates: every cell has its size.
fn lay_out_fixed(
    pass: &mut Pass<'_>,
    items: &Items,
    built: &mut Built,
    cells: &Cells,
    shape: &Shape,
    fixed: &Tracks,
    content: Size,
) -> Vec<Row> {
    let mut extents = FxHashMap::default();
    let lines = Lines {
        items,
        built,
        cells,
        extents: &mut extents,
        shape,
        main_percent: content.along(shape.axis),
        stretch: false,
        cell_length: None,
    };
    let mut rows = Vec::new();
    for line in 0..fixed.len().min(cells.lines(items.len())) {
        for index in cells.items_of(line, items.len()) {
            let Some(cell) = cells.cell(index) else { continue };
            let Some(node) = lines.items.node(pass, lines.built, index) else { continue };
            let (_, main) = fixed.span(cell.line, cell.lines);
            let constraint = lines.constraint(pass.tree, node, &cell, Some(main));
            pass.measure(node, &constraint);
        }
        let (at, extent) = fixed.span(line, 1);
        rows.push(Row { first: line, end: line + 1, at, extent });
    }
    rows
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
        static OWN: std::sync::LazyLock<Vec<Method>> =
            std::sync::LazyLock::new(|| METHODS.iter().chain(EVENTS).copied().collect());
        concord_ui::scrollable!(&OWN)
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
        let content = Size::new(
            constraint.ideal.width.unwrap_or(constraint.max.width),
            constraint.ideal.height.unwrap_or(constraint.max.height),
        );
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
        let Some(scroll) = pass.tree.scroll_mut(node) else { return };
        let jump = scroll.jump.take();
        let moved = scroll.track(axis).unlaid != 0.0;
        let clamps = !scroll.may_be_over(axis) && scroll.track(axis).over() != 0.0;
        let same = |a: f32, b: f32| (a - b).abs() < 0.01 || !a.is_finite();
        let fits = pass
            .tree
            .state::<State>(node)
            .and_then(|state| state.laid)
            .is_some_and(|laid| same(laid.width, content.size.width) && same(laid.height, content.size.height));
        if moved || clamps || jump.is_some() || !fits {
            lay_out(pass, node, content.size, content.size, jump);
        }
        let shown = place_cells(pass, node, &content);
        settle(pass.tree, node, shown);
        ask_for_bar(pass, node);
    }

    fn item_rect(&self, tree: &Tree, node: NodeId, path: &[usize]) -> Option<Rect> {
        let state = tree.state::<State>(node)?;
        let item = items_of(tree, node).existing(&state.built, *path.first()?)?;
        Some(tree.get(item).filter(|item| item.layout.active)?.layout.frame())
    }

    fn item_at(&self, tree: &Tree, node: NodeId, point: Point) -> Option<usize> {
        let state = tree.state::<State>(node)?;
        let items = items_of(tree, node);
        let lines = state.window.rows.iter().flat_map(|row| row.first..row.end);
        lines.flat_map(|line| state.cells.items_of(line, items.len())).find(|index| {
            let item = items.existing(&state.built, *index).and_then(|item| tree.get(item));
            item.is_some_and(|item| item.layout.active && item.layout.frame().contains(point))
        })
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        if let Some(state) = tree.state::<State>(node) {
            state.choice.paint(painter);
        }
        paint_bars(tree, node, painter);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        for (name, gap) in [("columnsGap", &state.columns_gap), ("rowsGap", &state.rows_gap)] {
            out.length(name, gap.as_ref().unwrap_or(&Length::ZERO), &tree.environment);
        }
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

fn length(value: &Value) -> Option<Length> {
    Length::from_value(value, Unit::Vp)
}

fn count(value: &Value) -> Option<usize> {
    value.as_f64().filter(|count| *count >= 1.0).map(|count| count.min(10_000.0) as usize)
}

fn change<C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut State) -> C) -> Value {
    node.restyle(|state: &mut State| {
        let changed = change(state).changed();
        if changed {
            state.cells.forget();
        }
        changed
    })
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let options = Options::from_value(args.get(1));
            change(node, |state| put(&mut state.options, options))
        },
    },
    Method {
        name: "columnsTemplate",
        apply: |node, args| {
            change(node, |state| put(&mut state.columns, args.get(0).as_str().and_then(Template::parse)))
        },
    },
    Method {
        name: "rowsTemplate",
        apply: |node, args| change(node, |state| put(&mut state.rows, args.get(0).as_str().and_then(Template::parse))),
    },
    Method {
        name: "columnsGap",
        apply: |node, args| change(node, |state| put(&mut state.columns_gap, length(args.get(0)))),
    },
    Method { name: "rowsGap", apply: |node, args| change(node, |state| put(&mut state.rows_gap, length(args.get(0)))) },
    Method {
        name: "layoutDirection",
        apply: |node, args| {
            // `GridDirection`: Row 0, Column 1, RowReverse 2, ColumnReverse 3.
            let by_column = matches!(args.get(0).as_i32(), Some(1 | 3));
            change(node, |state| put(&mut state.by_column, by_column))
        },
    },
    Method {
        name: "alignItems",
        apply: |node, args| change(node, |state| put(&mut state.stretch, args.get(0).as_i32() == Some(1))),
    },
    Method {
        name: "maxCount",
        apply: |node, args| change(node, |state| put(&mut state.max_count, count(args.get(0)))),
    },
    Method {
        name: "minCount",
        apply: |node, args| change(node, |state| put(&mut state.min_count, count(args.get(0)).unwrap_or(1))),
    },
    Method {
        name: "cellLength",
        apply: |node, args| {
            change(node, |state| put(&mut state.cell_length, args.get(0).as_f32().filter(|length| *length > 0.0)))
        },
    },
    Method {
        name: "cachedCount",
        apply: |node, args| {
            let cached = args.get(0).as_f64().filter(|count| *count >= 0.0).map(|count| count.min(1000.0) as usize);
            change(node, |state| put(&mut state.cached, cached))
        },
    },
    Method {
        name: "editMode",
        apply: |node, args| {
            let edits = args.get(0).as_bool() == Some(true);
            node.redraw(|state: &mut State| put(&mut state.edits, edits))
        },
    },
    Method {
        name: "focusWrapMode",
        apply: |node, args| {
            // `FocusWrapMode`: DEFAULT 0, WRAP_WITH_ARROW 1.
            let wraps = args.get(0).as_i32() == Some(1);
            node.rescroll(|scroll| scroll.style.wraps_focus = wraps)
        },
    },
    Method {
        name: "multiSelectable",
        apply: |node, args| {
            let enabled = args.get(0).as_bool() == Some(true);
            node.redraw(|state: &mut State| state.choice.enable(enabled))
        },
    },
    // Items are always there in the layout that shows them, a branch without an item is none, and items make room at once.
    Method { name: "syncLoad", apply: |_, _| Value::Undefined },
    Method { name: "supportEmptyBranchInLazyLoading", apply: |_, _| Value::Undefined },
    Method { name: "supportAnimation", apply: |_, _| Value::Undefined },
];

static EVENTS: &[Method] = handlers![
    "onScrollBarUpdate",
    "onItemDragStart",
    "onItemDragEnter",
    "onItemDragMove",
    "onItemDragLeave",
    "onItemDrop",
];

#[cfg(test)]
#[path = "grid_tests.rs"]
mod tests;
