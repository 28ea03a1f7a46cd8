//! Boxes for tests of what all components have in common; the real ones are in crates of their own.

use crate::component::Component;
use crate::geometry::{Point, Size};
use crate::layout::{ContentConstraint, Pass};
use crate::registry::Registry;
use crate::tree::NodeId;
use std::sync::LazyLock;

/// A box. The children of a `Column` lie one below the other, in the middle; those of any other on each other, in the top left
/// corner.
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
        let width = pass.tree.get(node).map_or(0.0, |node| node.layout.content().size.width);
        let mut y = 0.0;
        for child in pass.children(node) {
            let outer = pass.outer(child);
            if self.0 == "Column" {
                pass.place_child(child, Point::new((width - outer.width) / 2.0, y));
                y += outer.height;
            } else {
                pass.place_child(child, Point::ZERO);
            }
        }
    }
}

/// `Column`, `Row`, `Stack`, `EffectComponent` and `If`.
pub static PLAIN: LazyLock<Registry> = LazyLock::new(|| {
    let all: [&'static dyn Component; 5] =
        [&Plain("Column"), &Plain("Row"), &Plain("Stack"), &Plain("EffectComponent"), &Plain("If")];
    Registry::new(all)
});
