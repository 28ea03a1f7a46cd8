// @ohos:faultLogger: faults of earlier runs, which Concord writes down outside of the app's sight.
(function (host, system) {
  'use strict';
  const { declare, fail } = system.require('@concord:kits/declared');

  const FaultType = { NO_SPECIFIC: 0, CPP_CRASH: 2, JS_CRASH: 3, APP_FREEZE: 4 };

  function query(type) {
    if (!Object.values(FaultType).includes(type)) {
      fail(401, 'Parameter error. The type of fault is unknown.');
    }
    return [];
  }

  return {
    FaultType,
    ...declare([], {
      'query(faultType: number): Promise': query,
      'querySelfFaultLog(faultType: number): Promise': query,
    }),
  };
})
