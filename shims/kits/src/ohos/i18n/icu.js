// @concord:i18n.icu: see i18n.rs.
(function (host, system) {
  'use strict';

  return {
    ...host,
    /** What a leaf gives; 801 where the host has no library of locales. */
    needed(value) {
      if (value === undefined) {
        throw new system.BusinessError(801, 'Capability not supported. The library of locales (ICU) that the engine uses was not found.');
      }
      return value;
    },
  };
})
