// @ohos:hiTraceMeter: nobody listens to the marks, so they cost nothing.
(function () {
  'use strict';

  const HiTraceOutputLevel = { DEBUG: 0, INFO: 1, CRITICAL: 2, COMMERCIAL: 3, MAX: 3 };
  const nothing = () => {};

  return {
    HiTraceOutputLevel, startTrace: nothing, finishTrace: nothing, traceByValue: nothing, startSyncTrace: nothing, finishSyncTrace: nothing,
    startAsyncTrace: nothing, finishAsyncTrace: nothing, isTraceEnabled: () => false, registerTraceListener: () => 0,
    unregisterTraceListener: () => 0,
  };
})
