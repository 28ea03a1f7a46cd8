// @ohos:multimodalAwareness.metadataBinding: what pictures of the screen are told of the app; nobody asks.
(function (host, system) {
  'use strict';
  const { declare, events } = system.require('@concord:kits/declared');

  return {
    ...declare([], {
      'submitMetadata(metadata: string)': () => undefined,
    }),
    ...events(['operationSubmitMetadata']),
  };
})
