// @ohos:multimodalInput.inputConsumer: keys of the whole system.
(function (host, system) {
  'use strict';
  const { declare, events } = system.require('@concord:kits/declared');

  return {
    ...declare([], {
      'getAllSystemHotkeys(): Promise': () => [],
    }),
    ...events(['hotkeyChange', 'keyPressed']),
  };
})
