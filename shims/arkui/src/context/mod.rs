//! `UIContext` and what it hands out.

use concord_runtime::{FaceModule, SystemModule};

const fn face(request: &'static str, source: &'static str) -> FaceModule {
    FaceModule { request, source, natives: &[], apis: &[] }
}

static FACES: [FaceModule; 7] = [
    face("@concord:arkui/ui-context", include_str!("ui_context.js")),
    face("@concord:arkui/context-services", include_str!("services.js")),
    face("@concord:arkui/units", include_str!("units.js")),
    face("@concord:arkui/frames", include_str!("frames.js")),
    face("@concord:arkui/observer", include_str!("observer.js")),
    face("@concord:arkui/tab-bars", include_str!("tab_bars.js")),
    face("@concord:arkui/theme", include_str!("theme.js")),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
