// @ohos:measure: the size of text that is not shown, in px.
(function (host, system) {
  'use strict';
  const text = system.require('@concord:arkui/text');

  // `measureText` knows no lines.
  const measureText = (options) => text.measure({ ...options, constraintWidth: undefined })[0];
  const measureTextSize = (options) => {
    const [width, height] = text.measure(options);
    return { width, height };
  };
  return { measureText, measureTextSize };
})
