(async function (modules, outcome) {
  'use strict';

  const rdb = modules['@ohos:data.relationalStore'];
  const check = (condition, message) => {
    if (!condition) throw new Error(`assertion failed: ${message}`);
  };
  const codeOf = async (f) => {
    try {
      await f();
    } catch (error) {
      return error.code ?? -1;
    }
    return 0;
  };
  const context = { databaseDir: '/data/storage/el2/database/entry' };
  const later = () => new Promise((done) => setTimeout(done, 30));

  async function test() {
    const config = { name: 'a.db', securityLevel: 1, customDir: 'x/y' };
    const store = await rdb.getRdbStore(context, config);
    await store.executeSql('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, big UNLIMITED INT, v FLOATVECTOR(2), one ASSET, many ASSETS)');

    // Values that SQLite has no type for.
    const asset = { name: 'n', uri: 'u', path: 'p', createTime: '1', modifyTime: '2', size: '3' };
    const big = 2n ** 100n;
    store.insertSync('t', { name: 'x', big, v: Float32Array.of(0.5, -1), one: asset, many: [asset, { ...asset, name: 'm' }], id: undefined });
    const rows = store.querySync(new rdb.RdbPredicates('t'));
    check(rows.goToFirstRow(), 'a row');
    check(rows.getValue(2) === big && rows.getColumnTypeSync('big') === rdb.ColumnType.UNLIMITED_INT, 'bigint');
    check(rows.getFloat32Array(3)[1] === -1, 'vector');
    check(rows.getAsset(4).name === 'n' && rows.getAsset(4).status === rdb.AssetStatus.ASSET_INSERT, 'asset');
    check(rows.getAssets(5)[1].name === 'm', 'assets');
    check(await codeOf(() => rows.getLong(4)) === 14800041, 'an asset is no number');
    check(await codeOf(() => store.insertSync('t', { many: [asset, asset] })) === 401, 'assets twice');
    check(rows.getRow().big === big && rows.getSendableRow().get('name') === 'x', 'row');
    rows.close();

    // Rows of a transaction and of its store.
    const transaction = await store.createTransaction({ transactionType: 1 });
    await transaction.insert('t', { name: 'y' });
    check(store.querySync(new rdb.RdbPredicates('t')).rowCount === 1, 'not yet');
    await transaction.commit();
    check(await codeOf(() => transaction.commit()) === 14800014, 'once');
    const txId = await store.beginTrans();
    check(await store.execute('UPDATE t SET name = ?', txId, ['z']) === 2, 'numbered');
    await store.rollback(txId);

    // Changes are told once they are committed.
    const changes = [];
    const errors = [];
    const observe = (list) => changes.push(...list);
    store.on('dataChange', 3, observe);
    store.on('sqliteErrorOccurred', (error) => errors.push(error));
    store.beginTransaction();
    store.updateSync({ name: 'w' }, new rdb.RdbPredicates('t').equalTo('id', 2));
    await later();
    check(changes.length === 0, 'too early');
    store.commit();
    check(await codeOf(() => store.insertSync('t', { id: 1 })) === 14800032, 'unique');
    await later();
    check(changes.length === 1 && changes[0].table === 't' && changes[0].updated[0] === 2, 'changed');
    check(errors.length === 1 && errors[0].code === 19 && errors[0].sql.startsWith('INSERT'), 'error told');
    store.off('dataChange', 3, observe);

    // Not encrypted, which the report of a run says, but there.
    const plain = await rdb.getRdbStore(context, { ...config, name: 'asked.db', encrypt: true });
    check(plain.version === 0, 'a store that was to be encrypted');
    await plain.close();

    // What is refused.
    check(await codeOf(() => rdb.getRdbStore(context, { ...config, securityLevel: 2 })) === 14800017, 'another configuration');
    check(await codeOf(() => rdb.getRdbStore(context, { ...config, customDir: '../../..' })) === 14800010, 'outside');
    check(await codeOf(() => store.querySql('DELETE FROM t')) === 14800019, 'no query');
    check(await codeOf(() => store.execute('SELECT 1')) === 14800021, 'a query');
    check(await codeOf(() => store.setDistributedTables(['t'])) === 801, 'distributed');
    check(await codeOf(() => store.update({}, new rdb.RdbPredicates('t'))) === 14800000, 'empty');
    check(await codeOf(() => store.restore('none.db')) === 14800010, 'no backup');
    check(await store.batchInsert('t', [{ id: 1 }]) === -1, 'a batch that fails');

    // Rows that come back.
    const returned = await store.batchInsertWithReturning('t', [{ name: 'p' }, { name: 'q' }], { columns: ['id', 'name'] });
    check(returned.changed === 2 && returned.resultSet.goToNextRow() && returned.resultSet.getString(1) === 'p', 'returning');

    // SQL of operations; full text.
    const info = rdb.getUpdateSqlInfo(new rdb.RdbPredicates('t').equalTo('id', 4), { name: 'n' });
    check(info.sql === 'UPDATE t SET name=? WHERE id = ? ' && info.args.join() === 'n,4', info.sql);
    await store.executeSql('CREATE VIRTUAL TABLE f USING fts5(body)');
    await store.insert('f', { body: 'the quick brown fox' });
    check((await store.querySql("SELECT * FROM f WHERE f MATCH 'brown'")).rowCount === 1, 'full text');

    // Another database beside this one.
    const other = await rdb.getRdbStore(context, { name: 'b.db', securityLevel: 1 });
    await other.executeSql('CREATE TABLE o (a)');
    await other.insert('o', { a: 1 });
    check(await store.attach(context, { name: 'b.db', securityLevel: 1 }, 'other') === 1, 'attached');
    check((await store.querySql('SELECT a FROM other.o')).rowCount === 1, 'a table of it');
    check(await codeOf(() => store.attach(context, { name: 'b.db', securityLevel: 1 }, 'other')) === 14800016, 'attached twice');
    check(await store.detach('other') === 0, 'detached');

    // In memory; read-only; deleted.
    const memory = await rdb.getRdbStore(context, { name: 'm', securityLevel: 1, persist: false });
    await memory.executeSql('CREATE TABLE o (a)');
    const again = await rdb.getRdbStore(context, { name: 'b.db', securityLevel: 1 });
    await other.close();
    check(await codeOf(() => other.querySqlSync('SELECT a FROM o')) === 14800014, 'closed');
    check(again.querySqlSync('SELECT a FROM o').rowCount === 1, 'closed for one of two');
    await again.close();
    const reader = await rdb.getRdbStore(context, { name: 'b.db', securityLevel: 1, isReadOnly: true });
    check(await codeOf(() => reader.insert('o', { a: 1 })) === 801, 'read only');
    await reader.close();
    await rdb.deleteRdbStore(context, config);
    check(await codeOf(() => store.insert('t', { name: 'gone' })) === 14800014, 'deleted');

    // Work is done in the order in which it is asked for.
    const order = await rdb.getRdbStore(context, { name: 'c.db', securityLevel: 1 });
    const promises = [order.executeSql('CREATE TABLE n (a INTEGER)')];
    for (let i = 0; i < 50; i += 1) promises.push(order.insert('n', { a: i }));
    check(order.querySqlSync('SELECT a FROM n').rowCount === 50, 'in order');
    await Promise.all(promises);
  }

  try {
    await test();
    outcome.text = 'done';
  } catch (error) {
    outcome.text = `${error.code ?? ''} ${error.message}\n${error.stack}`;
  }
})
