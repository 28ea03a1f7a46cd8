//! What lies above pages: dialogs, toasts, sheets, menus and popups; one face for each.

use concord_runtime::{FaceModule, SystemModule};

const fn face(request: &'static str, source: &'static str) -> FaceModule {
    FaceModule { request, source, natives: &[], apis: &[] }
}

static FACES: [FaceModule; 11] = [
    face("@concord:arkui/overlays/box", include_str!("box.js")),
    face("@concord:arkui/overlays/layer", include_str!("layer.js")),
    face("@concord:arkui/overlays/dialog", include_str!("dialog.js")),
    face("@concord:arkui/overlays/panel", include_str!("panel.js")),
    face("@concord:arkui/overlays/alert-dialog", include_str!("alert_dialog.js")),
    face("@concord:arkui/overlays/action-sheet", include_str!("action_sheet.js")),
    face("@concord:arkui/overlays/custom-dialog", include_str!("custom_dialog.js")),
    face("@concord:arkui/overlays/toast", include_str!("toast.js")),
    face("@concord:arkui/overlays/prompts", include_str!("prompts.js")),
    face("@concord:arkui/overlays/content-dialogs", include_str!("content_dialogs.js")),
    face("@concord:arkui/overlays/prompt-action", include_str!("prompt_action.js")),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
