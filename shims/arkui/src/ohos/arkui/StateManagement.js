// @ohos:arkui.StateManagement
(function (host, system) {
  'use strict';

  // One object for each key, made when it is first asked for.
  function storage() {
    const values = new Map();
    const keyOf = (type, key) => (typeof key === 'string' ? key : type.name);
    return {
      connect(type, first, second) {
        const key = keyOf(type, first);
        const make = typeof first === 'function' ? first : second;
        if (!values.has(key)) {
          values.set(key, make ? make() : new type());
        }
        return values.get(key);
      },
      remove: (key) => values.delete(typeof key === 'string' ? key : key.name),
      keys: () => [...values.keys()],
    };
  }

  const persistent = storage();
  return {
    AppStorageV2: storage(),
    PersistenceV2: {
      ...persistent,
      connect(...args) {
        system.report('@ohos:arkui.StateManagement:PersistenceV2 (values are not stored)');
        return persistent.connect(...args);
      },
      globalConnect: ({ type, key, defaultCreator }) => persistent.connect(type, key ?? type.name, defaultCreator),
      save() {},
      notifyOnError() {},
    },
    UIUtils: { getTarget: (value) => value, makeObserved: (value) => value },
    Type: globalThis.Type,
  };
})
