//! `FlowItem`: an item of a `WaterFlow`.

use crate::component::{Component, Method};
use crate::geometry::Size;
use crate::layout::{ContentConstraint, Pass, place_aligned};
use crate::tree::NodeId;
use crate::value::Value;

/// See the module.
pub(super) struct FlowItem;

impl Component for FlowItem {
    fn name(&self) -> &'static str {
        "FlowItem"
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
    }
}

static METHODS: &[Method] = &[Method { name: "create", apply: |_, _| Value::Undefined }];
