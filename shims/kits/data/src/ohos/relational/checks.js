// @concord:relational/checks: arguments of relational databases, and how their errors are worded. Not a module of the platform.
(function (host, system) {
  'use strict';

  const { BusinessError } = system;
  const MOST_VALUES = 32766;

  function fail(code, message) {
    throw new BusinessError(code, message);
  }

  /** 401 as this module of the platform words it. */
  function must(condition, name, be) {
    if (!condition) fail(401, `Parameter error. The ${name} must be ${be}`);
  }

  function text(value, name) {
    must(typeof value === 'string', name, 'a string.');
    must(value !== '', name, 'not empty string.');
    return value;
  }

  const isPlain = (value) => typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer);

  function isAsset(value) {
    return isPlain(value) && ['name', 'uri', 'path', 'createTime', 'modifyTime', 'size'].every((key) => typeof value[key] === 'string');
  }

  /** Whether something can be a value of a row or an argument of a statement. */
  function isValue(value) {
    switch (typeof value) {
      case 'number':
      case 'string':
      case 'boolean':
      case 'bigint':
      case 'undefined':
        return true;
      case 'object':
        return value === null || value instanceof Uint8Array || value instanceof Float32Array
          || (Array.isArray(value) ? value.every(isAsset) : isAsset(value));
      default:
        return false;
    }
  }

  function value(given, name) {
    must(isValue(given), name, 'a ValueType.');
    return given;
  }

  function values(given, name) {
    must(Array.isArray(given), name, 'a ValueType array.');
    given.forEach((one, index) => must(isValue(one), `${index}`, 'ValueObject'));
    return given;
  }

  function optionalValues(given, name = 'values') {
    return given === undefined || given === null ? [] : values(given, name);
  }

  function texts(given, name) {
    must(Array.isArray(given) && given.every((one) => typeof one === 'string'), name, 'a string array.');
    return given;
  }

  const optionalTexts = (given, name) => (given === undefined || given === null ? [] : texts(given, name));

  function int(given, name) {
    must(typeof given === 'number' && Number.isFinite(given), name, 'a number.');
    return Math.trunc(given);
  }

  /** A bucket as [names, values]; what is undefined is left out. */
  function bucket(given) {
    must(isPlain(given) && !Array.isArray(given), 'values', 'a ValuesBucket.');
    const fields = [];
    const list = [];
    for (const field of given instanceof Map ? given.keys() : Object.keys(given)) {
      const one = given instanceof Map ? given.get(field) : given[field];
      if (one === undefined) continue;
      if (!isValue(one)) must(false, `value type of ${field}`, 'valid.');
      fields.push(field);
      list.push(one);
    }
    if (fields.length === 0) fail(14800000, 'Inner error. Bucket must not be empty.');
    return [fields, list];
  }

  /** Buckets as [all names, values of one row after the other]; what a row lacks is NULL. */
  function buckets(given) {
    must(Array.isArray(given), 'values', 'a ValuesBucket array.');
    if (given.length === 0) return [[], []];
    const rows = given.map(bucket);
    const [first] = rows[0];
    const same = rows.every(([fields]) => fields.length === first.length && fields.every((field, index) => field === first[index]));
    if (same) return [first, rows.flatMap(([, list]) => list)];
    const fields = [...new Set(rows.flatMap(([names]) => names))];
    const list = rows.flatMap(([names, ones]) => {
      const row = new Map(names.map((name, index) => [name, ones[index]]));
      return fields.map((field) => row.get(field) ?? null);
    });
    return [fields, list];
  }

  function conflict(given) {
    if (given === undefined || given === null) return 0;
    must(Number.isInteger(given) && given >= 0 && given <= 5, 'conflictResolution', 'a ConflictResolution.');
    return given;
  }

  function callback(given, name = 'callback') {
    must(typeof given === 'function', name, 'a function.');
    return given;
  }

  /** Takes a callback from the end of arguments. */
  const callbackOf = (args) => (typeof args.at(-1) === 'function' ? args.pop() : undefined);

  function returning(config) {
    const { columns, maxReturningCount = 1024 } = config ?? {};
    const fits = Array.isArray(columns) && columns.length > 0 && columns.every((column) => typeof column === 'string' && column !== '')
      && Number.isInteger(maxReturningCount) && maxReturningCount > 0 && maxReturningCount <= MOST_VALUES;
    if (!fits) fail(14800001, 'Invalid args. Illegal ReturningConfig.');
    return [columns, maxReturningCount];
  }

  return {
    fail, must, text, value, values, optionalValues, texts, optionalTexts, int, bucket, buckets, conflict, callback, callbackOf, returning,
    isPlain, isAsset,
  };
})
