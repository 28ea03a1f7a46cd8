// @concord:kits/declared: functions from their signatures, for modules in which many functions have the same form.
//
// `'pair(id: string, timeout?: number): Promise'` in a table becomes a function that checks its arguments (401), then the
// permissions (201), then calls the body. `: Promise` marks those that also take a callback behind their arguments.
(function (host, system) {
  'use strict';
  const permissions = system.require('@concord:kits/permissions');

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };

  // A body that always fails so.
  const refuse = (code, message) => () => fail(code, message);

  const isObject = (value) => typeof value === 'object' && value !== null;
  const TESTS = {
    any: () => true,
    string: (value) => typeof value === 'string',
    number: (value) => typeof value === 'number',
    bigint: (value) => typeof value === 'bigint',
    boolean: (value) => typeof value === 'boolean',
    function: (value) => typeof value === 'function',
    object: isObject,
    array: Array.isArray,
    buffer: (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value),
  };

  // 'id: string' → {name, optional, types}
  function parameterOf(text) {
    const [, name, optional, types] = /^(\w+)(\??): ([\w|]+)$/.exec(text) ?? fail(401, `Not a parameter: ${text}`);
    return { name, isOptional: optional !== '', types: types.split('|') };
  }

  function parse(signature) {
    const [, name, parameters, result] = /^(\w+)\((.*)\)(: Promise)?$/.exec(signature) ?? fail(401, `Not a signature: ${signature}`);
    return { name, parameters: parameters === '' ? [] : parameters.split(', ').map(parameterOf), isAsync: result !== undefined };
  }

  const wrong = (name, type) => fail(401, `Parameter error. The type of "${name}" must be ${type}.`);

  function check(parameters, args) {
    parameters.forEach(({ name, isOptional, types }, index) => {
      const value = args[index];
      if (value === undefined || value === null) {
        if (!isOptional) {
          fail(401, `Parameter error. "${name}" is missing.`);
        }
      } else if (!types.some((type) => TESTS[type](value))) {
        wrong(name, types.join(' or '));
      }
    });
  }

  // Takes the callback from the end of `args`, where an asynchronous function has one.
  function callbackOf(parameters, args) {
    const last = args.length - 1;
    const declared = parameters[last];
    if (last < 0 || declared?.types.includes('function')) {
      return undefined;
    }
    if (typeof args[last] === 'function') {
      return args.pop();
    }
    if (declared === undefined && last === parameters.length && args[last] !== undefined && args[last] !== null) {
      wrong('callback', 'function');
    }
    return undefined;
  }

  function declared({ parameters, isAsync }, needed, body) {
    const run = (receiver, args) => {
      needed.forEach(permissions.demand);
      return body.apply(receiver, args);
    };
    return function (...args) {
      const callback = isAsync ? callbackOf(parameters, args) : undefined;
      check(parameters, args);
      return isAsync ? system.async(() => run(this, args), callback) : run(this, args);
    };
  }

  // The functions of a table, by name. `needed` are the permissions of all of them.
  function declare(needed, table) {
    return Object.fromEntries(Object.entries(table).map(([text, body]) => {
      const signature = parse(text);
      return [signature.name, declared(signature, needed, body)];
    }));
  }

  // The same as methods of a class, which the program cannot list.
  function methods(Class, needed, table) {
    for (const [name, value] of Object.entries(declare(needed, table))) {
      Object.defineProperty(Class.prototype, name, { value, writable: true, configurable: true });
    }
    return Class;
  }

  const NOBODY = { on() {}, off() {} };

  /**
   * `on(type, …, callback)` and `off(type, …, callback?)` for the events of `types` (name → permissions, or an array of names
   * that need none). `emit(type, news)` calls whoever listens. `watch.on(type, callback, ...others)` may refuse a listener.
   */
  function events(types, watch = NOBODY) {
    const needs = new Map(Array.isArray(types) ? types.map((type) => [type, []]) : Object.entries(types));
    const listeners = new Map();
    const checked = (type) => {
      if (!needs.has(type)) {
        fail(401, `Parameter error. The event "${String(type)}" is unknown.`);
      }
      needs.get(type).forEach(permissions.demand);
    };
    return {
      on(type, ...rest) {
        const callback = rest.findLast((value) => typeof value === 'function') ?? wrong('callback', 'function');
        checked(type);
        watch.on.call(this, type, callback, ...rest.filter((value) => value !== callback));
        const heard = listeners.get(type) ?? new Set();
        listeners.set(type, heard.add(callback));
      },
      off(type, ...rest) {
        const last = rest.at(-1);
        if (last !== undefined && last !== null && typeof last !== 'function' && !isObject(last) && rest.length === 1) {
          wrong('callback', 'function');
        }
        checked(type);
        const callback = rest.findLast((value) => typeof value === 'function');
        if (callback === undefined) {
          listeners.delete(type);
        } else {
          listeners.get(type)?.delete(callback);
        }
        watch.off.call(this, type, callback);
      },
      emit: (type, ...news) => [...listeners.get(type) ?? []].forEach((callback) => system.later(callback, ...news)),
      hears: (type) => (listeners.get(type)?.size ?? 0) > 0,
    };
  }

  return { declare, methods, events, refuse, fail };
})
