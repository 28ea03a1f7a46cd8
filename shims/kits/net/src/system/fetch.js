// @system:fetch
(function (host, system) {
  'use strict';

  const http = system.require('@ohos:net.http');
  const { formText } = system.require('@concord:net/client');
  const { parse } = JSON;

  class Fetch {
    static fetch(options) {
      const { url, data, header = {}, method = 'GET', responseType, success, fail, complete } = options ?? {};
      const expectDataType = responseType === 'json' ? http.HttpDataType.OBJECT : http.HttpDataType.STRING;
      const request = http.createHttp();
      const given = typeof data === 'object' && data !== null && method !== 'GET' ? formText(data) : data;
      const done = system.async(() => request.request(url, { method, header: typed(header, data, method), extraData: given, expectDataType }));
      done.then(({ responseCode, result, header: headers }) => {
        let answer = result;
        if (responseType === 'json' && typeof result === 'string') {
          try {
            answer = parse(result);
          } catch {
            // What is no JSON is given as it came.
          }
        }
        success?.({ code: responseCode, data: answer, headers });
      }, (error) => fail?.(error.message, error.code)).then(() => {
        request.destroy();
        complete?.();
      });
    }
  }

  function typed(header, data, method) {
    const has = Object.keys(header).some((name) => name.toLowerCase() === 'content-type');
    if (has || data === undefined || method === 'GET') return header;
    return { ...header, 'content-type': typeof data === 'string' ? 'text/plain' : 'application/x-www-form-urlencoded' };
  }

  return { default: Fetch };
})
