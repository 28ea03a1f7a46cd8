// @ohos:stationary: whether the device lies still; no sensor tells.
(function (host, system) {
  'use strict';
  const { declare, fail, refuse } = system.require('@concord:kits/declared');

  const ActivityEvent = { ENTER: 1, EXIT: 2, ENTER_EXIT: 3 };
  const ActivityState = { ENTER: 1, EXIT: 2 };
  const ACTIVITIES = ['still', 'relativeStill'];

  const checkActivity = (activity) => {
    if (!ACTIVITIES.includes(activity)) {
      fail(401, `Parameter error. The activity "${activity}" is unknown.`);
    }
  };
  const unsupported = refuse(801, 'Capability not supported.');
  const refused = (activity) => {
    checkActivity(activity);
    unsupported();
  };

  return {
    ActivityEvent, ActivityState,
    ...declare([], {
      'on(activity: string, event: number, reportLatencyNs: number, callback: function)': refused,
      'once(activity: string, callback: function)': refused,
      'off(activity: string, event: number, callback?: function)': checkActivity,
    }),
  };
})
