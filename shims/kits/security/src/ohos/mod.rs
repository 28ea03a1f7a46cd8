//! The modules, one file each; the path mirrors the foreign name. Faces without leaves are listed here.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial};

static FACES: [FaceModule; 1] = [face(
    "@ohos:abilityAccessCtrl",
    include_str!("abilityAccessCtrl.js"),
    &[full("*"), partial("abilityAccessCtrl.AtManager", "nobody is asked: what is not given by --grant is refused")],
)];

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[&FACES];
