// @concord:arkui/foreign: what the classes of foreign contents share.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { guest } = system.require('@concord:process');

  // Calls the app's handler of an event of a node. Returns what it returns.
  function tell(node, name, ...args) {
    const handler = nodes.exists(node) ? nodes.command(node, 'handler', name) : undefined;
    return handler && guest(() => handler(...args));
  }

  // Runs when the page that is being described is complete.
  const later = (work) => void setTimeout(work, 0);

  // What a source is called: an address, the path of a resource.
  function caption(source) {
    if (typeof source === 'string') {
      return source;
    }
    const path = source?.params?.[0];
    return typeof path === 'string' ? path : '';
  }

  return { tell, later, caption };
})
