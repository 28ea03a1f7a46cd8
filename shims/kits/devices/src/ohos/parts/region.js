// @concord:devices/region: the country that people have chosen with their language.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');

  return {
    // Two letters, empty where the language names no country.
    country() {
      try {
        return new Intl.Locale(process.configuration.language).region ?? '';
      } catch {
        return '';
      }
    },
  };
})
