// @concord:kits/networks: the networks of the machine; see mod.rs.
(function (host) {
  'use strict';

  const listeners = new Set();
  let listening = false;

  return {
    // [{netId, isDefault, metered, capabilities, properties}], the default one first.
    now: () => JSON.parse(host.read()),
    // `heard` gets the same after every change, until the function returned is called.
    follow(heard) {
      if (!listening) {
        listening = true;
        host.listen();
      }
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    changed(text) {
      const networks = JSON.parse(text);
      [...listeners].forEach((heard) => heard(networks));
    },
    // [{name, received, sent, mac}]
    interfaces: () => JSON.parse(host.interfaces()),
    // http://host:port, or undefined.
    environmentProxy: () => host.environmentProxy(),
    // Gives addresses to a name (undefined takes them away); false when they are none.
    setRule: (name, addresses) => host.setRule(name, addresses === undefined ? undefined : JSON.stringify(addresses)),
    clearRules: () => host.clearRules(),
    // Addresses of a name.
    resolve: (name) => new Promise((resolve, reject) => {
      host.resolve(name, (error, found) => (error === undefined ? resolve(JSON.parse(found)) : reject(new Error(error))));
    }),
  };
})
