//! What compiled pages find on the global object, by name: one face for each concept.

use concord_engine::{Call, JsResult};
use concord_runtime::{FaceModule, Native, SystemModule};

const fn face(request: &'static str, source: &'static str, natives: &'static [(&'static str, Native)]) -> FaceModule {
    FaceModule { request, source, natives, apis: &[] }
}

/// Enumerations that are globals of compiled pages.
fn enums(call: &Call<'_>) -> JsResult {
    Ok(call.context.string(include_str!("enums.txt")))
}

/// Enumerations of the modules of this crate.
fn module_enums(call: &Call<'_>) -> JsResult {
    Ok(call.context.string(include_str!("../ohos/enums.txt")))
}

static FACES: [FaceModule; 5] = [
    face("@concord:arkui/names", include_str!("names.js"), &[("enums", enums)]),
    face("@concord:arkui/enums", include_str!("enums.js"), &[("moduleEnums", module_enums)]),
    face("@concord:arkui/globals", include_str!("globals.js"), &[]),
    face("@concord:arkui/components", include_str!("components.js"), &[]),
    face("@concord:arkui/pages", include_str!("pages.js"), &[]),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
