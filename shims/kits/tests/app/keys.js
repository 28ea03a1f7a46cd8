(async function (modules, outcome) {
  'use strict';

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
  const context = { databaseDir: '/data/storage/el2/database/entry', preferencesDir: '/data/storage/el2/base/preferences' };

  async function preferences() {
    const { getPreferencesSync, deletePreferences, removePreferencesFromCacheSync, StorageType } = modules['@ohos:data.preferences'];
    // Every change is kept at once.
    const options = { name: 'g', storageType: StorageType.GSKV };
    getPreferencesSync(context, options).putSync('a', [1, NaN, 2]);
    getPreferencesSync(context, options).putSync('b', -0);
    removePreferencesFromCacheSync(context, options);
    const kept = getPreferencesSync(context, options);
    check(kept.getSync('a', 0).length === 3 && Object.is(kept.getSync('b', 1), -0), 'kept without flush');
    check(await codeOf(() => getPreferencesSync(context, { name: 'g' })) === 15500000, 'the other type');
    await deletePreferences(context, options);
    check(!getPreferencesSync(context, { name: 'g' }).hasSync('a'), 'deleted');
    check(await codeOf(() => getPreferencesSync(context, { name: 'h', dataGroupId: 'x' })) === 15501002, 'group');
    check(await codeOf(() => getPreferencesSync(context, 'h').putSync('\u00e9'.repeat(513), 1)) === 401, 'bytes, not characters');
    check(await codeOf(() => getPreferencesSync(context, 'h').put('a', null)) === 401, 'null');

    const sendable = modules['@ohos:data.sendablePreferences'].getPreferencesSync(context, { name: 's' });
    await sendable.put('n', 5);
    const heard = [];
    sendable.on('change', (key) => heard.push(key));
    await sendable.flush();
    check(await sendable.get('n', 0) === 5 && sendable.hasSync('n'), 'sendable');
    await new Promise((done) => setTimeout(done, 30));
    check(heard.join() === 'n', 'sendable change');
  }

  async function store() {
    const kv = modules['@ohos:data.distributedKVStore'];
    const manager = kv.createKVManager({ bundleName: 'b', context });
    const options = { kvStoreType: kv.KVStoreType.SINGLE_VERSION, securityLevel: kv.SecurityLevel.S1 };
    check(await codeOf(() => manager.getKVStore('no-dash', options)) === 401, 'id');
    check(await codeOf(() => manager.getKVStore('none', { ...options, createIfMissing: false })) === 15100004, 'missing');
    check(await codeOf(() => manager.deleteKVStore('b', 'none')) === 15100004, 'delete missing');

    const schema = new kv.Schema();
    const age = new kv.FieldNode('age');
    age.type = kv.ValueType.INTEGER;
    check(schema.root.appendChild(age), 'child');
    const people = await manager.getKVStore('people', { ...options, schema });
    for (const [name, years] of [['a', 30], ['b', 20], ['c', 40]]) await people.put(name, JSON.stringify({ age: years }));
    check(await codeOf(() => people.put('d', '{"age":"old"}')) === 15100000, 'does not fit');
    const query = new kv.Query().greaterThan('$.age', 25).orderByDesc('$.age');
    check((await people.getEntries(query)).map(({ key }) => key).join() === 'c,a', 'query');
    check(await people.getResultSize(new kv.Query().lessThan('age', 25).or().equalTo('age', 40)) === 2, 'or');
    check((await people.getEntries(new kv.Query().orderByAsc('$.age').limit(1, 1)))[0].key === 'a', 'limit');
    check(query.getSqlLike() === ' ^GREATER INTEGER $.age 25 ^DESC $.age', query.getSqlLike());

    const heard = [];
    const listener = ({ insertEntries, updateEntries, deleteEntries }) =>
      heard.push([insertEntries, updateEntries, deleteEntries].map((list) => list.map(({ key }) => key).join()).join('|'));
    people.on('dataChange', kv.SubscribeType.SUBSCRIBE_TYPE_ALL, listener);
    await people.startTransaction();
    await people.put('a', '{"age":31}');
    await people.put('z', '{"age":1}');
    await people.commit();
    await people.delete('a');
    await new Promise((done) => setTimeout(done, 30));
    check(heard.join() === '|a|,z||,||a', heard.join());

    await people.backup('one');
    await people.delete('b');
    await people.restore('one');
    check(JSON.parse(await people.get('b')).age === 20, 'restored');
    check((await people.deleteBackup(['one', 'two'])).map(([, code]) => code).join() === '0,15100004', 'backups');

    const sets = [];
    for (let i = 0; i < 8; i += 1) sets.push(await people.getResultSet(''));
    check(await codeOf(() => people.getResultSet('')) === 15100001, 'result sets');
    await people.closeResultSet(sets[0]);
    check(await codeOf(() => sets[0].getCount()) === 15100005, 'closed');

    await manager.closeKVStore('b', 'people');
    check(await codeOf(() => people.get('b')) === 15100005, 'closed store');
    check(await codeOf(() => manager.getKVStore('people', options)) === 15100002, 'another schema');
    check((await manager.getAllKVStoreId('b')).join() === 'people', 'ids');

    const device = await manager.getKVStore('mine', { securityLevel: kv.SecurityLevel.S2 });
    await device.put('k', Uint8Array.of(1, 2));
    check((await device.get('', 'k'))[1] === 2, 'this device');
    check(await codeOf(() => device.get('elsewhere', 'k')) === 15100004, 'another device');
    check(await codeOf(() => device.put('k'.repeat(897), 1)) === 401, 'length');
  }

  async function others() {
    const utd = modules['@ohos:data.uniformTypeDescriptor'];
    check(utd.getUniformDataTypeByFilenameExtension('.TS') === 'general.type-script', 'the first');
    check(utd.getUniformDataTypesByFilenameExtension('.ts').join() === 'general.type-script,general.ts', 'all');
    check(utd.getUniformDataTypeByFilenameExtension('.ts', 'general.video') === 'general.ts', 'of a kind');
    const unknown = utd.getUniformDataTypeByFilenameExtension('.concord', 'general.image');
    const descriptor = utd.getTypeDescriptor(unknown);
    check(unknown.startsWith('flex.') && descriptor.filenameExtensions[0] === '.concord' && descriptor.belongsTo('general.media'), unknown);
    check(await codeOf(() => utd.getUniformDataTypeByMIMEType('a/b', 'nothing')) === 401, 'no such kind');
    check(Object.keys(utd.UniformDataType).length === 177, 'constants');

    const channel = modules['@ohos:data.unifiedDataChannel'];
    const text = new channel.UnifiedRecord('general.plain-text', { uniformDataType: 'general.plain-text', textContent: 'a', abstract: 'b' });
    text.addEntry('general.html', { uniformDataType: 'general.html', htmlContent: '<p>a' });
    const key = await channel.insertData({ intention: channel.Intention.DATA_HUB }, new channel.UnifiedData(text));
    const [found] = (await channel.deleteData({ key }))[0].getRecords();
    check(found instanceof channel.PlainText && found.textContent === 'a' && found !== text, 'a record of its kind');
    check(found.getEntry('general.html').htmlContent === '<p>a' && found.getTypes().length === 2, 'entries');
    check(new channel.PlainText().getEntry('general.plain-text').uniformDataType === 'general.plain-text', 'struct');
    const forms = new channel.UnifiedData(new channel.PlainText());
    forms.addRecord(new channel.Hyperlink());
    channel.convertRecordsToEntries(forms);
    check(forms.getRecords().length === 1 && forms.hasType('general.hyperlink'), 'entries of records');
    check(new channel.Summary(forms).totalSize >= 0, 'summary');

    const pieces = await modules['@ohos:data.intelligence'].splitText('abcdefghij', { size: 4, overlapRatio: 0.25 });
    check(pieces.join() === 'abcd,defg,ghij', pieces.join());
    const object = modules['@ohos:data.distributedDataObject'].create({}, { a: 1 });
    await object.setSessionId('1');
    check((await object.save('local')).sessionId === '1' && object.a === 1, 'object');
    const { DataAbilityPredicates, createRdbPredicates } = modules['@ohos:data.dataAbility'];
    const info = modules['@ohos:data.relationalStore'].getQuerySqlInfo(createRdbPredicates('t', new DataAbilityPredicates().equalTo('a', 1)));
    check(info.sql === 'SELECT * FROM t WHERE a = ? ', info.sql);
  }

  try {
    await preferences();
    await store();
    await others();
    outcome.text = 'done';
  } catch (error) {
    outcome.text = `${error.code ?? ''} ${error.message}\n${error.stack}`;
  }
})
