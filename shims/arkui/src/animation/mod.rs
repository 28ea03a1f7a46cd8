//! Animations as pages and modules ask for them: one face for each concept. What moves nodes is in `concord_ui::animation`.

use concord_runtime::face::{face, full};
use concord_runtime::{Api, FaceModule, Support, SystemModule};

const CURVES: &[Api] = &[
    full("curves.*"),
    Api { path: "curves.customCurve", support: Support::Partial("the function is asked at 257 points, once") },
];
const ANIMATOR: &[Api] = &[full("*")];

static FACES: &[FaceModule] = &[
    face("@concord:arkui/animation", include_str!("animation.js"), &[]),
    face("@concord:arkui/animation/curves", include_str!("curves.js"), &[]),
    face("@concord:arkui/animation/transition", include_str!("transition.js"), &[]),
    face("@concord:arkui/animation/transits", include_str!("transits.js"), &[]),
    face("@concord:arkui/animation/animatable", include_str!("animatable.js"), &[]),
    face("@ohos:matrix4", include_str!("matrix4.js"), &[full("*")]),
    face("@native:ohos.matrix4", include_str!("matrix4.js"), &[full("*")]),
    face("@native:system.matrix4", include_str!("matrix4.js"), &[full("*")]),
    face("@ohos:curves", include_str!("curves_module.js"), CURVES),
    face("@native:ohos.curves", include_str!("curves_module.js"), CURVES),
    face("@native:system.curves", include_str!("curves_module.js"), CURVES),
    face("@ohos:animator", include_str!("animator.js"), ANIMATOR),
    face("@native:ohos.animator", include_str!("animator.js"), ANIMATOR),
    face(
        "@ohos:graphics.displaySync",
        include_str!("display_sync.js"),
        &[full("displaySync.*"), full("DisplaySync.*")],
    ),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
