//! The lines of a grid, measured.

use super::Shape;
use super::cells::{Cell, Cells};
use crate::items::{Built, Items};
use crate::layout::Tracks;
use concord_ui::geometry::{Axis, Size};
use concord_ui::layout::{Constraint, Ideal, Pass};
use concord_ui::scroll::{MOST_MEASURED, Row, Rows};
use concord_ui::tree::{NodeId, Tree};
use rustc_hash::FxHashMap;

/// The lines of one layout.
pub(super) struct Lines<'a> {
    pub(super) items: &'a Items,
    pub(super) built: &'a mut Built,
    pub(super) cells: &'a Cells,
    pub(super) extents: &'a mut FxHashMap<usize, f32>,
    pub(super) shape: &'a Shape,
    pub(super) main_percent: f32,
    pub(super) stretch: bool,
    pub(super) cell_length: Option<f32>,
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

    fn items(&self, keys: usize) -> usize {
        keys.saturating_mul(self.shape.tracks.len().max(1))
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

/// Both templates: every cell has its size.
pub(super) fn lay_out_fixed(
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
    let most = MOST_MEASURED.div_ceil(shape.tracks.len().max(1));
    for line in 0..fixed.len().min(cells.lines(items.len())).min(most) {
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
