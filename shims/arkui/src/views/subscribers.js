// @concord:arkui/views/subscribers: SubscriberManager, the registry of variables and views that old pages clean up. There is
// nothing in it here: variables hold each other, and go with their views.
(function (host, system) {
  'use strict';
  const elements = system.require('@concord:arkui/views/elements');
  const manager = {
    delete: () => true,
    has: () => false,
    get: () => undefined,
    find: () => undefined,
    add: () => true,
    clear() {},
    MakeStableId: () => elements.allocate(),
  };
  class SubscriberManager {}
  Object.assign(SubscriberManager, { Get: () => manager, Has: manager.has, Find: manager.get, Add: manager.add,
    Delete: manager.delete, DumpSubscriberInfo() {}, MakeId: manager.MakeStableId, MakeStableId: manager.MakeStableId });
  return { SubscriberManager };
})
