// @concord:arkui/resume: an app that is started again shows the pages that it showed; see resume.rs. Only asked for when somebody
// may start it again.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const input = system.require('@concord:arkui/input');
  const { windows } = system.require('@concord:arkui/windows');
  const { device } = process.info;

  // What people would rather lose than wait for.
  const LONGEST = 1 << 20;
  let wanted = parse(host.wanted());
  let told;

  function parse(text) {
    try {
      return text === '' ? undefined : JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  const mainPages = () => [...windows].find(({ internal }) => internal.isMain && internal.isShown() && internal.pages.entries.length > 0)?.internal.pages;

  // Parameters that JSON cannot say are lost.
  function params(value) {
    try {
      return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
    } catch {
      return undefined;
    }
  }

  // Pages above the first one, which the app opens itself.
  function reopen(pages) {
    const { pages: before = [] } = wanted;
    wanted = undefined;
    if (pages.entries.length !== 1 || pages.entries[0].path !== before[0]?.path) {
      return;
    }
    for (const { path, params: given, named } of before.slice(1)) {
      try {
        pages.push(path, given, named === true, false);
      } catch (error) {
        console.warn(`${path} is not opened again: ${error.message}`);
        return;
      }
    }
  }

  input.onShown(() => {
    const pages = mainPages();
    if (pages === undefined) {
      return;
    }
    if (wanted !== undefined) {
      reopen(pages);
    }
    const shown = JSON.stringify({
      size: [Math.round(device.width / device.density), Math.round(device.height / device.density)],
      pages: pages.entries.map((entry) => ({ path: entry.path, named: entry.named === true, params: params(entry.params) })),
    });
    if (shown !== told && shown.length <= LONGEST) {
      told = shown;
      host.tellShown(shown);
    }
  });

  return {};
})
