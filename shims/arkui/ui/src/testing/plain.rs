//! Boxes for tests of what all components have in common; the real ones are in crates of their own.

use crate::component::Component;
use crate::geometry::{Point, Size};
use crate::layout::{ContentConstraint, Pass};
use crate::registry::Registry;
use crate::tree::NodeId;
use std::sync::LazyLock;

/// A box. The children of a `Column` lie one below the other, those of any other on each other, from the top left corner.
struct Plain(&'static str);

impl Component for Plain {
    fn name(&self) -> &'static str {
        self.0
    }

    fn is_syntax(&self) -> bool {
        self.0 == "If"
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let mut at = Point::ZERO;
        for child in pass.children(node) {
            pass.place_child(child, at);
            if self.0 == "Column" {
                at.y += pass.outer(child).height;
            }
        }
    }
}

/// `Column`, `Row`, `Stack` and `If`.
pub static PLAIN: LazyLock<Registry> = LazyLock::new(|| {
    let all: [&'static dyn Component; 4] = [&Plain("Column"), &Plain("Row"), &Plain("Stack"), &Plain("If")];
    Registry::new(all)
});
