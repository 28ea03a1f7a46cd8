// @concord:devices/places: where the machine is, for all who want to know.
(function (host, system) {
  'use strict';
  const listeners = new Map();
  let exactly = false;
  let last;

  // What the platform tells of a place. Times since the start of the machine are nanoseconds.
  function complete(place) {
    const timeStamp = place.timeStamp ?? Date.now();
    const timeSinceBoot = system.require('@ohos:systemDateTime').getUptime(0, true);
    return { ...place, timeStamp, timeSinceBoot, additions: [], additionSize: 0 };
  }

  function begin(exact) {
    if (listeners.size === 1 || (exact && !exactly)) {
      exactly = exact;
      host.watch(exact);
    }
  }

  return {
    get isAvailable() {
      return host.isAvailable();
    },
    // The latest place, if any.
    get last() {
      return last;
    },
    // `hear(place)` from now on; `fail(refused)` is the last that it hears. The result ends it.
    watch(exact, hear, fail) {
      const key = {};
      listeners.set(key, { hear, fail });
      begin(exact);
      return () => {
        if (listeners.delete(key) && listeners.size === 0) {
          host.stop();
        }
      };
    },
    heard(news) {
      const all = [...listeners.values()];
      if (news.refused !== undefined) {
        listeners.clear();
        all.forEach(({ fail }) => fail(news.refused));
      } else {
        last = complete(news);
        all.forEach(({ hear }) => hear(last));
      }
    },
  };
})
