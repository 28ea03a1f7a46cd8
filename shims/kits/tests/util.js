(function (require, check) {
  'use strict';

  const util = require('@ohos:util');
  const codeOf = (f) => {
    try {
      f();
    } catch (error) {
      return error.code;
    }
    return 0;
  };

  check(util.format('%s %d%% %i %o', 'a', 2, 3.9, { b: ['x'] }) === "a 2% 3 { b:\n  [ 'x', [length]: 1 ] }", 'format');
  check(util.format('%O', { name: 'J', at: { c: 1 } }) === "{ name: 'J',\n  at:\n  { c: 1 } }", 'format %O');
  check(util.format('x', 1, 'y') === 'x 1 y', 'arguments without a place');
  const lone = new util.TextEncoder().encodeInto('\ud800\u00a5');
  check(lone.join() === '237,160,128,194,165', `lone surrogate ${lone}`);
  check(new util.TextEncoder('gbk').encodeInto('\u4f60').join() === '196,227', 'gbk');
  const keep = util.TextDecoder.create('utf-8').decodeToString(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]));
  check(keep === '\ufeffa', 'BOM stays');
  check(codeOf(() => util.TextDecoder.create('utf-8', { fatal: true }).decodeToString(new Uint8Array([0xff]))) === 401, 'fatal');
  check(codeOf(() => new util.TextEncoder('nonsense')) === 401, 'encoding');
  check(new util.Base64Helper().encodeToStringSync(new Uint8Array([0, 1]), util.Type.MIME) === 'AAE=\r\n', 'MIME');
  check(util.errnoToString(-2) === 'no such file or directory', 'errno');
  check(util.getHash({}) !== util.getHash({}), 'hash');
  const types = new util.types();
  check(types.isAsyncFunction(async () => {}) && types.isGeneratorObject((function* () {})()), 'types of functions');
  check(types.isUint8Array(new Uint8Array(1)) && !types.isUint8Array({ [Symbol.toStringTag]: 'Uint8Array' }), 'no fakes');
  check(types.isMapIterator(new Map().keys()) && types.isSetIterator(new Set().values()), 'iterators');
  check(types.isArgumentsObject((function () { return arguments; })()), 'arguments');
  const cache = new util.LRUCache(1);
  cache.put('a', 1);
  cache.put('b', 2);
  check(cache.toString() === 'LRUCache[ maxSize = 1, hits = 0, misses = 0, hitRate = 0% ]', 'LRUCache');
  check(cache.getRemovalCount() === 1, 'removals');
  check(codeOf(() => new util.LRUCache(-1)) === 401, 'capacity');
  check(`${util.RationalNumber.parseRationalNumber(2, -4)}` === '-1/2', 'sign');
  check(util.RationalNumber.parseRationalNumber(0, 5).toString() === '0/1', 'zero');
  check(codeOf(() => new util.ScopeHelper(1, 2).intersect(3, 4)) === 401, 'empty intersection');
})
