//! The JavaScript side of input: gesture classes, the focus, the inspector's functions.

use concord_runtime::{FaceModule, SystemModule};

const fn face(request: &'static str, source: &'static str) -> FaceModule {
    FaceModule { request, source, natives: &[], apis: &[] }
}

static FACES: [FaceModule; 5] = [
    face("@concord:arkui/gestures", include_str!("gestures.js")),
    face("@concord:arkui/recognizers", include_str!("recognizers.js")),
    face("@concord:arkui/focus", include_str!("focus.js")),
    face("@concord:arkui/inspector", include_str!("inspector.js")),
    face("@concord:arkui/state-styles", include_str!("state_styles.js")),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
