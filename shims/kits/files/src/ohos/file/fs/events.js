// @concord:file.events: what files tell the app, by the numbers of those who listen; see watcher.rs and copies.rs.
(function (host, system) {
  'use strict';

  const listeners = new Map();
  let last = 0;

  return {
    ...host,
    /** A number for a listener, which may be undefined. */
    add(listener) {
      last += 1;
      if (listener !== undefined) listeners.set(last, listener);
      return last;
    },
    remove(number) {
      listeners.delete(number);
    },
    // Called by the leaves.
    progress([number, processedSize, totalSize]) {
      listeners.get(number)?.({ processedSize, totalSize });
    },
    changed(number, fileName, event, cookie) {
      listeners.get(number)?.({ fileName, event, cookie });
    },
  };
})
