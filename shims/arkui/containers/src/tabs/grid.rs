//! `barGridAlign`: tabs share the middle columns of a grid.

use concord_ui::tree::Tree;
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;

/// `barGridAlign`: how many columns tabs share, by the width of the bar, and the grid's margin and gutter.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BarGrid {
    columns: [Option<usize>; 3],
    margin: Length,
    gutter: Length,
}

/// Widths in vp from which a bar has the columns of a middle and of a large window, and how many columns there are.
const BREAKPOINTS: [f32; 2] = [600.0, 840.0];
const COLUMNS: [usize; 3] = [4, 8, 12];

impl BarGrid {
    pub(super) fn from_value(value: &Value) -> Option<BarGrid> {
        value.as_object()?;
        let columns = ["sm", "md", "lg"]
            .map(|name| value.get(name).as_f64().filter(|count| *count >= 2.0).map(|count| count as usize));
        let space = |name: &str| Length::from_value(value.get(name), Unit::Vp).unwrap_or(Length::vp(24.0));
        Some(BarGrid { columns, margin: space("margin"), gutter: space("gutter") })
    }

    /// The part of a bar that tabs share, px. Nothing for an odd number of columns, or more than there are.
    pub(super) fn middle(&self, tree: &Tree, width: f32) -> Option<f32> {
        let vp = width / tree.environment.density;
        let size = BREAKPOINTS.iter().take_while(|from| vp >= **from).count();
        let all = *COLUMNS.get(size)?;
        let columns =
            self.columns.get(size).copied().flatten().filter(|columns| columns % 2 == 0 && *columns <= all)?;
        let (margin, gutter) = (self.margin.to_px(&tree.environment), self.gutter.to_px(&tree.environment));
        let column = (width - 2.0 * margin - gutter * (all - 1) as f32) / all as f32;
        let middle = column * columns as f32 + gutter * (columns - 1) as f32;
        (column > 0.0).then_some(middle.min(width))
    }
}
