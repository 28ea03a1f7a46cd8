(async function (require, check, { port }) {
  const http = require('@ohos:net.http');
  const get = (path, options) => http.createHttp().request(`http://127.0.0.1:${port}${path}`, options);
  const code = (path, options) => check.code(() => get(path, options));

  check.equal(await code('/silent', { readTimeout: 200 }), 2300028, 'a server that never answers');
  check.equal(await code('/endless'), 2300056, 'a head without end');
  check.equal(await code('/half-head'), 2300052, 'closed in the middle of the head');
  check.equal(await code('/half-body'), 2300018, 'closed in the middle of the body');
  check.equal(await code('/half-chunk'), 2300018, 'closed in the middle of chunks');
  check.equal((await get('/lie')).result, 'hello', 'more than was announced');
  check.equal(await code('/nonsense'), 2300008, 'what is no HTTP');
  check.equal(await code('/loop'), 2300047, 'redirections without end');
  check.equal((await get('/loop', { maxRedirects: 0 })).responseCode, 302, 'no redirection is followed');
  check.equal(await code('/ftp'), 2300001, 'redirected to another protocol');
  check.equal(await code('/big'), 2300023, 'more than 5 MB');
  check.equal((await get('/big', { maxLimit: 7 << 20 })).result.length, 6 << 20, 'more than 5 MB when asked for');
  check.equal(await check.code(() => http.createHttp().request('http://')), 2300003, 'no host');
  check.equal(await check.code(() => http.createHttp().request('http://name.invalid/')), 2300006, 'a name that nobody has');
  check.equal(await check.code(() => http.createHttp().request('http://127.0.0.1:1/')), 2300007, 'nobody listens');
  check.equal(await code('/echo', { caPath: '/data/storage/el2/base/files/none.pem' }), 0, 'no certificates are needed without TLS');
  check.equal(await check.code(() => http.createHttp().request(`https://127.0.0.1:${port}/`, { connectTimeout: 200 })), 2300028, 'TLS to a server without');

  const request = http.createHttp();
  const pending = check.code(() => request.request(`http://127.0.0.1:${port}/silent`));
  request.destroy();
  check.equal(await pending, 2300023, 'given up');

  const all = await Promise.all(Array.from({ length: 100 }, (_, i) => get(`/echo?${i}`)));
  check(all.every(({ result }, i) => result.startsWith(`GET /echo?${i} `)), 'a hundred at once');
})
