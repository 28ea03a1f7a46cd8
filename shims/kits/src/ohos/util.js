// @ohos:util
(function (host, system) {
  'use strict';

  const { display, parameterError, fail, identityHash } = system.require('@concord:kits');
  const { TextDecoder, TextEncoder, StringDecoder } = system.require('@concord:util.text');
  const { Type, Base64Helper, Base64 } = system.require('@concord:util.base64');
  const { printf, format } = system.require('@concord:util.format');
  const { RationalNumber, ScopeHelper, Scope } = system.require('@concord:util.values');
  const { LRUCache } = system.require('@concord:util.LRUCache');
  const { types } = system.require('@concord:util.types');

  function errnoToString(errno) {
    if (typeof errno !== 'number') parameterError(display(errno), 'number');
    return host.errnoText(errno);
  }

  function callbackWrapper(original) {
    if (typeof original !== 'function') parameterError(display(original), 'function');
    return function (...args) {
      const callback = args.pop();
      if (typeof callback !== 'function') parameterError(display(callback), 'function');
      Promise.resolve(original.apply(this, args)).then(
        (value) => system.later(callback, null, value),
        (error) => system.later(callback, error ?? new Error('Promise was rejected with falsy value'), undefined),
      );
    };
  }

  function promisify(original) {
    if (typeof original !== 'function') parameterError(display(original), 'function');
    return function (...args) {
      return new Promise((resolve, reject) => {
        original.call(this, ...args, (error, value) => {
          if (error) reject(error);
          else resolve(value);
        });
      });
    };
  }

  function randomUuidBytes() {
    const bytes = host.random(16);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return bytes;
  }

  function checkEntropyCache(value) {
    if (value !== undefined && value !== null && typeof value !== 'boolean') parameterError(display(value), 'boolean');
  }

  function generateRandomUUID(entropyCache) {
    checkEntropyCache(entropyCache);
    const hex = Array.from(randomUuidBytes(), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  function generateRandomBinaryUUID(entropyCache) {
    checkEntropyCache(entropyCache);
    return randomUuidBytes();
  }

  const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

  function parseUUID(uuid) {
    if (typeof uuid !== 'string') parameterError(display(uuid), 'string');
    if (!uuidPattern.test(uuid)) fail(10200002, 'Syntax Error. Invalid uuid string');
    const hex = uuid.replaceAll('-', '');
    return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
  }

  function getHash(object) {
    if (object === null || (typeof object !== 'object' && typeof object !== 'function')) parameterError(display(object), 'object');
    // Spread, so that neighbours do not look related.
    return Math.imul(identityHash(object), 0x9e3779b1) & 0x7fffffff;
  }

  /** What an aspect changes: the constructor itself or its prototype, and the method there. */
  function joinPoint(targetClass, methodName, isStatic, advice) {
    if (typeof targetClass !== 'function') parameterError(display(targetClass), 'class');
    if (typeof methodName !== 'string') parameterError(display(methodName), 'string');
    if (typeof isStatic !== 'boolean') parameterError(display(isStatic), 'boolean');
    if (typeof advice !== 'function') parameterError(display(advice), 'function');
    const holder = isStatic ? targetClass : targetClass.prototype;
    const original = holder[methodName];
    if (typeof original !== 'function') fail(401, `Parameter error. ${methodName} is not a method of the class`);
    return { holder, original };
  }

  class Aspect {
    static addBefore(targetClass, methodName, isStatic, before) {
      const { holder, original } = joinPoint(targetClass, methodName, isStatic, before);
      holder[methodName] = function (...args) {
        before(this, ...args);
        return original.apply(this, args);
      };
    }

    static addAfter(targetClass, methodName, isStatic, after) {
      const { holder, original } = joinPoint(targetClass, methodName, isStatic, after);
      holder[methodName] = function (...args) {
        const result = original.apply(this, args);
        return after(this, result, ...args);
      };
    }

    static replace(targetClass, methodName, isStatic, instead) {
      const { holder } = joinPoint(targetClass, methodName, isStatic, instead);
      holder[methodName] = function (...args) {
        return instead(this, ...args);
      };
    }
  }

  const finalizers = new FinalizationRegistry(({ onFinalization, heldValue }) => onFinalization(heldValue));

  class AutoFinalizerCleaner {
    static register(obj, heldValue) {
      const { onFinalization } = obj ?? {};
      if (typeof onFinalization !== 'function') parameterError(display(obj), 'AutoFinalizer');
      // The method only: a reference to the object itself would keep it alive.
      finalizers.register(obj, { onFinalization, heldValue });
    }
  }

  class ArkTSVM {
    // One thread and one heap: there is nothing to detect.
    static setMultithreadingDetectionEnabled() {}
    static enableLocalHandleDetection() {}
    static setTrackGlobalRef() {}
    static onVMHeapMemoryPressure() {}
    static offVMHeapMemoryPressure() {}
  }

  function getMainThreadStackTrace() {
    return new Error().stack ?? '';
  }

  return {
    TextDecoder, TextEncoder, StringDecoder, Type, Base64Helper, Base64, printf, format, RationalNumber, ScopeHelper, Scope,
    LRUCache, LruBuffer: LRUCache, types, Types: types, errnoToString, getErrorString: errnoToString, callbackWrapper, promisify,
    promiseWrapper: promisify, generateRandomUUID, randomUUID: generateRandomUUID, generateRandomBinaryUUID,
    randomBinaryUUID: generateRandomBinaryUUID, parseUUID, getHash, Aspect, AutoFinalizerCleaner, ArkTSVM, getMainThreadStackTrace,
  };
})
