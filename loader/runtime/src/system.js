// What the faces of system modules may use (see FaceModule).
(function (host) {
  "use strict";
  const { apply } = Reflect;
  const { Error, Map, Promise, Proxy, Symbol } = globalThis;
  const promiseThen = Promise.prototype.then;
  const resolve = value => new Promise(done => done(value));

  class BusinessError extends Error {
    constructor(code, message, data) {
      super(message);
      this.code = code;
      if (data !== undefined) this.data = data;
    }
  }
  Object.defineProperty(BusinessError.prototype, "name", { value: "BusinessError", writable: true, configurable: true });

  /** A function that is missing: counts the call and throws 801. */
  function stub(path) {
    const name = path.slice(Math.max(path.lastIndexOf(":"), path.lastIndexOf(".")) + 1);
    return {
      [name]() {
        host.stub(path);
        throw new BusinessError(801, `Capability not supported: ${path} is not implemented by Concord`);
      },
    }[name];
  }

  /**
   * Stands for a module that the platform has and we lack, or a member of it: it can be read, compared, passed on and extended
   * (apps read enumerations while they load), and fails with 801 when it is called.
   */
  function placeholder(path, target = {}) {
    const members = new Map();
    const used = stub(path);
    return new Proxy(target, {
      has: (_, key) => typeof key === "string" && key !== "then" && key !== "default",
      get(_, key) {
        if (key === Symbol.toPrimitive) return hint => (hint === "number" ? NaN : `[${path}]`);
        if (typeof key === "symbol" || key === "then" || key === "toJSON") return undefined;
        if (key === "prototype") return target.prototype;
        if (!members.has(key)) {
          const separator = typeof target === "function" ? "." : ":";
          members.set(key, placeholder(path + separator + key, function () {}));
        }
        return members.get(key);
      },
      set: () => true,
      apply: used,
      construct: used,
    });
  }

  function later(f, ...args) {
    host.post(() => apply(f, undefined, args));
  }

  function async(f, callback, receiver) {
    let result;
    try {
      result = resolve(f());
    } catch (error) {
      result = new Promise((_, reject) => reject(error));
    }
    if (typeof callback !== "function") return result;
    apply(promiseThen, result, [
      value => host.post(() => apply(callback, receiver, [undefined, value])),
      error => host.post(() => apply(callback, receiver, [error])),
    ]);
    return undefined;
  }

  /** Adds what the registration table calls a stub and the face does not have. */
  function addStubs(exports, request, paths) {
    for (const path of paths) {
      const names = path.split(".");
      // The namespace of the declaration is the exports object itself.
      if (names.length > 1 && !(names[0] in exports)) names.shift();
      const member = names.pop();
      const owner = names.reduce((value, name) => value?.[name], exports);
      const holds = (typeof owner === "object" && owner !== null) || typeof owner === "function";
      if (member !== "*" && holds && !(member in owner)) owner[member] = stub(`${request}:${path}`);
    }
  }

  return {
    system: { BusinessError, stub, placeholder, later, async, report: path => host.stub(path),
      require: request => host.require(request), sourceOf: host.sourceOf,
      sharing: host.sharing },
    addStubs,
  };
})
