// @concord:clipboard: the text that was copied last, by fields and by pasteboards alike. Whoever keeps more about it (formats,
// records) hears of changes by others.
(function () {
  'use strict';
  let text = '';
  const listeners = new Set();

  return {
    get text() {
      return text;
    },
    // `by` is who says so, and is not told.
    set(value, by) {
      text = value;
      listeners.forEach((listener) => listener.by !== by && listener.changed(value));
    },
    onChange(by, changed) {
      listeners.add({ by, changed });
    },
  };
})
