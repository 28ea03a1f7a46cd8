// Run-time support of translated Ark bytecode. README.md states each helper; the files of this folder are the parts of one function,
// in the order of prelude.rs, so that all share what is captured here.
//
// Programs may patch any global, so everything used after evaluation is captured here, and nothing in these files iterates or
// spreads values through protocols that a program can reach, except where the instruction itself does.
(function (host) {
  "use strict";

  // ---- Captured built-ins -------------------------------------------------------------------------------------------------------

  const { apply, construct, defineProperty, get, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, preventExtensions, set, setPrototypeOf } = Reflect;
  const { create, freeze, defineProperties } = Object;
  const isArray = Array.isArray;
  const { parse: parseJson, stringify: stringifyJson } = JSON;
  const NativePromise = Promise;
  const NativeProxy = Proxy;
  const NativeError = Error;
  const NativeTypeError = TypeError;
  const NativeReferenceError = ReferenceError;
  const NativeRangeError = RangeError;
  const NativeRegExp = RegExp;
  const NativeSymbol = Symbol;
  const NativeBigInt = BigInt;
  const NativeObject = Object;
  const { iterator: symbolIterator, asyncIterator: symbolAsyncIterator, toPrimitive: symbolToPrimitive, toStringTag: symbolToStringTag } = Symbol;
  const functionPrototype = Function.prototype;
  const objectPrototype = Object.prototype;
  const nativeCall = functionPrototype.call;
  /** Turns a method into a function that takes its receiver first and cannot be redirected by patching `call`. */
  const uncurry = method => nativeCall.bind(method);
  const hasOwn = Object.hasOwn;
  /** Calls without looking up a patched `call`; the engine inlines the usual case. */
  const invoke = (method, receiver) => (method.call === nativeCall ? method.call(receiver) : apply(method, receiver, []));
  const invoke1 = (method, receiver, argument) => (method.call === nativeCall ? method.call(receiver, argument) : apply(method, receiver, [argument]));
  /** Gives a collection its methods as own properties, so that patched prototypes do not matter. */
  function pinned(collection) {
    const prototype = getPrototypeOf(collection);
    for (const name of ["has", "add", "get", "set"]) {
      if (name in prototype) defineProperty(collection, name, { __proto__: null, value: prototype[name] });
    }
    return collection;
  }
  const isEnumerable = uncurry(objectPrototype.propertyIsEnumerable);
  const functionToString = uncurry(functionPrototype.toString);
  const indexOf = uncurry(String.prototype.indexOf);
  const lastIndexOf = uncurry(String.prototype.lastIndexOf);
  const slice = uncurry(String.prototype.slice);
  const startsWith = uncurry(String.prototype.startsWith);
  const endsWith = uncurry(String.prototype.endsWith);
  const charCodeAt = uncurry(String.prototype.charCodeAt);
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
  const builtins = pinned(new WeakSet());
  function builtin(holder, name, method) {
    builtins.add(method);
    defineProperty(holder, name, { __proto__: null, value: method, writable: true, enumerable: false, configurable: true });
  }

  const $ = { __proto__: null };

