// @ohos:secureElement: the service of a device without a secure element, and so without readers.
(function (host, system) {
  'use strict';
  const { declare, events, methods, refuse } = system.require('@concord:kits/declared');

  const ServiceState = { DISCONNECTED: 0, CONNECTED: 1 };
  const unsupported = refuse(801, 'Capability not supported.');

  // Readers come from a service only, so there are none of them, nor of sessions and channels.
  class SEService {}
  methods(SEService, [], {
    'getReaders()': () => [],
    'isConnected()': () => false,
    'shutdown()': () => undefined,
    'getVersion()': unsupported,
  });

  return {
    SEService,
    ServiceState,
    ...declare([], {
      'createService(): Promise': unsupported,
      'newSEService(type: string, callback: function)': unsupported,
    }),
    ...events(['stateChanged'], { on: unsupported, off: unsupported }),
  };
})
