//! What pages are shown in: the window, with one layer per page and overlay.

use crate::common::Alignment;
use crate::component::{Component, Method};
use crate::geometry::Size;
use crate::layout::{ContentConstraint, Pass, place_aligned};
use crate::tree::NodeId;
use crate::value::Value;

/// The root of a window: layers on top of each other, the last on top.
pub(super) struct Window;

/// A layer of a window: one page, whose root lies at the top in the middle.
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
        pass.measure_stacked(node, constraint);
        constraint.max
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        place_aligned(pass, node, Alignment::Top);
    }
}
