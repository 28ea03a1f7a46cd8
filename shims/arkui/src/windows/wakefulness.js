// @concord:arkui/wakefulness: a window that keeps the screen on, as long as it is shown.
(function (host, system) {
  'use strict';
  const inhibit = system.require('@concord:inhibit');

  return class Wakefulness {
    #hold = inhibit.keepScreenOn();
    #wanted = false;
    #shown = false;

    set(wanted) {
      this.#wanted = wanted;
      this.#hold.set(this.#wanted && this.#shown);
    }

    show(shown) {
      this.#shown = shown;
      this.#hold.set(this.#wanted && this.#shown);
    }
  };
})
