// Structured clone in two halves: `take` writes a value down in numbers, one text and bytes; `give` makes it anew in any context.
//
// A value is a tag and what belongs to it; objects are numbered in the order in which they are met. What containers hold follows
// in that same order, so that nothing recurses. Everything used of the language is captured here: programs may patch it.
(function (native) {
  "use strict";
  const { apply } = Reflect;
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, keys, setPrototypeOf, prototype: objectPrototype } = Object;
  const { isArray } = Array;
  const { join } = Array.prototype;
  const { slice } = String.prototype;
  const getter = (prototype, name) => getOwnPropertyDescriptor(prototype, name).get;
  const TypedArray = getPrototypeOf(Uint8Array);
  const { set: typedSet } = TypedArray.prototype;
  const kinds = [
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
    BigInt64Array, BigUint64Array,
  ];
  const kindNames = kinds.map(kind => kind.name);
  const { indexOf } = Array.prototype;
  const typedName = getter(TypedArray.prototype, Symbol.toStringTag);
  const typedBuffer = getter(TypedArray.prototype, "buffer");
  const typedOffset = getter(TypedArray.prototype, "byteOffset");
  const typedLength = getter(TypedArray.prototype, "length");
  const viewBuffer = getter(DataView.prototype, "buffer");
  const viewOffset = getter(DataView.prototype, "byteOffset");
  const viewLength = getter(DataView.prototype, "byteLength");
  const bufferLength = getter(ArrayBuffer.prototype, "byteLength");
  const { slice: bufferSlice, transfer: bufferTransfer } = ArrayBuffer.prototype;
  const bufferDetached = getOwnPropertyDescriptor(ArrayBuffer.prototype, "detached")?.get;
  const regSource = getter(RegExp.prototype, "source"), regFlags = getter(RegExp.prototype, "flags");
  const mapSize = getter(Map.prototype, "size"), setSize = getter(Set.prototype, "size");
  const { forEach: mapEach, get: mapGet, set: mapSet } = Map.prototype;
  const { forEach: setEach, add: setAdd } = Set.prototype;
  const { hasOwnProperty } = objectPrototype;
  const dateTime = Date.prototype.getTime;
  const primitives = [Boolean, Number, String, BigInt].map(of => of.prototype.valueOf);
  const isError = Error.isError ?? (value => value instanceof ErrorOf);
  const errors = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
  const MapOf = Map, SetOf = Set, DateOf = Date, RegExpOf = RegExp, View = DataView, ObjectOf = Object, ErrorOf = Error;
  const ArrayOf = Array, BigIntOf = BigInt, Words = Float64Array;

  const UNDEFINED = 0, NULL = 1, TRUE = 2, FALSE = 3, NUMBER = 4, TEXT = 5, BIGINT = 6, AGAIN = 7, OBJECT = 8, ARRAY = 9, MAP = 10,
    SET = 11, DATE = 12, REGEXP = 13, BUFFER = 14, TYPED = 15, VIEW = 16, BOXED = 17, ERROR = 18, SHARED = 19, NUMBERS = 20, HOLE = 21;
  /** Arrays longer than this are looked at for holes first. */
  const DENSE = 100000;
  /** Texts up to this length are written once. */
  const SHORT = 40;
  /** Words that are kept for the next value. */
  const KEPT = 1 << 16;

  /** What an object is by the prototypes above it; plain objects are none of these. */
  const built = new MapOf();
  for (const [of, tag] of [[Date, DATE], [RegExp, REGEXP], [Map, MAP], [Set, SET], [ArrayBuffer, BUFFER], [TypedArray, TYPED],
    [DataView, VIEW], [Boolean, BOXED], [Number, BOXED], [String, BOXED], [BigInt, BOXED], [Error, ERROR]]) {
    built.set(of.prototype, tag);
  }
  const REFUSED = -1;
  for (const of of [Promise, WeakMap, WeakSet, WeakRef, Symbol]) built.set(of.prototype, REFUSED);

  // Lists whose elements no setter of a patched prototype can catch.
  const list = () => setPrototypeOf([], null);
  const predicates = list();
  let scratch;

  const attempt = (f, value) => {
    try {
      return [apply(f, value, [])];
    } catch {
      return undefined;
    }
  };
  const refuse = what => {
    throw new ErrorOf(`Serialize error: ${what} cannot be serialized`);
  };
  const has = (values, value) => {
    for (let i = 0; values !== undefined && i < values.length; i++) if (values[i] === value) return true;
    return false;
  };

  /**
   * `moved` are the buffers that go over, `all` says that all do; `copied` are buffers that do not, and shared objects of which
   * copies are shared, `copyShared` says that this is so for all of these.
   */
  function take(root, moved, all, copied, copyShared) {
    let words = scratch ?? new Words(256), at = 0, objects = 0;
    scratch = undefined;
    const seen = new MapOf(), waiting = list(), texts = list(), known = new MapOf(), buffers = list();
    const room = count => {
      const more = new Words(words.length * 2 > at + count ? words.length * 2 : at + count);
      apply(typedSet, more, [words]);
      words = more;
    };
    const put = word => {
      if (at === words.length) room(1);
      words[at++] = word;
    };
    const pair = (tag, word) => {
      if (at + 2 > words.length) room(2);
      words[at++] = tag;
      words[at++] = word;
    };
    const text = string => {
      if (string.length > SHORT) return texts[texts.length] = string, texts.length - 1;
      let place = apply(mapGet, known, [string]);
      if (place === undefined) {
        place = texts.length;
        texts[place] = string;
        apply(mapSet, known, [string, place]);
      }
      return place;
    };
    const meet = object => {
      apply(mapSet, seen, [object, objects++]);
    };
    const hold = (object, tag) => {
      meet(object);
      waiting[waiting.length] = { __proto__: null, object, tag };
    };
    const value = v => {
      switch (typeof v) {
        case "number": return pair(NUMBER, v);
        case "string": return pair(TEXT, text(v));
        case "boolean": return put(v ? TRUE : FALSE);
        case "undefined": return put(UNDEFINED);
        case "bigint": return pair(BIGINT, text(`${v}`));
        case "symbol": return refuse("a symbol");
      }
      if (v === null) return put(NULL);
      const again = apply(mapGet, seen, [v]);
      if (again !== undefined) return pair(AGAIN, again);
      for (let i = 0; i < predicates.length; i++) {
        if (!predicates[i](v)) continue;
        const place = native.share(i, v, copyShared || has(copied, v));
        if (place === undefined) continue;
        meet(v);
        return pair(SHARED, place);
      }
      if (typeof v === "function") refuse("a function");
      if (isArray(v)) {
        hold(v, ARRAY);
        return pair(ARRAY, v.length);
      }
      let tag;
      for (let above = getPrototypeOf(v); tag === undefined && above !== null && above !== objectPrototype; above = getPrototypeOf(above)) {
        tag = apply(mapGet, built, [above]);
      }
      if (tag === undefined || !special(v, tag)) {
        hold(v, OBJECT);
        put(OBJECT);
      }
      return undefined;
    };
    /** An object that has the prototype of a built-in one; false when it is none. */
    const special = (v, tag) => {
      let got;
      switch (tag) {
        case DATE:
          if (!(got = attempt(dateTime, v))) return false;
          pair(DATE, got[0]);
          meet(v);
          return true;
        case REGEXP:
          if (!(got = attempt(regSource, v))) return false;
          pair(REGEXP, text(got[0]));
          put(text(apply(regFlags, v, [])));
          meet(v);
          return true;
        case MAP:
        case SET:
          if (!attempt(tag === MAP ? mapSize : setSize, v)) return false;
          put(tag);
          hold(v, tag);
          return true;
        case BUFFER:
          if (!attempt(bufferLength, v)) return false;
          if (bufferDetached !== undefined && apply(bufferDetached, v, [])) refuse("a detached ArrayBuffer");
          pair(BUFFER, buffers.length);
          // Looking into a buffer from outside would pin it, so what stays here is copied by the language.
          buffers[buffers.length] = bufferTransfer !== undefined && !has(copied, v) && (all || has(moved, v))
            ? apply(bufferTransfer, v, []) : apply(bufferSlice, v, [0]);
          meet(v);
          return true;
        case TYPED: {
          const name = apply(typedName, v, []);
          if (name === undefined) return false;
          const kind = apply(indexOf, kindNames, [name]);
          if (kind < 0) refuse(name);
          const offset = apply(typedOffset, v, []), length = apply(typedLength, v, []);
          pair(TYPED, kind);
          pair(offset, length);
          value(apply(typedBuffer, v, []));
          meet(v);
          return true;
        }
        case VIEW: {
          if (!(got = attempt(viewLength, v))) return false;
          pair(VIEW, apply(viewOffset, v, []));
          put(got[0]);
          value(apply(viewBuffer, v, []));
          meet(v);
          return true;
        }
        case BOXED:
          for (let i = 0; i < primitives.length; i++) {
            if ((got = attempt(primitives[i], v))) {
              put(BOXED);
              value(got[0]);
              meet(v);
              return true;
            }
          }
          return false;
        case ERROR: {
          if (!isError(v)) return false;
          const { name, message, stack } = v;
          pair(ERROR, text(`${name}`));
          pair(text(`${message}`), text(typeof stack === "string" ? stack : ""));
          hold(v, OBJECT);
          return true;
        }
      }
      return refuse("an object of this kind");
    };
    const properties = object => {
      const names = keys(object);
      put(names.length);
      for (let i = 0; i < names.length; i++) {
        put(text(names[i]));
        value(object[names[i]]);
      }
    };
    const elements = array => {
      const { length } = array;
      if (length > DENSE && keys(array).length < length / 2) {
        put(0);
        return properties(array);
      }
      put(length);
      for (let i = 0; i < length; i++) {
        let item = array[i];
        if (typeof item === "number") {
          let end = i + 1;
          while (end < length && typeof array[end] === "number") end++;
          if (end - i > 1) {
            pair(NUMBERS, end - i);
            if (at + end - i > words.length) room(end - i);
            // A proxy may give something else the second time; the array of numbers makes a number of it.
            for (; i < end; i++) words[at++] = array[i];
            i--;
            continue;
          }
        }
        if (item === undefined && !apply(hasOwnProperty, array, [i])) put(HOLE);
        else value(item);
      }
      return undefined;
    };
    value(root);
    for (let i = 0; i < waiting.length; i++) {
      const { object, tag } = waiting[i];
      waiting[i] = undefined;
      if (tag === OBJECT) properties(object);
      else if (tag === ARRAY) elements(object);
      else {
        // A list first: what is done with one element may change the rest.
        const items = list();
        if (tag === MAP) apply(mapEach, object, [(item, key) => { items[items.length] = key; items[items.length] = item; }]);
        else apply(setEach, object, [item => { items[items.length] = item; }]);
        put(items.length);
        for (let k = 0; k < items.length; k++) value(items[k]);
      }
    }
    for (let i = 0; i < texts.length; i++) put(texts[i].length);
    if (words.length <= KEPT) scratch = words;
    setPrototypeOf(buffers, ArrayOf.prototype);
    return [words, at, texts.length, texts.length === 1 ? texts[0] : apply(join, texts, [""]), buffers];
  }

  /** `lengths` is where the lengths of the texts begin, of which `text` is all. */
  function give(words, lengths, text, buffers, shared) {
    let at = 0;
    const texts = list(), made = list(), waiting = list();
    for (let i = lengths, from = 0; i < words.length; i++) {
      texts[texts.length] = apply(slice, text, [from, from + words[i]]);
      from += words[i];
    }
    const keep = object => made[made.length] = object;
    const hold = (object, tag) => {
      waiting[waiting.length] = { __proto__: null, object, tag };
      return keep(object);
    };
    const value = () => {
      switch (words[at++]) {
        case NULL: return null;
        case TRUE: return true;
        case FALSE: return false;
        case NUMBER: return words[at++];
        case TEXT: return texts[words[at++]];
        case BIGINT: return BigIntOf(texts[words[at++]]);
        case AGAIN: return made[words[at++]];
        case OBJECT: return hold({}, OBJECT);
        case ARRAY: {
          const length = words[at++];
          if (length <= DENSE) return hold(new ArrayOf(length), ARRAY);
          const array = [];
          array.length = length;
          return hold(array, ARRAY);
        }
        case MAP: return hold(new MapOf(), MAP);
        case SET: return hold(new SetOf(), SET);
        case DATE: return keep(new DateOf(words[at++]));
        case REGEXP: return keep(new RegExpOf(texts[words[at++]], texts[words[at++]]));
        case BUFFER: return keep(buffers[words[at++]]);
        case TYPED: {
          const kind = kinds[words[at++]], offset = words[at++], length = words[at++];
          return keep(new kind(value(), offset, length));
        }
        case VIEW: {
          const offset = words[at++], length = words[at++];
          return keep(new View(value(), offset, length));
        }
        case BOXED: return keep(ObjectOf(value()));
        case ERROR: return hold(failure(texts[words[at++]], texts[words[at++]], texts[words[at++]]), OBJECT);
        case SHARED: return keep(shared[words[at++]]);
      }
      return undefined;
    };
    const failure = (name, message, stack) => {
      const error = new (errors[name] ?? ErrorOf)(message);
      const hide = (key, value) =>
        defineProperty(error, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
      if (errors[name] === undefined) hide("name", name);
      if (stack !== "") hide("stack", stack);
      return error;
    };
    const properties = object => {
      for (let count = words[at++]; count > 0; count--) {
        const key = texts[words[at++]], item = value();
        // What is there already may be a setter, or closed.
        if (key in object) defineProperty(object, key, { __proto__: null, value: item, writable: true, enumerable: true, configurable: true });
        else object[key] = item;
      }
    };
    const elements = array => {
      const length = words[at++];
      if (length === 0 && array.length > 0) return properties(array);
      for (let i = 0; i < length; i++) {
        if (words[at] === NUMBERS) {
          const end = i + words[at + 1];
          for (at += 2; i < end; i++) array[i] = words[at++];
          i--;
        } else if (words[at] === HOLE) at++;
        else array[i] = value();
      }
      return undefined;
    };
    const root = value();
    for (let i = 0; i < waiting.length; i++) {
      const { object, tag } = waiting[i];
      if (tag === OBJECT) properties(object);
      else if (tag === ARRAY) elements(object);
      else if (tag === MAP) for (let count = words[at++]; count > 0; count -= 2) apply(mapSet, object, [value(), value()]);
      else for (let count = words[at++]; count > 0; count--) apply(setAdd, object, [value()]);
    }
    return root;
  }

  return { take, give, addPredicate: predicate => { predicates[predicates.length] = predicate; } };
})
