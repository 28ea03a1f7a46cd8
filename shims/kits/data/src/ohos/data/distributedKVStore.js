// @ohos:data.distributedKVStore: stores of this device only.
(function (host, system) {
  'use strict';

  const rdb = system.require('@concord:rdb');
  const { accessSync, listFileSync, rmdirSync } = system.require('@ohos:file.fs');
  const { Constants, ValueType, fail, invalid, told } = system.require('@concord:kv/values');
  const { Query, FieldNode, Schema, describe } = system.require('@concord:kv/query');
  const { SingleKVStore, DeviceKVStore } = system.require('@concord:kv/store');

  const SyncMode = { PULL_ONLY: 0, PUSH_ONLY: 1, PUSH_PULL: 2 };
  const SubscribeType = { SUBSCRIBE_TYPE_LOCAL: 0, SUBSCRIBE_TYPE_REMOTE: 1, SUBSCRIBE_TYPE_ALL: 2 };
  const KVStoreType = { DEVICE_COLLABORATION: 0, SINGLE_VERSION: 1 };
  // The numbers of devices, between which there are further levels.
  const SecurityLevel = { S1: 2, S2: 3, S3: 5, S4: 6 };
  const STORE_ID = new RegExp(`^[A-Za-z0-9_]{1,${Constants.MAX_STORE_ID_LENGTH}}$`);
  const OPTIONS = 'CREATE TABLE IF NOT EXISTS options (text TEXT)';

  function storeId(given) {
    if (typeof given !== 'string' || !STORE_ID.test(given)) {
      invalid(`The storeId must consist of 1 to ${Constants.MAX_STORE_ID_LENGTH} letters, digits and underscores.`);
    }
    return given;
  }

  function appId(given) {
    if (typeof given !== 'string' || given === '') invalid('The type of appId must be string.');
  }

  function optionsOf(given) {
    if (typeof given !== 'object' || given === null) invalid('The type of options must be Options.');
    const { createIfMissing = true, encrypt = false, backup = true, autoSync = false, kvStoreType = KVStoreType.DEVICE_COLLABORATION,
      securityLevel, schema } = given;
    for (const [name, flag] of Object.entries({ createIfMissing, encrypt, backup, autoSync })) {
      if (typeof flag !== 'boolean') invalid(`The type of ${name} must be boolean.`);
    }
    if (!Object.values(KVStoreType).includes(kvStoreType)) invalid('The kvStoreType must be KVStoreType.');
    if (!Object.values(SecurityLevel).includes(securityLevel)) invalid('The securityLevel must be SecurityLevel.');
    if (schema !== undefined && schema !== null && !(schema instanceof Schema)) invalid('The type of schema must be Schema.');
    if (encrypt) system.report('@ohos:data.distributedKVStore:Options.encrypt');
    return { createIfMissing, kvStoreType, securityLevel, schema };
  }

  // Options are kept with the store: it cannot be opened with others.
  async function keepOptions(handle, { kvStoreType, securityLevel, schema }) {
    const wanted = JSON.stringify([kvStoreType, securityLevel, schema ? describe(schema) : null]);
    await told(rdb.promised(rdb.executeOnly, handle, OPTIONS, []));
    const rows = await told(rdb.promised(rdb.query, handle, 'SELECT text FROM options', [], true));
    if (rdb.rowsInfo(rows)[1] === 0) {
      await told(rdb.promised(rdb.executeOnly, handle, 'INSERT INTO options VALUES (?)', [wanted]));
    } else if (rdb.row(rows, 0)[0] !== wanted) {
      fail(15100002, 'Open existed database with changed options.');
    }
  }

  // What is open here, by file.
  const open = new Map();

  class KVManager {
    #folder;

    constructor(folder) {
      this.#folder = folder;
    }

    #file(id, options) {
      const root = options?.rootDir;
      if (root !== undefined && root !== null && (typeof root !== 'string' || !root.startsWith('/'))) invalid('The rootDir must be a full path.');
      return `${root ?? this.#folder}/${storeId(id)}.db`;
    }

    getKVStore(id, given, callback) {
      const file = this.#file(id, given);
      const options = optionsOf(given);
      return system.async(async () => {
        const known = open.get(file);
        if (known !== undefined) {
          await keepOptions(known.handle, options);
          return known.store;
        }
        if (!options.createIfMissing && !accessSync(file)) fail(15100004, 'Not found.');
        const handle = await told(rdb.promised(rdb.open, file, options.securityLevel, false, false));
        await keepOptions(handle, options);
        await SingleKVStore.prepare(handle);
        const again = open.get(file); // Somebody else may have been quicker.
        if (again !== undefined) return again.store;
        const Class = options.kvStoreType === KVStoreType.SINGLE_VERSION ? SingleKVStore : DeviceKVStore;
        const store = new Class(handle, options, file);
        open.set(file, { handle, store });
        return store;
      }, callback);
    }

    closeKVStore(app, id, ...rest) {
      appId(app);
      const callback = typeof rest.at(-1) === 'function' ? rest.pop() : undefined;
      const file = this.#file(id, rest[0]);
      return system.async(async () => {
        const known = open.get(file);
        open.delete(file);
        if (known !== undefined) await SingleKVStore.close(known.store);
      }, callback);
    }

    deleteKVStore(app, id, ...rest) {
      appId(app);
      const callback = typeof rest.at(-1) === 'function' ? rest.pop() : undefined;
      const file = this.#file(id, rest[0]);
      return system.async(async () => {
        if (!accessSync(file)) fail(15100004, 'Not found.');
        const known = open.get(file);
        open.delete(file);
        if (known !== undefined) await SingleKVStore.close(known.store);
        await told(rdb.promised(rdb.deleteStore, file));
        if (accessSync(`${file}.backup`)) rmdirSync(`${file}.backup`);
      }, callback);
    }

    getAllKVStoreId(app, callback) {
      appId(app);
      return system.async(() => {
        if (!accessSync(this.#folder)) return [];
        return listFileSync(this.#folder).filter((name) => name.endsWith('.db')).map((name) => name.slice(0, -3));
      }, callback);
    }

    static #death(event, callback, needed) {
      if (event !== 'distributedDataServiceDie') invalid('The event must be distributedDataServiceDie.');
      const there = callback !== undefined && callback !== null;
      if ((needed || there) && typeof callback !== 'function') invalid('The type of deathCallback must be function.');
    }

    // The service is part of this process.
    on(event, deathCallback) { KVManager.#death(event, deathCallback, true); }
    off(event, deathCallback) { KVManager.#death(event, deathCallback, false); }
  }

  function createKVManager(config) {
    if (typeof config !== 'object' || config === null) invalid('The type of config must be KVManagerConfig.');
    const { bundleName, context } = config;
    if (typeof bundleName !== 'string' || bundleName === '') invalid('The type of bundleName must be string.');
    if (typeof context !== 'object' || context === null || typeof context.databaseDir !== 'string') invalid('The context is not valid.');
    return new KVManager(`${context.databaseDir}/kvdb`);
  }

  return {
    Constants, ValueType, SyncMode, SubscribeType, KVStoreType, SecurityLevel, Query, FieldNode, Schema, SingleKVStore, DeviceKVStore,
    KVManager, createKVManager,
  };
})
