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

/// What a page's own node wraps: attributes on a custom component lie around what it builds.
fn content(pass: &Pass<'_>, child: NodeId) -> NodeId {
    let wraps = pass.tree.get(child).is_some_and(|node| node.component.name() == "__Common__");
    pass.tree.frame_children(child).first().copied().filter(|_| wraps).unwrap_or(child)
}

impl Component for Page {
    fn name(&self) -> &'static str {
        "page"
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        for child in pass.children(node) {
            let avoid = pass.tree.avoid_area_of_layout(content(pass, child));
            pass.measure(child, &constraint.shrink(&avoid).for_child());
        }
        constraint.max
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(size) = pass.tree.get(node).map(|node| node.layout.size) else { return };
        for child in pass.children(node) {
            let avoid = pass.tree.avoid_area_of_layout(content(pass, child));
            let inner = size.shrink(&avoid);
            let free = (inner.width - pass.outer(child).width) / 2.0;
            pass.place_child(child, avoid.origin() + Point::new(free, 0.0));
        }
    }
}
