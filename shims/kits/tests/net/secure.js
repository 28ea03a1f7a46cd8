(async function (require, check, { port, authority, certificate, key, locked, pin, other }) {
  const http = require('@ohos:net.http');
  const socket = require('@ohos:net.socket');
  const fs = require('@ohos:file.fs');
  const security = require('@ohos:net.networkSecurity');
  fs.mkdirSync('/data/storage/el2/base/files', true);
  const write = (name, text) => {
    const path = `/data/storage/el2/base/files/${name}`;
    fs.writeSync(fs.openSync(path, 0o102).fd, text);
    return path;
  };
  const caPath = write('ca.pem', authority);
  const ask = (options) => http.createHttp().request(`https://127.0.0.1:${port}/abc`, options);
  const code = (options) => check.code(() => ask(options));

  check.equal(await code(), 2300060, 'nobody knows the authority');
  check.equal((await ask({ caPath })).result, 'two 4', 'HTTP/2 by choice');
  check.equal((await ask({ caData: authority })).result, 'two 4', 'the authority as text');
  check.equal((await ask({ caPath, usingProtocol: http.HttpProtocol.HTTP1_1 })).result, 'one', 'HTTP/1.1 on demand');
  check.equal((await ask({ caPath, usingProtocol: http.HttpProtocol.HTTP3 })).result, 'two 4', 'HTTP/3 falls back');
  check.equal((await ask({ remoteValidation: 'skip' })).result, 'two 4', 'not verified');
  check.equal(await code({ caPath: write('other.pem', other) }), 2300060, 'another authority');
  check.equal(await code({ caPath: '/data/storage/el2/base/files/none.pem' }), 2300077, 'no authority');
  check.equal((await ask({ caPath, certificatePinning: { publicKeyHash: pin, hashAlgorithm: 'SHA-256' } })).result, 'two 4', 'the right key');
  check.equal(await code({ caPath, certificatePinning: { publicKeyHash: 'A'.repeat(43) + '=', hashAlgorithm: 'SHA-256' } }), 2300060, 'another key');
  check.equal(await code({ caPath, tlsOptions: { tlsVersionMin: 4, tlsVersionMax: 5 } }), 2300059, 'versions that nobody should speak');
  check.equal((await ask({ caPath, tlsOptions: { tlsVersionMin: 6, tlsVersionMax: 6, cipherSuites: ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'] } })).result, 'two 4', 'one suite');
  const timing = (await ask({ caPath, usingProtocol: 0, connectTimeout: 1234 })).performanceTiming;
  check(timing.tlsTiming > 0 && timing.totalFinishTiming >= timing.firstReceiveTiming, 'timing');
  const many = await Promise.all(Array.from({ length: 30 }, () => ask({ caPath })));
  check(many.every(({ result }) => result === 'two 4'), 'thirty over one connection');

  check.equal(security.certVerificationSync({ type: 0, data: certificate }, { type: 0, data: authority }), 0, 'signed');
  check.equal(await security.certVerification({ type: 0, data: authority }, { type: 0, data: authority }), 0, 'trusted by name');
  check.equal(await check.code(() => security.certVerification({ type: 0, data: certificate }, { type: 0, data: other })), 2305002, 'signed by somebody else');
  check.equal(await check.code(() => security.certVerification({ type: 0, data: other })), 2305018, 'signed by itself');

  const text = (buffer) => String.fromCharCode(...new Uint8Array(buffer));
  const server = socket.constructTLSSocketServerInstance();
  let connections = 0;
  server.on('connect', (connection) => {
    connections++;
    connection.on('message', ({ message }) => connection.send(`secret ${text(message)}`));
  });
  await server.listen({ address: { address: '127.0.0.1', port: 0 }, secureOptions: { key, cert: certificate, ca: authority }, ALPNProtocols: ['x/1'] });
  const at = await server.getLocalAddress();
  const client = socket.constructTLSSocketInstance();
  check.equal(await check.code(() => client.getProtocol()), 2303501, 'no session yet');
  const answer = new Promise((resolve) => client.on('message', ({ message }) => resolve(text(message))));
  await client.connect({
    address: { address: '127.0.0.1', port: at.port }, ALPNProtocols: ['x/1'],
    secureOptions: { ca: [authority], cert: certificate, key: locked, password: 'secret', protocols: ['TLSv1.2'] },
  });
  await client.send('hello');
  check.equal(await answer, 'secret hello', 'over TLS');
  check.equal(await client.getProtocol(), 'TLSv1.2', 'protocol');
  check.equal((await client.getCipherSuite()).join(), 'ECDHE-ECDSA-AES256-GCM-SHA384', 'suite');
  check.equal((await client.getRemoteCertificate()).data[0], 0x30, 'certificate of the server');
  await client.close();
  const suspicious = socket.constructTLSSocketInstance();
  check.equal(await check.code(() => suspicious.connect({ address: { address: '127.0.0.1', port: at.port }, secureOptions: { ca: other } })), 2303504, 'another authority');

  const plain = socket.constructTCPSocketInstance();
  await plain.connect({ address: { address: '127.0.0.1', port: at.port } });
  const over = socket.constructTLSSocketInstance(plain);
  const second = new Promise((resolve) => over.on('message', ({ message }) => resolve(text(message))));
  await over.connect({ address: { address: '127.0.0.1', port: at.port }, secureOptions: { ca: authority } });
  await over.send('again');
  check.equal(await second, 'secret again', 'TLS on a connection that there was');
  await over.close();
  check.equal(connections, 2, 'connections that shook hands');
  await server.close();
})
