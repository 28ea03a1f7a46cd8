// @concord:arkui/foreign/surface: what native code draws on, where there is native code: its library has the module
// `@concord:native-surfaces`.
(function (host, system) {
  'use strict';
  const natives = system.require('@concord:native-surfaces');
  const pixels = system.require('@concord:arkui/pixels');

  const has = typeof natives.create === 'function';
  let last = 0;

  class NativeSurface {
    #native;
    #id;
    isTaken = false;
    // What the library has exported for this component.
    exports;
    // Where the app wants it in the component: `{offsetX, offsetY, surfaceWidth, surfaceHeight}`, in px.
    rect;

    constructor() {
      this.#native = has ? natives.create() : undefined;
      this.#id = has ? natives.surfaceId(this.#native) : String(++last);
    }

    get id() {
      return this.#id;
    }

    get isNative() {
      return has;
    }

    // It is a component's now, of this id.
    take(id) {
      this.isTaken = true;
      if (has && typeof id === 'string') {
        natives.name(this.#native, id);
      }
    }

    // Has a library start for it. One that does not start is written about, as on the platform: the page goes on.
    load(library) {
      if (has && typeof library === 'string' && library !== '') {
        try {
          this.exports = natives.load(this.#native, library);
        } catch (error) {
          console.error(`XComponent: ${error?.message ?? error}`);
        }
      }
    }

    // px; the place is that in the window.
    resize(width, height, x, y) {
      natives.resize?.(this.#native, width, height, x, y);
    }

    // `show` gets its pictures from now on.
    created(show) {
      natives.created?.(this.#native, () => {
        const picture = natives.take(this.#native);
        if (picture) {
          show(pixels.shown(...picture));
        }
      });
    }

    changed() {
      natives.changed?.(this.#native);
    }

    destroyed() {
      natives.destroyed?.(this.#native);
    }

    tell(what) {
      natives.tell?.(this.#native, what);
    }

    touch(event, density) {
      natives.touch?.(this.#native, event, density);
    }

    mouse(event, density) {
      natives.mouse?.(this.#native, event, density);
    }

    hover(over) {
      natives.hover?.(this.#native, over);
    }

    key(event) {
      natives.key?.(this.#native, event);
    }
  }

  return { NativeSurface };
})
