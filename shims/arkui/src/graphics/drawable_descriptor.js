// @ohos:arkui.drawableDescriptor: pictures that are wrapped.
(function (host, system) {
  'use strict';
  const { DrawableDescriptor } = system.require('@concord:resources');

  class PixelMapDrawableDescriptor extends DrawableDescriptor {
    #pixelMap;

    constructor(pixelMap) {
      super();
      this.#pixelMap = pixelMap;
    }

    getPixelMap() { return this.#pixelMap; }
  }

  class LayeredDrawableDescriptor extends DrawableDescriptor {
    #layers;

    constructor(foreground, background, mask) {
      super();
      this.#layers = { foreground, background, mask };
    }

    getForeground() { return this.#layers.foreground; }
    getBackground() { return this.#layers.background; }
    getMask() { return this.#layers.mask; }
    getPixelMap() { return (this.#layers.foreground ?? this.#layers.background)?.getPixelMap(); }
    static getMaskClipPath() { return 'M0,0 L0,192 L192,192 L192,0 Z'; }
  }

  class AnimatedDrawableDescriptor extends DrawableDescriptor {
    #pictures;

    constructor(pictures, options) {
      super();
      this.#pictures = pictures ?? [];
      this.options = options;
    }

    getPixelMap() { return this.#pictures[0]; }
  }

  return { DrawableDescriptor, PixelMapDrawableDescriptor, LayeredDrawableDescriptor, AnimatedDrawableDescriptor };
})
