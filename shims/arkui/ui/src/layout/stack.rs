//! Boxes on top of each other: `Stack`, and every component with one child that `align` places.

use super::{ContentConstraint, Pass};
use crate::common::Alignment;
use crate::geometry::{Axis, Point, Size};
use crate::tree::NodeId;

impl Pass<'_> {
    /// Measures all children within the content box and returns the size around the largest.
    pub fn measure_stacked(&mut self, node: NodeId, constraint: &ContentConstraint) -> Size {
        let (children, positioned) = self.split_children(node);
        let follows = |pass: &Self, child: NodeId, axis: Axis| {
            constraint.ideal.along(axis).is_none() && pass.matches_parent(child, axis)
        };
        let mut size = constraint.min;
        let mut followers = Vec::new();
        for child in children {
            if Axis::BOTH.into_iter().any(|axis| follows(self, child, axis)) {
                followers.push(child);
            } else {
                self.measure(child, &constraint.for_child());
                size = size.max(self.outer(child));
            }
        }
        // Children that are as large as the parent do not decide on its size, unless there are no others.
        let found = size;
        for child in followers {
            let mut own = constraint.for_child();
            for axis in Axis::BOTH {
                if follows(self, child, axis) && found.along(axis) > 0.0 {
                    own = self.decide(child, own, axis, found.along(axis));
                }
            }
            self.measure(child, &own);
            size = size.max(self.outer(child));
        }
        self.measure_positioned(&positioned, constraint);
        size
    }
}

/// Places all children of a node by one alignment in its content box.
pub fn place_aligned(pass: &mut Pass<'_>, node: NodeId, alignment: Alignment) {
    let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
    let right_to_left = pass.tree.is_right_to_left(node);
    for child in pass.children(node) {
        let outer = pass.outer(child);
        let own = pass.tree.get(child).and_then(|node| node.common.layout_gravity);
        let (x, y) = own.unwrap_or(alignment).factors(right_to_left);
        let at = Point::new((content.size.width - outer.width) * x, (content.size.height - outer.height) * y);
        pass.place_child(child, content.origin + at);
    }
}
