// @concord:kv/values: keys, values and errors of stores of keys and values. Not a module of the platform.
(function (host, system) {
  'use strict';

  const Constants = Object.freeze({
    MAX_KEY_LENGTH: 1024, MAX_VALUE_LENGTH: 4194303, MAX_KEY_LENGTH_DEVICE: 896, MAX_STORE_ID_LENGTH: 128, MAX_QUERY_LENGTH: 512000,
    MAX_BATCH_SIZE: 128,
  });
  const ValueType = { STRING: 0, INTEGER: 1, FLOAT: 2, BYTE_ARRAY: 3, BOOLEAN: 4, DOUBLE: 5, LONG: 6 };
  const encoder = new (system.require('@ohos:util').TextEncoder)();

  function fail(code, message) {
    throw new system.BusinessError(code, message);
  }

  const invalid = (what) => fail(401, `Parameter error:${what}`);

  const bytesOf = (text) => (text.length > 1 << 20 ? encoder.encodeInto(text).length : unitsOf(text));

  function unitsOf(text) {
    let length = text.length;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) length += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
    }
    return length;
  }

  function key(given, most = Constants.MAX_KEY_LENGTH) {
    if (typeof given !== 'string') invalid('The type of key must be string.');
    const length = bytesOf(given);
    if (length === 0 || length > most) invalid(`The length of key must be between 1 and ${most} bytes.`);
    return given;
  }

  /** The type of a value that is put without one. */
  function typeOf(value) {
    switch (typeof value) {
      case 'string': return ValueType.STRING;
      case 'boolean': return ValueType.BOOLEAN;
      case 'number': return ValueType.DOUBLE;
      default:
        return value instanceof Uint8Array ? ValueType.BYTE_ARRAY : invalid('The type of value must be Uint8Array, string, number or boolean.');
    }
  }

  const KINDS = ['string', 'number', 'number', 'bytes', 'boolean', 'number', 'number'];

  function checkValue(type, value) {
    const kind = value instanceof Uint8Array ? 'bytes' : typeof value;
    if (KINDS[type] !== kind) invalid('The value does not match its type.');
    const length = kind === 'string' ? bytesOf(value) : kind === 'bytes' ? value.length : 0;
    if (length > Constants.MAX_VALUE_LENGTH) invalid(`The length of value must be at most ${Constants.MAX_VALUE_LENGTH} bytes.`);
    return value;
  }

  /** An entry as it is kept: key, type, value. */
  function entry(given, most) {
    if (typeof given !== 'object' || given === null || typeof given.value !== 'object' || given.value === null) {
      invalid('The type of entries must be Entry.');
    }
    const { type, value } = given.value;
    return [key(given.key, most), type, checkValue(type, value)];
  }

  function fromRow([name, type, value]) {
    return { key: name, value: { type, value: type === ValueType.BOOLEAN ? value !== 0 : value } };
  }

  // Codes of databases → of these stores.
  const CODES = {
    14800011: [15100003, 'Database corrupted.'],
    14800014: [15100005, 'Database or result set already closed.'],
  };

  function translated(error) {
    const known = CODES[error?.code];
    if (known !== undefined) return new system.BusinessError(...known);
    return error?.code === undefined || error.code === 401 ? error : new system.BusinessError(15100000, `Inner error. ${error.message}`);
  }

  /** What comes of a promise of a database, with the codes of these stores. */
  async function told(promise) {
    try {
      return await promise;
    } catch (error) {
      throw translated(error);
    }
  }

  return { Constants, ValueType, fail, invalid, key, typeOf, checkValue, entry, fromRow, told };
})
