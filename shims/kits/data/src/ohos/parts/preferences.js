// @concord:preferences: what both kinds of preferences have in common: checks, the texts that values are kept as, stores and their
// events. Not a module of the platform.
(function (host, system) {
  'use strict';

  const { Base64Helper } = system.require('@concord:util.base64');

  const MAX_KEY_LENGTH = 1024;
  const MAX_VALUE_LENGTH = 16 * 1024 * 1024;
  const StorageType = { XML: 0, GSKV: 1 };
  const MOST_NAME = 255;
  const base64 = new Base64Helper();
  const { parse, stringify } = JSON;

  const fail = (code, message) => {
    throw new system.BusinessError(code, message);
  };

  /** Length in UTF-8. */
  function bytesOf(text) {
    let length = text.length;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) length += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
    }
    return length;
  }

  function checkKey(key) {
    if (typeof key !== 'string') fail(401, 'Parameter error. The type of \'key\' must be string.');
    if (key === '') fail(401, 'Parameter error. The key must be not empty.');
    if (key.length * 3 > MAX_KEY_LENGTH && bytesOf(key) > MAX_KEY_LENGTH) {
      fail(401, `Parameter error. The key must be less than ${MAX_KEY_LENGTH} bytes.`);
    }
    return key;
  }

  // A letter for the type, then the value.
  function encode(value) {
    switch (typeof value) {
      case 'string':
        if (value.length * 3 > MAX_VALUE_LENGTH && bytesOf(value) > MAX_VALUE_LENGTH) {
          fail(401, `Parameter error. The value must be less than ${MAX_VALUE_LENGTH} bytes.`);
        }
        return `s${value}`;
      case 'number': return `n${Object.is(value, -0) ? '-0' : value}`;
      case 'boolean': return value ? 'b1' : 'b0';
      case 'bigint': return `i${value}`;
      case 'object':
        if (value === null) break;
        if (value instanceof Uint8Array) return `u${base64.encodeToStringSync(value)}`;
        return `j${stringify(value)}`;
      default:
    }
    return fail(401, 'Parameter error. The type of \'value\' must be ValueType.');
  }

  function decode(text) {
    const rest = text.slice(1);
    switch (text[0]) {
      case 's': return rest;
      case 'n': return Number(rest);
      case 'b': return rest === '1';
      case 'i': return BigInt(rest);
      case 'u': return base64.decodeSync(rest);
      case 'j':
      case 'a' /* of an instance for shared values */: return parse(rest);
      default: return undefined;
    }
  }

  /** The file of a store, as a name of the sandbox. */
  function pathOf(context, options) {
    const { name, dataGroupId } = typeof options === 'string' ? { name: options } : options ?? {};
    if (typeof context !== 'object' || context === null || typeof context.preferencesDir !== 'string') {
      fail(401, 'Parameter error. The context is invalid.');
    }
    if (typeof name !== 'string' || name === '' || name.includes('/') || bytesOf(name) > MOST_NAME) {
      fail(401, `Parameter error. The type of 'name' must be a string of at most ${MOST_NAME} bytes without path.`);
    }
    // Apps belong to no groups here.
    if (dataGroupId !== undefined && dataGroupId !== null) {
      if (typeof dataGroupId !== 'string') fail(401, 'Parameter error. The type of \'dataGroupId\' must be string.');
      fail(15501002, 'The data group id is not valid.');
    }
    return `${context.preferencesDir}/${name}`;
  }

  function typeOf(options) {
    const type = options?.storageType ?? StorageType.XML;
    if (type !== StorageType.XML && type !== StorageType.GSKV) fail(401, 'Parameter error. The storage type value is invalid.');
    return type;
  }

  // --- events: the functions that Rust calls by number

  const told = new Map();
  let last = 0;

  /** The events of one store: `plain(entries)` is what observers of data get, `read(text)` a value. */
  class Events {
    #handle;
    #listening;
    #plain;
    #read;
    #observers = { change: new Set(), multiProcessChange: new Set() };
    #data = [];

    constructor(handle, plain, read = decode) {
      this.#handle = handle;
      this.#plain = plain;
      this.#read = read;
    }

    static #kind(type) {
      if (type !== 'change' && type !== 'multiProcessChange' && type !== 'dataChange') {
        fail(401, 'Parameter error. The type must be change, multiProcessChange or dataChange.');
      }
      return type;
    }

    static #keys(keys) {
      if (!Array.isArray(keys)) fail(401, 'Parameter error. The type of \'keys\' must be array.');
      return keys.map(checkKey);
    }

    on(type, ...args) {
      Events.#kind(type);
      const callback = type === 'dataChange' ? args[1] : args[0];
      const keys = type === 'dataChange' ? Events.#keys(args[0]) : undefined;
      if (typeof callback !== 'function') fail(401, 'Parameter error. The type of \'callback\' must be function.');
      if (keys !== undefined) this.#data.push({ keys: new Set(keys), callback });
      else this.#observers[type].add(callback);
      if (this.#listening === undefined) {
        last += 1;
        const token = last;
        told.set(token, (changes) => this.#tell(changes));
        this.#listening = { token, handle: host.listen(this.#handle, token) };
      }
    }

    off(type, ...args) {
      Events.#kind(type);
      const callback = args.find((arg) => typeof arg === 'function');
      const given = type === 'dataChange' ? args[1] : args[0];
      if (callback === undefined && given !== undefined && given !== null) {
        fail(401, 'Parameter error. The type of \'callback\' must be function.');
      }
      if (type === 'dataChange') {
        const keys = Events.#keys(args[0] ?? []);
        for (const observer of this.#data) {
          if (callback !== undefined && observer.callback !== callback) continue;
          if (keys.length === 0) observer.keys.clear();
          keys.forEach((key) => observer.keys.delete(key));
        }
        this.#data = this.#data.filter((observer) => observer.keys.size > 0);
      } else if (callback === undefined) {
        this.#observers[type].clear();
      } else {
        this.#observers[type].delete(callback);
      }
      const idle = this.#data.length + this.#observers.change.size + this.#observers.multiProcessChange.size === 0;
      if (idle && this.#listening !== undefined) {
        told.delete(this.#listening.token);
        host.ignore(this.#listening.handle);
        this.#listening = undefined;
      }
    }

    #tell(changes) {
      const { change, multiProcessChange } = this.#observers;
      for (const [key] of changes) {
        for (const observer of [...change, ...multiProcessChange]) system.later(observer, key);
      }
      for (const { keys, callback } of [...this.#data]) {
        const wanted = changes.filter(([key]) => keys.has(key));
        if (wanted.length > 0) {
          system.later(callback, this.#plain(wanted.map(([key, text]) => [key, text === null ? undefined : this.#read(text)])));
        }
      }
    }
  }

  return {
    ...host, MAX_KEY_LENGTH, MAX_VALUE_LENGTH, StorageType, fail, checkKey, encode, decode, pathOf, typeOf, Events,
    told(token, list) {
      const changes = [];
      for (let index = 0; index < list.length; index += 2) changes.push([list[index], list[index + 1]]);
      told.get(token)?.(changes);
    },
    pairs(handle, read = decode) {
      const list = host.all(handle);
      return Array.from({ length: list.length / 2 }, (_, index) => [list[2 * index], read(list[2 * index + 1])]);
    },
    flushed: (handle) => new Promise((resolve, reject) => {
      host.flush(handle, (error) => (error === undefined ? resolve() : reject(error)));
    }),
  };
})
