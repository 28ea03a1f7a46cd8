// @concord:file.host: the leaves of @ohos:file.fs. `host.stat(…)` does it now, `host.statLater(…)` gives a promise.
(function (host, system) {
  'use strict';

  return host;
})
