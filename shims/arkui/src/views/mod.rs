//! Custom components, control of rendering, and the stack of nodes that are being made: one face for each concept.

use concord_runtime::{FaceModule, SystemModule};

const fn face(request: &'static str, source: &'static str) -> FaceModule {
    FaceModule { request, source, natives: &[], apis: &[] }
}

static FACES: &[FaceModule] = &[
    face("@concord:arkui/views", include_str!("index.js")),
    face("@concord:arkui/view-stack", include_str!("view_stack.js")),
    face("@concord:arkui/views/elements", include_str!("elements.js")),
    face("@concord:arkui/views/base", include_str!("base.js")),
    face("@concord:arkui/views/env", include_str!("env.js")),
    face("@concord:arkui/views/view-pu", include_str!("view_pu.js")),
    face("@concord:arkui/views/view-v2", include_str!("view_v2.js")),
    face("@concord:arkui/views/lazy-for-each", include_str!("lazy_for_each.js")),
    face("@concord:arkui/views/virtual", include_str!("virtual.js")),
    face("@concord:arkui/views/repeat", include_str!("repeat.js")),
    face("@concord:arkui/views/removal", include_str!("removal.js")),
    face("@concord:arkui/views/recycling", include_str!("recycling.js")),
    face("@concord:arkui/views/control", include_str!("control.js")),
    face("@concord:arkui/views/diff", include_str!("diff.js")),
    face("@concord:arkui/views/builders", include_str!("builders.js")),
    face("@concord:arkui/views/builder-root", include_str!("builder_root.js")),
    face("@concord:arkui/views/subscribers", include_str!("subscribers.js")),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
