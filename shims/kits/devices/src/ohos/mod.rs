//! The modules, one file each; the path mirrors the foreign name. Faces without leaves are listed here, by what they are about.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial, stub};

mod battery_info;
mod connectivity;
mod input;
mod location;
mod telephony;

static POWER: [FaceModule; 3] = [
    face(
        "@ohos:power",
        include_str!("power.js"),
        &[full("*@20"), partial("power", "always awake, in the normal mode")],
    ),
    face("@ohos:thermal", include_str!("thermal.js"), &[full("*@20"), partial("thermal", "always cool")]),
    face(
        "@ohos:runningLock",
        include_str!("runningLock.js"),
        &[full("*@20"), partial("runningLock.RunningLockType", "there is no proximity sensor")],
    ),
];

static SENSES: [FaceModule; 8] = [
    face("@concord:devices/region", include_str!("parts/region.js"), &[]),
    face("@concord:devices/rotations", include_str!("parts/rotations.js"), &[]),
    face(
        "@ohos:sensor",
        include_str!("sensor.js"),
        &[
            full("*@20"),
            partial("sensor.on", "there are no sensors"),
            partial("sensor.once", "there are no sensors"),
            stub("sensor.getGeomagneticInfo"),
        ],
    ),
    face(
        "@ohos:vibrator",
        include_str!("vibrator.js"),
        &[full("*@20"), partial("vibrator.startVibration", "there is no vibrator: 14600101")],
    ),
    face(
        "@ohos:stationary",
        include_str!("stationary.js"),
        &[full("*@20"), stub("stationary.on"), stub("stationary.once")],
    ),
    face(
        "@ohos:multimodalAwareness.deviceStatus",
        include_str!("multimodalAwareness/deviceStatus.js"),
        &[full("*@20"), partial("deviceStatus.on", "no sensor tells")],
    ),
    face(
        "@ohos:multimodalAwareness.motion",
        include_str!("multimodalAwareness/motion.js"),
        &[full("*@20"), stub("motion.on"), stub("motion.off"), stub("motion.getRecentOperatingHandStatus")],
    ),
    face(
        "@ohos:multimodalAwareness.metadataBinding",
        include_str!("multimodalAwareness/metadataBinding.js"),
        &[full("*@20"), partial("metadataBinding", "nobody asks for what pictures of the screen are about")],
    ),
];

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[
    &POWER,
    &SENSES,
    &battery_info::MODULES,
    &connectivity::MODULES,
    &connectivity::NEAR,
    &input::MODULES,
    &location::MODULES,
    &telephony::MODULES,
];
