//! System modules around windows and pages, one `.js` file for each, its path mirroring the foreign name.

use concord_runtime::face::{face, full, partial, stub};
use concord_runtime::{Api, FaceModule, SystemModule};

const ONE_POINTER: &str = "the shape holds for all windows of the app";
const NO_BARS: &str = "bars, masks and shadows are kept, and not shown";

static WINDOW_APIS: &[Api] = &[
    full("window.findWindow"),
    full("window.getLastWindow"),
    full("WindowStage.loadContent"),
    full("WindowStage.loadContentByName"),
    full("WindowStage.getMainWindow"),
    full("WindowStage.getMainWindowSync"),
    partial("WindowStage.*", NO_BARS),
    partial("Window.*", NO_BARS),
    partial("window.*", NO_BARS),
];
const DRAG_LOOKS: &str = "badges of what may be dropped and colours of previews are not shown";

static UI_CONTEXT_APIS: &[Api] = &[
    partial("DragController.*", DRAG_LOOKS),
    partial("AtomicServiceBar.*", "apps that are no atomic services have no such bar"),
    partial("TextMenuController.*", "menus are always in the window, and the system adds no items"),
    stub("UIContext.addLocalInputEventMonitor"),
    stub("UIContext.removeLocalInputEventMonitor"),
    stub("UIContext.getSmartGestureController"),
    partial("UIObserver.onSwiperContentUpdate", "without the sizes of the items"),
    partial("UIObserver.offSwiperContentUpdate", "without the sizes of the items"),
    full("CursorController.*"),
    partial("PromptAction.*", "hover modes of foldable screens change nothing"),
    full("*"),
];
static ROUTER_APIS: &[Api] = &[full("router.*")];

static FACES: [FaceModule; 20] = [
    face("@ohos:arkui.theme", include_str!("arkui/theme.js"), &[full("*")]),
    face(
        "@ohos:arkui.dragController",
        include_str!("arkui/dragController.js"),
        &[
            full("*"),
            partial("dragController.DragPreview", DRAG_LOOKS),
            partial("dragController.DragPreview.setForegroundColor", DRAG_LOOKS),
        ],
    ),
    face("@ohos:arkui.shape", include_str!("arkui/shape.js"), &[full("*")]),
    face("@ohos:arkui.inspector", include_str!("arkui/inspector.js"), &[full("inspector.*")]),
    face("@ohos:arkui.componentUtils", include_str!("arkui/componentUtils.js"), &[full("*")]),
    face("@ohos:measure", include_str!("measure.js"), &[full("measure.*")]),
    face("@ohos:font", include_str!("font.js"), &[full("font.*"), stub("font.getUIFontConfig")]),
    face("@ohos:window", include_str!("window.js"), WINDOW_APIS),
    face(
        "@ohos:display",
        include_str!("display.js"),
        &[partial("display.*", "nothing folds; of a desktop's panels nothing is known")],
    ),
    face("@ohos:router", include_str!("router.js"), ROUTER_APIS),
    face("@native:system.router", include_str!("router.js"), ROUTER_APIS),
    face(
        "@ohos:promptAction",
        include_str!("promptAction.js"),
        &[partial("promptAction.*", "hover modes of foldable screens change nothing")],
    ),
    face(
        "@ohos:web.webview",
        include_str!("web/webview.js"),
        &[full("webview.WebCookieManager.*"), partial("webview.*", "no web page is shown: addresses fail to load")],
    ),
    face(
        "@ohos:multimodalInput.pointer",
        include_str!("multimodalInput/pointer.js"),
        &[
            full("pointer.PointerStyle"),
            full("pointer.PrimaryButton"),
            full("pointer.RightClickType"),
            partial("pointer.setPointerStyle", ONE_POINTER),
            partial("pointer.setPointerStyleSync", ONE_POINTER),
            full("pointer.getPointerStyle"),
            full("pointer.getPointerStyleSync"),
            full("pointer.setPointerVisible"),
            full("pointer.setPointerVisibleSync"),
            full("pointer.isPointerVisible"),
            full("pointer.isPointerVisibleSync"),
            partial("pointer.setCustomCursor", ONE_POINTER),
            partial("pointer.setCustomCursorSync", ONE_POINTER),
            full("pointer.CustomCursor.*"),
            partial("pointer.CursorConfig.*", "the picture keeps its size"),
        ],
    ),
    face("@ohos:mediaquery", include_str!("mediaquery.js"), &[full("mediaquery.*")]),
    face("@ohos:arkui.UIContext", include_str!("arkui/UIContext.js"), UI_CONTEXT_APIS),
    face("@ohos:arkui.observer", include_str!("arkui/observer.js"), &[full("*")]),
    face("@ohos:arkui.modifier", include_str!("arkui/modifier.js"), &[full("*"), stub("ModifierUtils.*")]),
    face(
        "@ohos:arkui.node",
        include_str!("arkui/node.js"),
        &[
            full("*"),
            partial("XComponentNode", "a place without a surface"),
            partial("RenderOptions", "nodes are drawn in one way"),
            partial("NodeRenderType", "nodes are drawn in one way"),
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
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
