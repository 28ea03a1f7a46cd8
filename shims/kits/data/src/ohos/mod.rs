//! The modules, one file each; the path mirrors the foreign name. Faces without leaves are listed here.

mod preferences;
mod rdb;

use concord_runtime::face::{face, full, partial, stub};
use concord_runtime::{Api, FaceModule};

const IN_PROCESS: &str = "the hub belongs to the thread that inserts: no other thread and no other app finds it";
const ONE_DEVICE: &str = "there are no other devices: accepted, nothing happens";
const NEVER: &str = "never happens: there are no other devices and no cloud";

static PREFERENCES: [FaceModule; 2] = [
    face(
        "@ohos:data.preferences",
        include_str!("data/preferences.js"),
        &[full("*"), partial("preferences.Options.dataGroupId", "apps belong to no groups: 15501002")],
    ),
    face(
        "@ohos:data.sendablePreferences",
        include_str!("data/sendablePreferences.js"),
        &[full("*"), partial("sendablePreferences.Options.dataGroupId", "apps belong to no groups: 15501002")],
    ),
];

static RELATIONAL: [FaceModule; 12] = [
    face("@concord:relational/enums", include_str!("relational/enums.js"), &[]),
    face("@concord:relational/checks", include_str!("relational/checks.js"), &[]),
    face("@concord:relational/predicates", include_str!("relational/predicates.js"), &[]),
    face("@concord:relational/resultSet", include_str!("relational/resultSet.js"), &[]),
    face("@concord:relational/sendable", include_str!("relational/sendable.js"), &[]),
    face("@concord:relational/operations", include_str!("relational/operations.js"), &[]),
    face("@concord:relational/store", include_str!("relational/store.js"), &[]),
    face("@ohos:data.relationalStore", include_str!("data/relationalStore.js"), RELATIONAL_STORE),
    face("@ohos:data.sendableRelationalStore", include_str!("data/sendableRelationalStore.js"), &[full("*")]),
    face("@ohos:data.dataSharePredicates", include_str!("data/dataSharePredicates.js"), &[full("*")]),
    face("@ohos:data.dataAbility", include_str!("data/dataAbility.js"), &[full("*")]),
    face("@ohos:data.ValuesBucket", include_str!("data/ValuesBucket.js"), &[full("*")]),
];

const RELATIONAL_STORE: &[Api] = &[
    full("*"),
    partial("relationalStore.StoreConfig.encrypt", "reported and ignored: databases are not encrypted"),
    partial("relationalStore.StoreConfig.cryptoParam", "reported and ignored: databases are not encrypted"),
    partial("relationalStore.StoreConfig.dataGroupId", "apps belong to no groups: 14801002"),
    partial("relationalStore.StoreConfig.autoCleanDirtyData", "there is no cloud whose data could be dirty"),
    partial("relationalStore.StoreConfig.vector", "true is refused with 801"),
    partial("relationalStore.StoreConfig.pluginLibs", "libraries are refused with 801"),
    partial(
        "relationalStore.StoreConfig.tokenizer",
        "ICU_TOKENIZER and CUSTOM_TOKENIZER are refused with 801; FTS5 has its own ones",
    ),
    partial("relationalStore.StoreConfig.enableSemanticIndex", "ignored"),
    partial("relationalStore.RdbPredicates.inDevices", ONE_DEVICE),
    partial("relationalStore.RdbPredicates.inAllDevices", ONE_DEVICE),
    partial(
        "relationalStore.RdbStore.on",
        "of dataChange only SUBSCRIBE_TYPE_LOCAL_DETAILS, with row ids; autoSyncProgress never happens; events of apps stay in the process",
    ),
    partial("relationalStore.RdbStore.beginTrans", "also for stores that are not of vectors"),
    partial("relationalStore.RdbStore.lockRow", "no table is in a cloud: 14800021"),
    partial("relationalStore.RdbStore.unlockRow", "no table is in a cloud: 14800021"),
    partial("relationalStore.RdbStore.queryLockedRow", "no table is in a cloud: 14800021"),
    stub("relationalStore.RdbStore.setDistributedTables"),
    stub("relationalStore.RdbStore.obtainDistributedTableName"),
    stub("relationalStore.RdbStore.sync"),
    stub("relationalStore.RdbStore.syncEx"),
    stub("relationalStore.RdbStore.cloudSync"),
    stub("relationalStore.RdbStore.cloudSyncEx"),
    stub("relationalStore.RdbStore.stopCloudSync"),
    stub("relationalStore.RdbStore.remoteQuery"),
    stub("relationalStore.RdbStore.getModifyTime"),
    stub("relationalStore.RdbStore.cleanDirtyData"),
    stub("relationalStore.RdbStore.rekey"),
    stub("relationalStore.RdbStore.rekeyEx"),
    stub("relationalStore.RdbStore.setLocale"),
];

static KEYS_AND_VALUES: [FaceModule; 4] = [
    face("@concord:kv/values", include_str!("kv/values.js"), &[]),
    face("@concord:kv/query", include_str!("kv/query.js"), &[]),
    face("@concord:kv/store", include_str!("kv/store.js"), &[]),
    face(
        "@ohos:data.distributedKVStore",
        include_str!("data/distributedKVStore.js"),
        &[
            full("*"),
            partial("distributedKVStore.Options.encrypt", "reported and ignored: stores are not encrypted"),
            partial("distributedKVStore.Options.autoSync", ONE_DEVICE),
            partial("distributedKVStore.SingleKVStore.sync", ONE_DEVICE),
            partial("distributedKVStore.SingleKVStore.enableSync", ONE_DEVICE),
            partial("distributedKVStore.SingleKVStore.setSyncRange", ONE_DEVICE),
            partial("distributedKVStore.SingleKVStore.setSyncParam", ONE_DEVICE),
            partial("distributedKVStore.SingleKVStore.removeDeviceData", ONE_DEVICE),
            partial("distributedKVStore.SingleKVStore.on", "syncComplete tells of no device"),
            partial("distributedKVStore.SingleKVStore.rekey", "refused with 15100006: stores are not encrypted"),
            partial("distributedKVStore.KVManager.on", "the service is part of the process and does not die"),
        ],
    ),
];

static UNIFIED: [FaceModule; 5] = [
    face("@concord:unified-forms", include_str!("data/unified_forms.js"), &[]),
    face("@concord:uniform/types", include_str!("uniform/types.js"), &[]),
    face(
        "@ohos:data.unifiedDataChannel",
        include_str!("data/unifiedDataChannel.js"),
        &[full("*"), partial("unifiedDataChannel.Options", IN_PROCESS)],
    ),
    face("@ohos:data.uniformTypeDescriptor", include_str!("data/uniformTypeDescriptor.js"), &[full("*")]),
    face("@ohos:data.uniformDataStruct", include_str!("data/uniformDataStruct.js"), &[full("*")]),
];

static OTHERS: [FaceModule; 5] = [
    face("@ohos:data.commonType", include_str!("data/commonType.js"), &[full("*")]),
    face(
        "@ohos:data.distributedDataObject",
        include_str!("data/distributedDataObject.js"),
        &[
            full("*"),
            partial("distributedDataObject.DataObject.on", NEVER),
            partial("distributedDataObject.DataObject.off", NEVER),
            partial("distributedDataObject.DataObject.save", "kept within the process only"),
            partial("distributedDataObject.DataObject.bindAssetStore", ONE_DEVICE),
            partial("distributedDataObject.DataObject.setAsset", ONE_DEVICE),
            partial("distributedDataObject.DataObject.setAssets", ONE_DEVICE),
        ],
    ),
    face(
        "@ohos:data.intelligence",
        include_str!("data/intelligence.js"),
        &[
            full("intelligence.NetworkPolicy"),
            full("intelligence.ModelVersion"),
            full("intelligence.ModelConfig"),
            full("intelligence.SplitConfig"),
            full("intelligence.Image"),
            full("intelligence.splitText"),
            stub("intelligence.TextEmbedding"),
            stub("intelligence.ImageEmbedding"),
            stub("intelligence.getTextEmbeddingModel"),
            stub("intelligence.getImageEmbeddingModel"),
            stub("intelligence.getSupportedCloudModel"),
        ],
    ),
    face(
        "@ohos:data.cloudData",
        include_str!("data/cloudData.js"),
        &[
            full("*"),
            partial("cloudData.setCloudStrategy", "kept; there is no cloud"),
            partial("cloudData.onAutoSyncTrigger", NEVER),
        ],
    ),
    face("@ohos:data.cloudExtension", include_str!("data/cloudExtension.js"), &[full("*")]),
];

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] =
    &[&PREFERENCES, &preferences::MODULES, &RELATIONAL, &rdb::MODULES, &KEYS_AND_VALUES, &UNIFIED, &OTHERS];
