(function (require, check) {
  'use strict';

  const codeOf = (f) => {
    try {
      f();
    } catch (error) {
      return error.code;
    }
    return 0;
  };

  const buffer = require('@ohos:buffer');
  const some = buffer.from([1, 2, 3]);
  check(some[1] === 2 && some[9] === undefined, 'index');
  some[1] = 300;
  check(some.toString('hex') === '012c03', 'a byte');
  check(codeOf(() => { some.length = 1; }) === 10200013, 'read-only');
  check(buffer.from('\u4f60\u597d').write('\u4f60\u597d', 4) === 0, 'no half characters');
  check(buffer.from('-__-_w', 'base64').toString('base64') === '+//+/w==', 'both alphabets');
  check(buffer.from([0xe9]).toString('latin1') === '\u00e9' && buffer.from([0xe9]).toString('ascii') === 'i', 'single bytes');
  check(codeOf(() => buffer.from('a', 'utf-32')) === 401, 'encoding');
  check(new buffer.Blob([new Uint8Array(2), 'abc']).size === 5, 'Blob');

  const url = require('@ohos:url');
  const address = url.URL.parseURL('http://\u4f8b\u5b50.example/a b?x=1');
  check(address.pathname === '/a%20b' && address.hostname.startsWith('xn--'), address.href);
  address.params.append('y', '\u00e4 +');
  check(address.search === '?x=1&y=%C3%A4+%2B', address.search);
  address.search = '?only=1';
  check(address.params.get('only') === '1' && !address.params.has('x'), 'parameters follow');
  check(codeOf(() => url.URL.parseURL('http://[::1')) === 10200002, 'malformed');
  check(new url.URLParams({ a: 1 }).toString() === 'a=1' && codeOf(() => new url.URLParams([['a']])) === 401, 'pairs');
  check(new url.URLParams('a=%FF').get('a') === '\ufffd', 'not UTF-8');

  const { URI } = require('@ohos:uri');
  check(new URI('mailto:a@b').ssp === 'a@b' && new URI('mailto:a@b').checkOpaque(), 'opaque');
  check(new URI('https://[::1]:8/x').host === '[::1]' && new URI('//h/x').scheme === null, 'hosts');
  check(new URI('a/b/../../../c').normalize().path === '../c', 'normalize');
  check(codeOf(() => new URI('')) === 401 && codeOf(() => new URI('ht!tp://x')) === 10200002, 'malformed');
  check(new URI('http://h/p?a=b%26c&d').getQueryValue('a') === 'b&c', 'query');

  const json = require('@ohos:util.json');
  const big = json.parse('{"n":[12345678901234567890,{"__proto__":1}],"t":"1,2"}', null, { bigIntMode: 1 });
  check(big.n[0] === 12345678901234567890n && Object.hasOwn(big.n[1], '__proto__') && big.t === '1,2', 'big integers');
  check(json.stringify({ b: 2n ** 64n, s: '"' }) === '{"b":18446744073709551616,"s":"\\""}', 'written');
  check(json.stringify({ a: 1n, b: 2n }, ['b'], 1) === '{\n "b": 2\n}', 'with a list of keys');
  check(json.parse('[1,2]', (key, value) => (key === '0' ? undefined : value), { bigIntMode: 2 })[1] === 2n, 'reviver');
  const circle = {};
  circle.me = circle;
  check(codeOf(() => json.stringify(circle)) === 401 && codeOf(() => json.parse('{')) === 401, 'errors');
})
