// @concord:arkui/state/store: texts by name that outlive the process, for PersistentStorage and PersistenceV2.
//
// The natives replace a file as a whole, so that a process that ends half way leaves the old text. When the directory cannot be
// written, that is said once, and the values live as long as the process.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');

  // What is on disk, as far as it was asked for.
  const memory = new Map();
  let warned = false;

  function attempt(f) {
    try {
      return f();
    } catch (error) {
      if (!warned) {
        warned = true;
        process.log(5, `PersistentStorage and PersistenceV2 cannot use the app's files (${error.message}); ` +
          'values last as long as the process');
      }
      return undefined;
    }
  }

  return {
    // Undefined when there is none.
    read(name) {
      if (!memory.has(name)) {
        memory.set(name, attempt(() => host.readState(name)));
      }
      return memory.get(name);
    },
    write(name, text) {
      if (memory.get(name) !== text) {
        memory.set(name, text);
        attempt(() => host.writeState(name, text));
      }
    },
    remove(name) {
      memory.set(name, undefined);
      attempt(() => host.removeState(name));
    },
  };
})
