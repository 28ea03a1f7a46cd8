// @ohos:arkts.collections: what threads share beside instances of sendable classes.
(function (host, system) {
  'use strict';

  const { ArkTSArray } = system.require('@concord:arkts/array');
  const { Map, Set } = system.require('@concord:arkts/tables');
  const { BitVector } = system.require('@concord:arkts/bits');
  return { Array: ArkTSArray, Map, Set, ...system.require('@concord:arkts/buffers'), BitVector };
})
