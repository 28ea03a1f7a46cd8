// @ohos:data.sendableRelationalStore: rows that threads may share, from and to those of @ohos:data.relationalStore.
(function (host, system) {
  'use strict';

  const { bucketOf, bucketFrom, assetOf, valueOf, plainOf } = system.require('@concord:relational/sendable');
  const { isAsset } = system.require('@concord:relational/checks');

  function invalid(what) {
    throw new system.BusinessError(401, `Parameter error. ${what}`);
  }

  const object = (given, name) => (typeof given === 'object' && given !== null ? given : invalid(`The ${name} is invalid.`));
  const asset = (given) => (isAsset(given) ? assetOf(given) : invalid('The asset is invalid.'));

  return {
    fromSendableValuesBucket(valuesBucket) {
      if (typeof object(valuesBucket, 'valuesBucket').entries !== 'function') invalid('The valuesBucket is invalid.');
      return bucketFrom(valuesBucket);
    },
    toSendableValuesBucket: (valuesBucket) => bucketOf(object(valuesBucket, 'valuesBucket')),
    fromSendableAsset: asset,
    toSendableAsset: asset,
    fromSendableValues(values) {
      if (typeof object(values, 'values')[Symbol.iterator] !== 'function') invalid('The values are invalid.');
      return [...values].map(plainOf);
    },
    toSendableValues(values) {
      if (!Array.isArray(values)) invalid('The values are invalid.');
      const Shared = system.require('@ohos:arkts.collections')?.Array;
      const made = values.map(valueOf);
      return typeof Shared?.from === 'function' ? Shared.from(made) : made;
    },
  };
})
