  // ---- Shared buffers -----------------------------------------------------------------------------------------------------------

  // The engine's own SharedArrayBuffer belongs to one machine. Ours is an ordinary buffer to the engine, over bytes that any machine
  // may have one of; only growable ones are the engine's, and stay in their thread.
  const NativeShared = globalThis.SharedArrayBuffer;
  if (outside !== void 0 && NativeShared !== void 0) {
    const getterOf = (prototype, name) => getOwnPropertyDescriptor(prototype, name).get;
    const bufferLength = uncurry(getterOf(ArrayBuffer.prototype, "byteLength"));
    const nativeSlice = uncurry(NativeShared.prototype.slice);
    const TypedArrayPrototype = getPrototypeOf(Int8Array.prototype);
    const arrayTag = uncurry(getterOf(TypedArrayPrototype, symbolToStringTag));
    const arrayBuffer = uncurry(getterOf(TypedArrayPrototype, "buffer"));
    const arrayOffset = uncurry(getterOf(TypedArrayPrototype, "byteOffset"));
    const arrayLength = uncurry(getterOf(TypedArrayPrototype, "length"));
    const setElements = uncurry(TypedArrayPrototype.set);
    const NativeUint8Array = Uint8Array;
    const { max, min, trunc } = Math;

    class Shared extends itself {
      #handle;
      constructor(buffer, handle) {
        super(buffer);
        this.#handle = handle;
      }
      static is = object => #handle in object;
      static handle = object => object.#handle;
    }
    const { is: isOurs, handle: handleOfBuffer } = Shared;
    const kind = outside.kind("SharedArrayBuffer", "", "");
    function over(handle, prototype) {
      const buffer = outside.over(handle);
      new Shared(buffer, handle);
      setPrototypeOf(buffer, prototype);
      outside.bind(handle, buffer);
      return buffer;
    }
    function make(length, prototype) {
      const handle = outside.buffer(kind, length);
      if (handle === void 0) throw new NativeRangeError("Array buffer allocation failed");
      return over(handle, prototype);
    }
    const toInteger = value => {
      const number = trunc(+value);
      return number === number ? number : 0;
    };
    const ours = value => isObject(value) && isOurs(value);

    function SharedArrayBuffer(length, options) {
      if (new.target === void 0) throw typeError("Constructor SharedArrayBuffer requires 'new'");
      if (isObject(options) && options.maxByteLength !== void 0) return construct(NativeShared, [length, options], new.target);
      const size = toInteger(length);
      if (size < 0 || size > 9007199254740991) throw new NativeRangeError("length is out of range");
      const prototype = new.target.prototype;
      return make(size, isObject(prototype) ? prototype : SharedArrayBuffer.prototype);
    }
    defineProperty(SharedArrayBuffer, "length", { __proto__: null, value: 1, configurable: true });
    // Growable buffers find the engine's methods behind ours.
    const prototype = NativeShared.prototype;
    defineProperty(SharedArrayBuffer, "prototype", { __proto__: null, value: prototype, writable: false });
    defineProperty(prototype, "constructor", { __proto__: null, value: SharedArrayBuffer, writable: true, configurable: true });
    builtins.add(SharedArrayBuffer);
    const member = (name, get) => {
      builtins.add(get);
      defineProperty(prototype, name, { __proto__: null, get, enumerable: false, configurable: true });
    };
    for (const [name, answer] of [["byteLength", bufferLength], ["growable", () => false], ["maxByteLength", bufferLength]]) {
      const existing = getOwnPropertyDescriptor(prototype, name);
      if (existing === void 0) continue;
      const native = uncurry(existing.get);
      member(name, getOwnPropertyDescriptor({ get [name]() { return ours(this) ? answer(this) : native(this); } }, name).get);
    }
    builtin(prototype, "slice", {
      slice(start, end) {
        if (!ours(this)) return nativeSlice(this, start, end);
        const length = bufferLength(this);
        const place = (value, otherwise) => {
          const at = value === void 0 ? otherwise : toInteger(value);
          return at < 0 ? max(length + at, 0) : min(at, length);
        };
        const first = place(start, 0);
        const count = max(place(end, length) - first, 0);
        const species = this.constructor === void 0 ? void 0 : this.constructor[NativeSymbol.species];
        const result = species === void 0 || species === null ? make(count, prototype) : new species(count);
        if (!ours(result)) throw typeError("the result is no SharedArrayBuffer");
        if (result === this || bufferLength(result) < count) throw typeError("the result does not fit");
        setElements(new NativeUint8Array(result), new NativeUint8Array(this, first, count));
        return result;
      },
    }.slice);
    defineProperty(SharedArrayBuffer, NativeSymbol.species, getOwnPropertyDescriptor(NativeShared, NativeSymbol.species));
    defineProperty(globalThis, "SharedArrayBuffer", { __proto__: null, value: SharedArrayBuffer, writable: true, enumerable: false, configurable: true });

    defineKind({
      __proto__: null,
      name: "SharedArrayBuffer",
      sendable: false,
      is: isOurs,
      handle: handleOfBuffer,
      promote() {},
      adopt: handle => over(handle, prototype),
    });

    // The engine's would not wait: to it the buffer is not shared.
    const { wait: nativeWait, notify: nativeNotify } = Atomics;
    function place(array, index) {
      const tag = isObject(array) ? arrayTag(array) : void 0;
      if (tag !== "Int32Array" && tag !== "BigInt64Array") return void 0;
      const buffer = arrayBuffer(array);
      if (!ours(buffer)) return void 0;
      const at = toInteger(index);
      if (at < 0 || at >= arrayLength(array)) throw new NativeRangeError("the index is out of range");
      const wide = tag === "BigInt64Array";
      return { handle: handleOfBuffer(buffer), offset: arrayOffset(array) + at * (wide ? 8 : 4), wide };
    }
    builtin(Atomics, "wait", {
      wait(array, index, value, timeout) {
        const at = place(array, index);
        if (at === void 0) return nativeWait(array, index, value, timeout);
        const expected = at.wide ? NativeBigInt.asIntN(64, value) : value | 0;
        const time = +timeout;
        return outside.wait(at.handle, at.offset, at.wide, expected, time === time ? max(time, 0) : Infinity);
      },
    }.wait);
    builtin(Atomics, "notify", {
      notify(array, index, count) {
        const at = place(array, index);
        if (at === void 0) return nativeNotify(array, index, count);
        return outside.notify(at.handle, at.offset, count === void 0 ? Infinity : max(toInteger(count), 0));
      },
    }.notify);
  }

