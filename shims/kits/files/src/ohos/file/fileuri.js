// @ohos:file.fileuri
(function (host, system) {
  'use strict';

  const { info } = system.require('@concord:process');
  const { URI } = system.require('@ohos:uri');

  const SCHEME = 'file://';

  const check = (value) => {
    if (typeof value !== 'string' || value === '') {
      throw new system.BusinessError(13900020, 'Invalid argument');
    }
    return value;
  };

  const encodePath = (path) => path.split('/').map((part) => encodeURIComponent(part)).join('/');

  function getUriFromPath(path) {
    return check(path).startsWith(SCHEME) ? path : `${SCHEME}${info.bundleName}${encodePath(path)}`;
  }

  /** Name in the file system: the app's own files have it in the URI. */
  class FileUri extends URI {
    #uri;

    constructor(uriOrPath) {
      const uri = check(uriOrPath).startsWith('/') ? getUriFromPath(uriOrPath) : uriOrPath;
      super(uri);
      this.#uri = uri;
    }

    get name() { return this.path.slice(this.path.lastIndexOf('/') + 1); }
    toString() { return this.#uri; }

    getFullDirectoryUri() {
      const { statSync } = system.require('@ohos:file.fs');
      return statSync(this.path).isDirectory() ? this.#uri : this.#uri.slice(0, this.#uri.lastIndexOf('/'));
    }

    isRemoteUri() { return this.#uri.includes('networkid='); }
  }

  const fileUri = { FileUri, getUriFromPath };
  fileUri.fileUri = fileUri;
  return fileUri;
})
