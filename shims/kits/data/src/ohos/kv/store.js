// @concord:kv/store: stores of keys and values over the databases of @concord:rdb. Not a module of the platform.
(function (host, system) {
  'use strict';

  const rdb = system.require('@concord:rdb');
  const { unlinkSync, accessSync } = system.require('@ohos:file.fs');
  const { Constants, ValueType, fail, invalid, key, typeOf, checkValue, entry, fromRow, told } = system.require('@concord:kv/values');
  const { Query, conform } = system.require('@concord:kv/query');

  const MOST_OBSERVERS = 8;
  const MOST_SETS = 8;
  const SUBSCRIBE_TYPE_REMOTE = 1;
  // Above every key that begins with a prefix.
  const LAST = '\u{10ffff}';
  const COLUMNS = ['key', 'type', 'value'];
  /** ConflictResolution.ON_CONFLICT_REPLACE */
  const REPLACE = 5;
  const CREATE = 'CREATE TABLE IF NOT EXISTS pairs (key TEXT PRIMARY KEY, type INTEGER NOT NULL, value) WITHOUT ROWID';
  const FILE = /^[^/]{1,255}$/;

  const callbackOf = (args) => (typeof args.at(-1) === 'function' ? args.pop() : undefined);

  /** Rows of a query, read as a whole. */
  function rowsOf(handle) {
    const [, count] = rdb.rowsInfo(handle);
    return Array.from({ length: count }, (_, index) => rdb.row(handle, index));
  }

  class KVStoreResultSet {
    #rows;
    #count;
    #at = -1;

    constructor(rows) {
      this.#rows = rows;
      [, this.#count] = rdb.rowsInfo(rows);
    }

    static close(set) {
      if (typeof set !== 'object' || set === null || !(#rows in set)) invalid('The type of resultSet must be KVStoreResultSet.');
      const open = set.#rows !== undefined;
      set.#rows = undefined;
      return open;
    }

    #open() {
      return this.#rows ?? fail(15100005, 'Database or result set already closed.');
    }

    #to(position) {
      this.#open();
      this.#at = Math.min(Math.max(position, -1), this.#count);
      return this.#at >= 0 && this.#at < this.#count;
    }

    getCount() {
      this.#open();
      return this.#count;
    }

    getPosition() {
      this.#open();
      return this.#at;
    }

    moveToFirst() { return this.#to(0); }
    moveToLast() { return this.#to(this.#count - 1); }
    moveToNext() { return this.#to(this.#at + 1); }
    moveToPrevious() { return this.#to(this.#at - 1); }

    move(offset) {
      if (typeof offset !== 'number') invalid('The type of offset must be number.');
      return this.#to(this.#at + Math.trunc(offset));
    }

    moveToPosition(position) {
      if (typeof position !== 'number') invalid('The type of position must be number.');
      return this.#to(Math.trunc(position));
    }

    isFirst() { return this.getPosition() === 0 && this.#count > 0; }
    isLast() { return this.#count > 0 && this.getPosition() === this.#count - 1; }
    isBeforeFirst() { return this.#count === 0 || this.getPosition() === -1; }
    isAfterLast() { return this.#count === 0 || this.getPosition() === this.#count; }

    getEntry() {
      const rows = this.#open();
      if (this.#at < 0 || this.#at >= this.#count) fail(15100000, 'Inner error. The result set does not stand at an entry.');
      return fromRow(rdb.row(rows, this.#at));
    }
  }

  class SingleKVStore {
    #handle;
    #options;
    #folder;
    #most;
    #observers = [];
    #sync = new Set();
    #stop;
    #pending;
    #sets = 0;

    constructor(handle, options, folder) {
      this.#handle = handle;
      this.#options = options;
      this.#folder = folder;
      this.#most = options.kvStoreType === 0 ? Constants.MAX_KEY_LENGTH_DEVICE : Constants.MAX_KEY_LENGTH;
    }

    static async prepare(handle) {
      await told(rdb.promised(rdb.executeOnly, handle, CREATE, []));
    }

    static isOn(store, folder) { return store.#folder === folder; }

    static async close(store) {
      store.#stop?.();
      await told(rdb.promised(rdb.close, store.#handle));
    }

    // --- writing

    #conforming(type, value) {
      const { schema } = this.#options;
      if (schema === undefined || schema === null) return value;
      const text = type === ValueType.STRING ? conform(schema, value) : undefined;
      return text ?? fail(15100000, 'Inner error. The value does not fit the schema.');
    }

    /** Writes rows [key, type, value], and tells the observers. */
    async #write(rows) {
      const there = this.#observers.length > 0 ? await this.#before(rows.map(([name]) => name)) : new Map();
      const values = rows.flatMap(([name, type, value]) => [name, type, this.#conforming(type, value)]);
      await told(rdb.promised(rdb.insertMany, this.#handle, rdb.shapeOf('pairs', COLUMNS, REPLACE), values));
      const inserted = rows.filter(([name]) => !there.has(name));
      const updated = rows.filter(([name]) => there.has(name));
      this.#tell(inserted, updated, []);
    }

    async #erase(keys) {
      const gone = this.#observers.length > 0 ? await this.#before(keys) : new Map();
      const marks = keys.map(() => '?').join();
      await told(rdb.promised(rdb.executeOnly, this.#handle, `DELETE FROM pairs WHERE key IN (${marks})`, keys));
      this.#tell([], [], [...gone.values()]);
    }

    /** Rows that are there, by key. */
    async #before(keys) {
      const marks = keys.map(() => '?').join();
      const rows = await told(rdb.promised(rdb.query, this.#handle, `SELECT key, type, value FROM pairs WHERE key IN (${marks})`, keys, true));
      return new Map(rowsOf(rows).map((row) => [row[0], row]));
    }

    put(name, value, callback) {
      key(name, this.#most);
      const type = typeOf(value);
      checkValue(type, value);
      return system.async(() => this.#write([[name, type, value]]), callback);
    }

    putBatch(entries, callback) {
      if (!Array.isArray(entries)) invalid('The type of entries must be array.');
      if (entries.length > Constants.MAX_BATCH_SIZE) invalid(`At most ${Constants.MAX_BATCH_SIZE} entries.`);
      const rows = new Map(entries.map((one) => entry(one, this.#most)).map((row) => [row[0], row]));
      return system.async(() => (rows.size === 0 ? undefined : this.#write([...rows.values()])), callback);
    }

    delete(name, callback) {
      key(name, this.#most);
      return system.async(() => this.#erase([name]), callback);
    }

    deleteBatch(keys, callback) {
      if (!Array.isArray(keys)) invalid('The type of keys must be array.');
      if (keys.length > Constants.MAX_BATCH_SIZE) invalid(`At most ${Constants.MAX_BATCH_SIZE} keys.`);
      keys.forEach((name) => key(name, this.#most));
      return system.async(() => (keys.length === 0 ? undefined : this.#erase(keys)), callback);
    }

    // --- reading; a device may stand before what is wanted

    /** Without the id of a device, if there is one; undefined stands for a device that is not this one. */
    #here(args) {
      const forDevice = this.#options.kvStoreType === 0 && args.length > 1;
      const device = forDevice ? args.shift() : '';
      if (typeof device !== 'string') invalid('The type of deviceId must be string.');
      return device === '' || device === 'local' || device === SingleKVStore.#deviceId();
    }

    static #deviceId() {
      return system.require('@ohos:deviceInfo').udid;
    }

    get(...args) {
      const callback = callbackOf(args);
      const here = this.#here(args);
      const name = key(args[0], this.#most);
      return system.async(async () => {
        const sql = 'SELECT key, type, value FROM pairs WHERE key = ?';
        const [row] = here ? rowsOf(await told(rdb.promised(rdb.query, this.#handle, sql, [name], true))) : [];
        return row === undefined ? fail(15100004, 'Not found.') : fromRow(row).value.value;
      }, callback);
    }

    /** SQL of a prefix or a query. */
    #select(wanted, here) {
      if (typeof wanted === 'string') {
        return wanted === '' ? ['SELECT key, type, value FROM pairs ORDER BY key', []]
          : ['SELECT key, type, value FROM pairs WHERE key >= ? AND key < ? ORDER BY key', [wanted, wanted + LAST]];
      }
      const { where, args, order, limit, prefix, device } = Query.of(wanted);
      const conditions = [];
      const values = [];
      if (!here || (device !== undefined && device !== '' && device !== SingleKVStore.#deviceId())) conditions.push('0');
      if (prefix !== undefined && prefix !== '') {
        conditions.push('key >= ? AND key < ?');
        values.push(prefix, prefix + LAST);
      }
      if (where !== '') {
        conditions.push(`(${where})`);
        values.push(...args);
      }
      const condition = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
      const by = [...order.map(([sql]) => sql), 'key'].join();
      return [`SELECT key, type, value FROM pairs${condition} ORDER BY ${by} LIMIT ? OFFSET ?`,
        [...values, ...order.map(([, path]) => path), ...limit]];
    }

    #query(args) {
      const here = this.#here(args);
      const [wanted] = args;
      if (typeof wanted !== 'string' && (typeof wanted !== 'object' || wanted === null)) invalid('The type of query must be string or Query.');
      const [sql, values] = this.#select(wanted, here);
      return () => told(rdb.promised(rdb.query, this.#handle, here ? sql : 'SELECT key, type, value FROM pairs WHERE 0', here ? values : [], true));
    }

    getEntries(...args) {
      const callback = callbackOf(args);
      const query = this.#query(args);
      return system.async(async () => rowsOf(await query()).map(fromRow), callback);
    }

    getResultSet(...args) {
      const callback = callbackOf(args);
      const query = this.#query(args);
      return system.async(async () => {
        if (this.#sets >= MOST_SETS) fail(15100001, 'Over max limits.');
        this.#sets += 1;
        try {
          return new KVStoreResultSet(await query());
        } catch (error) {
          this.#sets -= 1;
          throw error;
        }
      }, callback);
    }

    closeResultSet(resultSet, callback) {
      if (KVStoreResultSet.close(resultSet)) this.#sets -= 1;
      return system.async(() => {}, callback);
    }

    getResultSize(...args) {
      const callback = callbackOf(args);
      const query = this.#query(args);
      return system.async(async () => rdb.rowsInfo(await query())[1], callback);
    }

    // --- transactions

    startTransaction(callback) {
      return system.async(async () => {
        if (this.#pending !== undefined) fail(15100000, 'Inner error. A transaction is open.');
        await told(rdb.promised(rdb.transact, this.#handle, 'begin'));
        this.#pending = [];
      }, callback);
    }

    commit(callback) {
      return system.async(async () => {
        await told(rdb.promised(rdb.transact, this.#handle, 'commit'));
        const changes = this.#pending ?? [];
        this.#pending = undefined;
        changes.forEach((change) => this.#tell(...change));
      }, callback);
    }

    rollback(callback) {
      return system.async(async () => {
        this.#pending = undefined;
        await told(rdb.promised(rdb.transact, this.#handle, 'rollBack'));
      }, callback);
    }

    // --- backups

    #backupOf(file) {
      if (typeof file !== 'string' || !FILE.test(file) || file === '.' || file === '..') invalid('The file must be a name without path.');
      return `${this.#folder}.backup/${file}`;
    }

    static #pathOf(config) {
      const { fileName, filePath } = config ?? {};
      const fits = typeof fileName === 'string' && FILE.test(fileName) && typeof filePath === 'string' && filePath.startsWith('/');
      return fits ? `${filePath.replace(/\/$/, '')}/${fileName}` : fail(15100000, 'Inner error. The backup config is not valid.');
    }

    backup(file, callback) {
      const path = this.#backupOf(file);
      return system.async(() => told(rdb.promised(rdb.backup, this.#handle, path)), callback);
    }

    restore(file, callback) {
      const path = this.#backupOf(file);
      return system.async(() => told(rdb.promised(rdb.restore, this.#handle, path)), callback);
    }

    deleteBackup(files, callback) {
      if (!Array.isArray(files)) invalid('The type of files must be array.');
      const paths = files.map((file) => [file, this.#backupOf(file)]);
      return system.async(() => paths.map(([file, path]) => {
        if (!accessSync(path)) return [file, 15100004];
        unlinkSync(path);
        return [file, 0];
      }), callback);
    }

    backupEx(config) {
      return system.async(() => told(rdb.promised(rdb.backup, this.#handle, SingleKVStore.#pathOf(config))));
    }

    restoreEx(config) {
      return system.async(() => told(rdb.promised(rdb.restore, this.#handle, SingleKVStore.#pathOf(config))));
    }

    deleteBackupEx(config) {
      return system.async(() => {
        const path = SingleKVStore.#pathOf(config);
        if (!accessSync(path)) fail(15100000, 'Inner error. There is no such backup.');
        unlinkSync(path);
      });
    }

    // --- events

    /** Tells all observers of this database, in whatever thread. */
    #tell(inserted, updated, deleted) {
      if (inserted.length + updated.length + deleted.length === 0 || this.#observers.length === 0) return;
      if (this.#pending !== undefined) {
        this.#pending.push([inserted, updated, deleted]);
        return;
      }
      const plain = (rows) => rows.map(([name, type, value]) => [name, type, value instanceof Uint8Array ? [...value] : value]);
      rdb.emit(this.#handle, JSON.stringify([plain(inserted), plain(updated), plain(deleted)]));
    }

    #heard(text) {
      const entries = (rows) => rows.map(([name, type, value]) => fromRow([name, type, Array.isArray(value) ? Uint8Array.from(value) : value]));
      const [insertEntries, updateEntries, deleteEntries] = JSON.parse(text).map(entries);
      for (const { type, listener } of [...this.#observers]) {
        if (type !== SUBSCRIBE_TYPE_REMOTE) listener({ insertEntries, updateEntries, deleteEntries, deviceId: '' });
      }
    }

    on(event, ...args) {
      const listener = args.at(-1);
      if (typeof listener !== 'function') invalid('The type of listener must be function.');
      if (event === 'syncComplete') {
        this.#sync.add(listener);
        return;
      }
      if (event !== 'dataChange') invalid('The event must be dataChange or syncComplete.');
      const [type] = args;
      if (type !== 0 && type !== 1 && type !== 2) invalid('The type must be SubscribeType.');
      if (this.#observers.some((known) => known.listener === listener)) return;
      if (this.#observers.length >= MOST_OBSERVERS) fail(15100001, 'Over max limits.');
      this.#observers.push({ type, listener });
      this.#stop ??= rdb.listenTo(this.#handle, 'emitted', (text) => this.#heard(text));
    }

    off(event, listener) {
      if (listener !== undefined && listener !== null && typeof listener !== 'function') invalid('The type of listener must be function.');
      if (event === 'syncComplete') {
        if (typeof listener === 'function') this.#sync.delete(listener);
        else this.#sync.clear();
        return;
      }
      if (event !== 'dataChange') invalid('The event must be dataChange or syncComplete.');
      this.#observers = typeof listener === 'function' ? this.#observers.filter((known) => known.listener !== listener) : [];
      if (this.#observers.length === 0) {
        this.#stop?.();
        this.#stop = undefined;
      }
    }

    // --- other devices, of which there are none

    removeDeviceData(deviceId, callback) {
      if (typeof deviceId !== 'string') invalid('The type of deviceId must be string.');
      return system.async(() => {}, callback);
    }

    enableSync(enabled, callback) {
      if (typeof enabled !== 'boolean') invalid('The type of enabled must be boolean.');
      return system.async(() => {}, callback);
    }

    setSyncRange(localLabels, remoteSupportLabels, callback) {
      if (!Array.isArray(localLabels) || !Array.isArray(remoteSupportLabels)) invalid('The type of labels must be array.');
      return system.async(() => {}, callback);
    }

    setSyncParam(defaultAllowedDelayMs, callback) {
      if (typeof defaultAllowedDelayMs !== 'number') invalid('The type of defaultAllowedDelayMs must be number.');
      return system.async(() => {}, callback);
    }

    sync(deviceIds, ...rest) {
      if (!Array.isArray(deviceIds)) invalid('The type of deviceIds must be array.');
      const mode = typeof rest[0] === 'object' ? rest[1] : rest[0];
      if (mode !== 0 && mode !== 1 && mode !== 2) invalid('The mode must be SyncMode.');
      for (const listener of this.#sync) system.later(listener, []);
    }

    getSecurityLevel(callback) {
      return system.async(() => this.#options.securityLevel, callback);
    }

    rekey() {
      return system.async(() => fail(15100006, 'Unable to open the database file: the store is not encrypted.'));
    }
  }

  class DeviceKVStore extends SingleKVStore {}

  return { SingleKVStore, DeviceKVStore };
})
