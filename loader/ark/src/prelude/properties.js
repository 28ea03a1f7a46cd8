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
  $.callInit = (initializer, receiver) => invoke(initializer, receiver);

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
    if (key in object) redefine(object, key, value);
    else object[key] = value;
  }
  function redefine(object, key, value) {
    // The length of an array is not configurable, but it can be set.
    if (key === "length" && isArray(object)) {
      object.length = value;
      return;
    }
    if (defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true })) return;
    if (!isSendable(object)) throw typeError("failed to create data property");
    // Fields of sendable objects exist already; the value must be of their type.
    object[key] = value;
  }
  $.defineField = (object, key, value) => {
    if (!isObject(object)) throw typeError("DefineField: obj is not Object");
    if (typeof key === "object" || typeof key === "function") key = toPropertyKey(key);
    if (key in object) redefine(object, key, value);
    else object[key] = value;
  };

  // Class constructors and their prototypes: properties stored by stown… are not enumerable there.
  // Classes are recognised by their text, once; prototypes by the class that they belong to.
  const knownClasses = pinned(new WeakSet());
  const classes = {
    add: object => knownClasses.add(object),
    has: object => {
      if (knownClasses.has(object)) return true;
      if (typeof object === "function") {
        if (!startsWith(functionToString(object), "class")) return false;
      } else {
        const own = isObject(object) ? getOwnPropertyDescriptor(object, "constructor") : void 0;
        const constructor = own && own.value;
        if (typeof constructor !== "function" || constructor.prototype !== object || !classes.has(constructor)) return false;
      }
      knownClasses.add(object);
      return true;
    },
  };
  $.stOwn = (object, key, value) => {
    if (classes.has(object)) {
      $.stOwnClass(object, key, value);
      return;
    }
    if (typeof key === "object" || typeof key === "function") key = toPropertyKey(key);
    if (key in object) redefine(object, key, value);
    else object[key] = value;
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
    const isClass = classes.has(object);
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

  /** What spreading takes. Strings go by code point, as ECMAScript says; the platform takes them apart by code unit. */
  function spread(source) {
    if (source === null || source === void 0) throw typeError("src is not iterable");
    return source;
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

