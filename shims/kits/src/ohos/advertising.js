// @ohos:advertising: advertisements, which nobody provides.
(function (host, system) {
  'use strict';
  const { declare, fail, methods, refuse } = system.require('@concord:kits/declared');

  // What listeners are told: 21800003, the documented failure to load.
  const NOT_LOADED = 21800003;
  const TEXT = 'Failed to load the ad. There is no provider of advertisements.';

  function load(parameters, options, listener) {
    if (typeof listener.onAdLoadFailure !== 'function') {
      fail(401, 'Parameter error. The listener needs onAdLoadFailure.');
    }
    system.later(() => listener.onAdLoadFailure(NOT_LOADED, TEXT));
  }

  class AdLoader {
    constructor(context) {
      if (typeof context !== 'object' || context === null) {
        fail(401, 'Parameter error. The type of "context" must be object.');
      }
    }
  }
  methods(AdLoader, [], {
    'loadAd(adParam: object, adOptions: object, listener: object)': load,
    'loadAdWithMultiSlots(adParams: array, adOptions: object, listener: object)': load,
  });

  return {
    AdLoader,
    ...declare([], {
      'showAd(ad: object, options: object, context?: object)': refuse(21800004, 'Failed to display the ad.'),
      'getAdRequestBody(adParams: array, adOptions: object): Promise': refuse(21800001, 'System internal error.'),
      'parseAdResponse(adResponse: string, listener: object, context: object)': refuse(21800005, 'Failed to parse the ad response.'),
      'registerWebAdInterface(controller: object, context: object, needRefresh?: boolean)': refuse(21800001, 'System internal error.'),
      'deleteWebAdInterface(controller: object, needRefresh: boolean)': refuse(21800001, 'System internal error.'),
    }),
  };
})
