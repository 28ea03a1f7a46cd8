// @ohos:font: fonts of the app, and what is known of the system's.
(function (host, system) {
  'use strict';
  const text = system.require('@concord:arkui/text');
  const { resolve } = system.require('@concord:arkui/resources');
  const process = system.require('@concord:process');

  const plain = (value) => (typeof value === 'string' ? value : value === undefined || value === null ? '' : resolve(value));

  // Paths of files beside the pages are those below `ets`.
  const place = (source) => (typeof source === 'string' ? `ets/${source.replace(/^\/+/, '')}` : source);

  function registerFont(options) {
    const name = plain(options?.familyName);
    const problem = text.registerFont(name, place(options?.familySrc), process.info.modules[0]?.name ?? 'entry');
    if (problem !== undefined) {
      console.error(`The font ${name} is not registered: ${problem}`);
    }
  }

  function getFontByName(name) {
    const info = text.fontByName(name);
    return info && {
      path: info.path, postScriptName: info.family, fullName: info.family, family: info.family,
      subfamily: info.italic ? 'Italic' : 'Regular', weight: info.weight, width: info.width, italic: info.italic,
      monoSpace: /mono/i.test(info.family), symbolic: false,
    };
  }

  return {
    registerFont,
    getSystemFontList: () => text.systemFonts(),
    getFontByName,
    // Fonts are found by an explicit list of places; there is no configuration that an app could read.
    getUIFontConfig: () => ({ fontDir: [], generic: [], fallbackGroups: [] }),
  };
})
