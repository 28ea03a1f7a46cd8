// @concord:arkui/canvas: the classes of Canvas 2D that are globals of compiled pages.
(function (host, system) {
  'use strict';
  const { Path2D, Matrix2D } = system.require('@concord:arkui/canvas/path');
  const { host: natives, of, CanvasRenderer, CanvasGradient, CanvasPattern, ImageBitmap, ImageData } =
    system.require('@concord:arkui/canvas/context');
  const { scaleOf } = system.require('@concord:arkui/canvas/bitmap');

  class RenderingContextSettings {
    constructor(antialias) { this.antialias = antialias; }
  }

  class CanvasRenderingContext2D extends CanvasRenderer {
    #listeners = { onAttach: new Set(), onDetach: new Set() };

    constructor(settings, unit) {
      super(unit);
      this.settings = settings;
    }

    get width() { return natives.size(of(this).native)[0] / of(this).scale; }
    get height() { return natives.size(of(this).native)[1] / of(this).scale; }

    on(event, callback) { this.#listeners[event]?.add(callback); }

    off(event, callback) {
      if (callback === undefined) {
        this.#listeners[event]?.clear();
      } else {
        this.#listeners[event]?.delete(callback);
      }
    }

    startImageAnalyzer() { return Promise.reject(new system.BusinessError(110002, 'Image analysis is not supported.')); }

    stopImageAnalyzer() {}
  }

  class OffscreenCanvasRenderingContext2D extends CanvasRenderer {
    // `size` is in px when the canvas makes its context; apps give width, height (in the unit) and settings.
    constructor(width, height, settings, unit) {
      const scale = scaleOf(unit);
      super(unit, Math.round(width * scale), Math.round(height * scale));
      this.settings = settings;
    }

    transferToImageBitmap() { return bitmap(this); }
  }

  function bitmap(context) {
    return new ImageBitmap({ __pixels__: natives.transfer(of(context).native) }, of(context).unit);
  }

  class OffscreenCanvas {
    #size;
    #unit;
    #context;

    constructor(width, height, unit) {
      this.#size = [Number(width) || 0, Number(height) || 0];
      this.#unit = unit;
    }

    // Another size makes it empty.
    get width() { return this.#size[0]; }
    set width(value) { this.#resize(Number(value), this.#size[1]); }
    get height() { return this.#size[1]; }
    set height(value) { this.#resize(this.#size[0], Number(value)); }

    get __pixels__() { return this.#context && natives.pixels(of(this.#context).native); }

    #resize(width, height) {
      if (width > 0 && height > 0) {
        this.#size = [width, height];
        if (this.#context) {
          natives.resize(of(this.#context).native, Math.round(width * scaleOf(this.#unit)), Math.round(height * scaleOf(this.#unit)));
        }
      }
    }

    getContext(type, settings) {
      if (type !== '2d') {
        return undefined;
      }
      this.#context ??= new OffscreenCanvasRenderingContext2D(...this.#size, settings, this.#unit);
      return this.#context;
    }

    transferToImageBitmap() { return bitmap(this.getContext('2d')); }

    toDataURL(type, quality) { return this.getContext('2d').toDataURL(type, quality); }
  }

  return {
    Path2D, Matrix2D, CanvasRenderer, CanvasGradient, CanvasPattern, CanvasPath: Path2D, ImageBitmap, ImageData,
    RenderingContextSettings, CanvasRenderingContext2D, OffscreenCanvas, OffscreenCanvasRenderingContext2D,
  };
})
