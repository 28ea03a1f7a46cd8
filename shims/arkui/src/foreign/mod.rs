//! Components that show what is not drawn by ArkUI: their classes and controllers.

use concord_runtime::{FaceModule, SystemModule};

const fn face(request: &'static str, source: &'static str) -> FaceModule {
    FaceModule { request, source, natives: &[], apis: &[] }
}

static FACES: [FaceModule; 5] = [
    face("@concord:arkui/foreign", include_str!("tools.js")),
    face("@concord:arkui/foreign/surface", include_str!("surface.js")),
    face("@concord:arkui/foreign/video", include_str!("video.js")),
    face("@concord:arkui/foreign/web", include_str!("web.js")),
    face("@concord:arkui/foreign/x-component", include_str!("x_component.js")),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
