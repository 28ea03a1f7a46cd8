  // ---- Sendable classes and concurrent functions --------------------------------------------------------------------------------

  const NUMBER = 1, STRING = 2, BOOLEAN = 4, SENDABLE = 8, BIGINT = 16, GENERIC = 32, NULL = 64;
  const sendables = pinned(new WeakSet());
  const layouts = pinned(new WeakMap());
  const prototypes = pinned(new WeakMap());
  // Sendable classes by the place of their text, which is the same in all machines.
  const classesByKey = { __proto__: null };
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
    return ((mask & (SENDABLE | GENERIC)) !== 0 || mask === 0) && isSendable(value);
  }

  // Instances of sendable classes are known by their prototype, and have ordinary properties as long as they are local: whether a
  // field takes a value is what the compiler has checked. Where values live out of reach (of records, of classes of ours, of the
  // class itself, and of every object once it is shared) properties are accessors that check what is stored.
  class Fields extends itself {
    #values;
    #layout;
    #shared;
    constructor(object, values, layout, handle) {
      super(object);
      this.#values = values;
      this.#layout = layout;
      this.#shared = handle;
    }
    static is = object => #values in object;
    static handle = object => object.#shared;
    static promote = object => (object.#shared = outside.list(kindOfLayout(object.#layout), object.#layout.count));
    static fill = (object, handle) => {
      const values = object.#values;
      for (let i = 0; i < values.length; i++) outside.store(handle, i, values[i]);
      object.#values = void 0;
    };
    static attach = (object, handle) => {
      if (object.#shared !== void 0) return;
      object.#shared = handle;
      object.#values = void 0;
    };
    static accessor(index, mask) {
      return {
        __proto__: null,
        get() {
          return this.#shared === void 0 ? this.#values[index] : outside.load(this.#shared, index);
        },
        set(value) {
          if (!matchesFieldType(mask, value)) throw typeError("Cannot set sendable property with mismatched type");
          if (this.#shared === void 0) this.#values[index] = value;
          else outside.store(this.#shared, index, value);
        },
        enumerable: true,
        configurable: false,
      };
    }
  }
  function layoutOf(object) {
    const prototype = getPrototypeOf(object);
    return prototype === null ? void 0 : prototypes.get(prototype);
  }
  /** Takes the values of the fields out of the properties of an instance, which become accessors. */
  function takeFields(object, layout) {
    const values = [];
    for (let i = 0; i < layout.count; i++) define(values, i, void 0);
    const names = ownKeys(layout.properties);
    for (let i = 0; i < names.length; i++) {
      const property = getOwnPropertyDescriptor(object, names[i]);
      if (property === void 0) continue;
      if (!layout.takes(names[i], property.value)) throw typeError("Cannot set sendable property with mismatched type");
      values[layout.index[names[i]]] = property.value;
    }
    new Fields(object, values, layout, void 0);
    for (let i = 0; i < names.length; i++) {
      const property = getOwnPropertyDescriptor(object, names[i]);
      // What is frozen stays as it is here.
      if (property === void 0 || property.configurable) defineProperty(object, names[i], layout.properties[names[i]]);
    }
    preventExtensions(object);
  }
  function kindOfLayout(layout) {
    if (layout.key === void 0) throw typeError("an instance of this class cannot be shared: the class is not one of a module");
    return (layout.kind ??= outside.kind(layout.record ? "record" : layout.statics ? "class" : "instance", "", layout.key));
  }
  /** The class that is written at a place, after its module has been run here. */
  function classOf(key) {
    if (classesByKey[key] === void 0) host.loadClass(key);
    const constructor = classesByKey[key];
    if (constructor === void 0) throw typeError("a sendable class of another thread cannot be found here");
    return constructor;
  }
  const { is: hasFields, handle: handleOfFields, promote: promoteFields, fill: fillFields } = Fields;
  defineKind({
    __proto__: null,
    name: "instance",
    is: object => hasFields(object) || layoutOf(object) !== void 0,
    handle: object => (hasFields(object) ? handleOfFields(object) : void 0),
    promote(object) {
      if (!hasFields(object)) takeFields(object, layoutOf(object));
      return promoteFields(object);
    },
    fill: fillFields,
    adopt(handle, key) {
      const constructor = classOf(key);
      const object = create(constructor.prototype);
      const layout = layouts.get(constructor);
      new Fields(object, void 0, layout, handle);
      defineProperties(object, layout.properties);
      return preventExtensions(object), object;
    },
  });
  // Static fields are fields of the class, and shared when the class is.
  defineKind({
    __proto__: null,
    name: "class",
    is: () => false,
    adopt(handle, key) {
      const constructor = classOf(key);
      Fields.attach(constructor, handle);
      return constructor;
    },
  });
  // Sendable functions close over nothing but what their module imports: each machine has its own.
  const sendableFunctions = pinned(new WeakMap());
  const functionsByKey = { __proto__: null };
  $.sendableFunction = (f, module, place) => {
    const key = module !== void 0 && module.key !== void 0 ? module.key + "#f" + place : void 0;
    sendableFunctions.set(f, { key, handle: void 0 });
    if (key !== void 0) functionsByKey[key] = f;
    return f;
  };
  defineKind({
    __proto__: null,
    name: "function",
    is: object => typeof object === "function" && sendableFunctions.has(object),
    handle: f => sendableFunctions.get(f).handle,
    promote(f) {
      const entry = sendableFunctions.get(f);
      if (entry.key === void 0) throw typeError("this function cannot be shared: it is not one of a module");
      return (entry.handle = outside.list(outside.kind("function", "", entry.key), 0));
    },
    fill() {},
    adopt(handle, key) {
      if (functionsByKey[key] === void 0) host.loadClass(key);
      const f = functionsByKey[key];
      if (f === void 0) throw typeError("a sendable function of another thread cannot be found here");
      sendableFunctions.get(f).handle ??= handle;
      return f;
    },
  });
  // Objects without a class, such as those of JSON text: the names of their fields are their kind.
  const recordLayouts = { __proto__: null };
  function recordLayout(names, key) {
    let layout = recordLayouts[key];
    if (layout === void 0) {
      const fields = [];
      for (let i = 0; i < names.length; i++) {
        define(fields, 2 * i, names[i]);
        define(fields, 2 * i + 1, GENERIC);
      }
      layout = recordLayouts[key] = emptyLayout(key, false);
      layout.record = true;
      addFields(layout, fields, 0, fields.length);
    }
    return layout;
  }
  defineKind({
    __proto__: null,
    name: "record",
    is: () => false,
    adopt(handle, key) {
      const object = {};
      const layout = recordLayout(parseJson(key), key);
      new Fields(object, void 0, layout, handle);
      defineProperties(object, layout.properties);
      return preventExtensions(object), object;
    },
  });
  /** A sendable object with these fields. */
  $.sharing.record = (names, values) => {
    const object = {};
    const layout = recordLayout(names, stringifyJson(names));
    applyLayout(layout, object);
    for (let i = 0; i < names.length; i++) object[names[i]] = values[i];
    return object;
  };
  defineKind({ __proto__: null, name: "marked", is: object => sendables.has(object) });
  $.markSendable = object => {
    sendables.add(object);
    return object;
  };

  function addFields(layout, fields, from, to) {
    for (let i = from; i + 1 < to; i += 2) {
      const known = layout.index[fields[i]];
      const index = known === void 0 ? layout.count++ : known;
      layout.index[fields[i]] = index;
      layout.masks[fields[i]] = fields[i + 1];
      defineProperty(layout.properties, fields[i], {
        __proto__: null,
        value: Fields.accessor(index, fields[i + 1]),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
  }
  function takes(name, value) {
    return matchesFieldType(this.masks[name], value);
  }
  const emptyLayout = (key, statics) =>
    ({ __proto__: null, count: 0, index: { __proto__: null }, masks: { __proto__: null }, takes, properties: { __proto__: null }, key, statics, kind: void 0, record: false });
  function applyLayout(layout, object) {
    const values = [];
    for (let i = 0; i < layout.count; i++) define(values, i, void 0);
    new Fields(object, values, layout, void 0);
    defineProperties(object, layout.properties);
    preventExtensions(object);
  }

  $.sendableClass = (constructor, base, fields, module, place) => {
    if (base !== hole && !isSendable(base)) throw typeError("Class not derived from a sendable object");
    const instanceCount = fields[fields.length - 1];
    const key = module !== void 0 && module.key !== void 0 ? module.key + "#" + place : void 0;
    const layout = emptyLayout(key, false);
    const inherited = base === hole ? void 0 : layouts.get(base);
    if (inherited !== void 0) {
      const keys = ownKeys(inherited.properties);
      for (let i = 0; i < keys.length; i++) {
        layout.properties[keys[i]] = inherited.properties[keys[i]];
        layout.index[keys[i]] = inherited.index[keys[i]];
        layout.masks[keys[i]] = inherited.masks[keys[i]];
      }
      layout.count = inherited.count;
    }
    addFields(layout, fields, 0, instanceCount * 2);
    layouts.set(constructor, layout);
    prototypes.set(constructor.prototype, layout);
    const statics = emptyLayout(key, true);
    addFields(statics, fields, instanceCount * 2, fields.length - 1);
    applyLayout(statics, constructor);
    classes.add(constructor);
    classes.add(constructor.prototype);
    sendables.add(constructor.prototype);
    if (key !== void 0) {
      classesByKey[key] = constructor;
      module.classes = (module.classes | 0) + 1;
      if (module.left > 0) module.left--;
    }
    preventExtensions(constructor.prototype);
    return constructor;
  };
  $.sendableInit = (object, newTarget) => {
    const layout = layouts.get(newTarget);
    if (layout !== void 0) applyLayout(layout, object);
  };
  /** A concurrent function: other threads find it by the module and the offset of its method. */
  $.concurrent = (module, offset, f, imports) => {
    if (module && module.concurrent) module.concurrent(offset, f, imports);
    return f;
  };
  // First in constructors of shared modules.
  $.attached = module => {
    if (module.left === 0) throw enough;
  };
  $.sharing.sendableClass = $.sendableClass;
  $.sharing.sendableInit = $.sendableInit;
  $.sharing.hole = hole;
  $.notifyConcurrentResult = value => {
    if (host && host.concurrentResult) host.concurrentResult(value);
  };

