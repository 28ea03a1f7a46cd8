// Run-time support of translated Ark bytecode. PRELUDE.md states each helper; this file is one expression, evaluated once per context.
//
// Programs may patch any global, so everything used after evaluation is captured here, and nothing below iterates or spreads
// values through protocols that a program can reach, except where the instruction itself does.
(function (host) {
  "use strict";

  // ---- Captured built-ins -------------------------------------------------------------------------------------------------------

  const { apply, construct, defineProperty, get, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, preventExtensions, set, setPrototypeOf } = Reflect;
  const { create, freeze, defineProperties } = Object;
  const isArray = Array.isArray;
  const NativePromise = Promise;
  const NativeError = Error;
  const NativeTypeError = TypeError;
  const NativeReferenceError = ReferenceError;
  const NativeRangeError = RangeError;
  const NativeRegExp = RegExp;
  const NativeSymbol = Symbol;
  const NativeBigInt = BigInt;
  const NativeObject = Object;
  const { iterator: symbolIterator, asyncIterator: symbolAsyncIterator, toPrimitive: symbolToPrimitive } = Symbol;
  const functionPrototype = Function.prototype;
  const objectPrototype = Object.prototype;
  const nativeCall = functionPrototype.call;
  /** Turns a method into a function that takes its receiver first and cannot be redirected by patching `call`. */
  const uncurry = method => nativeCall.bind(method);
  const hasOwn = uncurry(objectPrototype.hasOwnProperty);
  const isEnumerable = uncurry(objectPrototype.propertyIsEnumerable);
  const functionToString = uncurry(functionPrototype.toString);
  const indexOf = uncurry(String.prototype.indexOf);
  const lastIndexOf = uncurry(String.prototype.lastIndexOf);
  const slice = uncurry(String.prototype.slice);
  const startsWith = uncurry(String.prototype.startsWith);
  const endsWith = uncurry(String.prototype.endsWith);
  const charCodeAt = uncurry(String.prototype.charCodeAt);
  const weakSetHas = uncurry(WeakSet.prototype.has);
  const weakSetAdd = uncurry(WeakSet.prototype.add);
  const weakMapGet = uncurry(WeakMap.prototype.get);
  const weakMapSet = uncurry(WeakMap.prototype.set);
  const mapGet = uncurry(Map.prototype.get);
  const regExpExec = uncurry(RegExp.prototype.exec);
  const promiseThen = uncurry(Promise.prototype.then);
  const nativePromiseResolve = Promise.resolve;
  const promiseResolve = value => apply(nativePromiseResolve, NativePromise, [value]);

  const arrayPrototype = Array.prototype;
  const arrayValues = arrayPrototype[symbolIterator];
  const arrayIteratorPrototype = getPrototypeOf([][symbolIterator]());
  const arrayIteratorNext = arrayIteratorPrototype.next;

  const GeneratorFunctionPrototype = getPrototypeOf(function* () {});
  const GeneratorPrototype = GeneratorFunctionPrototype.prototype;
  const AsyncGeneratorFunctionPrototype = getPrototypeOf(async function* () {});
  const AsyncGeneratorPrototype = AsyncGeneratorFunctionPrototype.prototype;

  const isObject = value => (typeof value === "object" ? value !== null : typeof value === "function");
  const typeError = message => new NativeTypeError(message);

  /** Defines a method as a built-in looks: not enumerable, and `toString` calls it native. */
  const builtins = new WeakSet();
  function builtin(holder, name, method) {
    weakSetAdd(builtins, method);
    defineProperty(holder, name, { __proto__: null, value: method, writable: true, enumerable: false, configurable: true });
  }

  const $ = { __proto__: null };

  // ---- Values -------------------------------------------------------------------------------------------------------------------

  // An object compares with == by identity, except with a primitive, where it is converted first: to a symbol nobody else has.
  const nothing = NativeSymbol();
  const hole = freeze({ __proto__: null, [symbolToPrimitive]: () => nothing });
  $.hole = hole;
  $.global = globalThis;
  $.Symbol = () => NativeSymbol();
  $.bigint = text => NativeBigInt(text);
  $.inc = value => ++value;
  $.dec = value => --value;
  $.toNumeric = value => value++;
  $.isZero = value => value === false || value === 0;

  const regExpFlags = [[1, "g"], [2, "i"], [4, "m"], [8, "s"], [16, "u"], [32, "y"], [64, "d"]];
  $.regExp = (text, bits) => {
    let flags = "";
    for (let i = 0; i < regExpFlags.length; i++) {
      if (bits & regExpFlags[i][0]) flags += regExpFlags[i][1];
    }
    return new NativeRegExp(text, flags);
  };

  /** ToPropertyKey; a number stays one, as it names the same property. */
  const toPropertyKey = value => (isObject(value) ? ownKeys({ __proto__: null, [value]: 0 })[0] : value);
  $.toPropertyKey = toPropertyKey;

  // ---- Throwing -----------------------------------------------------------------------------------------------------------------

  $.tdz = name => {
    throw new NativeReferenceError(name + " is not initialized");
  };
  $.notExists = () => typeError("Throw method is not defined");
  $.patternNonCoercible = () => typeError("objectnotcoercible");
  $.deleteSuperProperty = () => new NativeReferenceError("Can not delete super property");
  $.constAssignment = name => typeError("Assignment to const variable " + name);
  $.ifNotObject = value => {
    if (!isObject(value)) throw typeError("Inner return result is not object");
  };
  $.ifSuperNotCorrectCall = (kind, value) => {
    // The platform puts the text after a missing variable's name, which reads "undefined".
    const bound = value !== void 0 && value !== hole;
    if (kind === 0 && !bound) throw new NativeReferenceError("undefinedsub-class must call super before use 'this'");
    if (kind === 1 && bound) throw new NativeReferenceError("undefinedsuper() forbidden re-bind 'this'");
  };
  $.patchVar = index => new NativeError("hot-patch variable " + index + ": Concord does not load hot patches");

  // ---- Calls --------------------------------------------------------------------------------------------------------------------

  $.call = function (callee, receiver, a, b, c, d) {
    // The engine inlines f.call(…) when it is the original; the check also covers functions with a property of that name.
    if (typeof callee === "function" && callee.call === nativeCall) {
      switch (arguments.length) {
        case 2: return callee.call(receiver);
        case 3: return callee.call(receiver, a);
        case 4: return callee.call(receiver, a, b);
        case 5: return callee.call(receiver, a, b, c);
        case 6: return callee.call(receiver, a, b, c, d);
      }
    }
    if (typeof callee !== "function") throw typeError(describe(callee) + " is not callable");
    return apply(callee, receiver, restOf(arguments, 2));
  };
  $.callInit = (initializer, receiver) => apply(initializer, receiver, []);

  function restOf(args, from) {
    const rest = [];
    for (let i = from; i < args.length; i++) define(rest, i - from, args[i]);
    return rest;
  }
  $.restArgs = restOf;

  /** Whether iterating this array is reading its elements by index. */
  const isPlainArray = value => isArray(value) && value[symbolIterator] === arrayValues && arrayIteratorPrototype.next === arrayIteratorNext;
  /** The array that iteration of an array gives. */
  const iterated = array => (isPlainArray(array) ? array : [...array]);

  $.apply = (receiver, array, callee) => {
    if (typeof callee !== "function" || !isArray(array)) throw typeError("cannot Callspread");
    return apply(callee, receiver, iterated(array));
  };
  $.newObjApply = (constructor, array) => {
    if (!isArray(array)) throw typeError("Cannot Newobjspread");
    return construct(constructor, array);
  };

  $.superCallSpread = (array, func, newTarget) => construct(getPrototypeOf(func), iterated(array), newTarget);
  $.superCallForwardAllArgs = (func, newTarget, args) => construct(getPrototypeOf(func), restOf(args, 0), newTarget);
  $.superCallArrow = (func, newTarget, args) => construct(getPrototypeOf(func), args, newTarget);

  // ---- Properties ---------------------------------------------------------------------------------------------------------------

  /** CreateDataPropertyOrThrow, except that the key must be a property key. A name nobody has needs no descriptor. */
  function define(object, key, value) {
    if (key in object) {
      if (!defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true })) {
        throw typeError("failed to create data property");
      }
    } else {
      object[key] = value;
    }
  }
  $.defineField = (object, key, value) => {
    if (!isObject(object)) throw typeError("DefineField: obj is not Object");
    define(object, isObject(key) ? toPropertyKey(key) : key, value);
  };

  // Class constructors and their prototypes: properties stored by stown… are not enumerable there.
  const classes = new WeakSet();
  $.stOwn = (object, key, value) => {
    if (weakSetHas(classes, object)) {
      $.stOwnClass(object, key, value);
    } else {
      define(object, isObject(key) ? toPropertyKey(key) : key, value);
    }
  };
  $.stOwnClass = (object, key, value) => {
    key = toPropertyKey(key);
    if (key === "prototype" && typeof object === "function") {
      throw typeError("In a class, static property named 'prototype' throw a TypeError");
    }
    if (!defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true })) {
      throw typeError("SetOwnByName failed");
    }
  };
  $.stOwnNamed = (object, key, value) => {
    key = toPropertyKey(key);
    $.stOwn(object, key, value);
    if (typeof value === "function") setName(value, key, "");
  };

  function setName(func, key, prefix) {
    let name = key;
    if (typeof key === "symbol") {
      const description = key.description;
      name = description === void 0 ? "" : "[" + description + "]";
    }
    defineProperty(func, "name", { __proto__: null, value: prefix + name, writable: false, enumerable: false, configurable: true });
  }

  $.defineGetterSetter = (object, key, getter, setter, named) => {
    key = toPropertyKey(key);
    const isClass = weakSetHas(classes, object);
    if (isClass && key === "prototype" && typeof object === "function") {
      throw typeError("In a class, computed property names for static getter that are named 'prototype' throw a TypeError");
    }
    const descriptor = { __proto__: null, enumerable: !isClass, configurable: true };
    if (getter !== void 0) {
      if (named) setName(getter, key, "get ");
      descriptor.get = getter;
    }
    if (setter !== void 0) {
      if (named) setName(setter, key, "set ");
      descriptor.set = setter;
    }
    defineProperty(object, key, descriptor);
    return object;
  };

  $.objectRest = (source, excluded) => {
    const result = {};
    if (source === null || source === void 0) return result;
    const from = NativeObject(source);
    // An undefined first key means that there is none.
    const count = excluded[0] === void 0 ? 0 : excluded.length;
    for (let i = 0; i < count; i++) {
      const key = toPropertyKey(excluded[i]);
      excluded[i] = typeof key === "symbol" ? key : "" + key;
    }
    const keys = ownKeys(from);
    next: for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      for (let j = 0; j < count; j++) if (excluded[j] === key) continue next;
      if (isEnumerable(from, key)) define(result, key, from[key]);
    }
    return result;
  };
  $.copyDataProperties = (target, source) => {
    if (source === null || source === void 0) return target;
    const from = NativeObject(source);
    const keys = ownKeys(from);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (isEnumerable(from, key)) define(target, key, from[key]);
    }
    return target;
  };

  /** What spreading gives on the platform: strings go by code unit. */
  function spread(source) {
    if (source === null || source === void 0) throw typeError("src is not iterable");
    if (typeof source !== "string") return source;
    const units = [];
    for (let i = 0; i < source.length; i++) define(units, i, source[i]);
    return units;
  }
  $.spread = spread;
  $.arraySpread = (array, index, source) => {
    const items = spread(source);
    const list = isArray(items) ? iterated(items) : [...items];
    const count = list.length;
    for (let i = 0; i < count; i++) define(array, index + i, list[i]);
    if (count === 0) array.length = index;
    return index + count;
  };

  $.templateObject = pair => {
    const raw = pair[0];
    const cooked = pair[1];
    const template = [];
    const rawStrings = [];
    for (let i = 0; i < cooked.length; i++) {
      define(template, i, cooked[i]);
      define(rawStrings, i, raw[i]);
    }
    defineProperty(template, "raw", { __proto__: null, value: freeze(rawStrings), writable: false, enumerable: false, configurable: false });
    return freeze(template);
  };
  $.setObjectWithProto = (proto, object) => {
    if (proto === null || isObject(proto)) setPrototypeOf(object, proto);
  };

  $.ldSuper = (home, receiver, key) => {
    const base = getPrototypeOf(home);
    if (base === null) throw typeError("Cannot read property " + describe(key) + " of null");
    return get(base, key, receiver);
  };
  $.stSuper = (home, receiver, key, value) => {
    const base = getPrototypeOf(home);
    if (base === null) throw typeError("Obj is not a Valid object");
    if (!set(base, key, value, receiver)) throw typeError("Cannot assign to read only property");
  };

  // ---- Functions and classes ----------------------------------------------------------------------------------------------------

  $.fn = (func, name, length) => {
    if (func.name !== name) setName(func, name, "");
    if (func.length !== length) {
      defineProperty(func, "length", { __proto__: null, value: length, writable: false, enumerable: false, configurable: true });
    }
    return func;
  };

  $.cls = constructor => {
    const base = getPrototypeOf(constructor);
    if (base !== functionPrototype && isSendable(base)) throw typeError("The subclass of sendable class must be a sendable class");
    weakSetAdd(classes, constructor);
    weakSetAdd(classes, constructor.prototype);
    return constructor;
  };
  $.classMembers = (constructor, instanceMembers, staticMembers) => {
    addMethods(constructor.prototype, instanceMembers);
    addMethods(constructor, staticMembers);
    return constructor;
  };
  function addMethods(object, members) {
    for (let i = 0; i + 1 < members.length; i += 2) {
      defineProperty(object, members[i], { __proto__: null, value: members[i + 1], writable: true, enumerable: false, configurable: true });
    }
  }
  $.defineClass = (base, derived, plain) => (base === hole ? plain() : derived(base));

  // A private name is a class whose only instances are its field, stamped on any object by returning that from the base constructor.
  // The field is invisible to reflection and proxies and can be added to frozen objects, as the platform's.
  const itself = function (object) {
    return object;
  };
  itself.prototype = null;
  const missing = () => typeError("invalid or cannot find private key");
  function privateKey() {
    return new (class PrivateKey {
      static Field = class extends itself {
        #value;
        constructor(object, value) {
          super(object);
          this.#value = value;
        }
        static has(object) {
          return #value in object;
        }
        static get(object) {
          return object.#value;
        }
        static set(object, value) {
          object.#value = value;
        }
      };
      has = PrivateKey.Field.has;
      get = PrivateKey.Field.get;
      set = PrivateKey.Field.set;
      Field = PrivateKey.Field;
    })();
  }
  $.createPrivateProperty = (environment, count, functions, instanceMethods) => {
    let slot = 0;
    while (hasOwn(environment, "_" + slot) && environment["_" + slot] !== hole) slot++;
    for (let i = 0; i < count; i++) environment["_" + slot++] = privateKey();
    for (let i = 0; i < functions.length; i++) environment["_" + slot++] = functions[i];
    if (instanceMethods > 0) environment["_" + slot] = privateKey();
  };
  $.ldPrivate = (key, object) => {
    if (typeof key === "function") return apply(key, object, []);
    if (key === hole || !isObject(object) || !key.has(object)) throw missing();
    return key.get(object);
  };
  $.stPrivate = (key, object, value) => {
    if (typeof key === "function") {
      apply(key, object, [value]);
      return;
    }
    if (key === hole || !isObject(object) || !key.has(object)) throw missing();
    key.set(object, value);
  };
  $.definePrivate = (key, object, value) => {
    if (!isObject(object)) throw typeError("DefinePrivateProperty obj is undefined");
    if (key === hole || typeof key === "function" || key.has(object)) throw typeError("invalid private key or already exists");
    if (isSendable(object)) throw typeError("shared obj cannot use # to define private property");
    new key.Field(object, value);
  };
  $.testIn = (key, object) => {
    if (!isObject(object)) throw typeError("Cannot use 'in' operator in Non-Object");
    return key !== hole && typeof key !== "function" && key.has(object);
  };

  // ---- Iteration ----------------------------------------------------------------------------------------------------------------

  const getIterator = iterable => {
    if (iterable === null || iterable === void 0) throw typeError("Cannot read property Symbol(Symbol.iterator) of " + iterable);
    const method = iterable[symbolIterator];
    return typeof method === "function" ? apply(method, iterable, []) : method;
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
  }
  setPrototypeOf(ArrayCursor.prototype, null);
  $.cursor = iterable => (isPlainArray(iterable) ? new ArrayCursor(iterable) : getIterator(iterable));

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
      const iterator = apply(syncMethod, iterable, []);
      if (!isObject(iterator)) throw typeError("JSIterator::GetIterator: iter is not object");
      return new AsyncFromSyncIterator(iterator, iterator.next);
    }
    const iterator = apply(method, iterable, []);
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
      if (method !== void 0 && method !== null) apply(method, iterator, []);
    } catch {
      // The error that made us close wins.
    }
  }

  $.closeIterator = iterator => {
    const method = iterator.return;
    if (method === void 0 || method === null) return void 0;
    if (typeof method !== "function") throw typeError("return function is not Callable");
    if (!isObject(apply(method, iterator, []))) throw typeError("Is not object");
    return void 0;
  };
  $.getIteratorNext = (iterator, method) => {
    const result = apply(method, iterator, []);
    if (!isObject(result)) throw typeError("the Iterator is not an ecmaobject.");
    return result;
  };
  $.iterResult = (value, done) => ({ value, done });

  class PropIterator {
    constructor(object, keys) {
      this.object = object;
      this.keys = keys;
      this.index = 0;
    }
  }
  $.getPropIterator = value => {
    const keys = [];
    if (value === null || value === void 0) return new PropIterator(value, keys);
    const object = NativeObject(value);
    const seen = { __proto__: null };
    let count = 0;
    for (let holder = object; holder !== null; holder = getPrototypeOf(holder)) {
      const names = ownKeys(holder);
      for (let i = 0; i < names.length; i++) {
        const name = names[i];
        if (typeof name === "symbol" || seen[name]) continue;
        const descriptor = getOwnPropertyDescriptor(holder, name);
        if (descriptor === void 0) continue;
        seen[name] = true;
        if (descriptor.enumerable) define(keys, count++, name);
      }
    }
    return new PropIterator(object, keys);
  };
  $.getNextPropName = iterator => {
    const keys = iterator.keys;
    while (iterator.index < keys.length) {
      const key = keys[iterator.index++];
      // A property that was deleted meanwhile is skipped.
      for (let holder = iterator.object; holder !== null; holder = getPrototypeOf(holder)) {
        if (isEnumerable(holder, key)) return key;
      }
    }
    return void 0;
  };

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

  // ---- Async generators ---------------------------------------------------------------------------------------------------------

  const START = 1, YIELD = 2, EXECUTING = 3, COMPLETED = 4, AWAITING_RETURN = 5;
  const RETURN_MODE = 0, THROW_MODE = 1, NEXT_MODE = 2;
  const AWAIT = 0, RESOLVE = 1, REJECT = 2;
  const innerNext = uncurry(GeneratorPrototype.next);
  const innerThrow = uncurry(GeneratorPrototype.throw);

  class AsyncGeneratorState {
    constructor() {
      this.state = START;
      this.inner = void 0;
      // Why the body suspended last, and for RESOLVE whether that was its result.
      this.op = AWAIT;
      this.done = false;
      this.mode = NEXT_MODE;
      this.first = void 0;
      this.last = void 0;
    }
  }
  class AsyncGeneratorSlot extends itself {
    #state;
    constructor(object, state) {
      super(object);
      this.#state = state;
    }
    static get(object) {
      return isObject(object) && #state in object ? object.#state : void 0;
    }
  }
  const stateOf = AsyncGeneratorSlot.get;

  $.asyncGeneratorFunction = (func, length) => asGeneratorFunction(func, length, AsyncGeneratorFunctionPrototype, AsyncGeneratorPrototype);
  $.asyncGenerator = (func, body, receiver) => {
    const generator = create(prototypeOr(func, AsyncGeneratorPrototype));
    const state = new AsyncGeneratorState();
    new AsyncGeneratorSlot(generator, state);
    state.inner = apply(body, receiver, [generator]);
    return generator;
  };
  $.asyncGeneratorResolve = (generator, value, done) => {
    const state = stateOf(generator);
    state.op = RESOLVE;
    state.done = done;
    return value;
  };
  $.asyncGeneratorReject = (generator, reason) => {
    stateOf(generator).op = REJECT;
    return reason;
  };
  $.setGeneratorState = (generator, value) => {
    stateOf(generator).state = value;
  };
  $.resumeMode = generator => stateOf(generator).mode;

  function enqueue(generator, mode, value, name, native, args) {
    const state = stateOf(generator);
    if (state === void 0) return apply(native, generator, args);
    return new NativePromise((resolve, reject) => {
      const request = { mode, value, resolve, reject, next: void 0 };
      if (state.last === void 0) state.first = request;
      else state.last.next = request;
      state.last = request;
      if (state.state !== EXECUTING) resumeNext(state);
    });
  }
  function takeRequest(state) {
    const request = state.first;
    state.first = request.next;
    if (state.first === void 0) state.last = void 0;
    return request;
  }
  /** Serves requests until the body runs, waits, or there is none. A loop, so that long queues do not recurse. */
  function resumeNext(state) {
    while (state.state !== AWAITING_RETURN && state.state !== EXECUTING && state.first !== void 0) {
      const request = state.first;
      if (request.mode !== NEXT_MODE && state.state === START) state.state = COMPLETED;
      if (state.state === COMPLETED) {
        if (request.mode === RETURN_MODE) {
          state.state = AWAITING_RETURN;
          awaitReturn(state, request.value);
          return;
        }
        takeRequest(state);
        if (request.mode === THROW_MODE) request.reject(request.value);
        else request.resolve({ value: void 0, done: true });
        continue;
      }
      state.state = EXECUTING;
      state.mode = request.mode;
      run(state, innerNext, request.value);
    }
  }
  async function awaitReturn(state, value) {
    let result;
    try {
      result = await value;
    } catch (reason) {
      state.state = COMPLETED;
      takeRequest(state).reject(reason);
      resumeNext(state);
      return;
    }
    state.state = COMPLETED;
    takeRequest(state).resolve({ value: result, done: true });
    resumeNext(state);
  }
  /** Runs the body to its next suspension and acts on that. */
  function run(state, resume, value) {
    let result;
    state.op = AWAIT;
    try {
      result = resume(state.inner, value);
    } catch (error) {
      state.state = COMPLETED;
      takeRequest(state).reject(error);
      return;
    }
    if (state.op === RESOLVE) {
      if (state.state === EXECUTING) state.state = state.done ? COMPLETED : YIELD;
      takeRequest(state).resolve({ value: result.value, done: state.done });
    } else if (state.op === REJECT) {
      state.state = COMPLETED;
      takeRequest(state).reject(result.value);
    } else if (result.done) {
      state.state = COMPLETED;
      takeRequest(state).resolve({ value: result.value, done: true });
    } else {
      awaitValue(state, result.value);
    }
  }
  async function awaitValue(state, value) {
    let result;
    try {
      result = await value;
    } catch (reason) {
      run(state, innerThrow, reason);
      resumeNext(state);
      return;
    }
    run(state, innerNext, result);
    resumeNext(state);
  }
  const nativeAsyncNext = AsyncGeneratorPrototype.next;
  const nativeAsyncReturn = AsyncGeneratorPrototype.return;
  const nativeAsyncThrow = AsyncGeneratorPrototype.throw;
  const asyncGeneratorMethods = {
    next(value) {
      return enqueue(this, NEXT_MODE, value, "next", nativeAsyncNext, arguments);
    },
    return(value) {
      return enqueue(this, RETURN_MODE, value, "return", nativeAsyncReturn, arguments);
    },
    throw(value) {
      return enqueue(this, THROW_MODE, value, "throw", nativeAsyncThrow, arguments);
    },
  };
  builtin(AsyncGeneratorPrototype, "next", asyncGeneratorMethods.next);
  builtin(AsyncGeneratorPrototype, "return", asyncGeneratorMethods.return);
  builtin(AsyncGeneratorPrototype, "throw", asyncGeneratorMethods.throw);

  // ---- Sendable classes and concurrent functions --------------------------------------------------------------------------------

  const NUMBER = 1, STRING = 2, BOOLEAN = 4, SENDABLE = 8, BIGINT = 16, GENERIC = 32, NULL = 64;
  const sendables = new WeakSet();
  const layouts = new WeakMap();
  const isSendable = value => isObject(value) && weakSetHas(sendables, value);
  $.isSendable = isSendable;
  $.markSendable = object => {
    weakSetAdd(sendables, object);
    return object;
  };

  /** The rule of the platform: which values a field of that type mask takes. */
  function matchesFieldType(mask, value) {
    switch (typeof value) {
      case "undefined": return true;
      case "number": return (mask & (NUMBER | GENERIC)) !== 0 || mask === 0;
      case "boolean": return (mask & (BOOLEAN | GENERIC)) !== 0 || mask === 0;
      case "string": return (mask & STRING) !== 0 || (mask & GENERIC) !== 0 || mask === 0;
      case "bigint": return (mask & BIGINT) !== 0 || (mask & GENERIC) !== 0 || mask === 0;
      case "symbol": return false;
    }
    if (value === null) return (mask & (STRING | SENDABLE | GENERIC | NULL)) !== 0 || mask === 0;
    return ((mask & (SENDABLE | GENERIC)) !== 0 || mask === 0) && weakSetHas(sendables, value);
  }

  // Values of typed fields live out of reach; the properties are accessors that check what is stored.
  class FieldValues extends itself {
    #values;
    constructor(object, values) {
      super(object);
      this.#values = values;
    }
    static accessor(index, mask) {
      return {
        __proto__: null,
        get() {
          return this.#values[index];
        },
        set(value) {
          if (!matchesFieldType(mask, value)) throw typeError("Cannot set sendable property with mismatched type");
          this.#values[index] = value;
        },
        enumerable: true,
        configurable: false,
      };
    }
  }
  function addFields(layout, fields, from, to) {
    for (let i = from; i + 1 < to; i += 2) {
      const known = layout.index[fields[i]];
      const index = known === void 0 ? layout.count++ : known;
      layout.index[fields[i]] = index;
      defineProperty(layout.properties, fields[i], {
        __proto__: null,
        value: FieldValues.accessor(index, fields[i + 1]),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
  }
  const emptyLayout = () => ({ __proto__: null, count: 0, index: { __proto__: null }, properties: { __proto__: null } });
  function applyLayout(layout, object) {
    const values = [];
    for (let i = 0; i < layout.count; i++) define(values, i, void 0);
    new FieldValues(object, values);
    defineProperties(object, layout.properties);
    preventExtensions(object);
    weakSetAdd(sendables, object);
  }

  $.sendableClass = (constructor, base, fields) => {
    if (base !== hole && !isSendable(base)) throw typeError("Class not derived from a sendable object");
    const instanceCount = fields[fields.length - 1];
    const layout = emptyLayout();
    const inherited = base === hole ? void 0 : weakMapGet(layouts, base);
    if (inherited !== void 0) {
      const keys = ownKeys(inherited.properties);
      for (let i = 0; i < keys.length; i++) {
        layout.properties[keys[i]] = inherited.properties[keys[i]];
        layout.index[keys[i]] = inherited.index[keys[i]];
      }
      layout.count = inherited.count;
    }
    addFields(layout, fields, 0, instanceCount * 2);
    weakMapSet(layouts, constructor, layout);
    const statics = emptyLayout();
    addFields(statics, fields, instanceCount * 2, fields.length - 1);
    applyLayout(statics, constructor);
    weakSetAdd(classes, constructor);
    weakSetAdd(classes, constructor.prototype);
    weakSetAdd(sendables, constructor.prototype);
    preventExtensions(constructor.prototype);
    return constructor;
  };
  $.sendableInit = (object, newTarget) => {
    const layout = weakMapGet(layouts, newTarget);
    if (layout !== void 0) applyLayout(layout, object);
  };
  $.notifyConcurrentResult = value => {
    if (host && host.concurrentResult) host.concurrentResult(value);
  };

  // ---- Errors -------------------------------------------------------------------------------------------------------------------

  /** How the platform names a value in a message. */
  function describe(value) {
    if (isObject(value)) return "Object";
    return typeof value === "symbol" ? "" : "" + value;
  }

  const errorPrototype = NativeError.prototype;
  function isError(value) {
    if (!isObject(value)) return false;
    for (let holder = getPrototypeOf(value); holder !== null; holder = getPrototypeOf(holder)) if (holder === errorPrototype) return true;
    return false;
  }

  // Messages of the engine and the platform's for the same failure; those with variable parts are below.
  const fixedMessages = new Map([
    [NativeTypeError.prototype, new Map([
      ["Cannot call a class constructor without |new|", "class constructor cannot called without 'new'"],
      ["Attempted to assign to readonly property.", "Cannot assign to read only property"],
      ["Attempting to define property on object that is not extensible.", "Cannot add property in prevent extensions"],
      ["Unable to delete property.", "Cannot delete property"],
      ["Conversion from 'BigInt' to 'number' is not allowed.", "Cannot convert a BigInt value to a number"],
      ["Cannot convert a symbol to a string", "Cannot convert a illegal value to a String"],
      ["Cannot convert a symbol to a number", "Cannot convert a Symbol value to a number"],
      ["Right hand side of instanceof is not an object", "InstanceOf error when type of target is not Object"],
      ["The superclass is not a constructor.", "parent class is not constructor"],
      ["The value of the superclass's prototype property is not an object or null.", "parent class have no valid prototype"],
      ["Cannot return a non-object type in the constructor of a derived class.", "Derived constructor must return object or undefined"],
      ["Generator is executing", "State is executing"],
      ["Reflect.construct requires the first argument be a constructor", "Constructor is false"],
      ["reduce of empty array with no initial value", "Reduce of empty array with no initial value"],
      ["reduceRight of empty array with no initial value", "Reduce of empty array with no initial value"],
      ["JSON.stringify cannot serialize cyclic structures.", "stack contains value, usually caused by circular structure"],
      ["Spread syntax requires ...iterable[Symbol.iterator] to be a function", "obj is not Callable"],
      ["No default value", "Cannot convert object to primitive value"],
    ])],
    [NativeReferenceError.prototype, new Map([
      ["'super()' must be called in derived constructor before accessing |this| or returning non-object.", "undefinedsub-class must call super before use 'this'"],
      ["'super()' can't be called more than once in a constructor.", "undefinedsuper() forbidden re-bind 'this'"],
    ])],
    [NativeRangeError.prototype, new Map([
      ["Maximum call stack size exceeded.", "Stack overflow!"],
      ["Array length must be a positive integer of safe magnitude.", "Invalid array length"],
      ["Invalid array length", "Invalid array length"],
      ["0 is an invalid divisor value.", "Division by zero"],
      ["toString() radix argument must be between 2 and 36", "radix must be 2 to 36"],
      ["toFixed() argument must be between 0 and 100", "fraction must be 0 to 100"],
    ])],
  ]);
  const typeErrorPrototype = NativeTypeError.prototype;
  const referenceErrorPrototype = NativeReferenceError.prototype;

  const notObject = " is not an object (evaluating '";
  const notFunction = / is not a function\. \(In '[^]*' is ([^]*)\)$/;

  /** The platform's text for a message of the engine, or undefined when it is nobody's but the program's. */
  function platformMessage(prototype, fixed, message) {
    const known = mapGet(fixed, message);
    if (known !== void 0) return known;
    if (prototype === referenceErrorPrototype) {
      const prefix = "Can't find variable: ";
      return startsWith(message, prefix) ? slice(message, prefix.length) + " is not defined" : void 0;
    }
    if (prototype !== typeErrorPrototype) return void 0;
    if (startsWith(message, "Invalid mix of BigInt and other type")) return "Cannot mix BigInt and other types, use explicit conversions";
    if (startsWith(message, "Cannot access invalid private field") || startsWith(message, "Cannot access private method or acessor")) {
      return "invalid or cannot find private key";
    }
    if (startsWith(message, "Cannot redefine existing private field")) return "invalid private key or already exists";
    if (startsWith(message, "undefined is not a function (near '")) {
      return indexOf(message, " of ") >= 0 ? "Inner return result is not object" : "undefined is not callable";
    }
    if (endsWith(message, "callback must be a function")) return "the callbackfun is not callable.";
    if (!endsWith(message, ")")) return void 0;
    const at = indexOf(message, notObject);
    if (at === 9 || at === 4) {
      const subject = slice(message, 0, at);
      if (subject === "undefined" || subject === "null") return nullishAccess(subject, slice(message, at + notObject.length, -2));
    }
    if (indexOf(message, " is not a constructor (evaluating '") >= 0) return "Constructor is false";
    if (indexOf(message, " is not an Object. (evaluating '") >= 0) return "Cannot use 'in' operator in Non-Object";
    if (indexOf(message, " is not a function. (evaluating '") >= 0) return "InstanceOf error when target is not Callable";
    const call = regExpExec(notFunction, message);
    if (call !== null) return valueText(call[1]) + " is not callable";
    return void 0;
  }
  /** The platform's name for a value that the engine has described. */
  function valueText(text) {
    const first = charCodeAt(text, 0);
    if (first === 34) return slice(text, 1, -1);
    const plain = text === "undefined" || text === "null" || text === "true" || text === "false";
    // Numbers start with a digit or a sign, or are Infinity and NaN, which start with capitals.
    return plain || (first >= 45 && first <= 57) || first === 73 || first === 78 ? text : "Object";
  }
  /** Access to a member of undefined or null, from the text of the expression that failed. */
  function nullishAccess(subject, expression) {
    let depth = 0;
    let member = -1;
    let store = false;
    scan: for (let i = 0; i < expression.length; i++) {
      const c = charCodeAt(expression, i);
      switch (c) {
        case 34: case 39: case 96: // Quotes: skip the string.
          for (i++; i < expression.length && charCodeAt(expression, i) !== c; i++) if (charCodeAt(expression, i) === 92) i++;
          break;
        case 40: case 123: depth++; break;
        case 91:
          if (depth++ === 0) member = i;
          break;
        case 41: case 93: case 125: depth--; break;
        case 46:
          if (depth === 0) member = i;
          break;
        case 61:
          if (depth === 0) {
            store = true;
            expression = slice(expression, 0, i);
            break scan;
          }
      }
    }
    // Only for…of and spread fail on a value itself.
    if (member < 0) return "Cannot read property Symbol(Symbol.iterator) of " + subject;
    while (endsWith(expression, " ")) expression = slice(expression, 0, -1);
    const computed = charCodeAt(expression, member) === 91;
    let name = slice(expression, member + 1);
    if (computed) {
      const key = slice(name, 0, -1);
      const quoted = charCodeAt(key, 0) === 34 && lastIndexOf(key, '"') === key.length - 1;
      if (!quoted) return store ? "Cannot store property of null or undefined" : "Cannot load property of null or undefined";
      name = slice(key, 1, -1);
    }
    return store ? "Obj is not a Valid object" : "Cannot read property " + name + " of " + subject;
  }

  $.caught = error => {
    if (typeof error !== "object" || error === null) return error;
    const prototype = getPrototypeOf(error);
    const fixed = mapGet(fixedMessages, prototype);
    if (fixed === void 0 || !hasOwn(error, "message")) return error;
    const message = error.message;
    if (typeof message !== "string") return error;
    const text = platformMessage(prototype, fixed, message);
    if (text !== void 0 && text !== message) defineProperty(error, "message", { __proto__: null, value: text });
    return error;
  };
  $.stack = object => {
    const stack = object.stack;
    return typeof stack === "string" && host && host.mapStack && isError(object) ? host.mapStack(object) : stack;
  };

  // Release builds of the platform carry no source text.
  const nativeSuffix = "[native code]\n}";
  builtin(functionPrototype, "toString", {
    toString() {
      if (typeof this !== "function") throw typeError("function.toString() target is incompatible object");
      const text = functionToString(this);
      if (weakSetHas(builtins, this)) return "function " + this.name + "() { [native code] }";
      if (!endsWith(text, nativeSuffix)) return "Cannot get source code";
      if (startsWith(text, "function bound ")) return "function () { [native code] }";
      return slice(text, 0, indexOf(text, "(")) + "() { [native code] }";
    },
  }.toString);

  return $;
})
