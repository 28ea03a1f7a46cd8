  // ---- Iteration ----------------------------------------------------------------------------------------------------------------

  const getIterator = iterable => {
    if (iterable === null || iterable === void 0) throw typeError("Cannot read property Symbol(Symbol.iterator) of " + iterable);
    const method = iterable[symbolIterator];
    return typeof method === "function" ? invoke(method, iterable) : method;
  };
  $.getIterator = getIterator;

  /** Iterates a plain array without allocating: `next` returns the cursor, which is its own result. */
  class ArrayCursor {
    constructor(array) {
      this.array = array;
      this.index = 0;
      this.done = false;
      this.value = void 0;
    }
    next() {
      const index = this.index;
      const array = this.array;
      if (index < array.length) {
        this.index = index + 1;
        this.value = array[index];
      } else {
        // A finished iterator stays finished when the array grows.
        this.index = 4294967296;
        this.done = true;
        this.value = void 0;
      }
      return this;
    }
    step() {
      const index = this.index;
      const array = this.array;
      if (index < array.length) {
        this.index = index + 1;
        this.value = array[index];
        return true;
      }
      this.index = 4294967296;
      this.value = void 0;
      return false;
    }
  }
  setPrototypeOf(ArrayCursor.prototype, null);
  /** One step of the protocol per call; `value` reads the result when it is asked for. */
  class Stepper {
    constructor(iterator) {
      this.iterator = iterator;
      this.method = iterator.next;
      this.result = void 0;
    }
    step() {
      const result = invoke(this.method, this.iterator);
      if (!isObject(result)) $.ifNotObject(result);
      this.result = result;
      return !result.done;
    }
    get value() {
      return this.result.value;
    }
  }
  $.stepper = iterator => (iterator instanceof ArrayCursor ? iterator : new Stepper(iterator));
  $.cursor = iterable => (isPlainArray(iterable) ? new ArrayCursor(iterable) : getIterator(iterable));

  /** An iterator that is taken apart: `[a, b, ...c] = x`. */
  class Pattern {
    constructor(iterator) {
      this.iterator = iterator;
      this.method = iterator.next;
      this.done = false;
    }
  }
  $.pattern = iterable => new Pattern(getIterator(iterable));
  const take = pattern => {
    if (pattern.done) return void 0;
    // What throws here needs no closing.
    pattern.done = true;
    const result = invoke(pattern.method, pattern.iterator);
    if (!isObject(result)) $.ifNotObject(result);
    if (result.done) return void 0;
    const value = result.value;
    pattern.done = false;
    return value;
  };
  $.patternTake = take;
  $.patternFill = (pattern, array) => {
    for (let index = 0; ; index++) {
      const value = take(pattern);
      if (pattern.done) return;
      array[index] = value;
    }
  };
  $.patternEnd = pattern => {
    if (pattern.done) return;
    const method = pattern.iterator.return;
    if (method === null || method === void 0) return;
    const result = invoke(method, pattern.iterator);
    if (!isObject(result)) $.ifNotObject(result);
  };
  $.patternDrop = pattern => {
    if (pattern.done) return;
    try {
      const method = pattern.iterator.return;
      if (method !== null && method !== void 0) invoke(method, pattern.iterator);
    } catch {
      // The exception on its way comes first.
    }
  };

  const getMethod = (object, key) => {
    const method = object[key];
    if (method === null || method === void 0) return void 0;
    if (typeof method !== "function") throw typeError("obj is not Callable");
    return method;
  };
  $.getAsyncIterator = iterable => {
    const method = getMethod(iterable, symbolAsyncIterator);
    if (method === void 0) {
      const syncMethod = getMethod(iterable, symbolIterator);
      if (syncMethod === void 0) throw typeError("obj is not Callable");
      const iterator = invoke(syncMethod, iterable);
      if (!isObject(iterator)) throw typeError("JSIterator::GetIterator: iter is not object");
      return new AsyncFromSyncIterator(iterator, iterator.next);
    }
    const iterator = invoke(method, iterable);
    if (!isObject(iterator)) throw typeError("Is not object");
    return iterator;
  };

  class AsyncFromSyncIterator {
    #iterator;
    #next;
    constructor(iterator, next) {
      this.#iterator = iterator;
      this.#next = next;
    }
    next(value) {
      const iterator = this.#iterator;
      const next = this.#next;
      const args = arguments.length > 0 ? [value] : [];
      return new NativePromise((resolve, reject) => settle(apply(next, iterator, args), resolve, reject, iterator));
    }
    return(value) {
      const iterator = this.#iterator;
      const args = arguments.length > 0 ? [value] : [];
      return new NativePromise((resolve, reject) => {
        const method = getMethod(iterator, "return");
        if (method === void 0) resolve({ value, done: true });
        else settle(apply(method, iterator, args), resolve, reject, void 0);
      });
    }
    throw(value) {
      const iterator = this.#iterator;
      const args = arguments.length > 0 ? [value] : [];
      return new NativePromise((resolve, reject) => {
        const method = getMethod(iterator, "throw");
        if (method === void 0) {
          closeQuietly(iterator);
          throw typeError("Throw method is not defined");
        }
        settle(apply(method, iterator, args), resolve, reject, iterator);
      });
    }
  }
  /** AsyncFromSyncIteratorContinuation: waits for the value of a synchronous result; a rejected one closes the iterator. */
  function settle(result, resolve, reject, closing) {
    if (!isObject(result)) throw typeError("Is not object");
    const done = !!result.done;
    const value = result.value;
    let promise;
    try {
      promise = promiseResolve(value);
    } catch (error) {
      if (!done && closing !== void 0) closeQuietly(closing);
      throw error;
    }
    const rejected = done || closing === void 0
      ? reject
      : reason => {
        closeQuietly(closing);
        reject(reason);
      };
    promiseThen(promise, v => resolve({ value: v, done }), rejected);
  }
  function closeQuietly(iterator) {
    try {
      const method = iterator.return;
      if (method !== void 0 && method !== null) invoke(method, iterator);
    } catch {
      // The error that made us close wins.
    }
  }

  $.closeIterator = iterator => {
    const method = iterator.return;
    if (method === void 0 || method === null) return void 0;
    if (typeof method !== "function") throw typeError("return function is not Callable");
    if (!isObject(invoke(method, iterator))) throw typeError("Is not object");
    return void 0;
  };
  $.getIteratorNext = (iterator, method) => {
    const result = invoke(method, iterator);
    if (!isObject(result)) throw typeError("the Iterator is not an ecmaobject.");
    return result;
  };
  $.iterResult = (value, done) => ({ value, done });

  /** The keys of an object and its prototypes are taken at the start; whether each is still there is asked when its turn comes. */
  class PropIterator {
    constructor(holders, names) {
      this.holders = holders;
      this.names = names;
      this.level = 0;
      this.index = 0;
      this.seen = { __proto__: null };
    }
  }
  $.getPropIterator = value => {
    const holders = [];
    const names = [];
    if (value !== null && value !== void 0) {
      let count = 0;
      for (let holder = NativeObject(value); holder !== null; holder = getPrototypeOf(holder)) {
        define(holders, count, holder);
        define(names, count++, ownKeys(holder));
      }
    }
    return new PropIterator(holders, names);
  };
  $.getNextPropName = iterator => {
    const seen = iterator.seen;
    while (iterator.level < iterator.holders.length) {
      const holder = iterator.holders[iterator.level];
      const names = iterator.names[iterator.level];
      while (iterator.index < names.length) {
        const name = names[iterator.index++];
        if (typeof name === "symbol" || seen[name]) continue;
        const descriptor = getOwnPropertyDescriptor(holder, name);
        if (descriptor === void 0) continue;
        seen[name] = true;
        if (descriptor.enumerable) return name;
      }
      iterator.level++;
      iterator.index = 0;
    }
    return void 0;
  };

