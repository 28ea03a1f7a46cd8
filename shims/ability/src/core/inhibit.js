// @concord:inhibit: see inhibit.rs.
(function (host) {
  'use strict';

  // Something that can be held again and again, and is held once.
  class Hold {
    #screen;
    #number;

    constructor(screen) {
      this.#screen = screen;
    }

    get isHeld() {
      return this.#number !== undefined;
    }

    set(held) {
      if (held) {
        this.#number ??= host.hold(this.#screen);
      } else if (this.isHeld) {
        host.release(this.#number);
        this.#number = undefined;
      }
    }
  }

  return { keepScreenOn: () => new Hold(true), keepAwake: () => new Hold(false) };
})
