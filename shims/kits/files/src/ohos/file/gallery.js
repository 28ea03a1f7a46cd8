// @concord:file.gallery: see gallery.rs. Files of the gallery have places of the host, which apps never see.
(function (host, system) {
  'use strict';

  return host;
})
