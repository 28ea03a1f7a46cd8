// @ohos:arkui.StateManagement
(function (host, system) {
  'use strict';
  const { AppStorageV2, PersistenceV2, ConnectOptions, ConnectOptionsCollections } = system.require('@concord:arkui/state/storage-v2');
  const { UIUtils, Binding, MutableBinding } = system.require('@concord:arkui/state/ui-utils');
  const { Type } = system.require('@concord:arkui/state/decorators-v2');
  return { AppStorageV2, PersistenceV2, ConnectOptions, ConnectOptionsCollections, UIUtils, Binding, MutableBinding, Type };
})
