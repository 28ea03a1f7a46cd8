//! The modules, one file each; the path mirrors the foreign name. Faces without leaves are listed here.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial, stub};

const IN_PROCESS: &str = "within the process only";

static FACES: [FaceModule; 4] = [
    face("@concord:unified-forms", include_str!("data/unified_forms.js"), &[]),
    face(
        "@ohos:data.unifiedDataChannel",
        include_str!("data/unifiedDataChannel.js"),
        &[full("*"), partial("unifiedDataChannel.Options", IN_PROCESS)],
    ),
    face(
        "@ohos:data.preferences",
        include_str!("data/preferences.js"),
        &[
            full("*"),
            partial("preferences.Options.dataGroupId", "ignored"),
            partial("preferences.StorageType.GSKV", "reported as unsupported"),
        ],
    ),
    face(
        "@ohos:data.relationalStore",
        include_str!("data/relationalStore.js"),
        &[
            full("relationalStore.SecurityLevel"),
            full("relationalStore.ConflictResolution"),
            partial("relationalStore.AssetStatus", "without ASSET_TO_DOWNLOAD"),
            full("relationalStore.SyncMode"),
            full("relationalStore.SubscribeType"),
            full("relationalStore.ChangeType"),
            full("relationalStore.DistributedType"),
            full("relationalStore.Origin"),
            full("relationalStore.RebuildType"),
            full("relationalStore.TransactionType"),
            full("relationalStore.isVectorSupported"),
            stub("relationalStore.RdbPredicates"),
            stub("relationalStore.getRdbStore"),
            stub("relationalStore.getRdbStoreSync"),
            stub("relationalStore.deleteRdbStore"),
        ],
    ),
];

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[&FACES];
