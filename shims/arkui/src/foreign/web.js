// @concord:arkui/foreign/web: Web and its controller. There is no browser: an address is remembered, and fails to load the way
// it does on a device without a network. What needs a loaded page is not supported.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { tell, later, caption } = system.require('@concord:arkui/foreign');
  const { BusinessError } = system;

  const ERR_FAILED = -2;
  const USER_AGENT = 'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 ' +
    'Safari/537.36 ArkWeb/4.1.6.1 Mobile';
  const unsupported = () => new BusinessError(801, 'Capability not supported. There is no web engine.');
  let lastId = 0;

  class WebResourceRequest {
    #url;

    constructor(url) {
      this.#url = url;
    }

    getRequestUrl() {
      return this.#url;
    }

    getRequestHeader() {
      return [];
    }

    getRequestMethod() {
      return 'GET';
    }

    isMainFrame() {
      return true;
    }

    isRedirect() {
      return false;
    }

    isRequestGesture() {
      return false;
    }
  }

  const failure = {
    getErrorCode: () => ERR_FAILED,
    getErrorInfo: () => 'ERR_FAILED',
  };

  class WebviewController {
    #node;
    #id = ++lastId;
    // Addresses in the order they were opened, and which of them is shown.
    #history = [];
    #at = -1;
    #userAgent = '';

    // The component that shows what this controls.
    static attach(controller, node) {
      if (controller instanceof WebviewController && controller.#node !== node) {
        controller.#node = node;
        tell(node, 'onControllerAttached');
      }
    }

    static open(controller, node, url) {
      if (controller instanceof WebviewController) {
        controller.#open(url);
      } else {
        fail(node, url);
      }
    }

    // What the component shows now.
    #required() {
      if (!nodes.exists(this.#node ?? 0)) {
        throw new BusinessError(17100001,
          'Init error. The WebviewController must be associated with a Web component.');
      }
      return this.#node;
    }

    #open(url) {
      this.#history.splice(this.#at + 1, Infinity, url);
      this.#go(this.#history.length - 1);
    }

    #go(index) {
      const node = this.#required();
      this.#at = index;
      const url = this.#history[index];
      nodes.command(node, 'caption', url);
      later(() => fail(node, url));
    }

    loadUrl(url) {
      const node = this.#required();
      const address = caption(url);
      if (address === '') {
        throw new BusinessError(17100002, 'URL error. The webpage corresponding to the URL is invalid, or the URL length exceeds 2048.');
      }
      if (tell(node, 'onLoadIntercept', { data: new WebResourceRequest(address) }) !== true) {
        this.#open(address);
      }
    }

    loadData(data, mimeType, encoding, baseUrl) {
      if (typeof data !== 'string') {
        throw new BusinessError(401, 'Parameter error. The data must be a string.');
      }
      this.#required();
      this.#open(baseUrl || 'about:blank');
    }

    accessBackward() {
      this.#required();
      return this.#at > 0;
    }

    accessForward() {
      this.#required();
      return this.#at < this.#history.length - 1;
    }

    accessStep(step) {
      this.#required();
      return this.#history[this.#at + step] !== undefined;
    }

    backward() {
      if (this.accessBackward()) {
        this.#go(this.#at - 1);
      }
    }

    forward() {
      if (this.accessForward()) {
        this.#go(this.#at + 1);
      }
    }

    backOrForward(step) {
      if (this.accessStep(step)) {
        this.#go(this.#at + step);
      }
    }

    refresh() {
      this.#required();
      if (this.#at >= 0) {
        this.#go(this.#at);
      }
    }

    clearHistory() {
      this.#required();
      this.#history = this.#history.slice(this.#at, this.#at + 1);
      this.#at = this.#history.length - 1;
    }

    getBackForwardEntries() {
      this.#required();
      const [list, at] = [[...this.#history], this.#at];
      return {
        currentIndex: at,
        size: list.length,
        getItemAtIndex: (index) => ({ icon: undefined, historyUrl: list[index] ?? '', historyRawUrl: list[index] ?? '', title: '' }),
      };
    }

    getUrl() {
      this.#required();
      return this.#history[this.#at] ?? '';
    }

    getOriginalUrl() {
      return this.getUrl();
    }

    getTitle() {
      return this.getUrl();
    }

    getWebId() {
      this.#required();
      return this.#id;
    }

    getAttachState() {
      return nodes.exists(this.#node ?? 0) ? 1 : 0;
    }

    getDefaultUserAgent() {
      this.#required();
      return USER_AGENT;
    }

    getUserAgent() {
      return this.getDefaultUserAgent();
    }

    setCustomUserAgent(userAgent) {
      this.#required();
      this.#userAgent = String(userAgent);
    }

    getCustomUserAgent() {
      this.#required();
      return this.#userAgent;
    }

    getPageHeight() {
      this.#required();
      return 0;
    }

    getProgress() {
      this.#required();
      return this.#at < 0 ? 0 : 100;
    }

    getHitTest() {
      this.#required();
      return 2;
    }

    getScrollOffset() {
      return { x: 0, y: 0 };
    }

    hasImage(callback) {
      this.#required();
      return system.async(() => false, callback);
    }

    runJavaScript(script, callback) {
      this.#required();
      return system.async(() => { throw unsupported(); }, callback);
    }

    runJavaScriptExt(script, callback) {
      return this.runJavaScript(script, callback);
    }

    createWebMessagePorts() {
      this.#required();
      throw unsupported();
    }

    createWebPrintDocumentAdapter() {
      this.#required();
      throw unsupported();
    }

    storeWebArchive(baseName, autoName, callback) {
      this.#required();
      return system.async(() => { throw unsupported(); }, callback);
    }
  }

  // What changes a page, or how it is shown. Without a page there is nothing to do.
  const NOTHING = ['stop', 'zoom', 'zoomIn', 'zoomOut', 'onActive', 'onInactive', 'scrollTo', 'scrollBy', 'slideScroll', 'pageUp',
    'pageDown', 'registerJavaScriptProxy', 'deleteJavaScriptRegister', 'postMessage', 'requestFocus', 'removeCache', 'searchAllAsync',
    'searchNext', 'clearMatches', 'clearSslCache', 'clearClientAuthenticationCache', 'setNetworkAvailable', 'setDownloadDelegate',
    'startDownload', 'prefetchPage', 'stopAllMedia', 'pauseAllMedia', 'resumeAllMedia', 'closeAllMediaPresentations', 'closeCamera',
    'setAudioMuted', 'enableSafeBrowsing', 'enableAdsBlock', 'setScrollable', 'setPrintBackground', 'on', 'off', 'terminateRenderProcess'];
  for (const name of NOTHING) {
    Object.defineProperty(WebviewController.prototype, name, {
      value: { [name]() { this.getWebId(); } }[name], writable: true, configurable: true,
    });
  }
  for (const name of ['initializeWebEngine', 'setWebDebuggingAccess', 'prepareForPageLoad', 'setHttpDns', 'setConnectionTimeout',
    'customizeSchemes', 'prefetchResource', 'clearPrefetchedResource', 'setRenderProcessMode', 'warmupServiceWorker',
    'pauseAllTimers', 'resumeAllTimers', 'enableWholeWebPageDrawing', 'addIntelligentTrackingPreventionBypassingList',
    'removeIntelligentTrackingPreventionBypassingList', 'clearIntelligentTrackingPreventionBypassingList',
    'trimMemoryByPressureLevel', 'removeAllCache', 'setUserAgentForHosts', 'setAppCustomUserAgent', 'setHostIP', 'clearHostIP']) {
    Object.defineProperty(WebviewController, name, { value: () => {}, writable: true, configurable: true });
  }

  // The page does not come: what the component tells then.
  function fail(node, url) {
    if (!nodes.exists(node) || url === 'about:blank' || url === '') {
      return;
    }
    tell(node, 'onLoadStarted', { url });
    tell(node, 'onPageBegin', { url });
    tell(node, 'onProgressChange', { newProgress: 100 });
    tell(node, 'onErrorReceive', { request: new WebResourceRequest(url), error: failure });
    tell(node, 'onPageEnd', { url });
    tell(node, 'onLoadFinished', { url });
  }

  // The class of compiled pages.
  function special(Class, { stack }) {
    const { create } = Class;
    Class.create = (options) => {
      create();
      const node = stack.top();
      const url = caption(options?.src);
      // The second time it is the same page described anew.
      if (nodes.command(node, 'caption', url) !== undefined) {
        later(() => {
          WebviewController.attach(options?.controller, node);
          WebviewController.open(options?.controller, node, url);
        });
      } else if (url === '') {
        later(() => WebviewController.attach(options?.controller, node));
      }
    };
  }

  return Object.assign(special, { WebviewController });
})
