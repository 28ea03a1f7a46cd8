// What the engine's C interface lacks and native modules need. `prelude` is the `$` of translated code; undefined in a bare context.
(function (prelude) {
  "use strict";
  const { apply, construct, ownKeys } = Reflect;
  const { defineProperty, getOwnPropertyDescriptor, seal, setPrototypeOf, prototype: { hasOwnProperty: hasOwn } } = Object;
  const TypeErrorOf = TypeError;
  const getter = (prototype, name) => getOwnPropertyDescriptor(prototype, name)?.get;
  const View = DataView;
  const byteLength = getter(ArrayBuffer.prototype, "byteLength");
  const detached = getter(ArrayBuffer.prototype, "detached");
  const transfer = ArrayBuffer.prototype.transfer;
  const viewBuffer = getter(DataView.prototype, "buffer");
  const own = new WeakSet(), has = own.has, add = own.add;
  const bindings = new WeakMap(), bind = bindings.set, bound = bindings.get;
  const isSendable = prelude === undefined ? value => apply(has, own, [value]) : prelude.isSendable;
  const markSendable = prelude === undefined ? object => { apply(add, own, [object]); return object; } : prelude.markSendable;
  const isDetached = buffer => {
    if (detached !== undefined) return apply(detached, buffer, []);
    try {
      new View(buffer);
      return false;
    } catch {
      return true;
    }
  };
  return {
    isDetached,
    detach(buffer) {
      if (isDetached(buffer)) return true;
      if (transfer === undefined) return false;
      // The engine copies what it may not move, and leaves the buffer as it was.
      apply(transfer, buffer, []);
      return isDetached(buffer);
    },
    view: (buffer, offset, length) => new View(buffer, offset, length),
    isView(value) {
      try {
        apply(viewBuffer, value, []);
        return true;
      } catch {
        return false;
      }
    },
    isSendable,
    markSendable,
    sealSendable: object => markSendable(seal(object)),
    /** A class whose instances are sendable: `native` makes them, `fields` are what they have besides. */
    sendableClass(native, parent, fields) {
      const { name } = native;
      const Class = function (...args) {
        if (new.target === undefined) throw new TypeErrorOf(`class constructor ${name} cannot be called without 'new'`);
        const object = construct(native, args, new.target);
        for (let i = 0; i < fields.length; i += 2) {
          if (!apply(hasOwn, object, [fields[i]])) {
            defineProperty(object, fields[i], { __proto__: null, value: fields[i + 1], writable: true, enumerable: true, configurable: true });
          }
        }
        markSendable(object);
        // Classes derived from it add their own fields.
        return new.target === Class ? seal(object) : object;
      };
      const own = ownKeys(native);
      for (let i = 0; i < own.length; i++) {
        if (own[i] !== "arguments" && own[i] !== "caller") defineProperty(Class, own[i], getOwnPropertyDescriptor(native, own[i]));
      }
      defineProperty(Class.prototype, "constructor", { __proto__: null, value: Class, writable: true, enumerable: false, configurable: true });
      if (parent !== undefined) {
        setPrototypeOf(Class, parent);
        setPrototypeOf(Class.prototype, parent.prototype);
      }
      markSendable(Class.prototype);
      return markSendable(Class);
    },
    bind: (object, number) => { apply(bind, bindings, [object, number]); },
    binding: object => apply(bound, bindings, [object]),
    isBound: object => apply(bound, bindings, [object]) !== undefined,
  };
})
