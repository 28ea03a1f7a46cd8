// Part of @ohos:buffer: parameter checks with the platform's texts.
(function (host, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');

  const ENCODINGS = new Set([
    'ascii', 'utf8', 'utf-8', 'utf16le', 'utf-16le', 'ucs2', 'ucs-2', 'base64', 'base64url', 'latin1', 'binary', 'hex',
  ]);
  const MAX_LENGTH = 2 ** 32;

  function typeName(value) {
    if (value === null) return 'null';
    return typeof value === 'object' ? value.constructor?.name ?? 'unknown' : typeof value;
  }

  function wrongType(name, types, value) {
    fail(401, `Parameter error. The type of "${name}" must be ${types}. Received value is: ${typeName(value)}`);
  }

  function outOfRange(name, low, high, value) {
    fail(10200001, `The value of "${name}" is out of range. It must be >= ${low} and <= ${high}. Received value is: ${value}`);
  }

  function checkNumber(name, value) {
    if (typeof value !== 'number') wrongType(name, 'number', value);
    return value;
  }

  function checkInteger(name, value, low, high) {
    checkNumber(name, value);
    if (!Number.isInteger(value) || value < low || value > high) outOfRange(name, low, high, value);
    return value;
  }

  function checkSize(name, value) {
    if (typeof value !== 'number' || value < 0 || Number.isNaN(value)) {
      fail(401, `Parameter error. The type of "${name}" must be number and the value cannot be negative. `
        + `Received value is: ${typeName(value)}`);
    }
    if (value > MAX_LENGTH) outOfRange(name, 0, MAX_LENGTH, value);
    return Math.floor(value);
  }

  const isEncoding = (encoding) => typeof encoding === 'string' && ENCODINGS.has(encoding.toLowerCase());

  function checkEncoding(encoding) {
    if (encoding === undefined || encoding === null) return 'utf8';
    if (typeof encoding !== 'string') wrongType('encoding', 'BufferEncoding', encoding);
    if (!isEncoding(encoding)) {
      fail(401, `Parameter error. The type of "encoding" must be BufferEncoding. the encoding ${encoding} is unknown`);
    }
    return encoding.toLowerCase();
  }

  return { MAX_LENGTH, wrongType, outOfRange, checkNumber, checkInteger, checkSize, isEncoding, checkEncoding };
})
