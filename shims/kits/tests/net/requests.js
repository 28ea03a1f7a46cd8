(async function (require, check, { port }) {
  const http = require('@ohos:net.http');
  const at = `http://127.0.0.1:${port}`;
  const ask = (path, options) => http.createHttp().request(at + path, options);

  const posted = await ask('/echo', { method: 'POST', extraData: { a: 1 }, header: { 'X-One': 1 } });
  check(/^POST \/echo HTTP\/1\.1\r\n/.test(posted.result), 'method');
  check(posted.result.endsWith('\r\n\r\n{"a":1}'), 'an object is JSON');
  check(/\r\ncontent-type: application\/json\r\n/.test(posted.result), 'type of data');
  check(/\r\nx-one: 1\r\n/.test(posted.result), 'headers');
  const form = await ask('/echo', { method: 'POST', extraData: { a: 'x y', b: 2 }, header: { 'content-type': 'application/x-www-form-urlencoded' } });
  check(form.result.endsWith('\r\n\r\na=x%20y&b=2'), 'an object as a form');
  check((await ask('/echo?z=1', { extraData: { a: 'ä' } })).result.startsWith('GET /echo?z=1&a=%C3%A4 '), 'data of GET');

  const parts = await ask('/echo', {
    method: 'POST', header: { 'content-type': 'multipart/form-data' },
    multiFormDataList: [{ name: 'text', contentType: 'text/plain', data: 'hello' }, { name: 'file', contentType: 'a/b', remoteFileName: 'f', data: new Uint8Array([65]).buffer }],
  });
  check(/name="text"\r\nContent-Type: text\/plain\r\n\r\nhello\r\n/.test(parts.result), 'field of a form');
  check(/name="file"; filename="f"\r\nContent-Type: a\/b\r\n\r\nA\r\n/.test(parts.result), 'file of a form');

  const moved = await ask('/there', { method: 'POST', extraData: 'x' });
  check(/^GET \/echo /.test(moved.result), 'after 303 it is GET');
  check(/\r\ncookie: a=1\r\n/.test(moved.result), 'cookies of the way are sent on');
  check.equal((await ask('/digest', { serverAuthentication: { credential: { username: 'me', password: 'p' }, authenticationType: 'digest' } })).result, 'welcome', 'digest');
  const basic = await ask('/echo', { serverAuthentication: { credential: { username: 'me', password: 'p' } } });
  check(/\r\nauthorization: Basic bWU6cA==\r\n/.test(basic.result), 'basic');
  const ranged = await ask('/file', { resumeFrom: 299990, expectDataType: http.HttpDataType.ARRAY_BUFFER });
  check.equal(ranged.responseCode, 206, 'a part');
  check.equal(ranged.result.byteLength, 10, 'its size');

  const request = http.createHttp();
  const heard = [];
  let size = 0;
  request.on('dataReceive', (bytes) => { size += bytes.byteLength; });
  request.on('dataReceiveProgress', ({ receiveSize, totalSize }) => heard.push([receiveSize, totalSize]));
  const ended = new Promise((resolve) => request.on('dataEnd', resolve));
  check.equal(await request.requestInStream(`${at}/big`), 200, 'status of a stream');
  await ended;
  check.equal(size, 6 << 20, 'streams have no limit');
  check.equal(heard.at(-1).join(), [6 << 20, 6 << 20].join(), 'progress of a stream');
  const sent = [];
  const upload = http.createHttp();
  upload.on('dataSendProgress', ({ sendSize, totalSize }) => sent.push([sendSize, totalSize]));
  await upload.request(`${at}/echo`, { method: 'POST', extraData: new Uint8Array(200000).fill(66).buffer });
  await new Promise((resolve) => setTimeout(resolve, 0));
  check.equal(sent.at(-1)?.join(), '200000,200000', 'progress of what is sent');

  check.equal((await ask('/etag')).result, 'answer 0', 'nothing is kept yet');
  check.equal((await ask('/etag')).result, 'answer 1', 'nothing is kept without a cache');
  const cache = http.createHttpResponseCache();
  check.equal((await ask('/etag')).result, 'answer 2', 'kept from now on');
  check.equal((await ask('/etag')).result, 'answer 2', 'what is kept holds');
  check.equal((await ask('/asked')).result, '4', 'the server was asked about it');
  await cache.flush();
  await cache.delete();
  check.equal((await ask('/etag')).result, 'answer 4', 'no longer kept');

  const rcp = require('@hms:collaboration.rcp');
  const order = [];
  const session = rcp.createSession({
    baseAddress: at, headers: { 'x-session': 's' },
    interceptors: [{ intercept: async (context, next) => {
      order.push('before');
      const response = await next.handle(context);
      order.push('after');
      return response;
    } }],
  });
  const answer = await session.post('/echo', { q: 1 });
  check.equal(answer.statusCode, 200, 'rcp');
  check(answer.toString().includes('x-session: s') && answer.toString().endsWith('{"q":1}'), 'what rcp sends');
  check.equal(order.join(), 'before,after', 'interceptors');
  const waiting = check.code(() => session.get('/silent'));
  session.cancel();
  check.equal(await waiting, 1007900992, 'a cancelled request');
  check.equal(await check.code(() => rcp.createSession().get('http://127.0.0.1:1/')), 1007900007, 'codes of rcp');
  session.close();
  check.equal(await check.code(() => session.get('/echo')), 1007900993, 'a closed session');

  const connection = require('@ohos:net.connection');
  await connection.addCustomDnsRule('somewhere.invalid', ['127.0.0.1']);
  check.equal((await http.createHttp().request(`http://somewhere.invalid:${port}/asked`)).responseCode, 200, 'a name that the app knows');
  await connection.clearCustomDnsRules();
  check.equal(await check.code(() => http.createHttp().request(`http://somewhere.invalid:${port}/asked`, { usingProtocol: 0 })), 2300006, 'and knows no more');
})
