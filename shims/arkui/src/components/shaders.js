// @concord:arkui/components/shaders: classes that say what text is filled with (`shaderStyle`).
(function () {
  'use strict';

  class ShaderStyle {}

  class LinearGradientStyle extends ShaderStyle {
    constructor(options) {
      super();
      this.options = options;
    }
  }

  class RadialGradientStyle extends ShaderStyle {
    constructor(options) {
      super();
      this.options = options;
    }
  }

  class ColorShaderStyle extends ShaderStyle {
    constructor(color) {
      super();
      this.color = color;
    }
  }

  return { ShaderStyle, LinearGradientStyle, RadialGradientStyle, ColorShaderStyle };
})
