//! Canvas 2D for apps: classes in JavaScript over the contexts of `concord_controls::context2d`.

mod natives;

use concord_runtime::{FaceModule, Native, SystemModule};

const fn face(request: &'static str, source: &'static str, natives: &'static [(&'static str, Native)]) -> FaceModule {
    FaceModule { request, source, natives, apis: &[] }
}

static FACES: [FaceModule; 4] = [
    face("@concord:arkui/canvas", include_str!("index.js"), &[]),
    face("@concord:arkui/canvas/context", include_str!("context.js"), natives::CONTEXT),
    face("@concord:arkui/canvas/path", include_str!("path.js"), natives::PATH),
    face("@concord:arkui/canvas/bitmap", include_str!("bitmap.js"), natives::BITMAP),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
