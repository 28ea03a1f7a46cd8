//! Where nodes are.

use crate::geometry::{Edges, Point, Rect, Size};
use crate::layout::{Constraint, Measurements};
use crate::tree::{Node, NodeId, Tree};

/// The result of measuring and placing a node.
#[derive(Debug, Clone, Default)]
pub struct LayoutState {
    /// Constraint of the last measurement, to skip an equal one.
    pub constraint: Option<Constraint>,
    /// Results for this and other constraints, as long as nothing in the node changes.
    pub(crate) measurements: Measurements,
    /// Size of the frame: content, padding and border; without the margin.
    pub size: Size,
    /// Top left corner of the frame in the parent's frame, before transforms.
    pub offset: Point,
    /// Resolved margin.
    pub margin: Edges,
    /// Resolved padding.
    pub padding: Edges,
    /// Resolved border widths.
    pub border: Edges,
    /// Whether the parent has placed it; a node that was not is not shown and not hit (an item scrolled away, a group that
    /// `displayPriority` hides).
    pub active: bool,
    /// Whether it is drawn above and hit before its siblings, as a sticky header is.
    pub raised: bool,
}

impl LayoutState {
    /// The frame in the parent's frame.
    pub fn frame(&self) -> Rect {
        Rect { origin: self.offset, size: self.size }
    }

    /// How often the inside was arranged, for tests.
    #[cfg(any(test, feature = "testing"))]
    pub fn arrangements(&self) -> usize {
        self.measurements.arrangements
    }

    /// The size with the margin.
    pub fn outer(&self) -> Size {
        self.size.grow(&self.margin)
    }

    /// Padding and border together.
    pub fn insets(&self) -> Edges {
        self.padding + self.border
    }

    /// The content box in the node's own frame.
    pub fn content(&self) -> Rect {
        let insets = self.insets();
        Rect { origin: insets.origin(), size: self.size.shrink(&insets) }
    }
}

impl Tree {
    /// Whether the content of a node runs from right to left.
    pub fn is_right_to_left(&self, id: NodeId) -> bool {
        self.get(id).map_or(self.environment.right_to_left, |node| node.common.is_right_to_left(&self.environment))
    }

    /// Whether the last layout gave a place to a node and to all nodes around it, and none is hidden.
    pub fn is_shown(&self, id: NodeId) -> bool {
        let shown = |node: &Node| {
            node.component.is_syntax()
                || node.layout.active
                    && node.common.visibility == crate::common::Visibility::Visible
                    && !node.common.hidden_by_parent
        };
        self.get(id).is_some() && std::iter::successors(self.get(id), |node| self.get(node.parent?)).all(shown)
    }

    /// The top left corner of a node's frame in its window as layout has it, before transforms.
    pub fn window_offset(&self, id: NodeId) -> Point {
        self.origin(id, |node| node.layout.offset)
    }

    /// The frame of a node in its window as it is shown now, before transforms.
    pub fn window_frame(&self, id: NodeId) -> Rect {
        let size = self.get(id).map_or(Size::ZERO, |node| node.shown_frame().size);
        Rect { origin: self.origin(id, |node| node.shown_frame().origin), size }
    }

    fn origin(&self, id: NodeId, offset: impl Fn(&Node) -> Point) -> Point {
        let around = std::iter::successors(self.get(id), |node| self.get(node.parent?));
        around.filter(|node| !node.component.is_syntax()).fold(Point::ZERO, |at, node| at + offset(node))
    }
}
