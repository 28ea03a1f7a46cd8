// @concord:arkui/input: see input.rs, whose natives these are, by name. Here besides: what the Back key does.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');

  const KEYCODE_BACK = 2;
  const UP = 1;

  // Back, by key or gesture: the topmost window's dialogs and pages are asked first, then the ability. Returns whether anybody
  // used it.
  function back() {
    const record = system.require('@concord:abilities').top();
    const pages = record?.stage?.stage.getMainWindowSync?.().internal.pages;
    if (pages?.pressBack()) {
      return true;
    }
    const { ability } = record ?? {};
    if (!ability) {
      return false;
    }
    // True sends the ability to the background, false ends it.
    const stays = process.guest(() => ability.onBackPressed?.()) === true;
    const done = stays ? ability.context?.moveAbilityToBackground?.() : ability.context?.terminateSelf?.();
    done?.catch?.((error) => console.warn(`Back: ${error.message}`));
    return true;
  }

  // Puts a key in; Back goes to whoever is in front when no component wants it.
  function key(phase, code) {
    const used = host.key(phase, code);
    return !used && code === KEYCODE_BACK && phase === UP ? back() : used;
  }

  const shown = new Set();
  host.onShown(() => process.each([...shown], (callback) => callback()));

  const states = [];
  host.onState((changed) => process.each(states, (callback) => callback(changed)));

  return {
    ...host,
    // Calls `f` with the nodes whose states have changed.
    onState: (f) => void states.push(f),
    key,
    back,
    // Calls `f` whenever a frame has been laid out. Returns a function that ends that.
    onShown(f) {
      shown.add(f);
      return () => shown.delete(f);
    },
  };
})
