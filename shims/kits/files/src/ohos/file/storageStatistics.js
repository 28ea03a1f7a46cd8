// @ohos:file.storageStatistics
(function (host, system) {
  'use strict';

  return {
    getCurrentBundleStats: (callback) => system.async(async () => {
      const [appSize, cacheSize, dataSize] = await host.bundleLater();
      return { appSize, cacheSize, dataSize };
    }, callback),
  };
})
