// @concord:arkui/uitest/arguments: what the functions of UiTest take, and what they say when they get something else.
(function (host, system) {
  'use strict';
  const BusinessError = system.BusinessError;

  const INVALID = 401;
  // What functions say that are younger than API 20.
  const INVALID_YOUNG = 17000007;

  const MESSAGES = {
    17000001: 'Initialization failed.',
    17000002: 'The async function is not called with await.',
    17000003: 'Assertion failed.',
    17000004: 'The window or component is invisible or destroyed.',
    17000005: 'This operation is not supported.',
    17000006: 'Internal error.',
  };

  const error = (code, message) => new BusinessError(code, message ?? MESSAGES[code]);

  // Objects by their fields; `?` marks what may be left out.
  const OBJECTS = {
    Point: { x: 'int', y: 'int', displayId: 'int?' },
    Rect: { left: 'int', top: 'int', right: 'int', bottom: 'int', displayId: 'int?' },
    WindowFilter: { bundleName: 'string?', title: 'string?', focused: 'bool?', actived: 'bool?', active: 'bool?', displayId: 'int?' },
    InputTextMode: { paste: 'bool?', addition: 'bool?' },
    TouchPadSwipeOptions: { stay: 'bool?', speed: 'int?' },
    TouchOptions: { speed: 'int?', duration: 'int?', pressure: 'float?' },
    KeyOptions: { key1: 'int?', key2: 'int?' },
    PenKeyOperationOptions: { point: 'Point?' },
    WindowChangeOptions: { timeout: 'int?', bundleName: 'string?' },
    ComponentEventOptions: { timeout: 'int?', on: 'On?' },
  };

  // Classes of UiTest by name, as they are made.
  const classes = new Map();

  const PLAIN = {
    int: (value) => Number.isInteger(value) && value >= 0,
    signed: (value) => Number.isInteger(value),
    float: (value) => typeof value === 'number' && Number.isFinite(value),
    bool: (value) => typeof value === 'boolean',
    string: (value) => typeof value === 'string',
    function: (value) => typeof value === 'function',
  };

  // Says what is wrong with a value; undefined when it fits.
  function problem(value, type) {
    const plain = PLAIN[type];
    if (plain) {
      return plain(value) ? undefined : `Expect ${type === 'signed' ? 'integer' : type === 'bool' ? 'boolean' : type}`;
    }
    const fields = OBJECTS[type];
    if (fields) {
      return typeof value === 'object' && value !== null ? objectProblem(value, fields, type) : `Expect ${type}`;
    }
    return value instanceof classes.get(type) ? undefined : `Expect ${type}`;
  }

  function objectProblem(value, fields, type) {
    for (const [name, field] of Object.entries(fields)) {
      const optional = field.endsWith('?');
      const member = value[name];
      if (member === undefined) {
        if (!optional) {
          return `Missing property ${name}`;
        }
        continue;
      }
      const wrong = problem(member, optional ? field.slice(0, -1) : field);
      if (wrong) {
        return wrong;
      }
    }
    return Object.keys(value).some((name) => !(name in fields)) ? `Illegal property of ${type}` : undefined;
  }

  function mismatch(args, types) {
    const given = args.findLastIndex((value) => value !== undefined && value !== null) + 1;
    const needed = types.filter((type) => !type.endsWith('?')).length;
    if (given > types.length || given < needed) {
      return 'Illegal argument count';
    }
    for (const [index, type] of types.entries()) {
      const value = args[index];
      if (value === undefined || value === null) {
        if (!type.endsWith('?')) {
          return `Expect ${type}`;
        }
        continue;
      }
      const wrong = problem(value, type.replace('?', ''));
      if (wrong) {
        return wrong;
      }
    }
    return undefined;
  }

  const split = (signature) => (signature === '' ? [] : signature.split(' '));

  // Throws when arguments fit none of several signatures (`'Point int?'`).
  function check(args, signatures, young) {
    let first;
    for (const signature of signatures) {
      const wrong = mismatch(args, split(signature));
      if (wrong === undefined) {
        return;
      }
      first ??= wrong;
    }
    throw error(young ? INVALID_YOUNG : INVALID, first);
  }

  return { check, error, classes, INVALID, INVALID_YOUNG };
})
