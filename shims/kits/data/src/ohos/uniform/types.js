// @concord:uniform/types
(function () {
  'use strict';

  return {};
})
