//! What pages are shown in: the window, with one layer per page and overlay.

use concord_ui::common::Alignment;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Point, Size};
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

/// The root of a window: layers on top of each other, the last on top.
pub(super) struct Window;

/// A layer of a window: one page, whose root lies at the top in the middle, between the bars of the system.
pub(super) struct Page;

static METHODS: &[Method] = &[Method { name: "create", apply: |_, _| Value::Undefined }];

impl Component for Window {
    fn name(&self) -> &'static str {
        "root"
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint);
        constraint.max
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        place_aligned(pass, node, Alignment::TopStart);
    }
}

impl Component for Page {
    fn name(&self) -> &'static str {
        "page"
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let inner = constraint.shrink(&pass.tree.environment.avoid_area);
        pass.measure_stacked(node, &inner);
        constraint.max
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(size) = pass.tree.get(node).map(|node| node.layout.size) else { return };
        let avoid = pass.tree.environment.avoid_area;
        let inner = size.shrink(&avoid);
        for child in pass.children(node) {
            let free = (inner.width - pass.outer(child).width) / 2.0;
            pass.place_child(child, avoid.origin() + Point::new(free, 0.0));
        }
    }
}
