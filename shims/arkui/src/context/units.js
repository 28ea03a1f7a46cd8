// @concord:arkui/units: from one unit of length to another.
(function (host, system) {
  'use strict';
  const { info: { device }, configuration } = system.require('@concord:process');

  const DESIGN_WIDTH = 720;
  const font = () => device.density * configuration.fontSizeScale;
  const converters = {
    vp2px: (value) => value * device.density,
    px2vp: (value) => value / device.density,
    fp2px: (value) => value * font(),
    px2fp: (value) => value / font(),
    lpx2px: (value) => (value * device.width) / DESIGN_WIDTH,
    px2lpx: (value) => (value * DESIGN_WIDTH) / device.width,
  };
  return converters;
})
