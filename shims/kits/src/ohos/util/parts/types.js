// Part of @ohos:util: type checks of built-in objects.
(function (host, system) {
  'use strict';

  const { toString } = Object.prototype;
  const tagOf = (value) => toString.call(value).slice(8, -1);
  const typedArrayTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
  const isObject = (value) => typeof value === 'object' && value !== null;

  /** Whether `method` accepts `value` as its receiver: the check of an internal slot that no object can fake. */
  function accepts(method, value, ...args) {
    if (!isObject(value)) return false;
    try {
      method.call(value, ...args);
      return true;
    } catch {
      return false;
    }
  }

  const getter = (Class, name) => Object.getOwnPropertyDescriptor(Class.prototype, name).get;
  const bufferLength = getter(ArrayBuffer, 'byteLength');
  const sharedLength = typeof SharedArrayBuffer === 'function' ? getter(SharedArrayBuffer, 'byteLength') : undefined;
  const viewLength = getter(DataView, 'byteLength');
  const mapSize = getter(Map, 'size');
  const setSize = getter(Set, 'size');
  const regExpSource = RegExp.prototype.exec;
  const boxes = {
    Number: Number.prototype.valueOf,
    String: String.prototype.valueOf,
    Boolean: Boolean.prototype.valueOf,
    Symbol: Symbol.prototype.valueOf,
    BigInt: BigInt.prototype.valueOf,
  };

  const isArrayBuffer = (value) => accepts(bufferLength, value);
  const isShared = (value) => sharedLength !== undefined && accepts(sharedLength, value);
  const isView = (value) => accepts(viewLength, value);
  const typedName = (value) => (isObject(value) ? typedArrayTag.call(value) : undefined);
  const iteratorOf = (value, tag) => isObject(value) && tagOf(value) === tag;
  const isBox = (value, kind) => accepts(boxes[kind], value);

  class types {
    isAnyArrayBuffer(value) { return isArrayBuffer(value) || isShared(value); }
    isArrayBufferView(value) { return ArrayBuffer.isView(value); }
    isArgumentsObject(value) { return isObject(value) && tagOf(value) === 'Arguments'; }
    isArrayBuffer(value) { return isArrayBuffer(value); }
    isAsyncFunction(value) {
      const tag = typeof value === 'function' ? tagOf(value) : '';
      return tag === 'AsyncFunction' || tag === 'AsyncGeneratorFunction';
    }
    isBoxedPrimitive(value) { return Object.keys(boxes).some((kind) => isBox(value, kind)); }
    isBooleanObject(value) { return isBox(value, 'Boolean'); }
    isNumberObject(value) { return isBox(value, 'Number'); }
    isStringObject(value) { return isBox(value, 'String'); }
    isSymbolObject(value) { return isBox(value, 'Symbol'); }
    isBigIntObject(value) { return isBox(value, 'BigInt'); }
    isDataView(value) { return isView(value); }
    isDate(value) { return accepts(Date.prototype.getTime, value); }
    isExternal() { return false; }
    isGeneratorFunction(value) {
      const tag = typeof value === 'function' ? tagOf(value) : '';
      return tag === 'GeneratorFunction' || tag === 'AsyncGeneratorFunction';
    }
    isGeneratorObject(value) { return isObject(value) && tagOf(value) === 'Generator'; }
    isMap(value) { return accepts(mapSize, value); }
    isMapIterator(value) { return iteratorOf(value, 'Map Iterator'); }
    isModuleNamespaceObject(value) { return isObject(value) && tagOf(value) === 'Module'; }
    isNativeError(value) { return value instanceof Error; }
    isPromise(value) { return value instanceof Promise; }
    isProxy() { return false; }
    isRegExp(value) { return value !== RegExp.prototype && accepts(regExpSource, value, ''); }
    isSet(value) { return accepts(setSize, value); }
    isSetIterator(value) { return iteratorOf(value, 'Set Iterator'); }
    isSharedArrayBuffer(value) { return isShared(value); }
    isTypedArray(value) { return typedName(value) !== undefined; }
    isInt8Array(value) { return typedName(value) === 'Int8Array'; }
    isInt16Array(value) { return typedName(value) === 'Int16Array'; }
    isInt32Array(value) { return typedName(value) === 'Int32Array'; }
    isUint8Array(value) { return typedName(value) === 'Uint8Array'; }
    isUint8ClampedArray(value) { return typedName(value) === 'Uint8ClampedArray'; }
    isUint16Array(value) { return typedName(value) === 'Uint16Array'; }
    isUint32Array(value) { return typedName(value) === 'Uint32Array'; }
    isFloat32Array(value) { return typedName(value) === 'Float32Array'; }
    isFloat64Array(value) { return typedName(value) === 'Float64Array'; }
    isBigInt64Array(value) { return typedName(value) === 'BigInt64Array'; }
    isBigUint64Array(value) { return typedName(value) === 'BigUint64Array'; }
    isWeakMap(value) { return accepts(WeakMap.prototype.has, value, value); }
    isWeakSet(value) { return accepts(WeakSet.prototype.has, value, value); }
  }

  return { types };
})
