// @ohos:graphics.sendableColorSpaceManager: colour spaces that threads share: they never change, so each thread has its own.
(function (host, system) {
  'use strict';
  const { create } = system.require('@ohos:graphics.colorSpaceManager');
  return { create: (space, gamma) => create(space, gamma) };
})
