// The part of the module graph that is made of JavaScript objects: cells, module objects, namespace objects, promises.
// Called with natives of graph.rs; everything it uses of the language is captured here, because programs may patch it.
(function (host, hole) {
  "use strict";
  const { create, defineProperty, preventExtensions, is } = Object;
  const { apply, defineProperty: reflectDefine, deleteProperty, getOwnPropertyDescriptor, has } = Reflect;
  const { Promise, Proxy, ReferenceError, SyntaxError } = globalThis;
  const { toStringTag } = Symbol;
  const promiseThen = Promise.prototype.then;
  const { add: weakSetAdd, has: weakSetHas } = WeakSet.prototype;
  const hasOwn = Object.prototype.hasOwnProperty;

  const carrier = "concord:value";

  const isObject = value => (typeof value === "object" && value !== null) || typeof value === "function";

  /** Concurrent functions and where they stand: id of the module, offset of the method. */
  const concurrents = new WeakMap();
  const { get: weakMapGet, set: weakMapSet } = WeakMap.prototype;

  /** `$m` of one module: cells of its imports (set by the linker) and exports, and the requests that run later. */
  function module(id, imports, slots, key) {
    const i = [], e = [], c = create(null), namespaces = [];
    for (let k = 0; k < imports; k++) i[k] = undefined;
    for (let k = 0; k < slots; k++) e[k] = { v: hole };
    return {
      i, e, c, s: undefined,
      /** Names the record in other threads. */
      key,
      ns(request) {
        return namespaces[request] ??= host.namespace(id, request);
      },
      /** A concurrent function was made, which uses these imports. */
      concurrent(offset, f, used) {
        c[offset] = { __proto__: null, f, used };
        apply(weakMapSet, concurrents, [f, [id, offset]]);
      },
      /** `let`, `const` or `class` at the top of a script: the global binding exists from here on. */
      declare(name, constant, value) {
        defineProperty(globalThis, carrier, { __proto__: null, value, configurable: true });
        try {
          host.declare(`${constant ? "const" : "let"} ${name} = this["${carrier}"];`);
        } finally {
          delete globalThis[carrier];
        }
      },
      async import(specifier) {
        const text = `${specifier}`;
        await undefined;
        return host.import(id, text);
      },
    };
  }

  /** Module and offset of a concurrent function; `undefined` for any other value. */
  const concurrentPlace = value => (typeof value === "function" ? apply(weakMapGet, concurrents, [value]) : undefined);

  /** A concurrent function of a module, with the imports that it uses. */
  const concurrentOf = (m, offset) => m.c[offset];

  /** Live binding: both modules share the cell. */
  function bind(m, index, exporter, slot) {
    m.i[index] = exporter.e[slot];
  }

  /** An import that names nothing: an error for modules that use it; compilers leave unused imports of types behind. */
  function refuse(m, index, message) {
    defineProperty(m.i, index, {
      __proto__: null,
      get() {
        throw new SyntaxError(message);
      },
    });
  }

  /** Any other cell. */
  function place(m, index, cell) {
    m.i[index] = cell;
  }

  /** Cell of an `import lazy`: the exporting module is evaluated when it is first read. */
  function lazy(exporter, cell) {
    let evaluated = false;
    return {
      get v() {
        if (!evaluated) {
          host.evaluate(exporter);
          evaluated = true;
        }
        return cell.v;
      },
    };
  }

  /** Cell of a namespace object, made when it is first read. */
  function namespaceCell(id) {
    let value;
    return {
      get v() {
        return value ??= host.namespaceOf(id);
      },
    };
  }

  /** Cell of a property of an exports object that is not there yet. */
  function pending() {
    return { v: hole };
  }

  const nowhere = new WeakSet();

  /** Gives such a cell its value. `missing` says what reading an absent export does. */
  function fill(cell, exports, name, ownDefault, missing) {
    const there = isObject(exports) && !apply(weakSetHas, nowhere, [exports]);
    if (name === "default" && (there || !isObject(exports))) {
      cell.v = ownDefault && there && apply(hasOwn, exports, ["default"]) ? exports.default : exports;
    } else if (there && has(exports, name)) {
      cell.v = exports[name];
    } else {
      defineProperty(cell, "v", { __proto__: null, get: missing });
    }
  }

  function read(cell, name) {
    const value = cell.v;
    if (value === hole) throw new ReferenceError(`${name} is not initialized`);
    return value;
  }

  /** Module namespace exotic object (ECMA-262, 10.4.6) over cells; names are sorted by code units. */
  function namespace(names, cells) {
    const target = create(null), map = create(null);
    for (let k = 0; k < names.length; k++) {
      map[names[k]] = cells[k];
      defineProperty(target, names[k], { __proto__: null, value: undefined, writable: true, enumerable: true, configurable: false });
    }
    defineProperty(target, toStringTag, { __proto__: null, value: "Module", writable: false, enumerable: false, configurable: false });
    preventExtensions(target);
    const describe = key => {
      if (typeof key === "symbol") return getOwnPropertyDescriptor(target, key);
      const cell = map[key];
      return cell && { value: read(cell, key), writable: true, enumerable: true, configurable: false };
    };
    return new Proxy(target, {
      __proto__: null,
      get(_, key) {
        if (typeof key === "symbol") return target[key];
        const cell = map[key];
        return cell && read(cell, key);
      },
      set: () => false,
      getOwnPropertyDescriptor: (_, key) => describe(key),
      defineProperty(_, key, wanted) {
        if (typeof key === "symbol") return reflectDefine(target, key, wanted);
        const current = describe(key);
        if (!current || wanted.configurable === true || wanted.enumerable === false || wanted.writable === false) return false;
        if ("get" in wanted || "set" in wanted) return false;
        return !("value" in wanted) || is(wanted.value, current.value);
      },
      deleteProperty: (_, key) => (typeof key === "symbol" ? deleteProperty(target, key) : !(key in map)),
    });
  }

  const proxyOf = (member, has) =>
    new Proxy(create(null), {
      __proto__: null,
      get: (_, key) => (typeof key === "symbol" || key === "then" || key === "toJSON" ? undefined : member(key)),
      has,
    });

  /** Exports of a system module that is not there: every member is undefined, after `member(name)` was told. */
  function absent(member) {
    const exports = proxyOf(member, () => false);
    apply(weakSetAdd, nowhere, [exports]);
    return exports;
  }

  /** Exports of a native library that is not there: every member is the function `member(name)`. */
  function broken(member) {
    return proxyOf(member, (_, key) => typeof key === "string" && key !== "then" && key !== "default");
  }

  /** `then` that a program cannot have patched. */
  function then(promise, fulfilled, rejected) {
    apply(promiseThen, promise, [fulfilled, rejected]);
  }

  /** A promise of `f()` after `promise` is fulfilled. */
  async function after(promise, f) {
    await promise;
    return f();
  }

  /** Runs a CommonJS module; gives its `module` object before (through `made`), so that cycles see partial exports. */
  function commonjs(id, main, filename, dirname, made) {
    const module = { exports: {}, id: filename, filename, path: dirname, loaded: false };
    made(module);
    const require = specifier => host.require(id, `${specifier}`);
    apply(main, undefined, [module.exports, require, module, filename, dirname]);
    module.loaded = true;
  }

  return { module, bind, refuse, place, lazy, namespaceCell, pending, fill, namespace, absent, broken, then, after, commonjs,
    concurrentPlace, concurrentOf };
})
