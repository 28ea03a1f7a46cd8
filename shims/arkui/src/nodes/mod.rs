//! Nodes that an app handles itself, and attributes as objects: one face for each concept.

use concord_runtime::{FaceModule, SystemModule};

const fn face(request: &'static str, source: &'static str) -> FaceModule {
    FaceModule { request, source, natives: &[], apis: &[] }
}

static FACES: &[FaceModule] = &[
    face("@concord:arkui/attributes", include_str!("attributes.js")),
    face("@concord:arkui/frame-node", include_str!("frame_node.js")),
    face("@concord:arkui/builder-node", include_str!("builder_node.js")),
    face("@concord:arkui/node-controller", include_str!("node_controller.js")),
    face("@concord:arkui/node-container", include_str!("node_container.js")),
    face("@concord:arkui/node-layout", include_str!("node_layout.js")),
    face("@concord:arkui/painters", include_str!("painters.js")),
    face("@concord:arkui/render-node", include_str!("render_node.js")),
    face("@concord:arkui/node-adapter", include_str!("node_adapter.js")),
    face("@concord:arkui/node-content", include_str!("node_content.js")),
    face("@concord:arkui/xcomponent-node", include_str!("xcomponent_node.js")),
    face("@concord:arkui/metrics", include_str!("metrics.js")),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
