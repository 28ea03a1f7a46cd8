// @ohos:web.webview: controllers of Web, and what the web engine would keep. Cookies are kept for as long as the app runs.
(function (host, system) {
  'use strict';
  const { WebviewController } = system.require('@concord:arkui/foreign/web');
  const enums = system.require('@concord:arkui/enums')('@ohos:web.webview');
  const { BusinessError } = system;

  // Origin → name → `name=value`
  const jar = new Map();
  let accepted = true;
  let acceptedFromOthers = false;

  function origin(url) {
    const found = typeof url === 'string' && url.length <= 2048 && /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+/i.exec(url);
    if (!found) {
      throw new BusinessError(17100002, 'URL error. The webpage corresponding to the URL is invalid, or the URL length exceeds 2048.');
    }
    return found[0].toLowerCase();
  }

  const WebCookieManager = class WebCookieManager {
    static fetchCookieSync(url) {
      return [...(jar.get(origin(url))?.values() ?? [])].join('; ');
    }

    static fetchCookie(url, callback) {
      return system.async(() => WebCookieManager.fetchCookieSync(url), callback);
    }

    static getCookie(url) {
      return WebCookieManager.fetchCookieSync(url);
    }

    static configCookieSync(url, value) {
      const place = origin(url);
      const pair = typeof value === 'string' && /^\s*([^=;\s]+)\s*=([^;]*)/.exec(value);
      if (!pair) {
        throw new BusinessError(17100005, 'The provided cookie value is invalid. It must follow the format specified in RFC 6265.');
      }
      const cookies = jar.get(place) ?? new Map();
      jar.set(place, cookies.set(pair[1], `${pair[1]}=${pair[2].trim()}`));
    }

    static configCookie(url, value, callback) {
      const done = [...arguments].find((argument) => typeof argument === 'function');
      return system.async(() => WebCookieManager.configCookieSync(url, value), done);
    }

    static setCookie(url, value) {
      WebCookieManager.configCookieSync(url, value);
      return true;
    }

    static existCookie() {
      return jar.size > 0;
    }

    static isCookieAllowed() {
      return accepted;
    }

    static putAcceptCookieEnabled(value) {
      accepted = value === true;
    }

    static isThirdPartyCookieAllowed() {
      return acceptedFromOthers;
    }

    static putAcceptThirdPartyCookieEnabled(value) {
      acceptedFromOthers = value === true;
    }

    static saveCookieAsync(callback) {
      return system.async(() => undefined, callback);
    }

    static saveCookieSync() {}

    static clearAllCookiesSync() {
      jar.clear();
    }

    static clearAllCookies(callback) {
      return system.async(() => jar.clear(), callback);
    }

    static clearSessionCookieSync() {
      jar.clear();
    }

    static clearSessionCookie(callback) {
      return system.async(() => jar.clear(), callback);
    }
  };

  // Nothing was ever stored.
  const WebStorage = {
    deleteAllData() {},
    deleteOrigin() {},
    getOrigins: (callback) => system.async(() => [], callback),
    getOriginQuota: (url, callback) => system.async(() => 0, callback),
    getOriginUsage: (url, callback) => system.async(() => 0, callback),
  };

  const WebDataBase = {
    existHttpAuthCredentials: () => false,
    deleteHttpAuthCredentials() {},
    getHttpAuthCredentials: () => [],
    saveHttpAuthCredentials() {},
  };

  const allowed = new Set();
  const GeolocationPermissions = {
    allowGeolocation: (place) => void allowed.add(origin(place)),
    deleteGeolocation: (place) => void allowed.delete(origin(place)),
    deleteAllGeolocation: () => allowed.clear(),
    getAccessibleGeolocation: (place, callback) => system.async(() => allowed.has(origin(place)), callback),
    getStoredGeolocation: (callback) => system.async(() => [...allowed], callback),
  };

  return {
    ...enums, WebviewController, WebCookieManager, WebStorage, WebDataBase, GeolocationPermissions,
    once: (type, callback) => void (type === 'webInited' && typeof callback === 'function' && setTimeout(callback, 0)),
  };
})
