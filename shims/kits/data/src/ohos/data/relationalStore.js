// @ohos:data.relationalStore
(function (host, system) {
  'use strict';

  const rdb = system.require('@concord:rdb');
  const enums = system.require('@concord:relational/enums');
  const { fail, must, text, texts, optionalTexts, bucket, conflict, isPlain } = system.require('@concord:relational/checks');
  const { RdbPredicates } = system.require('@concord:relational/predicates');
  const { RdbStore } = system.require('@concord:relational/store');
  const { ResultSet, LiteResultSet } = system.require('@concord:relational/resultSet');
  const { Tokenizer } = enums;

  const MOST_PATH = 1024;
  const MOST_CUSTOM = 128;
  const MOST_PLUGINS = 16;

  const absent = (what) => fail(801, `Capability not supported. ${what}`);
  const invalidPath = (why) => fail(14800010, `Failed to open or delete the database by an invalid database path. ${why}`);

  /** The folder of stores for a configuration, as a name of the sandbox. */
  function folderOf(context, config) {
    if (!isPlain(context) || typeof context.databaseDir !== 'string') fail(401, 'Parameter error.Illegal context.');
    const { customDir = '', rootDir = '', dataGroupId = '' } = config;
    must(typeof customDir === 'string' && !customDir.startsWith('/'), 'customDir', 'a relative directory.');
    must(customDir.length <= MOST_CUSTOM, 'customDir length', 'less than or equal to 128 bytes.');
    must(typeof rootDir === 'string', 'rootDir', 'a string.');
    if (dataGroupId !== '' && dataGroupId !== null) fail(14801002, 'Invalid data ground ID.');
    if (customDir.split('/').includes('..') || rootDir.split('/').includes('..')) invalidPath('It leads outside.');
    if (rootDir !== '' && !rootDir.startsWith('/')) invalidPath('The rootDir is not a full path.');
    const base = rootDir === '' ? `${context.databaseDir}/rdb` : rootDir.replace(/\/+$/, '');
    return customDir === '' ? base : `${base}/${customDir.replace(/\/+$/, '')}`;
  }

  /** The place of a store: a file of the sandbox, or memory. */
  function placeOf(context, config) {
    const { name, persist = true } = config;
    must(typeof name === 'string' && name !== '', 'StoreConfig.name', 'not empty');
    must(!name.includes('/'), 'StoreConfig.name', 'a file name without path.');
    const path = `${folderOf(context, config)}/${name}`;
    must(path.length <= MOST_PATH, 'database path', 'a valid path.');
    return persist === false ? `memory:${path}` : path;
  }

  function configOf(given) {
    if (!isPlain(given) || typeof given.name !== 'string') fail(401, 'Parameter error.Illegal StoreConfig or name.');
    const { securityLevel, encrypt, vector, tokenizer = Tokenizer.NONE_TOKENIZER, pluginLibs = [], persist } = given;
    must(Number.isInteger(securityLevel) && securityLevel >= 1 && securityLevel <= 4, 'StoreConfig.securityLevel', 'a SecurityLevel.');
    for (const key of ['encrypt', 'autoCleanDirtyData', 'allowRebuild', 'isReadOnly', 'vector', 'persist']) {
      must(given[key] === undefined || given[key] === null || typeof given[key] === 'boolean', `StoreConfig.${key}`, 'a boolean.');
    }
    if (!Object.values(Tokenizer).includes(tokenizer)) fail(401, 'Parameter error.Illegal tokenizer.');
    texts(pluginLibs, 'pluginLibs');
    must(pluginLibs.length <= MOST_PLUGINS, 'pluginLibs', 'at most 16 libraries.');
    // Apps that ask for it would not run otherwise; the report of the run says that nothing is encrypted.
    if (encrypt === true || isPlain(given.cryptoParam)) system.report('@ohos:data.relationalStore:StoreConfig.encrypt');
    if (vector === true) absent('There are no vector databases on this device.');
    if (tokenizer !== Tokenizer.NONE_TOKENIZER) absent('This tokenizer is not on this device.');
    if (pluginLibs.length > 0) absent('SQLite loads no libraries on this device.');
    if (persist === false && given.isReadOnly === true) fail(401, 'Parameter error. A store in memory must be writable.');
    return given;
  }

  const pathOf = (context, config) => placeOf(context, configOf(config));

  /** [leaf arguments, folder] of an opening. */
  function opening(context, given) {
    const config = configOf(given);
    const place = placeOf(context, config);
    return [[config.securityLevel, config.isReadOnly === true, config.allowRebuild === true], place, folderOf(context, config)];
  }

  function getRdbStore(context, config, callback) {
    const [how, place, folder] = opening(context, config);
    return system.async(
      () => rdb.promised(rdb.open, place, ...how).then((handle) => new RdbStore(handle, folder, pathOf)), callback);
  }

  function getRdbStoreSync(context, config) {
    const [how, place, folder] = opening(context, config);
    return new RdbStore(rdb.open(place, undefined, ...how), folder, pathOf);
  }

  function deleteRdbStore(context, given, callback) {
    const config = typeof given === 'string' ? { name: given } : given;
    if (!isPlain(config) || typeof config.name !== 'string') fail(401, 'Parameter error.Illegal StoreConfig or name.');
    const place = placeOf(context, config);
    return system.async(() => rdb.promised(rdb.deleteStore, place), callback);
  }

  function isTokenizerSupported(tokenizer) {
    must(Object.values(Tokenizer).includes(tokenizer), 'tokenizer', 'a TOKENIZER.');
    return tokenizer === Tokenizer.NONE_TOKENIZER;
  }

  // --- the SQL of an operation

  /** Arguments of these are checked as ever, with the code of newer functions. */
  function checked(work) {
    return (...args) => {
      try {
        return work(...args);
      } catch (error) {
        if (error.code === 401 || error.code === 14800000) error.code = 14800001;
        throw error;
      }
    };
  }

  const info = (kind, target, fields, how, values) => {
    const [sql, args] = rdb.sqlInfo(kind, target, fields, how);
    return { sql, args: [...values, ...args] };
  };

  const getInsertSqlInfo = checked((table, values, how) => {
    const [fields, list] = bucket(values);
    return info('insert', text(table, 'table'), fields, conflict(how), list);
  });
  const getUpdateSqlInfo = checked((predicates, values, how) => {
    const [fields, list] = bucket(values);
    return info('update', RdbPredicates.of(predicates), fields, conflict(how), list);
  });
  const getDeleteSqlInfo = checked((predicates) => info('delete', RdbPredicates.of(predicates), [], 0, []));
  const getQuerySqlInfo = checked((predicates, columns) =>
    info('query', RdbPredicates.of(predicates), optionalTexts(columns, 'columns'), 0, []));

  return {
    ...enums, RdbPredicates, LiteResultSet, ResultSet, getRdbStore, getRdbStoreSync, deleteRdbStore, isTokenizerSupported,
    isVectorSupported: () => false, getInsertSqlInfo, getUpdateSqlInfo, getDeleteSqlInfo, getQuerySqlInfo,
  };
})
