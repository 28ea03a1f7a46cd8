//! Windows and the pages in them.

use concord_runtime::{FaceModule, SystemModule};

const fn face(request: &'static str, source: &'static str) -> FaceModule {
    FaceModule { request, source, natives: &[], apis: &[] }
}

static FACES: &[FaceModule] = &[
    face("@concord:arkui/ability-window", include_str!("ability_window.js")),
    face("@concord:arkui/displays", include_str!("displays.js")),
    face("@concord:arkui/keyboard", include_str!("keyboard.js")),
    face("@concord:arkui/page-stack", include_str!("page_stack.js")),
    face("@concord:arkui/page-transition", include_str!("page_transition.js")),
    face("@concord:arkui/screen", include_str!("screen.js")),
    face("@concord:arkui/start-window", include_str!("start_window.js")),
    face("@concord:arkui/system-bars", include_str!("system_bars.js")),
    face("@concord:arkui/wakefulness", include_str!("wakefulness.js")),
    face("@concord:arkui/window-events", include_str!("events.js")),
    face("@concord:arkui/window-properties", include_str!("properties.js")),
    face("@concord:arkui/window-stage", include_str!("window_stage.js")),
    face("@concord:arkui/windows", include_str!("windows.js")),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
