// @concord:arkui/state: state management whole, as other faces and the global object see it.
(function (host, system) {
  'use strict';
  const part = (name) => system.require(`@concord:arkui/state/${name}`);
  const storages = part('storages');
  const { Observed, Track, ObservedObject } = part('observed-object');
  const properties = part('properties');
  const { Monitor, SyncMonitor } = part('monitor');
  const { ObservedV2, Trace, Local, Param, Once, Event, Provider, Consumer, Type } = part('decorators-v2');
  const { Computed } = part('computed');
  return {
    LocalStorage: storages.LocalStorage,
    AppStorage: storages.AppStorage,
    application: storages.application,
    withStorage: storages.withStorage,
    currentStorage: storages.currentStorage,
    get PersistentStorage() {
      return part('persistent-storage').PersistentStorage;
    },
    get Environment() {
      return part('environment').Environment;
    },
    properties: properties.table,
    Observed, Track, ObservedObject,
    ObservedV2, Trace, Local, Param, Once, Event, Provider, Consumer, Type, Computed, Monitor, SyncMonitor,
    get UIUtils() {
      return part('ui-utils').UIUtils;
    },
    get AppStorageV2() {
      return part('storage-v2').AppStorageV2;
    },
    get PersistenceV2() {
      return part('storage-v2').PersistenceV2;
    },
    get ConnectOptions() {
      return part('storage-v2').ConnectOptions;
    },
  };
})
