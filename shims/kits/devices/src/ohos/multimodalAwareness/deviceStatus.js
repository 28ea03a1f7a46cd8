// @ohos:multimodalAwareness.deviceStatus: whether the device stands; no sensor tells.
(function (host, system) {
  'use strict';
  const { events } = system.require('@concord:kits/declared');

  const SteadyStandingStatus = { STATUS_EXIT: 0, STATUS_ENTER: 1 };

  return {
    SteadyStandingStatus,
    ...events(['steadyStandingDetect']),
  };
})
