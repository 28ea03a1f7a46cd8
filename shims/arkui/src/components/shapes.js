// @concord:arkui/components/shapes: shapes that apps make as objects, to clip and to mask with: `new Circle({width: 50})`. The
// attributes `clipShape` and `maskShape` read `shape` and `values`.
(function () {
  'use strict';
  const SETTERS = ['width', 'height', 'offset', 'position', 'fill', 'commands', 'radius', 'radiusWidth', 'radiusHeight'];

  function construct(object, shape, options) {
    object.shape = shape;
    object.values = typeof options === 'string' ? { commands: options } : { ...options };
  }

  function define(Class) {
    for (const name of SETTERS) {
      Object.defineProperty(Class.prototype, name, {
        configurable: true,
        writable: true,
        value(value) {
          this.values[name] = value;
          return this;
        },
      });
    }
    Class.prototype.size = function ({ width, height } = {}) {
      Object.assign(this.values, { width, height });
      return this;
    };
  }

  function special(Class, { onConstruct }) {
    onConstruct((object, options) => construct(object, Class.name, options));
    define(Class);
  }

  return Object.assign(special, { construct, define });
})
