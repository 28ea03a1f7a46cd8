// @concord:arkui/components/menu: the classes Menu, MenuItem and MenuItemGroup.
(function (host, system) {
  'use strict';
  const { special } = system.require('@concord:arkui/overlays/menu-items');
  return special;
})
