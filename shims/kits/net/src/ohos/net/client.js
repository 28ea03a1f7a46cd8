// @concord:net/client: requests, for all faces that send some; see http.rs.
(function (host, system) {
  'use strict';

  const permissions = system.require('@concord:kits/permissions');

  const isBuffer = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);

  /** [[name, value]] of an object with headers. */
  function headerList(header) {
    if (header === null || typeof header !== 'object') return [];
    return Object.entries(header)
      .filter(([, value]) => value !== undefined && value !== null)
      .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)]));
  }

  /** Headers of an answer: names in lower case, what comes more than once joined, cookies as a list. */
  function headerObject(list) {
    const object = {};
    for (const [name, value] of list) {
      if (name === 'set-cookie') (object[name] ??= []).push(value);
      else object[name] = name in object ? `${object[name]}, ${value}` : value;
    }
    return object;
  }

  /** key=value&…, encoded. */
  const formText = (object) => Object.entries(object)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : String(value))}`)
    .join('&');

  function withQuery(url, text) {
    if (text === '') return url;
    const [address, fragment] = [url.replace(/#.*$/s, ''), /#.*$/s.exec(url)?.[0] ?? ''];
    const joint = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&';
    return address + joint + text + fragment;
  }

  /** Cookies as the platform writes them: one line each in the format of Netscape's files. */
  function cookieText(list, url) {
    const domain = /^[a-z]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(url)?.[1] ?? '';
    return list.filter(([name]) => name === 'set-cookie').map(([, cookie]) => {
      const [pair, ...attributes] = cookie.split(';');
      const split = pair.indexOf('=');
      const [name, value] = split < 0 ? ['', pair.trim()] : [pair.slice(0, split).trim(), pair.slice(split + 1).trim()];
      const of = (wanted) => {
        const found = attributes.find((attribute) => attribute.trim().toLowerCase().split('=')[0] === wanted);
        return found === undefined ? undefined : found.includes('=') ? found.slice(found.indexOf('=') + 1).trim() : '';
      };
      const age = of('max-age');
      const expires = age !== undefined ? Math.floor(Date.now() / 1000) + Number(age) : Math.floor(Date.parse(of('expires') ?? '') / 1000);
      const place = of('domain')?.replace(/^\.?/, '.') ?? domain;
      return [
        (of('httponly') === undefined ? '' : '#HttpOnly_') + place, of('domain') === undefined ? 'FALSE' : 'TRUE', of('path') || '/',
        of('secure') === undefined ? 'FALSE' : 'TRUE', Number.isFinite(expires) ? expires : 0, name, value,
      ].join('\t');
    }).join('\r\n');
  }

  /** What `setAppHttpProxy` has set. */
  const proxy = { app: undefined };

  return {
    proxy, isBuffer, headerList, headerObject, formText, withQuery, cookieText,
    demandInternet: () => permissions.demand('ohos.permission.INTERNET'),
    cleartext: (name) => host.cleartext(name),

    /**
     * Sends a request. `spec` is what spec.rs reads; `payload` is `{}`, `{ body }` or `{ parts }` with parts
     * `{ name, contentType, fileName, data | file, from, length }`. `heard` has functions for what is told: head, data, received, sent;
     * `end(info, body)` or `fail(error)` come last, once. Returns a function that gives the request up.
     */
    exchange(spec, payload, heard) {
      let over = false;
      const buffers = [];
      const parts = payload.parts?.map(({ data, ...part }) => (data === undefined ? part : { ...part, data: buffers.push(data) - 1 }));
      const request = host.exchange(
        JSON.stringify(spec), payload.body, parts === undefined ? undefined : JSON.stringify(parts), buffers,
        (kind, ...args) => {
          if (over) return;
          if (kind === 'fail') {
            over = true;
            heard.fail(new system.BusinessError(...args));
          } else {
            over = kind === 'end';
            heard[kind]?.(...args);
          }
        },
      );
      return () => {
        over = true;
        if (request !== undefined) host.stop(request);
      };
    },

    openCache: (bytes) => host.openCache(bytes),
    flushCache: () => new Promise((resolve) => host.flushCache(resolve)),
    deleteCache: () => new Promise((resolve) => host.deleteCache(resolve)),
  };
})
