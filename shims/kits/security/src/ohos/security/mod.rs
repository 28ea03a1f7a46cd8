//! `@ohos.security.*`

mod cert;
mod crypto;
mod crypto_data;
mod crypto_keys;
mod keystore;

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial, stub};

pub(crate) static MODULES: [FaceModule; 8] = [
    crypto::MODULE,
    cert::MODULE,
    keystore::MODULE,
    face("@concord:security/huks-constants", include_str!("huksConstants.js"), &[]),
    face(
        "@ohos:security.huks",
        include_str!("huks.js"),
        &[
            full("*"),
            partial(
                "huks.generateKeyItem",
                "no keys by agreement or derivation in one step, none that people unlock, no ML-DSA, ML-KEM",
            ),
            partial("huks.importWrappedKeyItem", "not with SM2 and SM4"),
            partial("huks.attestKeyItem", "fails with 12000001: nothing vouches for the keys"),
            partial("huks.anonAttestKeyItem", "fails with 12000001: nothing vouches for the keys"),
            stub("huks.anonAttestKeyItemOffline"),
            stub("huks.wrapKeyItem"),
            stub("huks.unwrapKeyItem"),
            stub("huks.encapsulate"),
            stub("huks.decapsulate"),
        ],
    ),
    face(
        "@ohos:security.asset",
        include_str!("asset.js"),
        &[
            full("*"),
            partial(
                "asset.add",
                "kept on this machine only, whatever SYNC_TYPE says; goes with the app's data, IS_PERSISTENT too",
            ),
            partial(
                "asset.addSync",
                "kept on this machine only, whatever SYNC_TYPE says; goes with the app's data, IS_PERSISTENT too",
            ),
            partial("asset.querySyncResult", "nothing is ever synchronised"),
        ],
    ),
    face(
        "@ohos:security.certManager",
        include_str!("certManager.js"),
        &[
            full("*"),
            partial("certificateManager", "the stores are empty and nothing can be put into them"),
            full("certificateManager.CMErrorCode"),
            stub("certificateManager.installUserTrustedCertificate"),
            stub("certificateManager.getUkeyCertificateList"),
            stub("certificateManager.importUkeyCertificate"),
        ],
    ),
    face(
        "@ohos:security.certManagerDialog",
        include_str!("certManagerDialog.js"),
        &[partial("*", "no dialog is shown")],
    ),
];
