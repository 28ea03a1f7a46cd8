//! What lies above pages: dialogs, toasts, sheets, menus and popups; one face for each.

use concord_runtime::{FaceModule, SystemModule};

const fn face(request: &'static str, source: &'static str) -> FaceModule {
    FaceModule { request, source, natives: &[], apis: &[] }
}

static FACES: &[FaceModule] = &[
    face("@concord:arkui/overlays/box", include_str!("box.js")),
    face("@concord:arkui/overlays/sub-window", include_str!("sub_window.js")),
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
    face("@concord:arkui/overlays/anchor", include_str!("anchor.js")),
    face("@concord:arkui/overlays/anchored", include_str!("anchored.js")),
    face("@concord:arkui/overlays/anchored-contents", include_str!("anchored_contents.js")),
    face("@concord:arkui/overlays/magnifier", include_str!("magnifier.js")),
    face("@concord:arkui/overlays/menu", include_str!("menu.js")),
    face("@concord:arkui/overlays/menu-items", include_str!("menu_items.js")),
    face("@concord:arkui/overlays/popup", include_str!("popup.js")),
    face("@concord:arkui/overlays/selection", include_str!("selection.js")),
    face("@concord:arkui/overlays/sheet", include_str!("sheet.js")),
    face("@concord:arkui/overlays/content-cover", include_str!("content_cover.js")),
    face("@concord:arkui/overlays/content-sheets", include_str!("content_sheets.js")),
    face("@concord:arkui/overlays/calendar", include_str!("calendar.js")),
    face("@concord:arkui/overlays/picker-dialogs", include_str!("picker_dialogs.js")),
    face("@concord:arkui/overlays/bindings", include_str!("bindings.js")),
    face("@concord:arkui/overlays/overlay-manager", include_str!("overlay_manager.js")),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
