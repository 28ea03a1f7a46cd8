//! `Navigation` and `NavDestination` on the app's side: the stack, and what is shown of it.

use concord_runtime::{FaceModule, SystemModule};

const fn face(request: &'static str, source: &'static str) -> FaceModule {
    FaceModule { request, source, natives: &[], apis: &[] }
}

static FACES: [FaceModule; 5] = [
    face("@concord:arkui/navigation", include_str!("stack.js")),
    face("@concord:arkui/navigation/classes", include_str!("classes.js")),
    face("@concord:arkui/navigation/navigator", include_str!("navigator.js")),
    face("@concord:arkui/navigation/routes", include_str!("routes.js")),
    face("@concord:arkui/navigation/transition", include_str!("transition.js")),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
