// @concord:relational/operations: what stores and transactions have in common. Not a module of the platform.
(function (host, system) {
  'use strict';

  const rdb = system.require('@concord:rdb');
  const { text, texts, optionalTexts, optionalValues, bucket, buckets, conflict, returning, fail } = system.require('@concord:relational/checks');
  const { RdbPredicates } = system.require('@concord:relational/predicates');
  const { ResultSet, LiteResultSet } = system.require('@concord:relational/resultSet');

  const same = (value) => value;
  const resultSet = (rows) => new ResultSet(rows);
  const liteResultSet = (rows) => new LiteResultSet(rows);
  const result = (rows) => ({ changed: rdb.rowsInfo(rows)[2], resultSet: new LiteResultSet(rows) });

  /** -1 for a batch that failed; a lock is told. */
  function batchFailed(error) {
    if (error.code === 14800024 || error.code === 14800025 || error.code === 14800014) throw error;
    return -1;
  }

  function sql(given) {
    text(given, 'sql');
    return given;
  }

  function many(table, values, how) {
    text(table, 'table');
    const [fields, list] = buckets(values);
    return [rdb.insertMany, rdb.shapeOf(table, fields, how), rdb.packed(list)];
  }

  /** A query by predicates needs names of columns that are names. */
  const byPredicates = (counted) => (predicates, columns) =>
    [rdb.queryBy, RdbPredicates.of(predicates), optionalTexts(columns, 'columns'), counted];
  const bySql = (counted) => (given, args) => [rdb.query, sql(given), optionalValues(args, 'bindArgs'), counted];

  /**
   * Name of an operation → how its arguments become a leaf with arguments, what its result becomes, and what an error becomes.
   * The operation and its `Sync` form are made of it.
   */
  const operations = {
    insert: {
      args: (table, values, how) => {
        text(table, 'table');
        const [fields, list] = bucket(values);
        return [rdb.insert, rdb.shapeOf(table, fields, conflict(how)), ...list];
      },
    },
    batchInsert: { args: (table, values) => many(table, values, 0), failed: batchFailed },
    batchInsertWithConflictResolution: {
      args: (table, values, how) => {
        if (how === undefined || how === null) fail(401, 'Parameter error. The conflict must be not null');
        return many(table, values, conflict(how));
      },
    },
    batchInsertWithReturning: {
      args: (table, values, config, how) => {
        if (!Array.isArray(values) || values.length === 0) fail(14800001, 'Invalid args. The values must be a ValuesBucket array.');
        return [rdb.returning, 'insert', text(table, 'table'), ...buckets(values), conflict(how), ...returning(config)];
      },
      result,
    },
    update: { args: (values, predicates, how) => [rdb.update, RdbPredicates.of(predicates), ...bucket(values), conflict(how)] },
    updateWithReturning: {
      args: (values, predicates, config, how) =>
        [rdb.returning, 'update', RdbPredicates.of(predicates), ...bucket(values), conflict(how), ...returning(config)],
      result,
    },
    delete: { args: (predicates) => [rdb.remove, RdbPredicates.of(predicates)] },
    deleteWithReturning: {
      args: (predicates, config) => [rdb.returning, 'delete', RdbPredicates.of(predicates), [], [], 0, ...returning(config)],
      result,
    },
    query: { args: byPredicates(true), result: resultSet },
    querySql: { args: bySql(true), result: resultSet },
    queryWithoutRowCount: { args: byPredicates(false), result: liteResultSet },
    querySqlWithoutRowCount: { args: bySql(false), result: liteResultSet },
    execute: { args: (given, args) => [rdb.execute, sql(given), optionalValues(args, 'args')] },
  };

  /**
   * Adds the operations to a class whose instances `handleOf` gives the handle of. `takesCallback`: the asynchronous forms know a
   * callback as their last argument.
   */
  function define(Class, handleOf, takesCallback) {
    for (const [name, { args, result: make = same, failed }] of Object.entries(operations)) {
      const methods = {
        [name](...given) {
          const callback = takesCallback && typeof given.at(-1) === 'function' ? given.pop() : undefined;
          const [leaf, ...rest] = args(...given);
          const handle = handleOf(this);
          return system.async(() => {
            const done = rdb.promised(leaf, handle, ...rest).then(make);
            return failed === undefined ? done : done.catch(failed);
          }, callback);
        },
        [`${name}Sync`](...given) {
          const [leaf, ...rest] = args(...given);
          try {
            return make(leaf(handleOf(this), undefined, ...rest));
          } catch (error) {
            if (failed === undefined) throw error;
            return failed(error);
          }
        },
      };
      for (const [key, method] of Object.entries(methods)) {
        Object.defineProperty(Class.prototype, key, { value: method, writable: true, configurable: true });
      }
    }
  }

  return { define };
})
