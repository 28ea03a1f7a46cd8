// @ohos:request.cacheDownload: files fetched ahead of their use.
(function (host, system) {
  'use strict';

  const client = system.require('@concord:net/client');
  const permissions = system.require('@concord:kits/permissions');

  const MEMORY = 1073741824;
  const FILES = 4294967296;
  const LIST = 8192;
  const LONGEST_URL = 8192;

  const running = new Map();
  /** Reports of the downloads of this process, the oldest first. */
  const reports = new Map();
  let room = 0;

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const checkUrl = (url) => {
    if (typeof url !== 'string' || url.length > LONGEST_URL || !/^https?:\/\//i.test(url)) fail(401, 'Parameter error.');
  };
  const checkSize = (bytes, most) => {
    if (typeof bytes !== 'number' || !(bytes >= 0 && bytes <= most)) fail(401, 'Parameter error.');
  };

  function report(url, size, timing) {
    if (room === 0) return;
    reports.delete(url);
    reports.set(url, {
      resource: { size },
      network: { dnsServers: [] },
      performance: {
        dnsTime: timing.dnsTiming, connectTime: timing.tcpTiming, tlsTime: timing.tlsTiming, firstSendTime: timing.firstSendTiming,
        firstReceiveTime: timing.firstReceiveTiming, totalTime: timing.totalFinishTiming, redirectTime: timing.redirectTiming,
      },
    });
    trim();
  }

  function trim() {
    for (const url of [...reports.keys()].slice(0, Math.max(reports.size - room, 0))) reports.delete(url);
  }

  return {
    CacheStrategy: { FORCE: 0, LAZY: 1 },
    ErrorCode: { OTHERS: 0xFF, DNS: 0x00, TCP: 0x10, SSL: 0x20, HTTP: 0x30 },
    SslType: { TLS: 'TLS', TLCP: 'TLCP' },
    download(url, options) {
      client.demandInternet();
      checkUrl(url);
      if (typeof options !== 'object' || options === null) fail(401, 'Parameter error.');
      if (running.has(url)) return;
      // What is fetched is kept where requests look first.
      client.openCache(undefined);
      const over = () => running.delete(url);
      const spec = {
        url, method: 'GET', headers: client.headerList(options.headers), connectTimeout: 60000, caPath: options.caPath, useCache: true,
        maxLimit: 20 * 1024 * 1024, expect: 'bytes', readTimeout: 0,
      };
      running.set(url, client.exchange(spec, {}, {
        end: (info, body) => {
          over();
          report(url, body.byteLength, info.timing);
        },
        fail: over,
      }));
    },
    cancel(url) {
      checkUrl(url);
      running.get(url)?.();
      running.delete(url);
    },
    setMemoryCacheSize(bytes) {
      checkSize(bytes, MEMORY);
      client.openCache(bytes);
    },
    setFileCacheSize: (bytes) => checkSize(bytes, FILES),
    setDownloadInfoListSize(size) {
      checkSize(size, LIST);
      room = size;
      trim();
    },
    getDownloadInfo(url) {
      permissions.demand('ohos.permission.GET_NETWORK_INFO');
      return reports.get(url);
    },
  };
})
