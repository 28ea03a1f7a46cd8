// @concord:arkui/frames: functions of the app that run in the next frame.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const scheduler = system.require('@concord:arkui/state/scheduler');

  const NANOSECONDS = 1_000_000;
  // What is left of a frame for `onIdle`, as far as a frame without deadline can say.
  const IDLE = 8 * NANOSECONDS;

  let waiting = [];

  // Runs before states are brought up to date, so that what a callback changes is seen in the same frame.
  scheduler.beforeUpdates(() => {
    const now = Date.now();
    const due = waiting.filter(({ since }) => since < now);
    if (due.length === 0) {
      if (waiting.length > 0) {
        nodes.requestFrame();
      }
      return;
    }
    waiting = waiting.filter(({ since }) => since >= now);
    for (const { callback } of due) {
      process.guest(() => callback.onFrame?.(now * NANOSECONDS));
      system.later(() => callback.onIdle?.(IDLE));
    }
  });

  function post(callback) {
    waiting.push({ callback, since: Date.now() });
    nodes.requestFrame();
  }

  return { post };
})
