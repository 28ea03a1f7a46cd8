// @ohos:security.asset: short secrets of an app, each under an alias, with labels to find them by.
(function (host, system) {
  'use strict';

  const store = system.require('@concord:security/keystore');
  const { demand } = system.require('@concord:kits/permissions');

  const TagType = { BOOL: 1 << 28, NUMBER: 2 << 28, BYTES: 3 << 28 };
  const of = (type, numbers) => Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, type | number]));
  const Tag = {
    ...of(TagType.BYTES, { SECRET: 1, ALIAS: 2 }),
    ...of(TagType.NUMBER, { ACCESSIBILITY: 3 }),
    ...of(TagType.BOOL, { REQUIRE_PASSWORD_SET: 4 }),
    ...of(TagType.NUMBER, { AUTH_TYPE: 5, AUTH_VALIDITY_PERIOD: 6 }),
    ...of(TagType.BYTES, { AUTH_CHALLENGE: 7, AUTH_TOKEN: 8 }),
    ...of(TagType.NUMBER, { SYNC_TYPE: 0x10 }),
    ...of(TagType.BOOL, { IS_PERSISTENT: 0x11 }),
    ...of(TagType.BYTES, {
      DATA_LABEL_CRITICAL_1: 0x20, DATA_LABEL_CRITICAL_2: 0x21, DATA_LABEL_CRITICAL_3: 0x22, DATA_LABEL_CRITICAL_4: 0x23,
      DATA_LABEL_NORMAL_1: 0x30, DATA_LABEL_NORMAL_2: 0x31, DATA_LABEL_NORMAL_3: 0x32, DATA_LABEL_NORMAL_4: 0x33,
      DATA_LABEL_NORMAL_LOCAL_1: 0x34, DATA_LABEL_NORMAL_LOCAL_2: 0x35, DATA_LABEL_NORMAL_LOCAL_3: 0x36, DATA_LABEL_NORMAL_LOCAL_4: 0x37,
    }),
    ...of(TagType.NUMBER, { RETURN_TYPE: 0x40, RETURN_LIMIT: 0x41, RETURN_OFFSET: 0x42, RETURN_ORDERED_BY: 0x43, CONFLICT_RESOLUTION: 0x44 }),
    ...of(TagType.BYTES, { UPDATE_TIME: 0x45 }),
    ...of(TagType.NUMBER, { OPERATION_TYPE: 0x46 }),
    ...of(TagType.BOOL, { REQUIRE_ATTR_ENCRYPTED: 0x47 }),
    ...of(TagType.BYTES, { GROUP_ID: 0x48 }),
    ...of(TagType.NUMBER, { WRAP_TYPE: 0x49 }),
  };
  const ErrorCode = {
    PERMISSION_DENIED: 201, NOT_SYSTEM_APPLICATION: 202, INVALID_ARGUMENT: 401, SERVICE_UNAVAILABLE: 24000001, NOT_FOUND: 24000002,
    DUPLICATED: 24000003, ACCESS_DENIED: 24000004, STATUS_MISMATCH: 24000005, OUT_OF_MEMORY: 24000006, DATA_CORRUPTED: 24000007,
    DATABASE_ERROR: 24000008, CRYPTO_ERROR: 24000009, IPC_ERROR: 24000010, BMS_ERROR: 24000011, ACCOUNT_ERROR: 24000012,
    ACCESS_TOKEN_ERROR: 24000013, FILE_OPERATION_ERROR: 24000014, GET_SYSTEM_TIME_ERROR: 24000015, LIMIT_EXCEEDED: 24000016,
    UNSUPPORTED: 24000017, PARAM_VERIFICATION_FAILED: 24000018, INCONSISTENT_ATTRIBUTE: 24000019,
  };
  const Accessibility = { DEVICE_POWERED_ON: 0, DEVICE_FIRST_UNLOCKED: 1, DEVICE_UNLOCKED: 2 };
  const AuthType = { NONE: 0, PRIVATE_PIN: 0x100, ANY: 0xff };
  const SyncType = { NEVER: 0, THIS_DEVICE: 1, TRUSTED_DEVICE: 2, TRUSTED_ACCOUNT: 4 };
  const WrapType = { NEVER: 0, TRUSTED_ACCOUNT: 1 };
  const ConflictResolution = { OVERWRITE: 0, THROW_ERROR: 1 };
  const ReturnType = { ALL: 0, ATTRIBUTES: 1 };
  const OperationType = { NEED_SYNC: 0, NEED_LOGOUT: 1 };

  const KIND = 'asset';
  const KNOWN = new Set(Object.values(Tag));
  const isNormalLabel = (tag) => (tag & 0xf8) === 0x30 && (tag >>> 28) === 3;
  const isLabel = (tag) => isNormalLabel(tag) || ((tag & 0xfc) === 0x20 && (tag >>> 28) === 3);
  // What is a property of the asset; the other tags say how to do something with it.
  const KEPT = new Set([
    Tag.SECRET, Tag.ALIAS, Tag.ACCESSIBILITY, Tag.REQUIRE_PASSWORD_SET, Tag.AUTH_TYPE, Tag.SYNC_TYPE, Tag.IS_PERSISTENT, Tag.REQUIRE_ATTR_ENCRYPTED,
    Tag.WRAP_TYPE, Tag.UPDATE_TIME, ...Object.values(Tag).filter(isLabel),
  ]);

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };
  const invalid = (what) => fail(ErrorCode.INVALID_ARGUMENT, `Parameter error. ${what}`);
  const notFound = () => fail(ErrorCode.NOT_FOUND, 'The asset is not found.');

  const oneOf = (values) => (value) => Object.values(values).includes(value);
  const NUMBERS = new Map([
    [Tag.ACCESSIBILITY, oneOf(Accessibility)], [Tag.AUTH_TYPE, oneOf(AuthType)], [Tag.SYNC_TYPE, (value) => value >= 0 && value <= 7],
    [Tag.RETURN_TYPE, oneOf(ReturnType)], [Tag.CONFLICT_RESOLUTION, oneOf(ConflictResolution)], [Tag.OPERATION_TYPE, oneOf(OperationType)],
    [Tag.WRAP_TYPE, oneOf(WrapType)], [Tag.AUTH_VALIDITY_PERIOD, (value) => value >= 1 && value <= 600],
    [Tag.RETURN_LIMIT, (value) => value >= 1 && value <= 0xffffffff], [Tag.RETURN_OFFSET, (value) => value >= 0 && value <= 0xffffffff],
    [Tag.RETURN_ORDERED_BY, isLabel],
  ]);
  const lengths = (tag) => (tag === Tag.SECRET ? [1, 1024] : tag === Tag.ALIAS ? [1, 256] : tag === Tag.AUTH_CHALLENGE ? [32, 32]
    : tag === Tag.AUTH_TOKEN ? [148, 1024] : isNormalLabel(tag) ? [1, 512] : tag === Tag.GROUP_ID ? [7, 127] : [1, 2048]);

  /** A checked copy of a map. */
  function check(map, name) {
    if (!(map instanceof Map)) invalid(`The type of "${name}" must be AssetMap.`);
    const copy = new Map();
    for (const [tag, value] of map) {
      if (!KNOWN.has(tag)) invalid(`There is no tag ${tag}.`);
      switch (tag >>> 28) {
        case 1:
          if (typeof value !== 'boolean') invalid(`The value of tag ${tag} must be boolean.`);
          copy.set(tag, value);
          break;
        case 2:
          if (!Number.isInteger(value) || !(NUMBERS.get(tag)?.(value) ?? true)) invalid(`The value of tag ${tag} is out of range.`);
          copy.set(tag, value);
          break;
        default: {
          const [least, most] = lengths(tag);
          if (!(value instanceof Uint8Array) || value.length < least || value.length > most) {
            invalid(`The value of tag ${tag} must be a Uint8Array of ${least} to ${most} bytes.`);
          }
          copy.set(tag, value.slice());
        }
      }
    }
    if (copy.has(Tag.GROUP_ID)) fail(ErrorCode.UNSUPPORTED, 'Assets of groups are not supported.');
    return copy;
  }

  const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const pack = (value) => (value instanceof Uint8Array ? { b: toHex(value) } : value);
  const unpack = (value) => (value?.b === undefined ? value : fromHex(value.b));

  /** Errors of the store as those of this module. */
  function kept(work) {
    try {
      return work();
    } catch (error) {
      if (error instanceof system.BusinessError && error.code === 1) fail(ErrorCode.FILE_OPERATION_ERROR, 'The file operation failed.');
      if (error instanceof system.BusinessError && error.code === 2) fail(ErrorCode.DATA_CORRUPTED, 'The asset is corrupted.');
      throw error;
    }
  }

  const parse = (bytes) => new Map(JSON.parse(store.text(bytes)).map(([tag, value]) => [tag, unpack(value)]));

  function write(asset) {
    const now = new Uint8Array(8);
    new DataView(now.buffer).setBigUint64(0, BigInt(Date.now()), true);
    asset.set(Tag.UPDATE_TIME, now);
    const rows = [...asset].map(([tag, value]) => [tag, pack(value)]);
    kept(() => store.write(KIND, toHex(asset.get(Tag.ALIAS)), JSON.stringify(rows)));
  }

  const isEqual = (a, b) => (a instanceof Uint8Array && b instanceof Uint8Array ? toHex(a) === toHex(b) : a === b);

  /** All assets that a query describes. One alias is looked up by itself, so that a damaged record is told. */
  function find(query) {
    const conditions = [...query].filter(([tag]) => KEPT.has(tag));
    const alias = query.get(Tag.ALIAS);
    let all;
    if (alias !== undefined) {
      const record = kept(() => store.read(KIND, toHex(alias)));
      all = record === undefined ? [] : [parse(record)];
    } else {
      all = kept(() => store.list(KIND)).map(([, record]) => parse(record));
    }
    return all.filter((asset) => conditions.every(([tag, value]) => isEqual(asset.get(tag), value)));
  }

  // --- the operations; each is checked first and done later

  function prepareAdd(attributes) {
    const asset = check(attributes, 'attributes');
    if (!asset.has(Tag.SECRET) || !asset.has(Tag.ALIAS)) invalid('"SECRET" and "ALIAS" must be given.');
    const allowed = (tag) => (KEPT.has(tag) && tag !== Tag.UPDATE_TIME) || tag === Tag.CONFLICT_RESOLUTION;
    if ([...asset.keys()].some((tag) => !allowed(tag))) invalid('A tag does not describe an asset.');
    if (asset.get(Tag.IS_PERSISTENT) === true) demand('ohos.permission.STORE_PERSISTENT_DATA');
    return () => {
      // There is no lock screen whose password could be asked for.
      if (asset.get(Tag.REQUIRE_PASSWORD_SET) === true || (asset.get(Tag.AUTH_TYPE) ?? AuthType.NONE) !== AuthType.NONE) {
        fail(ErrorCode.STATUS_MISMATCH, 'The screen lock status does not match.');
      }
      const resolution = asset.get(Tag.CONFLICT_RESOLUTION) ?? ConflictResolution.THROW_ERROR;
      asset.delete(Tag.CONFLICT_RESOLUTION);
      const exists = kept(() => store.read(KIND, toHex(asset.get(Tag.ALIAS)))) !== undefined;
      if (exists && resolution === ConflictResolution.THROW_ERROR) fail(ErrorCode.DUPLICATED, 'The asset already exists.');
      const defaults = [
        [Tag.ACCESSIBILITY, Accessibility.DEVICE_FIRST_UNLOCKED], [Tag.REQUIRE_PASSWORD_SET, false], [Tag.AUTH_TYPE, AuthType.NONE],
        [Tag.SYNC_TYPE, SyncType.NEVER], [Tag.IS_PERSISTENT, false], [Tag.REQUIRE_ATTR_ENCRYPTED, false], [Tag.WRAP_TYPE, WrapType.NEVER],
      ];
      for (const [tag, value] of defaults) if (!asset.has(tag)) asset.set(tag, value);
      write(asset);
    };
  }

  function prepareRemove(query) {
    const conditions = check(query, 'query');
    if (conditions.has(Tag.SECRET)) invalid('An asset is not found by its secret.');
    return () => {
      const found = find(conditions);
      if (found.length === 0) notFound();
      for (const asset of found) kept(() => store.remove(KIND, toHex(asset.get(Tag.ALIAS))));
    };
  }

  function prepareUpdate(query, attributesToUpdate) {
    const conditions = check(query, 'query');
    const changes = check(attributesToUpdate, 'attributesToUpdate');
    if (!conditions.has(Tag.ALIAS)) invalid('"ALIAS" must be given.');
    if (changes.size === 0) invalid('There is nothing to update.');
    if ([...changes.keys()].some((tag) => !isLabel(tag) && tag !== Tag.SECRET)) invalid('Only the secret and labels can be updated.');
    return () => {
      const [asset] = find(conditions);
      if (asset === undefined) notFound();
      for (const [tag, value] of changes) asset.set(tag, value);
      write(asset);
    };
  }

  const SETTINGS = new Set([
    Tag.RETURN_TYPE, Tag.RETURN_LIMIT, Tag.RETURN_OFFSET, Tag.RETURN_ORDERED_BY, Tag.AUTH_CHALLENGE, Tag.AUTH_TOKEN,
  ]);

  function prepareQuery(query) {
    const conditions = check(query, 'query');
    if ([...conditions.keys()].some((tag) => tag === Tag.SECRET || (!KEPT.has(tag) && !SETTINGS.has(tag)))) invalid('A tag does not belong into a query.');
    const isAll = (conditions.get(Tag.RETURN_TYPE) ?? ReturnType.ATTRIBUTES) === ReturnType.ALL;
    if (isAll && !conditions.has(Tag.ALIAS)) invalid('"ALIAS" must be given when the secret is asked for.');
    return () => {
      const found = find(conditions);
      if (found.length === 0) notFound();
      const label = conditions.get(Tag.RETURN_ORDERED_BY);
      if (label !== undefined) {
        const key = (asset) => toHex(asset.get(label) ?? []);
        found.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
      }
      const offset = conditions.get(Tag.RETURN_OFFSET) ?? 0;
      const chosen = found.slice(offset, offset + (conditions.get(Tag.RETURN_LIMIT) ?? found.length));
      if (chosen.length === 0) notFound();
      if (!isAll) for (const asset of chosen) asset.delete(Tag.SECRET);
      return chosen;
    };
  }

  /** What has to be unlocked first; nothing is locked here. */
  function preparePreQuery(query) {
    const conditions = check(query, 'query');
    return () => {
      const locked = find(conditions).filter((asset) => asset.get(Tag.AUTH_TYPE) !== AuthType.NONE);
      if (locked.length === 0) notFound();
      return fail(ErrorCode.STATUS_MISMATCH, 'The screen lock status does not match.');
    };
  }

  function preparePostQuery(handle) {
    const conditions = check(handle, 'handle');
    if (!conditions.has(Tag.AUTH_CHALLENGE)) invalid('"AUTH_CHALLENGE" must be given.');
    return () => undefined;
  }

  const later = (prepare) => (...args) => system.async(prepare(...args));
  const atOnce = (prepare) => (...args) => prepare(...args)();

  /** Does each and tells which failed. */
  function batch(prepare) {
    return (...lists) => {
      const [first] = lists;
      const isRight = lists.every((list) => Array.isArray(list) && list.length === first.length && list.length > 0 && list.length <= 100);
      if (!isRight) fail(ErrorCode.PARAM_VERIFICATION_FAILED, 'The lists must have 1 to 100 entries, as many each.');
      const work = first.map((_, index) => {
        try {
          return prepare(...lists.map((list) => list[index]));
        } catch (error) {
          return () => {
            throw error;
          };
        }
      });
      return system.async(() => {
        const failedErrorInfos = [];
        work.forEach((step, index) => {
          try {
            step();
          } catch (error) {
            if (!(error instanceof system.BusinessError)) throw error;
            failedErrorInfos.push({ index, errCode: error.code, message: error.message });
          }
        });
        return { failedCount: failedErrorInfos.length, failedErrorInfos };
      });
    };
  }

  const notSystem = () => system.async(() => fail(ErrorCode.NOT_SYSTEM_APPLICATION, 'Non-system applications use system APIs.'));

  return {
    Accessibility, AuthType, SyncType, WrapType, ConflictResolution, ReturnType, OperationType, TagType, Tag, ErrorCode,
    add: later(prepareAdd), addSync: atOnce(prepareAdd), batchAdd: batch(prepareAdd),
    remove: later(prepareRemove), removeSync: atOnce(prepareRemove), batchRemove: (list) => batch(prepareRemove)(list).then(() => undefined),
    update: later(prepareUpdate), updateSync: atOnce(prepareUpdate), batchUpdate: batch(prepareUpdate),
    query: later(prepareQuery), querySync: atOnce(prepareQuery),
    preQuery: later(preparePreQuery), preQuerySync: atOnce(preparePreQuery),
    postQuery: later(preparePostQuery), postQuerySync: atOnce(preparePostQuery),
    addAsUser: notSystem, removeAsUser: notSystem, updateAsUser: notSystem, preQueryAsUser: notSystem, queryAsUser: notSystem, postQueryAsUser: notSystem,

    querySyncResult(query) {
      check(query, 'query');
      return system.async(() => ({ resultCode: 0, totalCount: 0, failedCount: 0 }));
    },
  };
})
