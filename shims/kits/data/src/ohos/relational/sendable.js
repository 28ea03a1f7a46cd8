// @concord:relational/sendable: rows as values that threads may share. Not a module of the platform.
(function (host, system) {
  'use strict';

  const collections = () => system.require('@ohos:arkts.collections') ?? {};

  function assetOf(asset) {
    return { name: asset.name, uri: asset.uri, path: asset.path, createTime: asset.createTime, modifyTime: asset.modifyTime,
      size: asset.size, status: asset.status };
  }

  /** Assets hold texts and numbers only. */
  const sharedAssetOf = (asset) => system.require('@ohos:arkts.utils').ASON.parse(JSON.stringify(assetOf(asset)));

  function valueOf(value) {
    const { Uint8Array: Bytes, Float32Array: Floats, Array: List } = collections();
    if (value instanceof Uint8Array) return Bytes === undefined ? value : new Bytes(value);
    if (value instanceof Float32Array) return Floats === undefined ? value : new Floats(value);
    if (Array.isArray(value)) return List === undefined ? value.map(assetOf) : List.from(value.map(sharedAssetOf));
    if (typeof value === 'object' && value !== null) return sharedAssetOf(value);
    return value;
  }

  function plainOf(value) {
    const { Uint8Array: Bytes, Float32Array: Floats, Array: List } = collections();
    if (Bytes !== undefined && value instanceof Bytes) return Uint8Array.from(value);
    if (Floats !== undefined && value instanceof Floats) return Float32Array.from(value);
    if (List !== undefined && value instanceof List) return [...value].map(assetOf);
    return value;
  }

  /** A bucket that threads may share: a `collections.Map`. */
  function bucketOf(bucket) {
    const Shared = collections().Map ?? Map;
    const made = new Shared();
    for (const [key, value] of Object.entries(bucket)) made.set(key, valueOf(value));
    return made;
  }

  const bucketFrom = (shared) => Object.fromEntries([...shared.entries()].map(([key, value]) => [key, plainOf(value)]));

  return { bucketOf, bucketFrom, assetOf, valueOf, plainOf };
})
