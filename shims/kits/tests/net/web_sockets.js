(async function (require, check) {
  const webSocket = require('@ohos:net.webSocket');
  const server = webSocket.createWebSocketServer();
  let port = 0;
  for (let tries = 0; port === 0 && tries < 20; tries++) {
    const candidate = 20000 + Math.floor(Math.random() * 20000);
    const config = { serverPort: candidate, serverIP: '127.0.0.1', maxConcurrentClientsNumber: 2, maxConnectionsForOneClient: 2, protocol: 'chat' };
    if (await check.code(() => server.start(config)) === 0) port = candidate;
  }
  check(port > 0, 'a server');
  const closed = new Promise((resolve) => server.on('close', (who, reason) => resolve(reason)));
  server.on('messageReceive', ({ clientConnection, data }) => server.send(typeof data === 'string' ? `you said ${data}` : data, clientConnection));
  const client = webSocket.createWebSocket();
  const messages = [];
  let enough;
  const three = new Promise((resolve) => { enough = resolve; });
  let header;
  client.on('headerReceive', (found) => { header = found; });
  const opened = new Promise((resolve) => client.on('open', (error, value) => resolve(value)));
  client.on('message', (error, value) => {
    messages.push(value);
    if (messages.length === 3) enough();
  });
  const over = new Promise((resolve) => client.on('close', (error, value) => resolve(value)));
  check.equal(await client.connect(`ws://127.0.0.1:${port}/`, { protocol: 'chat' }), true, 'connected');
  check.equal((await opened).status, 101, 'open');
  check.equal(header['sec-websocket-protocol'], 'chat', 'agreed protocol');
  check.equal(await check.code(() => client.connect(`ws://127.0.0.1:${port}/`)), 2302003, 'connected already');
  check.equal(server.listAllConnections().length, 1, 'the server knows it');
  await client.send('one');
  await client.send(new Uint8Array([1, 2, 3]).buffer);
  await client.send('x'.repeat(1000000));
  await three;
  check.equal(messages[0], 'you said one', 'text');
  check.equal(new Uint8Array(messages[1]).join(), '1,2,3', 'bytes');
  check.equal(messages[2].length, 1000009, 'a long message');
  await client.close({ code: 3001, reason: 'enough' });
  check.equal((await over).code, 3001, 'code of the end');
  check.equal((await closed).reason, 'enough', 'reason of the end');
  check.equal(await server.stop(), true, 'stopped');

  check.equal(await check.code(() => webSocket.createWebSocket().connect('http://127.0.0.1/')), 2302001, 'not an address of a web socket');
  const failing = webSocket.createWebSocket();
  const error = new Promise((resolve) => failing.on('error', resolve));
  check.equal(await failing.connect('ws://127.0.0.1:1/'), false, 'nobody listens');
  check.equal((await error).code, 2302999, 'and the listener hears it');
})
