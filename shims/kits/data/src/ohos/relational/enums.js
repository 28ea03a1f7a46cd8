// @concord:relational/enums: numbers of @ohos:data.relationalStore. Not a module of the platform.
(function () {
  'use strict';

  return {
    AssetStatus: {
      ASSET_NORMAL: 1, ASSET_INSERT: 2, ASSET_UPDATE: 3, ASSET_DELETE: 4, ASSET_ABNORMAL: 5, ASSET_DOWNLOADING: 6,
      ASSET_TO_DOWNLOAD: 7,
    },
    HAMode: { SINGLE: 0, MAIN_REPLICA: 1 },
    EncryptionAlgo: { AES_256_GCM: 0, AES_256_CBC: 1, PLAIN_TEXT: 2 },
    HmacAlgo: { SHA1: 0, SHA256: 1, SHA512: 2 },
    KdfAlgo: { KDF_SHA1: 0, KDF_SHA256: 1, KDF_SHA512: 2 },
    Tokenizer: { NONE_TOKENIZER: 0, ICU_TOKENIZER: 1, CUSTOM_TOKENIZER: 2 },
    Progress: { SYNC_BEGIN: 0, SYNC_IN_PROGRESS: 1, SYNC_FINISH: 2 },
    ProgressCode: {
      SUCCESS: 0, UNKNOWN_ERROR: 1, NETWORK_ERROR: 2, CLOUD_DISABLED: 3, LOCKED_BY_OTHERS: 4, RECORD_LIMIT_EXCEEDED: 5,
      NO_SPACE_FOR_ASSET: 6, BLOCKED_BY_NETWORK_STRATEGY: 7, STOP_CLOUD_SYNC: 8,
    },
    SecurityLevel: { S1: 1, S2: 2, S3: 3, S4: 4 },
    SyncMode: {
      SYNC_MODE_PUSH: 0, SYNC_MODE_PULL: 1, SYNC_MODE_TIME_FIRST: 4, SYNC_MODE_NATIVE_FIRST: 5, SYNC_MODE_CLOUD_FIRST: 6,
    },
    SubscribeType: {
      SUBSCRIBE_TYPE_REMOTE: 0, SUBSCRIBE_TYPE_CLOUD: 1, SUBSCRIBE_TYPE_CLOUD_DETAILS: 2, SUBSCRIBE_TYPE_LOCAL_DETAILS: 3,
    },
    ChangeType: { DATA_CHANGE: 0, ASSET_CHANGE: 1 },
    DistributedTableType: { DEVICE_COLLABORATION: 0, SINGLE_VERSION: 1 },
    DistributedType: { DISTRIBUTED_DEVICE: 0, DISTRIBUTED_CLOUD: 1 },
    AssetConflictPolicy: { CONFLICT_POLICY_DEFAULT: 0, CONFLICT_POLICY_TIME_FIRST: 1, CONFLICT_POLICY_TEMP_PATH: 2 },
    ConflictResolution: {
      ON_CONFLICT_NONE: 0, ON_CONFLICT_ROLLBACK: 1, ON_CONFLICT_ABORT: 2, ON_CONFLICT_FAIL: 3, ON_CONFLICT_IGNORE: 4,
      ON_CONFLICT_REPLACE: 5,
    },
    Origin: { LOCAL: 0, CLOUD: 1, REMOTE: 2 },
    Field: {
      CURSOR_FIELD: '#_cursor', ORIGIN_FIELD: '#_origin', DELETED_FLAG_FIELD: '#_deleted_flag', DATA_STATUS_FIELD: '#_data_status',
      OWNER_FIELD: '#_cloud_owner', PRIVILEGE_FIELD: '#_cloud_privilege', SHARING_RESOURCE_FIELD: '#_sharing_resource_field',
    },
    RebuildType: { NONE: 0, REBUILT: 1, REPAIRED: 2 },
    TransactionType: { DEFERRED: 0, IMMEDIATE: 1, EXCLUSIVE: 2 },
    ColumnType: {
      NULL: 0, INTEGER: 1, REAL: 2, TEXT: 3, BLOB: 4, ASSET: 5, ASSETS: 6, FLOAT_VECTOR: 7, UNLIMITED_INT: 8,
    },
    SyncResultCode: {
      SUCCESS: 0, FAIL: 1, OFFLINE: 2, INVALID_ARGS: 3, DISTRIBUTED_TABLE_NOT_SET: 4, TABLE_FIELD_MISMATCH: 5,
      DISTRIBUTED_SCHEMA_MISMATCH: 6, BUSY: 7, CORRUPTED: 8, TIMEOUT: 9, SCHEMA_CHANGED: 10, CONSTRAINT_VIOLATION: 11,
    },
  };
})
