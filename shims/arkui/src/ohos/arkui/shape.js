// @ohos:arkui.shape: shapes to clip and to mask with.
(function (host, system) {
  'use strict';
  const { construct, define } = system.require('@concord:arkui/components/shapes');

  function shape(name) {
    const Class = { [`${name}Shape`]: class {
      constructor(options) {
        construct(this, name, options);
      }
    } }[`${name}Shape`];
    define(Class);
    return Class;
  }

  return { CircleShape: shape('Circle'), EllipseShape: shape('Ellipse'), PathShape: shape('Path'), RectShape: shape('Rect') };
})
