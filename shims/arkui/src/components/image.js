// @concord:arkui/components/image: what an `Image` shows may be wrapped in a DrawableDescriptor.
(function () {
  'use strict';
  const unwrap = (source) => (typeof source?.getPixelMap === 'function' ? source.getPixelMap() : source);

  return (Class) => {
    for (const name of ['create', 'alt']) {
      const method = Class[name];
      Class[name] = (source, ...rest) => method(unwrap(source), ...rest);
    }
  };
})
