// @concord:arkui/input: see input.rs, whose natives these are, by name. Here besides: who hears of the Back key.
(function (host, system) {
  'use strict';

  // The last that was added is asked first: a dialog before its page, a page before its window.
  const backHandlers = [];

  const KEYCODE_BACK = 2;

  // Back, by key or gesture. Returns whether anybody used it.
  function back() {
    for (const handler of [...backHandlers].reverse()) {
      if (handler()) {
        return true;
      }
    }
    return false;
  }

  // Puts a key in; Back goes to whoever is in front when no component wants it.
  function key(phase, code) {
    const used = host.key(phase, code);
    return !used && code === KEYCODE_BACK && phase === 1 ? back() : used;
  }

  return {
    ...host,
    key,
    back,
    // `handler() → boolean` says whether it used the key. Returns a function that takes it back.
    onBack(handler) {
      backHandlers.push(handler);
      return () => {
        const at = backHandlers.lastIndexOf(handler);
        if (at >= 0) {
          backHandlers.splice(at, 1);
        }
      };
    },
  };
})
