(async function (require, check) {
  const socket = require('@ohos:net.socket');
  const HOST = '127.0.0.1';
  const text = (buffer) => String.fromCharCode(...new Uint8Array(buffer));

  const server = socket.constructTCPSocketServerInstance();
  server.on('connect', (connection) => {
    connection.on('message', ({ message }) => connection.send({ data: `${connection.clientId}:${text(message)}` }));
  });
  await server.listen({ address: HOST, port: 0 });
  const { port } = await server.getLocalAddress();
  check(port > 0, 'the kernel chooses a port');
  const answers = await Promise.all(Array.from({ length: 100 }, async (_, i) => {
    const client = socket.constructTCPSocketInstance();
    const answer = new Promise((resolve) => client.on('message', ({ message, remoteInfo }) => resolve([text(message), remoteInfo])));
    await client.connect({ address: { address: HOST, port } });
    await client.send({ data: String(i) });
    const [got, info] = await answer;
    const over = new Promise((resolve) => client.on('close', resolve));
    await client.close();
    await over;
    check.equal((await client.getState()).isClose, true, 'closed');
    check.equal(info.port, port, 'where it comes from');
    return got.split(':');
  }));
  check.equal(new Set(answers.map(([id]) => id)).size, 100, 'a hundred connections');
  check(answers.every(([, value], i) => value === String(i)), 'each with its own answer');

  // What is sent before the end arrives before the end.
  const last = socket.constructTCPSocketServerInstance();
  const received = new Promise((resolve) => last.on('connect', (connection) => {
    let size = 0;
    connection.on('message', ({ message }) => { size += message.byteLength; });
    connection.on('close', () => resolve(size));
  }));
  await last.listen({ address: HOST, port: 0 });
  const client = socket.constructTCPSocketInstance();
  check.equal(await check.code(() => client.send({ data: 'x' })), 2301009, 'sending without a connection');
  await client.connect({ address: { address: HOST, port: (await last.getLocalAddress()).port } });
  client.send({ data: new Uint8Array(3000000).buffer });
  await client.close();
  check.equal(await received, 3000000, 'all arrives');
  await last.close();
  check.equal((await last.getState()).isClose, true, 'a server can be closed');

  const again = socket.constructTCPSocketServerInstance();
  check.equal(await check.code(() => again.listen({ address: HOST, port })), 2303198, 'a port that is taken');
  const nobody = socket.constructTCPSocketInstance();
  check.equal(await check.code(() => nobody.connect({ address: { address: HOST, port: 1 } })), 2301111, 'nobody listens');
  await server.close();

  const local = socket.constructLocalSocketServerInstance();
  const path = '/data/storage/el2/base/files/local.sock';
  require('@ohos:file.fs').mkdirSync('/data/storage/el2/base/files', true);
  local.on('connect', (connection) => connection.on('message', ({ message }) => connection.send({ data: `local ${text(message)}` })));
  await local.listen({ address: path });
  const one = socket.constructLocalSocketInstance();
  const answer = new Promise((resolve) => one.on('message', ({ message, address }) => resolve([text(message), address])));
  await one.connect({ address: { address: path } });
  await one.send({ data: 'hello' });
  check.equal((await answer).join(), `local hello,${path}`, 'a local socket');
  await one.setExtraOptions({ receiveBufferSize: 8192 });
  check.equal((await one.getExtraOptions()).receiveBufferSize, 8192, 'options are read back');
  await one.close();
  await local.close();
  check.equal(await check.code(() => socket.constructLocalSocketInstance().connect({ address: { address: path } })), 2301002, 'the name is gone');

  const group = socket.constructMulticastSocketInstance();
  await group.bind({ address: '0.0.0.0', port: 0, family: 1 });
  await group.setMulticastTTL(3);
  check.equal(await group.getMulticastTTL(), 3, 'TTL');
  check.equal(await check.code(() => group.setMulticastTTL(300)), 2301022, 'a TTL that is too large');
  await group.setLoopbackMode(false);
  check.equal(await group.getLoopbackMode(), false, 'loop back');
  await group.close();
})
