//! Boxes on top of each other: `Stack`, and every component with one child that `align` places.

use super::{ContentConstraint, Pass};
use crate::common::Alignment;
use crate::geometry::{Point, Size};
use crate::tree::NodeId;

impl Pass<'_> {
    /// Measures all children within the content box and returns the size around the largest.
    pub fn measure_stacked(&mut self, node: NodeId, constraint: &ContentConstraint) -> Size {
        let mut size = Size::ZERO;
        for child in self.children(node) {
            self.measure(child, &constraint.for_child());
            let positioned = self.tree.get(child).is_some_and(|node| node.common.position.is_some());
            if !positioned {
                size = size.max(self.outer(child));
            }
        }
        size
    }
}

/// Places all children of a node by one alignment in its content box.
pub fn place_aligned(pass: &mut Pass<'_>, node: NodeId, alignment: Alignment) {
    let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
    let right_to_left = pass.tree.environment.right_to_left;
    for child in pass.children(node) {
        let outer = pass.outer(child);
        let own = pass.tree.get(child).and_then(|node| node.common.layout_gravity);
        let (x, y) = own.unwrap_or(alignment).factors(right_to_left);
        let at = Point::new((content.size.width - outer.width) * x, (content.size.height - outer.height) * y);
        pass.place_child(child, content.origin + at);
    }
}
