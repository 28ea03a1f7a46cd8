//! `NodeContainer` and `FrameNode`: places for nodes that an app makes itself, on top of each other from the top start corner.

use concord_ui::common::Alignment;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

/// One of the two, by name. Pages never pop either: what is inside comes from the app and not from the page.
pub(super) struct NodeHolder(pub(super) &'static str);

impl Component for NodeHolder {
    fn name(&self) -> &'static str {
        self.0
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn methods(&self) -> &'static [Method] {
        &[Method { name: "create", apply: |_, _| Value::Undefined }]
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or(Alignment::TopStart);
        place_aligned(pass, node, alignment);
    }
}
