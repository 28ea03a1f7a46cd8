// @ohos:data.relationalStore: the constants, which apps read while they load. There is no store yet.
(function () {
  'use strict';

  return {
    SecurityLevel: { S1: 1, S2: 2, S3: 3, S4: 4 },
    ConflictResolution: {
      ON_CONFLICT_NONE: 0, ON_CONFLICT_ROLLBACK: 1, ON_CONFLICT_ABORT: 2, ON_CONFLICT_FAIL: 3, ON_CONFLICT_IGNORE: 4,
      ON_CONFLICT_REPLACE: 5,
    },
    AssetStatus: {
      ASSET_NORMAL: 1, ASSET_INSERT: 2, ASSET_UPDATE: 3, ASSET_DELETE: 4, ASSET_ABNORMAL: 5, ASSET_DOWNLOADING: 6,
    },
    SyncMode: {
      SYNC_MODE_PUSH: 0, SYNC_MODE_PULL: 1, SYNC_MODE_TIME_FIRST: 4, SYNC_MODE_NATIVE_FIRST: 5, SYNC_MODE_CLOUD_FIRST: 6,
    },
    SubscribeType: {
      SUBSCRIBE_TYPE_REMOTE: 0, SUBSCRIBE_TYPE_CLOUD: 1, SUBSCRIBE_TYPE_CLOUD_DETAILS: 2, SUBSCRIBE_TYPE_LOCAL_DETAILS: 3,
    },
    ChangeType: { DATA_CHANGE: 0, ASSET_CHANGE: 1 },
    DistributedType: { DISTRIBUTED_DEVICE: 0, DISTRIBUTED_CLOUD: 1 },
    Origin: { LOCAL: 0, CLOUD: 1, REMOTE: 2 },
    RebuildType: { NONE: 0, REBUILT: 1, REPAIRED: 2 },
    TransactionType: { DEFERRED: 0, IMMEDIATE: 1, EXCLUSIVE: 2 },
    isVectorSupported: () => false,
  };
})
