// @concord:rdb: the leaves of databases, as promises too, and the news of stores. Not a module of the platform.
(function (host, system) {
  'use strict';

  const listeners = new Map();
  let last = 0;

  /** The same leaf, with the work on the thread of the store. */
  function promised(leaf, handle, ...args) {
    return new Promise((resolve, reject) => {
      leaf(handle, (error, value) => (error === undefined ? resolve(value) : reject(error)), ...args);
    });
  }

  return {
    ...host,
    promised,
    /** `callback` gets every event of an interest from now on; the result ends that. */
    listenTo(store, interest, callback) {
      last += 1;
      const token = last;
      listeners.set(token, callback);
      const handle = host.listen(store, interest, token);
      return () => {
        listeners.delete(token);
        host.ignore(handle);
      };
    },
    told(token, text) {
      listeners.get(token)?.(JSON.parse(text));
    },
  };
})
