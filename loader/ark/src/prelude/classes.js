  // ---- Functions and classes ----------------------------------------------------------------------------------------------------

  // A literal whose methods look up `super` where those of `home` do. Classes keep their heritage; an ordinary object may
  // get another prototype later.
  $.withHome = (home, object) => {
    const heritage = classes.has(home) ? getPrototypeOf(home) : new NativeProxy(create(null), new CurrentPrototype(home));
    setPrototypeOf(object, heritage);
    return object;
  };
  class CurrentPrototype {
    constructor(home) {
      this.home = home;
    }
    get(_, key, receiver) {
      return get(getPrototypeOf(this.home), key, receiver);
    }
    set(_, key, value, receiver) {
      return set(getPrototypeOf(this.home), key, value, receiver);
    }
    has(_, key) {
      return key in getPrototypeOf(this.home);
    }
  }
  setPrototypeOf(CurrentPrototype.prototype, null);
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
    classes.add(constructor);
    classes.add(constructor.prototype);
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
  // The engine checks that the field is there; `caught` gives its message the platform's text.
  $.ldPrivate = (key, object) => (typeof key === "function" ? invoke(key, object) : key.get(object));
  $.stPrivate = (key, object, value) => {
    if (typeof key === "function") invoke1(key, object, value);
    else key.set(object, value);
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

