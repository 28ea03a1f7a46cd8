  // ---- Generators ---------------------------------------------------------------------------------------------------------------

  // Native generators run translated ones. Inlined finalisers need the argument of `return`, which a finally block cannot see.
  const nativeReturn = GeneratorPrototype.return;
  let returned = void 0;
  builtin(GeneratorPrototype, "return", {
    return(value) {
      returned = value;
      return invoke1(nativeReturn, this, value);
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
    return invoke(body, receiver);
  };

  // yield* hands out the result objects of the inner iterator as they are. The engine's native generators make new ones, so a
  // generator that delegates has methods of its own, which put the object that `pass` remembered in place of the engine's.
  let rawResult = void 0;
  function unwrapped(result) {
    if (rawResult === void 0) return result;
    const raw = rawResult;
    rawResult = void 0;
    return raw;
  }
  const nativeNext = GeneratorPrototype.next;
  const nativeThrow = GeneratorPrototype.throw;
  const delegating = {
    next(value) {
      return unwrapped(invoke1(nativeNext, this, value));
    },
    return(value) {
      returned = value;
      return unwrapped(invoke1(nativeReturn, this, value));
    },
    throw(error) {
      return unwrapped(invoke1(nativeThrow, this, error));
    },
  };
  const delegatingMethods = { __proto__: null };
  for (const name of ["next", "return", "throw"]) {
    builtins.add(delegating[name]);
    delegatingMethods[name] = { __proto__: null, value: delegating[name], writable: true, enumerable: false, configurable: true };
  }
  $.delegatingGenerator = (func, body, receiver) => defineProperties($.generator(func, body, receiver), delegatingMethods);
  // What a generator does before its generator object exists happens when it is called.
  $.started = generator => {
    invoke1(nativeNext, generator);
    return generator;
  };
  $.pass = result => {
    rawResult = result;
  };

  /** For a native generator: hands out a copy of a result object; its own value is what the generator is resumed with. */
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

  // Iterators whose results are made for each step, so that nobody can tell a copy.
  const freshNexts = pinned(new Set([nativeNext, arrayIteratorNext]));
  for (const iterable of [new Map(), new Set(), ""]) freshNexts.add(iterable[symbolIterator]().next);

  /** Steps an inner generator that delegates itself; what it remembered stays for the outermost one. */
  class InnerGenerator {
    constructor(generator) {
      this.generator = generator;
    }
    next(value) {
      return invoke1(nativeNext, this.generator, value);
    }
    return(value) {
      returned = value;
      return invoke1(nativeReturn, this.generator, value);
    }
    throw(error) {
      return invoke1(nativeThrow, this.generator, error);
    }
    [symbolIterator]() {
      return this;
    }
  }
  /** Steps any other iterator: reads `done` of each result once and remembers the object. */
  class InnerIterator {
    constructor(iterator, next) {
      this.iterator = iterator;
      this.nextMethod = next;
    }
    step(result) {
      if (!isObject(result)) throw typeError("Inner return result is not object");
      if (result.done) return { value: result.value, done: true };
      rawResult = result;
      return { value: void 0, done: false };
    }
    next(value) {
      return this.step(invoke1(this.nextMethod, this.iterator, value));
    }
    // Looked up by yield* when it is resumed that way; absent when the iterator has none.
    get return() {
      const method = getMethod(this.iterator, "return");
      if (method === void 0) return void 0;
      return value => this.step(invoke1(method, this.iterator, value));
    }
    get throw() {
      const method = getMethod(this.iterator, "throw");
      if (method === void 0) return void 0;
      return error => this.step(invoke1(method, this.iterator, error));
    }
    [symbolIterator]() {
      return this;
    }
  }
  $.delegate = iterable => {
    if (isPlainArray(iterable)) return iterable;
    const iterator = getIterator(iterable);
    if (!isObject(iterator)) throw typeError("Inner return result is not object");
    const next = iterator.next;
    if (freshNexts.has(next)) return iterator;
    return next === delegating.next ? new InnerGenerator(iterator) : new InnerIterator(iterator, next);
  };

