//! System modules around windows and pages, one `.js` file for each, its path mirroring the foreign name.

use concord_runtime::{Api, FaceModule, Support, SystemModule};

const fn face(request: &'static str, source: &'static str, apis: &'static [Api]) -> FaceModule {
    FaceModule { request, source, natives: &[], apis }
}

const fn full(path: &'static str) -> Api {
    Api { path, support: Support::Full }
}

const fn partial(path: &'static str, missing: &'static str) -> Api {
    Api { path, support: Support::Partial(missing) }
}

const fn stub(path: &'static str) -> Api {
    Api { path, support: Support::Stub }
}

const NO_PIXELS: &str = "accepted; windows have no pixels yet";
const NOT_SHOWN: &str = "accepted; nothing is shown yet";

static WINDOW_APIS: &[Api] = &[
    full("window.findWindow"),
    full("window.getLastWindow"),
    full("WindowStage.loadContent"),
    full("WindowStage.loadContentByName"),
    full("WindowStage.getMainWindow"),
    full("WindowStage.getMainWindowSync"),
    partial("WindowStage.*", NO_PIXELS),
    partial("Window.*", NO_PIXELS),
    partial("window.*", NO_PIXELS),
];
static ROUTER_APIS: &[Api] = &[partial("router.*", "pages run their script; nothing is shown yet")];
static CURVES_APIS: &[Api] = &[partial("curves.*", "springs settle in a time of our own")];

/// Declares modules that accept everything, so that apps load which touch them only when something is shown.
macro_rules! stand_ins {
    ($($request:literal)*) => {
        static STAND_INS: &[FaceModule] = &[$(face(
            $request,
            concat!("(function (host, system) { 'use strict'; ",
                "return system.require('@concord:arkui/components').module('", $request, "'); })"),
            &[partial("*", "a stand-in: accepts everything, does nothing")],
        ),)*];
    };
}

stand_ins! {
    "@ohos:animator"
    "@ohos:arkui.dragController"
    "@ohos:arkui.observer"
    "@ohos:arkui.shape"
    "@ohos:arkui.theme"
    "@ohos:graphics.displaySync"
    "@ohos:matrix4"
    "@ohos:web.webview"
    "@native:ohos.matrix4"
}

static FACES: [FaceModule; 16] = [
    face("@ohos:arkui.inspector", include_str!("arkui/inspector.js"), &[full("inspector.*")]),
    face(
        "@ohos:arkui.componentUtils",
        include_str!("arkui/componentUtils.js"),
        &[partial("componentUtils.*", "transforms are not told")],
    ),
    face("@ohos:measure", include_str!("measure.js"), &[full("measure.*")]),
    face("@ohos:font", include_str!("font.js"), &[full("font.*"), stub("font.getUIFontConfig")]),
    face("@ohos:window", include_str!("window.js"), WINDOW_APIS),
    face("@ohos:display", include_str!("display.js"), &[partial("display.*", "one display that never changes")]),
    face("@ohos:router", include_str!("router.js"), ROUTER_APIS),
    face("@native:system.router", include_str!("router.js"), ROUTER_APIS),
    face(
        "@ohos:promptAction",
        include_str!("promptAction.js"),
        &[partial("promptAction.*", "dialogs appear and go at once")],
    ),
    face("@ohos:mediaquery", include_str!("mediaquery.js"), &[full("mediaquery.*")]),
    face("@ohos:curves", include_str!("curves.js"), CURVES_APIS),
    face("@native:ohos.curves", include_str!("curves.js"), CURVES_APIS),
    face("@ohos:arkui.UIContext", include_str!("arkui/UIContext.js"), &[partial("UIContext.*", NOT_SHOWN)]),
    face("@ohos:arkui.modifier", include_str!("arkui/modifier.js"), &[full("*"), stub("ModifierUtils.*")]),
    face(
        "@ohos:arkui.node",
        include_str!("arkui/node.js"),
        &[
            full("FrameNode.*"),
            partial("typeNode.*", "gestures and controllers of some components are missing"),
            partial("BuilderNode.*", "touch events cannot be posted"),
            full("ComponentContent.*"),
            full("NodeController.*"),
            full("LengthMetrics.*"),
            full("ColorMetrics.*"),
        ],
    ),
    face(
        "@ohos:arkui.StateManagement",
        include_str!("arkui/StateManagement.js"),
        &[full("*"), stub("UIUtils.getLifecycle"), stub("UIUtils.getCustomComponentContext")],
    ),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().chain(STAND_INS).map(|face| face as &'static dyn SystemModule)
}
