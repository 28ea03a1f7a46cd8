//! State management of both generations: one face for each concept.

mod store;

use concord_runtime::{FaceModule, Native, SystemModule};

const fn face(request: &'static str, source: &'static str, natives: &'static [(&'static str, Native)]) -> FaceModule {
    FaceModule { request, source, natives, apis: &[] }
}

static FACES: &[FaceModule] = &[
    face("@concord:arkui/state", include_str!("index.js"), &[]),
    face("@concord:arkui/state/tracking", include_str!("tracking.js"), &[]),
    face("@concord:arkui/state/scheduler", include_str!("scheduler.js"), &[]),
    face("@concord:arkui/state/kinds", include_str!("kinds.js"), &[]),
    face("@concord:arkui/state/observed-object", include_str!("observed_object.js"), &[]),
    face("@concord:arkui/state/copy", include_str!("copy.js"), &[]),
    face("@concord:arkui/state/properties", include_str!("properties.js"), &[]),
    face("@concord:arkui/state/storages", include_str!("storages.js"), &[]),
    face("@concord:arkui/state/environment", include_str!("environment.js"), &[]),
    face("@concord:arkui/state/persistent-storage", include_str!("persistent_storage.js"), &[]),
    face("@concord:arkui/state/observe-v2", include_str!("observe_v2.js"), &[]),
    face("@concord:arkui/state/computed", include_str!("computed.js"), &[]),
    face("@concord:arkui/state/monitor", include_str!("monitor.js"), &[]),
    face("@concord:arkui/state/decorators-v2", include_str!("decorators_v2.js"), &[]),
    face("@concord:arkui/state/ui-utils", include_str!("ui_utils.js"), &[]),
    face("@concord:arkui/state/storage-v2", include_str!("storage_v2.js"), &[]),
    face("@concord:arkui/state/serial", include_str!("serial.js"), &[]),
    face("@concord:arkui/state/store", include_str!("store.js"), store::NATIVES),
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
