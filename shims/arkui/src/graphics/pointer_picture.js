// @concord:arkui/pointer-picture: pictures of the mouse pointer that apps make.
(function (host, system) {
  'use strict';
  const input = system.require('@concord:arkui/input');
  const { PixelMap, size, read, FORMATS } = system.require('@concord:arkui/pixels');

  // The longest side, in px.
  const MOST = 256;

  return {
    // Lets pointers of the style DEVELOPER_DEFINED_ICON look like `{pixelMap, focusX, focusY}`; gives what is wrong with that.
    show({ pixelMap, focusX = 0, focusY = 0 }) {
      if (!(pixelMap instanceof PixelMap)) {
        return 'The pixelMap is invalid.';
      }
      const [width, height] = size(pixelMap.__pixels__);
      if (width > MOST || height > MOST) {
        return `The pixelMap must be at most ${MOST} x ${MOST} px.`;
      }
      for (const [value, most, name] of [[focusX, width, 'focusX'], [focusY, height, 'focusY']]) {
        if (typeof value !== 'number' || !(value >= 0) || value > most) {
          return `The ${name} must be inside of the picture.`;
        }
      }
      input.setPointerPicture(read(pixelMap.__pixels__, 0, 0, width, height, FORMATS.RGBA_8888, true), width, height, focusX, focusY);
      return undefined;
    },
  };
})
