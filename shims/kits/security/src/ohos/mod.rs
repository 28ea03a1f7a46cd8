//! The modules, one file each; the path mirrors the foreign name. Faces without leaves are listed here.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial};

mod security;

static FACES: [FaceModule; 3] = [
    face(
        "@ohos:abilityAccessCtrl",
        include_str!("abilityAccessCtrl.js"),
        &[
            full("*"),
            partial(
                "abilityAccessCtrl.AtManager.requestPermissionsFromUser",
                "nobody is asked: what is not given by --grant is refused",
            ),
            partial(
                "abilityAccessCtrl.AtManager.requestPermissionOnSetting",
                "nobody is asked: what is not given by --grant is refused",
            ),
            partial("abilityAccessCtrl.AtManager.openPermissionOnSetting", "no settings are shown: always rejected"),
        ],
    ),
    face(
        "@ohos:dlpPermission",
        include_str!("dlpPermission.js"),
        &[partial("*@20", "no file is protected: the documented answers without it")],
    ),
    face(
        "@ohos:userIAM.userAuth",
        include_str!("userIAM/userAuth.js"),
        &[partial("*", "no authenticator: the documented errors")],
    ),
];

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[&FACES, &security::MODULES];
