(function (host) {
  "use strict";
  const $ = {};
  return $;
})
