// @ohos:data.commonType
(function (host, system) {
  'use strict';

  const { AssetStatus } = system.require('@concord:relational/enums');
  const { ASSET_TO_DOWNLOAD: _, ...common } = AssetStatus;
  return { AssetStatus: common };
})
