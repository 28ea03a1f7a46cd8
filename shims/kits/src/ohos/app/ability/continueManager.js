// @ohos:app.ability.continueManager: going on with the app on another device, of which there is none.
(function (host, system) {
  'use strict';
  const { fail } = system.require('@concord:kits/declared');

  const ContinueStateCode = { SUCCESS: 0, SYSTEM_ERROR: 1 };

  function prepare(type, context, callback) {
    if (type !== 'prepareContinue' || typeof context !== 'object' || context === null) {
      fail(401, 'Parameter error. The event is unknown, or the context is missing.');
    }
    if (typeof callback === 'function') {
      system.later(callback, undefined, { resultState: ContinueStateCode.SUCCESS, resultInfo: '' });
    }
  }

  return { ContinueStateCode, on: prepare, off: prepare };
})
