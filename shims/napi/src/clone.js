// Structured clone in two halves: `take` makes a list of records of plain parts (numbers, texts, bytes) of a value, `give` makes the
// value anew in any context. A record is [tag, ...parts]; parts that are values are places in the list. Nothing recurses.
(function () {
  "use strict";
  const { apply, ownKeys } = Reflect;
  const { getOwnPropertyDescriptor, getPrototypeOf, defineProperty, prototype: objectPrototype } = Object;
  const { isArray } = Array;
  const isView = ArrayBuffer.isView;
  const getter = (prototype, name) => getOwnPropertyDescriptor(prototype, name).get;
  const TypedArray = getPrototypeOf(Uint8Array);
  const kinds = [
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
    BigInt64Array, BigUint64Array,
  ];
  const kindNames = kinds.map(kind => kind.name);
  const typedName = getter(TypedArray.prototype, Symbol.toStringTag);
  const typedBuffer = getter(TypedArray.prototype, "buffer");
  const typedOffset = getter(TypedArray.prototype, "byteOffset");
  const typedLength = getter(TypedArray.prototype, "length");
  const viewBuffer = getter(DataView.prototype, "buffer");
  const viewOffset = getter(DataView.prototype, "byteOffset");
  const viewLength = getter(DataView.prototype, "byteLength");
  const bufferLength = getter(ArrayBuffer.prototype, "byteLength");
  const transfer = ArrayBuffer.prototype.transfer;
  const regSource = getter(RegExp.prototype, "source"), regFlags = getter(RegExp.prototype, "flags");
  const mapSize = getter(Map.prototype, "size"), setSize = getter(Set.prototype, "size");
  const { forEach: mapEach, get: mapGet, set: mapSet, has: mapHas } = Map.prototype;
  const { forEach: setEach, add: setAdd } = Set.prototype;
  const dateTime = Date.prototype.getTime;
  const values = [Boolean.prototype.valueOf, Number.prototype.valueOf, String.prototype.valueOf, BigInt.prototype.valueOf];
  const isError = Error.isError ?? (value => value instanceof Error);
  const errors = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
  const uncloneable = [Promise, WeakMap, WeakSet, WeakRef];
  const MapOf = Map, SetOf = Set, DateOf = Date, RegExpOf = RegExp, View = DataView, toObject = Object, ErrorOf = Error;

  const attempt = (f, value, ...rest) => {
    try {
      return [apply(f, value, rest)];
    } catch {
      return undefined;
    }
  };
  const refuse = what => {
    throw new ErrorOf(`Serialize error: ${what} cannot be serialized`);
  };
  const put = (object, key, value) =>
    defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });

  /** What a plain value is in a record; objects get a place in the list. */
  function take(root, transferred, isSendable, binding) {
    const seen = new MapOf(), records = [], waiting = [];
    const push = record => (put(records, records.length, record), records.length - 1);
    const place = value => {
      switch (typeof value) {
        case "symbol": return refuse("a symbol");
        case "function": if (!binding(value) && !isSendable(value)) return refuse("a function");
        case "object": if (value !== null) {
          if (apply(mapHas, seen, [value])) return apply(mapGet, seen, [value]);
          const at = push(undefined);
          apply(mapSet, seen, [value, at]);
          put(waiting, waiting.length, value);
          return at;
        }
      }
      return push(["value", value]);
    };
    const describe = object => {
      const native = binding(object);
      if (native !== undefined) return ["native", native];
      if (isArray(object)) return properties(object, ["array", object.length]);
      let got;
      if (isView(object)) {
        const name = apply(typedName, object, []);
        if (name === undefined) {
          const [offset, length] = [apply(viewOffset, object, []), apply(viewLength, object, [])];
          return ["view", place(apply(viewBuffer, object, [])), offset, length];
        }
        const kind = kindNames.indexOf(name);
        if (kind < 0) refuse(name);
        return ["typed", kind, place(apply(typedBuffer, object, [])), apply(typedOffset, object, []), apply(typedLength, object, [])];
      }
      if (attempt(bufferLength, object)) {
        let handed = false;
        for (let i = 0; transferred !== undefined && i < transferred.length; i++) handed ||= transferred[i] === object;
        return ["buffer", object, handed];
      }
      if ((got = attempt(dateTime, object))) return ["date", got[0]];
      if (attempt(mapSize, object)) {
        const record = ["map"];
        apply(mapEach, object, [(value, key) => { put(record, record.length, place(key)); put(record, record.length, place(value)); }]);
        return record;
      }
      if (attempt(setSize, object)) {
        const record = ["set"];
        apply(setEach, object, [value => put(record, record.length, place(value))]);
        return record;
      }
      if (object instanceof RegExpOf && (got = attempt(regSource, object))) return ["regexp", got[0], apply(regFlags, object, [])];
      for (let i = 0; i < values.length; i++) if ((got = attempt(values[i], object))) return ["boxed", got[0]];
      if (isError(object)) {
        const { name, message, stack } = object;
        return ["error", `${name}`, `${message}`, typeof stack === "string" ? stack : ""];
      }
      for (let i = 0; i < uncloneable.length; i++) if (object instanceof uncloneable[i]) refuse(uncloneable[i].name);
      return properties(object, ["object", isSendable(object)]);
    };
    const properties = (object, record) => {
      const keys = ownKeys(object);
      for (let i = 0; i < keys.length; i++) {
        const at = typeof keys[i] === "string" ? getOwnPropertyDescriptor(object, keys[i]) : undefined;
        if (at === undefined || !at.enumerable) continue;
        put(record, record.length, keys[i]);
        put(record, record.length, place(object[keys[i]]));
      }
      return record;
    };
    place(root);
    for (let i = 0; i < waiting.length; i++) {
      const record = describe(waiting[i]);
      put(records, apply(mapGet, seen, [waiting[i]]), record);
    }
    return records;
  }

  /** Detaches what was handed over; gives what has its bytes now. */
  function handOver(buffer) {
    return transfer === undefined ? buffer : apply(transfer, buffer, []);
  }

  function give(records, markSendable, attach) {
    const made = [];
    // Buffers first, then what lies over them, then what may hold anything.
    for (let i = 0; i < records.length; i++) put(made, i, shell(records[i], attach));
    for (let i = 0; i < records.length; i++) {
      const r = records[i];
      if (r[0] === "typed") made[i] = new kinds[r[1]](made[r[2]], r[3], r[4]);
      else if (r[0] === "view") made[i] = new View(made[r[1]], r[2], r[3]);
    }
    for (let i = 0; i < records.length; i++) {
      const r = records[i], object = made[i];
      switch (r[0]) {
        case "object":
        case "array":
          for (let k = 2; k < r.length; k += 2) put(object, r[k], made[r[k + 1]]);
          break;
        case "map":
          for (let k = 1; k < r.length; k += 2) apply(mapSet, object, [made[r[k]], made[r[k + 1]]]);
          break;
        case "set":
          for (let k = 1; k < r.length; k++) apply(setAdd, object, [made[r[k]]]);
          break;
      }
    }
    for (let i = 0; i < records.length; i++) if (records[i][0] === "object" && records[i][1]) markSendable(made[i]);
    return made[0];
  }

  function shell(r, attach) {
    switch (r[0]) {
      case "value": return r[1];
      case "buffer": return r[1];
      case "native": return attach(r[1]);
      case "array": {
        const array = [];
        array.length = r[1];
        return array;
      }
      case "object": return { __proto__: objectPrototype };
      case "date": return new DateOf(r[1]);
      case "map": return new MapOf();
      case "set": return new SetOf();
      case "regexp": return new RegExpOf(r[1], r[2]);
      case "boxed": return toObject(r[1]);
      case "error": {
        const error = new (errors[r[1]] ?? ErrorOf)(r[2]);
        const hide = (key, value) =>
          defineProperty(error, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
        if (errors[r[1]] === undefined) hide("name", r[1]);
        if (r[3] !== "") hide("stack", r[3]);
        return error;
      }
    }
    return undefined;
  }

  return { take, give, handOver };
})
