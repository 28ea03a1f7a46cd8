//! `GridRow`: children span columns, in as many rows as they need.

use concord_ui::common::ItemAlign;
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::NodeId;
use concord_ui::units::{Environment, Length};
use concord_ui::value::Value;

/// The classes of width, from small to large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breakpoint {
    /// Below the first limit.
    Xs,
    /// From the first limit.
    Sm,
    /// From the second limit.
    Md,
    /// From the third limit.
    Lg,
    /// From the fourth limit.
    Xl,
    /// From the fifth limit.
    Xxl,
}

impl Breakpoint {
    const ALL: [Breakpoint; 6] =
        [Breakpoint::Xs, Breakpoint::Sm, Breakpoint::Md, Breakpoint::Lg, Breakpoint::Xl, Breakpoint::Xxl];

    /// The name that `onBreakpointChange` gets.
    pub fn name(self) -> &'static str {
        match self {
            Breakpoint::Xs => "xs",
            Breakpoint::Sm => "sm",
            Breakpoint::Md => "md",
            Breakpoint::Lg => "lg",
            Breakpoint::Xl => "xl",
            Breakpoint::Xxl => "xxl",
        }
    }

    /// The class of a width with these limits, both in px.
    fn of(width: f32, limits: &[f32]) -> Breakpoint {
        let above = limits.iter().take(5).filter(|limit| width >= **limit).count();
        Breakpoint::ALL.get(above).copied().unwrap_or(Breakpoint::Xxl)
    }
}

/// A value per class of width. What is not given is as in the next smaller class that has it.
#[derive(Debug, Clone, PartialEq)]
pub struct PerBreakpoint<T>([Option<T>; 6]);

impl<T> Default for PerBreakpoint<T> {
    fn default() -> PerBreakpoint<T> {
        PerBreakpoint([const { None }; 6])
    }
}

impl<T: Clone> PerBreakpoint<T> {
    /// From one value for all classes, or an object with some of them.
    pub fn from_value(value: &Value, read: impl Fn(&Value) -> Option<T>) -> PerBreakpoint<T> {
        match read(value) {
            Some(all) => PerBreakpoint(Breakpoint::ALL.map(|_| Some(all.clone()))),
            None => PerBreakpoint(Breakpoint::ALL.map(|breakpoint| read(value.get(breakpoint.name())))),
        }
    }

    /// The value of a class.
    pub fn at(&self, breakpoint: Breakpoint) -> Option<&T> {
        self.0.get(..=breakpoint as usize)?.iter().rev().flatten().next()
    }
}

/// What `GridRow` can be told.
#[derive(Debug, Clone, Default)]
pub struct GridRowStyle {
    /// `columns`.
    pub columns: PerBreakpoint<i32>,
    /// Between two columns.
    pub gutter_x: PerBreakpoint<Length>,
    /// Between two rows.
    pub gutter_y: PerBreakpoint<Length>,
    /// Limits of the classes of width.
    pub limits: Option<Vec<Length>>,
    /// Whether the width of the component counts, rather than that of the window.
    pub by_component: bool,
    /// Columns from right to left.
    pub reverse: bool,
    /// Where children lie in their row.
    pub align: Option<ItemAlign>,
    /// The class at the last measurement.
    pub breakpoint: Option<Breakpoint>,
    /// Where the outer boxes of the children begin in the content box, from left to right.
    pub places: Vec<(NodeId, Point)>,
}

/// What `GridCol` can be told.
#[derive(Debug, Clone, Default)]
pub struct GridColStyle {
    /// Columns that it takes; none with 0.
    pub span: PerBreakpoint<i32>,
    /// Columns that it leaves free before it.
    pub offset: PerBreakpoint<i32>,
    /// Its place among the others.
    pub order: PerBreakpoint<i32>,
}

/// More columns than anybody has.
const MOST_COLUMNS: i32 = 1000;

impl GridRowStyle {
    fn columns(&self, environment: &Environment, breakpoint: Breakpoint) -> i32 {
        let default = match breakpoint {
            _ if environment.target_api < 20 => 12,
            Breakpoint::Xs => 2,
            Breakpoint::Sm => 4,
            Breakpoint::Md => 8,
            Breakpoint::Lg | Breakpoint::Xl | Breakpoint::Xxl => 12,
        };
        self.columns.at(breakpoint).copied().filter(|columns| *columns > 0).unwrap_or(default).min(MOST_COLUMNS)
    }

    fn breakpoint(&self, environment: &Environment, width: f32) -> Breakpoint {
        let reference = if self.by_component { width } else { environment.window_width };
        let limits: Vec<f32> = match &self.limits {
            Some(limits) => limits.iter().map(|limit| limit.to_px(environment)).collect(),
            None => [320.0, 600.0, 840.0].map(|vp| environment.vp(vp)).to_vec(),
        };
        Breakpoint::of(reference, &limits)
    }
}

struct Cell {
    id: NodeId,
    column: i32,
    span: i32,
    top: f32,
    row: usize,
}

/// Measures the children, and returns the size of the content, the class of width, and where the children lie.
pub fn measure_grid_row(
    pass: &mut Pass<'_>,
    node: NodeId,
    style: &GridRowStyle,
    constraint: &ContentConstraint,
) -> (Size, Breakpoint, Vec<(NodeId, Point)>) {
    let environment = &pass.tree.environment;
    let all = [constraint.ideal.width.unwrap_or(f32::INFINITY), constraint.percent.width, constraint.max.width];
    let width = all.into_iter().find(|width| width.is_finite()).unwrap_or(0.0).min(constraint.max.width);
    let breakpoint = style.breakpoint(environment, width);
    let columns = style.columns(environment, breakpoint);
    let gutter = |lengths: &PerBreakpoint<Length>| {
        lengths.at(breakpoint).map_or(0.0, |gutter| gutter.resolve(environment, width).unwrap_or(0.0).max(0.0))
    };
    let (gutter_x, gutter_y) = (gutter(&style.gutter_x), gutter(&style.gutter_y));
    let column = ((width - gutter_x * (columns - 1) as f32) / columns as f32).max(0.0);
    let (children, positioned) = pass.split_children(node);
    let mut ordered: Vec<(i32, i32, i32, NodeId)> = Vec::new();
    for id in children {
        let Some(cell) = pass.tree.state::<GridColStyle>(id) else { continue };
        let value = |per: &PerBreakpoint<i32>, default: i32| {
            per.at(breakpoint).copied().filter(|value| *value >= 0).unwrap_or(default)
        };
        let span = value(&cell.span, 1).min(columns);
        if span > 0 {
            let order = cell.order.at(breakpoint).copied().unwrap_or(0);
            ordered.push((order, span, value(&cell.offset, 0), id));
        }
    }
    ordered.sort_by_key(|(order, ..)| *order);
    let (mut next, mut top, mut row_height) = (0, 0.0, 0.0_f32);
    let mut rows: Vec<f32> = vec![0.0];
    let mut cells = Vec::new();
    for (_, span, offset, id) in ordered {
        let (lines, at) = place_cell(columns, columns - next, span, offset);
        if lines > 0 {
            top += row_height * lines as f32 + gutter_y;
            row_height = 0.0;
            rows.push(0.0);
        }
        let at = if lines > 0 { at } else { next + at };
        let outer = column * span as f32 + gutter_x * (span - 1) as f32;
        let decided = pass.decide(id, constraint.for_child(), Axis::Horizontal, outer);
        pass.measure(id, &decided);
        row_height = row_height.max(pass.outer(id).height);
        if let Some(last) = rows.last_mut() {
            *last = row_height;
        }
        cells.push(Cell { id, column: at, span, top, row: rows.len() - 1 });
        next = at + span;
    }
    pass.measure_positioned(&positioned, constraint);
    let backwards = style.reverse != pass.tree.is_right_to_left(node);
    let mut places = Vec::new();
    for cell in cells {
        let row = rows.get(cell.row).copied().unwrap_or(0.0);
        let own = pass.tree.get(cell.id).and_then(|node| node.common.align_self);
        let align = own.or(style.align).unwrap_or(ItemAlign::Start);
        if align == ItemAlign::Stretch && pass.outer(cell.id).height < row {
            let outer = column * cell.span as f32 + gutter_x * (cell.span - 1) as f32;
            let decided = pass.decide(cell.id, constraint.for_child(), Axis::Horizontal, outer);
            let decided = pass.decide(cell.id, decided, Axis::Vertical, row);
            pass.measure(cell.id, &decided);
        }
        let before = if backwards { columns - cell.column - cell.span } else { cell.column };
        let x = before as f32 * (column + gutter_x);
        let y = cell.top + (row - pass.outer(cell.id).height) * align.factor(false);
        places.push((cell.id, Point::new(x, y)));
    }
    (constraint.fit(Size::new(width, top + row_height)), breakpoint, places)
}

/// How many rows a child goes down, and the column where it begins: counted from the next free one in the same row, from the
/// first in another.
fn place_cell(columns: i32, left: i32, span: i32, offset: i32) -> (i32, i32) {
    if span.saturating_add(offset) <= left {
        return (0, offset);
    }
    if offset <= left {
        return (1, 0);
    }
    let beyond = offset - left;
    let (lines, at) = (beyond / columns + 1, beyond % columns);
    if at + span > columns { (lines.saturating_add(1), 0) } else { (lines, at) }
}

/// Places the children where they were found to lie.
pub fn place_grid_row(pass: &mut Pass<'_>, node: NodeId, style: &GridRowStyle) {
    let Some(origin) = pass.tree.get(node).map(|node| node.layout.content().origin) else { return };
    for (child, at) in &style.places {
        pass.place_child(*child, origin + *at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_go_to_the_next_row_with_their_offset() {
        // The documentation's example: span 6, then span 8 with offset 11 of 12 columns.
        assert_eq!(place_cell(12, 6, 8, 11), (2, 0));
        assert_eq!(place_cell(12, 4, 6, 20), (2, 4));
        assert_eq!(place_cell(12, 4, 6, 26), (3, 0));
        assert_eq!(place_cell(12, 7, 4, 5), (1, 0));
        assert_eq!(place_cell(12, 12, 2, 1), (0, 1));
    }
}
