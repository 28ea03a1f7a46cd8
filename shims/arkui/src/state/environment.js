// @concord:arkui/state/environment: Environment, values of the device as properties of AppStorage that apps only read.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { application } = system.require('@concord:arkui/state/storages');

  const { configuration } = process;
  // What the system says; AppStorage follows changes of the configuration.
  const VALUES = {
    accessibilityEnabled: () => false,
    colorMode: () => configuration.colorMode,
    fontScale: () => configuration.fontSizeScale,
    fontWeightScale: () => configuration.fontWeightScale,
    // LTR 0, RTL 1.
    layoutDirection: () => (/^(ar|fa|he|iw|ur|ug)\b/.test(configuration.language ?? '') ? 1 : 0),
    languageCode: () => String(configuration.language ?? '').split(/[-_]/)[0],
  };
  const given = new Set();

  process.configurationListeners.add(() => {
    for (const key of given) {
      if (Object.hasOwn(VALUES, key)) {
        application.set(key, VALUES[key]());
      }
    }
  });

  class Environment {
    // The default is for values that the system does not know. False when AppStorage has the key already.
    static envProp(key, defaultValue) {
      if (given.has(key)) {
        return true;
      }
      if (application.has(key)) {
        return false;
      }
      given.add(key);
      return application.setOrCreate(key, Object.hasOwn(VALUES, key) ? VALUES[key]() : defaultValue);
    }

    static envProps(list) {
      for (const { key, defaultValue } of list ?? []) {
        Environment.envProp(key, defaultValue);
      }
    }

    static keys() {
      return [...given];
    }
  }
  Environment.EnvProp = Environment.envProp;
  Environment.EnvProps = Environment.envProps;
  Environment.Keys = Environment.keys;

  return { Environment };
})
