// @ohos:file.statvfs
(function (host, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');
  const invalid = () => fail(13900020, 'Invalid argument');
  const check = (path) => (typeof path === 'string' && path !== '' ? path : invalid());

  return {
    getTotalSizeSync: (path) => host.sizes(check(path))[0],
    getFreeSizeSync: (path) => host.sizes(check(path))[1],
    getTotalSize: (path, callback) => system.async(async () => (await host.sizesLater(check(path)))[0], callback),
    getFreeSize: (path, callback) => system.async(async () => (await host.sizesLater(check(path)))[1], callback),
  };
})
