//! `FlowItem`: an item of a `WaterFlow`.

use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

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
