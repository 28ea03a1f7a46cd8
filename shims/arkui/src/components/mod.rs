//! The JavaScript side of components: their global classes, one file for each that needs more than the rule.

mod coverage;
mod missing;

use concord_runtime::{FaceModule, SystemModule};
use concord_ui::Registry;
use std::sync::LazyLock;

const fn face(request: &'static str, source: &'static str) -> FaceModule {
    FaceModule { request, source, natives: &[], apis: &[] }
}

static FACES: &[FaceModule] = &[
    face("@concord:arkui/classes", include_str!("classes.js")),
    face("@concord:arkui/components/containers", include_str!("containers.js")),
    face("@concord:arkui/components/content-modifier", include_str!("content_modifier.js")),
    face("@concord:arkui/components/controllers", include_str!("controllers.js")),
    face("@concord:arkui/components/controls", include_str!("controls.js")),
    face("@concord:arkui/components/data-detector", include_str!("data_detector.js")),
    face("@concord:arkui/components/dates", include_str!("dates.js")),
    face("@concord:arkui/components/image", include_str!("image.js")),
    face("@concord:arkui/components/menu", include_str!("menu.js")),
    face("@concord:arkui/components/shaders", include_str!("shaders.js")),
    face("@concord:arkui/components/shapes", include_str!("shapes.js")),
    face("@concord:arkui/components/particle", include_str!("particle.js")),
    face("@concord:arkui/components/parts", include_str!("parts.js")),
    face("@concord:arkui/components/html", include_str!("html.js")),
    face("@concord:arkui/components/styled-nodes", include_str!("styled_nodes.js")),
    face("@concord:arkui/components/styled-string", include_str!("styled_string.js")),
    face("@concord:arkui/components/symbol-effects", include_str!("symbol_effects.js")),
    face("@concord:arkui/components/text", include_str!("text.js")),
    face("@concord:arkui/components/text-controllers", include_str!("text_controllers.js")),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES
        .iter()
        .map(|face| face as &'static dyn SystemModule)
        .chain([&coverage::Globals as &dyn SystemModule])
        .chain(coverage::declarations())
}

/// The components of ArkUI, those included that are known by name only.
pub(crate) static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let there = concord_containers::all().chain(concord_controls::all()).chain(concord_text_ui::all());
    Registry::new(missing::all().chain(there))
});
