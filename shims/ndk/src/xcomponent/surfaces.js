// @concord:native-surfaces: see surfaces.rs, whose natives these are, by name.
(function (host) {
  'use strict';
  return host;
})
