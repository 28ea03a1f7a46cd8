// @concord:relational/store: RdbStore and Transaction. Not a module of the platform.
(function (host, system) {
  'use strict';

  const rdb = system.require('@concord:rdb');
  const checks = system.require('@concord:relational/checks');
  const { fail, must, text, callback, callbackOf, optionalValues, isPlain } = checks;
  const { define } = system.require('@concord:relational/operations');
  const { RdbPredicates } = system.require('@concord:relational/predicates');
  const { SubscribeType } = system.require('@concord:relational/enums');

  // Events with a meaning of their own → what Rust calls them; the second one has no cloud to report.
  const INTERESTS = { statistics: 'statements', perfStat: 'statements', sqliteErrorOccurred: 'errors' };
  const MOST_WAIT = 300;

  /** 801, which the documentation has for devices without the service. */
  function absent(what) {
    fail(801, `Capability not supported. This device has no ${what}.`);
  }

  class Transaction {
    #handle;

    constructor(handle) {
      this.#handle = handle;
    }

    static handleOf(transaction) { return transaction.#handle; }

    commit() { return rdb.promised(rdb.endTransaction, this.#handle, true); }
    rollback() { return rdb.promised(rdb.endTransaction, this.#handle, false); }
  }
  define(Transaction, Transaction.handleOf, false);

  class RdbStore {
    #handle;
    #folder;
    /** Transactions of `beginTrans` by their number. */
    #numbered = new Map();
    #last = 0;
    /** {event, type, observer, stop} */
    #listening = [];
    #pathOf;

    /** `folder`: where backups without a path go; `pathOf(context, config)`: the file of a store. */
    constructor(handle, folder, pathOf) {
      this.#handle = handle;
      this.#folder = folder;
      this.#pathOf = pathOf;
    }

    static handleOf(store) { return store.#handle; }

    get version() { return rdb.version(this.#handle); }

    set version(value) {
      must(Number.isInteger(value) && value > 0 && value <= 2147483647, 'version', '> 0');
      rdb.setVersion(this.#handle, value);
    }

    get rebuilt() { return rdb.rebuilt(this.#handle) ? 1 : 0; }

    executeSql(sql, ...rest) {
      const done = callbackOf(rest);
      const args = optionalValues(rest[0], 'bindArgs');
      text(sql, 'sql');
      return system.async(() => rdb.promised(rdb.executeOnly, this.#handle, sql, args), done);
    }

    beginTransaction() { rdb.transact(this.#handle, undefined, 'begin'); }

    rollBack() { rdb.transact(this.#handle, undefined, 'rollBack'); }

    commit(txId) {
      return txId === undefined ? rdb.transact(this.#handle, undefined, 'commit') : this.#end(txId, true);
    }

    rollback(txId) { return this.#end(txId, false); }

    async beginTrans() {
      const handle = await rdb.promised(rdb.transaction, this.#handle, 0);
      this.#last += 1;
      this.#numbered.set(this.#last, new Transaction(handle));
      return this.#last;
    }

    #numberedOf(txId) {
      must(Number.isInteger(txId) && txId >= 0, 'txId', 'not invalid txId');
      return this.#numbered.get(txId) ?? fail(14800000, `Inner error. There is no transaction ${txId}.`);
    }

    #end(txId, commit) {
      const transaction = this.#numberedOf(txId);
      return system.async(async () => {
        await (commit ? transaction.commit() : transaction.rollback());
        this.#numbered.delete(txId);
      });
    }

    /** execute(sql, txId, args) */
    static inTransaction(store, sql, txId, args) {
      return store.#numberedOf(txId).execute(sql, args);
    }

    createTransaction(options) {
      const kind = options?.transactionType ?? 0;
      must(options === undefined || isPlain(options), 'options', 'a transactionOptions');
      must(kind === 0 || kind === 1 || kind === 2, 'options', 'a transactionOptions');
      return rdb.promised(rdb.transaction, this.#handle, kind).then((handle) => new Transaction(handle));
    }

    queryByStep(given, rest) {
      return typeof given === 'string' ? this.querySql(given, rest) : this.query(given, rest);
    }

    #backupPath(name, what) {
      must(typeof name === 'string' && name !== '', what, 'not empty');
      if (name.startsWith('/')) return name;
      must(!name.includes('/'), what, 'a file name or a full path.');
      return `${this.#folder}/${name}`;
    }

    backup(destName, done) {
      const path = this.#backupPath(destName, 'destName');
      return system.async(() => rdb.promised(rdb.backup, this.#handle, path), done);
    }

    restore(srcName, done) {
      const path = this.#backupPath(srcName, 'srcName');
      return system.async(() => rdb.promised(rdb.restore, this.#handle, path), done);
    }

    attach(...args) {
      const path = typeof args[0] === 'string' ? args.shift() : undefined;
      const place = path ?? this.#pathOf(args.shift(), args.shift());
      if (place === '') fail(401, 'Parameter error.fullPath cannot be empty.');
      const [name, waitTime = 2] = args;
      if (typeof name !== 'string' || name === '') fail(401, 'Parameter error.attachName cannot be empty.');
      if (!(waitTime > 0 && waitTime <= MOST_WAIT)) fail(401, 'Parameter error.waitTime cannot exceed 300s.');
      return rdb.promised(rdb.attach, this.#handle, place, name);
    }

    detach(name, waitTime = 2) {
      if (typeof name !== 'string' || name === '') fail(401, 'Parameter error.attachName cannot be empty.');
      if (!(waitTime > 0 && waitTime <= MOST_WAIT)) fail(401, 'Parameter error.waitTime cannot exceed 300s.');
      return rdb.promised(rdb.detach, this.#handle, name);
    }

    close() {
      return rdb.promised(rdb.close, this.#handle);
    }

    // --- events

    on(event, ...args) {
      must(typeof event === 'string' && event !== '', 'event', 'a not empty string.');
      const observer = callback(args.at(-1), 'observer');
      const type = event === 'dataChange' || args.length > 1 ? args[0] : undefined;
      if (event === 'dataChange') {
        must(Number.isInteger(type) && type >= 0 && type <= 3, 'type', 'SubscribeType');
      } else if (type !== undefined) {
        must(typeof type === 'boolean', 'interProcess', 'a boolean.');
      } else if (event !== 'autoSyncProgress' && !Object.hasOwn(INTERESTS, event)) {
        fail(401, 'Parameter error. The interProcess must be a boolean.');
      }
      if (this.#listening.some((known) => known.event === event && known.type === type && known.observer === observer)) return;
      this.#listening.push({ event, type, observer, stop: this.#listenTo(event, type, observer) });
    }

    #listenTo(event, type, observer) {
      // Nobody else changes the data, and no cloud reports progress.
      if (event === 'autoSyncProgress' || (event === 'dataChange' && type !== SubscribeType.SUBSCRIBE_TYPE_LOCAL_DETAILS)) return () => {};
      if (event === 'dataChange') return rdb.listenTo(this.#handle, 'changes', observer);
      if (type === undefined) return rdb.listenTo(this.#handle, INTERESTS[event], observer);
      return rdb.listenTo(this.#handle, 'emitted', (emitted) => {
        if (emitted === event) observer();
      });
    }

    off(event, ...args) {
      must(typeof event === 'string' && event !== '', 'event', 'a not empty string.');
      const observer = typeof args.at(-1) === 'function' ? args.pop() : undefined;
      const type = args[0] ?? undefined;
      if (event === 'dataChange') must(Number.isInteger(type) && type >= 0 && type <= 3, 'type', 'SubscribeType');
      if (args.length > 1) must(args[1] === undefined || args[1] === null, 'observer', 'function');
      this.#listening = this.#listening.filter((known) => {
        const ends = known.event === event && known.type === type && (observer === undefined || known.observer === observer);
        if (ends) known.stop();
        return !ends;
      });
    }

    emit(event) {
      must(typeof event === 'string' && event !== '', 'event', 'a not empty string.');
      rdb.version(this.#handle); // Throws for a store that is closed.
      rdb.emit(this.#handle, event);
    }

    // --- what needs other devices or a cloud

    setDistributedTables() { return absent('other devices and no cloud'); }
    obtainDistributedTableName() { return absent('other devices'); }
    sync() { return absent('other devices'); }
    syncEx() { return absent('other devices'); }
    remoteQuery() { return absent('other devices'); }
    cloudSync() { return absent('cloud'); }
    cloudSyncEx() { return absent('cloud'); }
    stopCloudSync() { return absent('cloud'); }
    getModifyTime() { return absent('cloud'); }
    cleanDirtyData() { return absent('cloud'); }
    rekey() { return absent('encrypted databases'); }
    rekeyEx() { return absent('encrypted databases'); }
    setLocale() { return absent('ICU collations in databases'); }

    /** Rows are locked against the cloud, which knows no table here: as a device answers for a table that is not in it. */
    #notInCloud(predicates) {
      RdbPredicates.of(predicates);
      return system.async(() => fail(14800021, 'SQLite: Generic error. The table is not in the cloud.'));
    }

    lockRow(predicates) { return this.#notInCloud(predicates); }
    unlockRow(predicates) { return this.#notInCloud(predicates); }
    queryLockedRow(predicates) { return this.#notInCloud(predicates); }
  }
  define(RdbStore, RdbStore.handleOf, true);

  const { execute } = RdbStore.prototype;
  Object.defineProperty(RdbStore.prototype, 'execute', {
    value(sql, ...rest) {
      if (typeof rest[0] === 'number') return RdbStore.inTransaction(this, sql, ...rest);
      return execute.call(this, sql, ...rest);
    },
    writable: true,
    configurable: true,
  });

  return { RdbStore, Transaction };
})
