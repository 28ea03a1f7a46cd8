//! Small JavaScript helpers for what the C interface lacks, captured before guest code can change the built-ins.

use crate::string::JsString;
use crate::{Context, bits};
use std::ptr;

/// Index into the array that [`SOURCE`] returns.
#[derive(Clone, Copy)]
pub(crate) enum Intrinsic {
    Call,
    ObjectKeys,
    DefineHidden,
    AdoptFunction,
    MakeConstructor,
    Deferred,
    IsError,
    IsPromise,
    BigInt,
    ViewParts,
    MakeError,
    Stringify,
    Create,
    MakeSymbol,
    SymbolFor,
    MakeDate,
    HasOwn,
    Keys,
    PrototypeOf,
    DefineValue,
    DefineAccessor,
    Freeze,
    Seal,
    MakeBigInt,
    BigIntHex,
    MakeClass,
}

impl Intrinsic {
    pub(crate) const COUNT: usize = Intrinsic::MakeClass as usize + 1;
}

const SOURCE: &str = r#"(function () {
"use strict";
const { create, defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf, hasOwn, keys, seal, prototype: { isPrototypeOf } } = Object;
const { apply, ownKeys } = Reflect;
const { for: symbolFor } = Symbol, makeSymbol = Symbol, DateConstructor = Date, bigIntText = BigInt.prototype.toString;
const keep = WeakMap.prototype.set, companions = new WeakMap();
const errors = [Error, TypeError, RangeError, ReferenceError, SyntaxError];
const ErrorPrototype = Error.prototype, PromisePrototype = Promise.prototype, PromiseConstructor = Promise;
const isError = Error.isError ?? (value => apply(isPrototypeOf, ErrorPrototype, [value]));
const toBigInt = BigInt, stringify = JSON.stringify;
const view = name => getOwnPropertyDescriptor(DataView.prototype, name).get;
const viewBuffer = view("buffer"), viewOffset = view("byteOffset"), viewLength = view("byteLength");
const hidden = (object, key, value) =>
    defineProperty(object, key, { __proto__: null, value, writable: false, enumerable: false, configurable: true });
const named = (f, name, length) => { hidden(f, "length", length); return hidden(f, "name", name); };
// The bits of `KeyFilter`.
const listKeys = (object, filter) => {
    const list = [], seen = { __proto__: null };
    for (let level = object; level !== null; level = getPrototypeOf(level)) {
        const own = ownKeys(level);
        for (let i = 0; i < own.length; i++) {
            const key = own[i];
            const symbol = typeof key === "symbol";
            if (symbol ? filter & 16 : filter & 8) continue;
            if (level !== object && seen[key]) continue;
            const at = getOwnPropertyDescriptor(level, key);
            if (at === undefined) continue;
            seen[key] = true;
            if (filter & 2 && !at.enumerable || filter & 4 && !at.configurable || filter & 1 && at.writable === false) continue;
            const index = symbol ? NaN : key >>> 0;
            const listed = filter & 64 && !symbol && index !== 4294967295 && `${index}` === key ? index : key;
            defineProperty(list, list.length, { __proto__: null, value: listed, writable: true, enumerable: true, configurable: true });
        }
        if (!(filter & 32)) break;
    }
    return list;
};
return [
    Function.prototype.call,
    keys,
    hidden,
    (f, companion, name, length) => { apply(keep, companions, [f, companion]); return named(f, name, length); },
    (call, construct, name, length) =>
        named(function (...args) { return apply(new.target === undefined ? call : construct, this, args); }, name, length),
    () => { let parts; const promise = new PromiseConstructor((resolve, reject) => { parts = [resolve, reject]; });
        return [promise, parts[0], parts[1]]; },
    isError,
    value => apply(isPrototypeOf, PromisePrototype, [value]),
    text => toBigInt(text),
    value => { try { return [apply(viewBuffer, value, []), apply(viewOffset, value, []), apply(viewLength, value, [])]; } catch { } },
    (kind, message) => new errors[kind](message),
    stringify,
    create,
    description => makeSymbol(description),
    symbolFor,
    time => new DateConstructor(time),
    hasOwn,
    listKeys,
    getPrototypeOf,
    (object, key, value, flags) => defineProperty(object, key, { __proto__: null, value,
        writable: (flags & 1) !== 0, enumerable: (flags & 2) !== 0, configurable: (flags & 4) !== 0 }),
    (object, key, get, set, flags) => defineProperty(object, key, { __proto__: null, get, set,
        enumerable: (flags & 2) !== 0, configurable: (flags & 4) !== 0 }),
    freeze,
    seal,
    (text, negative) => negative ? -toBigInt(text) : toBigInt(text),
    value => apply(bigIntText, value, [16]),
    // A constructor where host functions cannot be one: `construct` gets new.target as its `this`.
    (call, construct, name, length) =>
        named(function (...args) { return new.target === undefined ? apply(call, this, args) : apply(construct, new.target, args); }, name, length),
];
})()"#;

/// Evaluates the helpers; the functions stay protected until the context ends.
pub(crate) fn install(context: &Context) -> Option<[usize; Intrinsic::COUNT]> {
    let source = JsString::new(context.api(), SOURCE);
    // SAFETY: string and context are alive.
    let result = context.catching(|api, ctx, exception| unsafe {
        (api.JSEvaluateScript)(ctx, source.raw(), ptr::null_mut(), ptr::null_mut(), 1, exception)
    });
    let list = context.adopt(result.ok()?);
    let mut table = [0; Intrinsic::COUNT];
    for (index, slot) in (0..).zip(&mut table) {
        let helper = list.get_index(index).ok().filter(|helper| helper.is_function())?;
        *slot = helper.raw();
        // SAFETY: a live value of this context.
        unsafe { (context.api().JSValueProtect)(context.raw(), bits::value_ref(*slot)) };
    }
    Some(table)
}
