// @concord:file.chooser: see chooser.rs.
(function (host, system) {
  'use strict';

  const app = system.require('@concord:kits/app-label');

  const UNKNOWN = 13900042;
  const texts = (list) => (Array.isArray(list) ? list.filter((text) => typeof text === 'string') : []);

  // `Images (.png, .jpg)|.png,.jpg` or `.pdf` → name, patterns, MIME types.
  function filterOf(text) {
    const bar = text.lastIndexOf('|');
    const suffixes = text.slice(bar + 1).split(',').map((suffix) => suffix.trim()).filter((suffix) => suffix !== '');
    return [bar < 0 ? text : text.slice(0, bar), suffixes.map((suffix) => `*${suffix}`.replace('*.*', '*')), []];
  }

  // The app's name of a document of a URI; where a dialog begins.
  function folderOf(uri) {
    const [, path] = /^file:\/\/docs(\/.*)$/s.exec(typeof uri === 'string' ? uri : '') ?? [];
    try {
      return path && decodeURIComponent(path);
    } catch {
      return undefined;
    }
  }

  return {
    filterOf,
    texts,
    // The URIs that people have chosen, none when they did not want to.
    choose({ wanted = 'file', filters = [], names = [], folder, media = false }) {
      const question = JSON.stringify({ wanted, title: app.label, filters, names, folder: folderOf(folder), media });
      return new Promise((resolve, reject) => {
        host.choose(question, (error, uris) => {
          if (error === undefined) {
            resolve(uris);
          } else {
            reject(new system.BusinessError(UNKNOWN, `Unknown error: ${error}`));
          }
        });
      });
    },
    // The last argument when it is a function, and the options before it.
    overload(args) {
      const callback = args.find((arg) => typeof arg === 'function');
      const options = args[0] !== null && typeof args[0] === 'object' ? args[0] : {};
      return [options, callback];
    },
  };
})
