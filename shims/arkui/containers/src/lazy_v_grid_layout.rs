//! `LazyVGridLayout`: children in the columns of a grid that is as high as its rows. It does not scroll itself but lies in something
//! that does; here all of its children are there at once.

use crate::layout::{Templated, Templates, Tracks, templates};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Point, Size};
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(super) struct LazyVGridLayout;

/// What it is told, and what it has measured.
#[derive(Default)]
struct State {
    templates: Templates,
    tracks: Tracks,
    /// Height of each row, and the gap between two, in px.
    rows: Vec<f32>,
    gap: f32,
}

impl Templated for State {
    fn templates(&mut self) -> &mut Templates {
        &mut self.templates
    }
}

impl Component for LazyVGridLayout {
    fn name(&self) -> &'static str {
        "LazyVGridLayout"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn gap(&self) -> Option<&'static str> {
        Some("all children are built at once")
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let width = constraint.ideal.width.unwrap_or(constraint.max.width);
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        let (columns_gap, gap) = state.templates.gaps(&environment, width, constraint.percent.height);
        let template = state.templates.columns.as_ref().filter(|_| width.is_finite());
        let tracks = template.map_or_else(
            || Tracks::equal(1, width, 0.0),
            |template| template.resolve(&environment, width, columns_gap),
        );
        let across = tracks.len().max(1);
        let children = pass.children(node);
        let mut rows = Vec::with_capacity(children.len().div_ceil(across));
        let mut widest: f32 = 0.0;
        for row in children.chunks(across) {
            let mut height: f32 = 0.0;
            for (column, child) in row.iter().enumerate() {
                let (_, cell) = tracks.span(column, 1);
                let own = pass.tree.get(*child).is_some_and(|child| child.common.width.is_some());
                let max = Size::new(cell, f32::INFINITY);
                let limit = Constraint {
                    min: Size::ZERO,
                    max,
                    percent: Size::new(cell, constraint.percent.height),
                    ideal: Ideal::default(),
                };
                let limit = if own || !cell.is_finite() {
                    limit
                } else {
                    pass.decide(*child, limit, concord_ui::geometry::Axis::Horizontal, cell)
                };
                pass.measure(*child, &limit);
                let outer = pass.outer(*child);
                height = height.max(outer.height);
                widest = widest.max(outer.width);
            }
            rows.push(height);
        }
        let height = rows.iter().sum::<f32>() + gap * rows.len().saturating_sub(1) as f32;
        if let Some(state) = pass.tree.state_mut::<State>(node) {
            (state.tracks, state.rows, state.gap) = (tracks, rows, gap);
        }
        constraint.fit(Size::new(if width.is_finite() { width } else { widest }, height))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let Some(state) = pass.tree.state::<State>(node) else { return };
        let (tracks, rows, gap) = (state.tracks.clone(), state.rows.clone(), state.gap);
        let right_to_left = pass.tree.is_right_to_left(node);
        let mut y = 0.0;
        let children = pass.children(node);
        for (row, height) in children.chunks(tracks.len().max(1)).zip(rows) {
            for (column, child) in row.iter().enumerate() {
                let (start, cell) = tracks.span(column, 1);
                let outer = pass.outer(*child);
                let mut x = start + (cell - outer.width).max(0.0) / 2.0;
                if right_to_left {
                    x = content.size.width - x - outer.width;
                }
                pass.place_child(*child, content.origin + Point::new(x, y));
            }
            y += height + gap;
        }
    }
}

static METHODS: &[Method] = {
    let [columns, _, columns_gap, rows_gap] = templates::methods::<State>();
    &[Method { name: "create", apply: |_, _| Value::Undefined }, columns, columns_gap, rows_gap]
};

#[cfg(test)]
mod tests {
    use crate::testing::scene_of;
    use concord_ui::value::Value;

    #[test]
    fn children_fill_columns_row_by_row() {
        let mut scene = scene_of("WaterFlow");
        scene.size(scene.root, 210.0, 400.0);
        let grid = scene.add(scene.root, "LazyVGridLayout");
        scene.set(grid, "columnsTemplate", &[Value::text("1fr 1fr")]);
        scene.set(grid, "rowsGap", &[Value::Number(5.0)]);
        scene.set(grid, "columnsGap", &[Value::Number(10.0)]);
        let boxes: Vec<_> = [40.0, 60.0, 20.0].into_iter().map(|height| scene.add_box(grid, height)).collect();
        scene.frame();
        let rects: Vec<_> = boxes.iter().map(|node| scene.rect(*node)).collect();
        assert_eq!(rects, [(0.0, 0.0, 100.0, 40.0), (110.0, 0.0, 100.0, 60.0), (0.0, 65.0, 100.0, 20.0)]);
        assert_eq!(scene.rect(grid).3, 85.0);
    }
}
