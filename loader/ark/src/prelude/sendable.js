  // ---- Sendable classes and concurrent functions --------------------------------------------------------------------------------

  const NUMBER = 1, STRING = 2, BOOLEAN = 4, SENDABLE = 8, BIGINT = 16, GENERIC = 32, NULL = 64;
  const sendables = pinned(new WeakSet());
  const layouts = pinned(new WeakMap());
  const isSendable = value => isObject(value) && sendables.has(value);
  $.isSendable = isSendable;
  $.markSendable = object => {
    sendables.add(object);
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
    return ((mask & (SENDABLE | GENERIC)) !== 0 || mask === 0) && sendables.has(value);
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
    sendables.add(object);
  }

  $.sendableClass = (constructor, base, fields) => {
    if (base !== hole && !isSendable(base)) throw typeError("Class not derived from a sendable object");
    const instanceCount = fields[fields.length - 1];
    const layout = emptyLayout();
    const inherited = base === hole ? void 0 : layouts.get(base);
    if (inherited !== void 0) {
      const keys = ownKeys(inherited.properties);
      for (let i = 0; i < keys.length; i++) {
        layout.properties[keys[i]] = inherited.properties[keys[i]];
        layout.index[keys[i]] = inherited.index[keys[i]];
      }
      layout.count = inherited.count;
    }
    addFields(layout, fields, 0, instanceCount * 2);
    layouts.set(constructor, layout);
    const statics = emptyLayout();
    addFields(statics, fields, instanceCount * 2, fields.length - 1);
    applyLayout(statics, constructor);
    classes.add(constructor);
    classes.add(constructor.prototype);
    sendables.add(constructor.prototype);
    preventExtensions(constructor.prototype);
    return constructor;
  };
  $.sendableInit = (object, newTarget) => {
    const layout = layouts.get(newTarget);
    if (layout !== void 0) applyLayout(layout, object);
  };
  $.notifyConcurrentResult = value => {
    if (host && host.concurrentResult) host.concurrentResult(value);
  };

