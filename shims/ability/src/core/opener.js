// @concord:opener: what no ability of the app takes goes to another program of the desktop.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');

  // Actions of wants that show something.
  const ACTIONS = new Set([
    '', 'ohos.want.action.viewData', 'ohos.want.action.select', 'ohos.want.action.sendToData', 'ohos.want.action.dial',
    'ohos.want.action.search',
  ]);
  // What no other program may be given: it would run in it.
  const REFUSED = new Set(['javascript', 'data', 'blob', 'about']);
  const FLAG_AUTH_WRITE_URI_PERMISSION = 2;
  // Where files that the app has got from the gallery are.
  const MEDIA = '/data/storage/el2/media';

  // The app's own name of the file of a URI: `file://docs/storage/…`, `file://media/Photo/…`, `file://com.example.app/data/…`.
  function pathOf(uri) {
    const [, authority, path] = /^file:\/\/([^/]*)(\/.*)$/s.exec(uri) ?? [];
    if (path === undefined) {
      return undefined;
    }
    try {
      const decoded = decodeURIComponent(path);
      return authority === 'media' ? MEDIA + decoded : decoded;
    } catch {
      return undefined;
    }
  }

  const done = (resolve) => (error) => {
    if (error !== undefined) {
      process.log(4, error);
    }
    resolve(error === undefined);
  };

  return {
    // Whether `want` may be for another program.
    takes(want) {
      const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(want.uri)?.[1].toLowerCase();
      return scheme !== undefined && !REFUSED.has(scheme) && want.abilityName === '' && want.bundleName === '' &&
        ACTIONS.has(want.action);
    },
    // True when a program has it.
    open(want) {
      if (!/^file:/i.test(want.uri)) {
        return new Promise((resolve) => host.openUri(want.uri, done(resolve)));
      }
      const path = pathOf(want.uri);
      const writable = ((want.flags ?? 0) & FLAG_AUTH_WRITE_URI_PERMISSION) !== 0;
      return new Promise((resolve) => {
        if (path === undefined || !host.openFile(path, writable, done(resolve))) {
          resolve(false);
        }
      });
    },
  };
})
