  // ---- Generators ---------------------------------------------------------------------------------------------------------------

  // Native generators run translated ones. Inlined finalisers need the argument of `return`, which a finally block cannot see.
  const nativeReturn = GeneratorPrototype.return;
  let returned = void 0;
  builtin(GeneratorPrototype, "return", {
    return(value) {
      returned = value;
      return apply(nativeReturn, this, [value]);
    },
  }.return);
  $.returned = () => {
    const value = returned;
    returned = void 0;
    return value;
  };

  const prototypeOr = (func, fallback) => {
    const prototype = func.prototype;
    return isObject(prototype) ? prototype : fallback;
  };
  function asGeneratorFunction(func, length, functionPrototypeOfKind, prototypeOfKind) {
    setPrototypeOf(func, functionPrototypeOfKind);
    defineProperty(func, "prototype", { __proto__: null, value: create(prototypeOfKind), writable: true, enumerable: false, configurable: false });
    return length === void 0 ? func : $.fn(func, func.name, length);
  }
  $.generatorFunction = (func, length) => asGeneratorFunction(func, length, GeneratorFunctionPrototype, GeneratorPrototype);
  $.generator = (func, body, receiver) => {
    body.prototype = prototypeOr(func, GeneratorPrototype);
    return apply(body, receiver, []);
  };

  /** Lets `yield*` hand out a result object as it is; its own value is what the generator is resumed with. */
  class RawResult {
    constructor(result) {
      this.result = result;
      this.fresh = true;
    }
    next(value) {
      if (!this.fresh) return { value, done: true };
      this.fresh = false;
      return this.result;
    }
    throw(error) {
      throw error;
    }
    return(value) {
      returned = value;
      return { value, done: true };
    }
    [symbolIterator]() {
      return this;
    }
  }
  $.raw = result => new RawResult(result);

