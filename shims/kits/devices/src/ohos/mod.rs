//! The modules, one file each; the path mirrors the foreign name. Faces without leaves are listed here.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial};

mod battery_info;

static FACES: [FaceModule; 4] = [
    face("@ohos:power", include_str!("power.js"), &[full("*"), partial("power", "always awake, in the normal mode")]),
    face("@ohos:thermal", include_str!("thermal.js"), &[full("*"), partial("thermal", "always cool")]),
    face(
        "@ohos:runningLock",
        include_str!("runningLock.js"),
        &[full("*"), partial("runningLock.RunningLockType", "there is no proximity sensor")],
    ),
    face(
        "@ohos:vibrator",
        include_str!("vibrator.js"),
        &[full("*"), partial("vibrator", "there is no vibrator: requests are accepted")],
    ),
];

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[&FACES, &battery_info::MODULES];
