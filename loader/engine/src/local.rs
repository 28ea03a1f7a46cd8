//! Values without handles of their own, for code that is called by guests and answers in nanoseconds.
//!
//! A [`Value`] registers its cell with the collector, which costs tens of nanoseconds. But the collector also looks at every
//! word of the thread's stack and registers, and it never moves objects: a value that a function holds in a local variable is
//! alive without registration. [`Local`] is such a value. What it must not do is hide in the heap, where the collector does
//! not look; [`Context::locals`] is `unsafe` because the compiler cannot check that. To keep one, use [`Local::to_value`] or
//! [`Roots`](crate::Roots).

use crate::exception::Exception;
use crate::intrinsics::Intrinsic;
use crate::string::JsString;
use crate::sys::{Api, ContextRef, ObjectRef, ValueRef, value_type};
use crate::{Context, ErrorKind, Value, bits};
use std::marker::PhantomData;
use std::num::NonZeroU64;
use std::ptr;

mod bytes;

pub use bytes::{ArrayType, Release, View};

/// A value on the stack; see the module for what keeps it alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Local<'s> {
    raw: NonZeroU64,
    scope: PhantomData<(&'s Context, *const ())>,
}

/// What a call that may throw gives: `Err` is the thrown value, which is no longer pending in the engine.
pub type LocalResult<'s, T = Local<'s>> = Result<T, Local<'s>>;

/// What `typeof` would say, with `null` set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    Undefined,
    Null,
    Boolean,
    Number,
    String,
    Symbol,
    BigInt,
    Object,
    Function,
}

impl<'s> Local<'s> {
    const fn constant(raw: usize) -> Local<'s> {
        match NonZeroU64::new(raw as u64) {
            Some(raw) => Local { raw, scope: PhantomData },
            None => panic!("no constant of the engine is 0"),
        }
    }

    /// `undefined`.
    pub const UNDEFINED: Local<'s> = Local::constant(bits::UNDEFINED);
    /// `null`.
    pub const NULL: Local<'s> = Local::constant(bits::NULL);

    /// The encoded value of a raw word; `None` for 0, which is no value.
    ///
    /// # Safety
    /// `raw` came from [`Local::raw`] in this context, and something has kept the value alive since.
    #[inline]
    pub unsafe fn from_raw(raw: u64) -> Option<Local<'s>> {
        NonZeroU64::new(raw).map(|raw| Local { raw, scope: PhantomData })
    }

    /// What the library returned; null stands for `undefined`.
    fn adopt(raw: ValueRef) -> Local<'s> {
        NonZeroU64::new(raw as u64).map_or(Local::UNDEFINED, |raw| Local { raw, scope: PhantomData })
    }

    /// The encoded value, never 0.
    #[inline]
    pub fn raw(self) -> u64 {
        self.raw.get()
    }

    /// A boolean.
    pub const fn boolean(b: bool) -> Local<'s> {
        Local::constant(if b { bits::TRUE } else { bits::FALSE })
    }

    /// A number.
    #[inline]
    pub fn number(n: f64) -> Local<'s> {
        Local::adopt(bits::value_ref(bits::number(n)))
    }

    /// A number.
    #[inline]
    pub fn int32(n: i32) -> Local<'s> {
        Local::adopt(bits::value_ref(bits::int32(n)))
    }

    /// Whether the collector has to know of this value: it is neither number nor boolean, `null` or `undefined`.
    #[inline]
    pub fn is_cell(self) -> bool {
        bits::is_cell(self.raw.get() as usize)
    }

    /// Whether this is `undefined` or `null`.
    pub fn is_nullish(self) -> bool {
        self == Local::UNDEFINED || self == Local::NULL
    }

    /// A primitive boolean.
    pub fn as_bool(self) -> Option<bool> {
        match self.raw.get() as usize {
            bits::TRUE => Some(true),
            bits::FALSE => Some(false),
            _ => None,
        }
    }

    /// A primitive number.
    #[inline]
    pub fn as_f64(self) -> Option<f64> {
        bits::as_number(self.raw.get() as usize)
    }

    /// A primitive number that the engine holds as an integer.
    #[inline]
    pub fn as_int32(self) -> Option<i32> {
        bits::as_int32(self.raw.get() as usize)
    }

    pub(crate) fn value_ref(self) -> ValueRef {
        self.raw.get() as ValueRef
    }

    fn object_ref(self) -> ObjectRef {
        self.raw.get() as ObjectRef
    }
}

/// Access to a context through [`Local`] values.
#[derive(Clone, Copy)]
pub struct Locals<'s> {
    context: &'s Context,
}

impl Context {
    /// Access through [`Local`] values.
    ///
    /// # Safety
    /// While this or a `Local` from it is in use, every `Local` stays in local variables of this thread (not in the heap,
    /// unless something else keeps the value alive).
    pub unsafe fn locals(&self) -> Locals<'_> {
        Locals { context: self }
    }
}

/// Calls with at most this many arguments need no copy.
const INLINE_ARGS: usize = 8;

impl<'s> Locals<'s> {
    /// The context.
    pub fn context(self) -> &'s Context {
        self.context
    }

    fn api(self) -> &'static Api {
        self.context.api()
    }

    fn raw(self) -> ContextRef {
        self.context.raw()
    }

    /// Runs one C call that may throw but runs no guest code worth limiting.
    fn catching<R>(self, call: impl FnOnce(&Api, ContextRef, *mut ValueRef) -> R) -> LocalResult<'s, R> {
        let mut exception: ValueRef = ptr::null();
        let result = call(self.api(), self.raw(), &raw mut exception);
        if exception.is_null() { Ok(result) } else { Err(Local::adopt(exception)) }
    }

    /// As [`Context::running`].
    fn running<R>(self, call: impl FnOnce(&Api, ContextRef, *mut ValueRef) -> R) -> LocalResult<'s, R> {
        let inner = &self.context.inner;
        if inner.limits.is_set() || inner.bytes_borrowed.get() {
            return Err(self.refusal());
        }
        let was_running = inner.limits.enter();
        let result = self.catching(call);
        inner.limits.leave(was_running);
        inner.graveyard.bury();
        if inner.limits.is_set() {
            self.context.clear_pending_exception();
            return Err(self.refusal());
        }
        result
    }

    #[cold]
    fn refusal(self) -> Local<'s> {
        if self.context.inner.limits.is_set() {
            return self.thrown(self.context.termination_error());
        }
        self.error(ErrorKind::Error, "script was run while native code held the bytes of a buffer")
    }

    /// The value of a handle, which may be dropped afterwards as long as this is in a local variable.
    pub fn local(self, value: &Value) -> Local<'s> {
        Local::adopt(value.value_ref())
    }

    /// A handle that keeps the value alive wherever it is stored.
    pub fn value(self, local: Local<'s>) -> Value {
        self.context.adopt(local.value_ref())
    }

    /// The thrown value.
    pub fn thrown(self, exception: Exception) -> Local<'s> {
        self.local(&exception.0)
    }

    /// Calls one of our own JavaScript helpers with at most eight arguments.
    pub(crate) fn intrinsic(self, which: Intrinsic, args: &[Local<'s>]) -> LocalResult<'s> {
        let function = self.context.intrinsic(which);
        self.raw_call(function, ptr::null_mut(), args)
    }

    fn raw_call(self, function: ObjectRef, this: ObjectRef, args: &[Local<'s>]) -> LocalResult<'s> {
        // SAFETY: function, `this` and arguments are alive; a `Local` is laid out as the engine's value.
        let result = self.running(|api, ctx, exception| unsafe {
            (api.JSObjectCallAsFunction)(ctx, function, this, args.len(), args.as_ptr().cast(), exception)
        })?;
        Ok(Local::adopt(result))
    }

    /// What kind of value it is.
    pub fn kind(self, value: Local<'s>) -> Kind {
        if !value.is_cell() {
            return match value.raw() as usize {
                bits::UNDEFINED => Kind::Undefined,
                bits::NULL => Kind::Null,
                bits::TRUE | bits::FALSE => Kind::Boolean,
                _ => Kind::Number,
            };
        }
        // SAFETY: a live value of this context.
        match unsafe { (self.api().JSValueGetType)(self.raw(), value.value_ref()) } {
            value_type::STRING => Kind::String,
            value_type::SYMBOL => Kind::Symbol,
            value_type::BIGINT => Kind::BigInt,
            _ if self.is_function(value) => Kind::Function,
            _ => Kind::Object,
        }
    }

    /// Whether this is an object; functions are.
    pub fn is_object(self, value: Local<'s>) -> bool {
        // SAFETY: a live value of this context.
        value.is_cell() && unsafe { (self.api().JSValueGetType)(self.raw(), value.value_ref()) } == value_type::OBJECT
    }

    /// Whether this is a primitive string.
    pub fn is_string(self, value: Local<'s>) -> bool {
        // SAFETY: a live value of this context.
        value.is_cell() && unsafe { (self.api().JSValueGetType)(self.raw(), value.value_ref()) } == value_type::STRING
    }

    /// Whether this cell, which must be an object, can be called.
    fn is_function(self, value: Local<'s>) -> bool {
        // SAFETY: a live cell; for one that is no object the answer is `false`.
        unsafe { (self.api().JSObjectIsFunction)(self.raw(), value.object_ref()) }
    }

    /// `Array.isArray(value)`, but a proxy of an array is none.
    pub fn is_array(self, value: Local<'s>) -> bool {
        // SAFETY: a live value of this context.
        value.is_cell() && unsafe { (self.api().JSValueIsArray)(self.raw(), value.value_ref()) }
    }

    /// Whether this is a Date.
    pub fn is_date(self, value: Local<'s>) -> bool {
        // SAFETY: a live value of this context.
        value.is_cell() && unsafe { (self.api().JSValueIsDate)(self.raw(), value.value_ref()) }
    }

    /// Whether this is an error object.
    pub fn is_error(self, value: Local<'s>) -> bool {
        self.is_object(value) && self.intrinsic(Intrinsic::IsError, &[value]) == Ok(Local::boolean(true))
    }

    /// The global object.
    pub fn global(self) -> Local<'s> {
        // SAFETY: the context is alive.
        Local::adopt(unsafe { (self.api().JSContextGetGlobalObject)(self.raw()) })
    }

    /// `{}`.
    pub fn object(self) -> Local<'s> {
        // SAFETY: the context is alive; a null class asks for a plain object.
        Local::adopt(unsafe { (self.api().JSObjectMake)(self.raw(), ptr::null_mut(), ptr::null_mut()) })
    }

    /// `Object.create(prototype)`; anything but an object stands for `Object.prototype`.
    pub fn object_with_prototype(self, prototype: Local<'s>) -> LocalResult<'s> {
        if self.is_object(prototype) { self.intrinsic(Intrinsic::Create, &[prototype]) } else { Ok(self.object()) }
    }

    /// An array of `items`.
    pub fn array(self, items: &[Local<'s>]) -> LocalResult<'s> {
        // SAFETY: the items are live values; a `Local` is laid out as the engine's value.
        let array = self.catching(|api, ctx, exception| unsafe {
            (api.JSObjectMakeArray)(ctx, items.len(), items.as_ptr().cast(), exception)
        })?;
        Ok(Local::adopt(array))
    }

    /// A string.
    pub fn string(self, text: &str) -> Local<'s> {
        self.string_of(&JsString::new(self.api(), text))
    }

    /// A string of UTF-16 code units, which need not be well formed.
    pub fn string_utf16(self, units: &[u16]) -> Local<'s> {
        self.string_of(&JsString::from_utf16(self.api(), units))
    }

    fn string_of(self, string: &JsString) -> Local<'s> {
        // SAFETY: string and context are alive.
        Local::adopt(unsafe { (self.api().JSValueMakeString)(self.raw(), string.raw()) })
    }

    /// A new unique symbol.
    pub fn symbol(self, description: &str) -> Local<'s> {
        let description = JsString::new(self.api(), description);
        // SAFETY: string and context are alive.
        Local::adopt(unsafe { (self.api().JSValueMakeSymbol)(self.raw(), description.raw()) })
    }

    /// A new unique symbol without description, or with that of a string value.
    pub fn symbol_for_value(self, description: Local<'s>) -> LocalResult<'s> {
        self.intrinsic(Intrinsic::MakeSymbol, &[description])
    }

    /// The symbol registered under a key, as `Symbol.for`.
    pub fn registered_symbol(self, key: Local<'s>) -> LocalResult<'s> {
        self.intrinsic(Intrinsic::SymbolFor, &[key])
    }

    /// `new Date(time)`.
    pub fn date(self, time: f64) -> LocalResult<'s> {
        self.intrinsic(Intrinsic::MakeDate, &[Local::number(time)])
    }

    /// The milliseconds of a Date.
    pub fn date_value(self, date: Local<'s>) -> LocalResult<'s, f64> {
        self.to_number(date)
    }

    /// An error object, as `new kind(message)`.
    pub fn error(self, kind: ErrorKind, message: &str) -> Local<'s> {
        let message = self.string(message);
        self.error_of(kind, message)
    }

    /// An error object whose message is a string value.
    pub fn error_of(self, kind: ErrorKind, message: Local<'s>) -> Local<'s> {
        // Only an exhausted stack can make this fail: then the thrown RangeError serves as well.
        self.catching_intrinsic(Intrinsic::MakeError, &[Local::int32(kind as i32), message])
            .unwrap_or_else(|thrown| thrown)
    }

    /// As [`Self::intrinsic`], also while script is refused.
    fn catching_intrinsic(self, which: Intrinsic, args: &[Local<'s>]) -> LocalResult<'s> {
        let function = self.context.intrinsic(which);
        // SAFETY: function and arguments are alive; a `Local` is laid out as the engine's value.
        let result = self.catching(|api, ctx, exception| unsafe {
            (api.JSObjectCallAsFunction)(ctx, function, ptr::null_mut(), args.len(), args.as_ptr().cast(), exception)
        })?;
        Ok(Local::adopt(result))
    }

    /// The object of a value: itself, or the wrapper of a primitive. `undefined` and `null` throw.
    pub fn to_object(self, value: Local<'s>) -> LocalResult<'s> {
        // SAFETY: a live value of this context.
        let object =
            self.running(|api, ctx, exception| unsafe { (api.JSValueToObject)(ctx, value.value_ref(), exception) })?;
        Ok(Local::adopt(object))
    }

    /// `object[key]`; `object` must be one.
    pub fn get(self, object: Local<'s>, key: Local<'s>) -> LocalResult<'s> {
        // SAFETY: live values of this context.
        let value = self.running(|api, ctx, exception| unsafe {
            (api.JSObjectGetPropertyForKey)(ctx, object.object_ref(), key.value_ref(), exception)
        })?;
        Ok(Local::adopt(value))
    }

    /// `object[key] = value`; `object` must be one.
    pub fn set(self, object: Local<'s>, key: Local<'s>, value: Local<'s>) -> LocalResult<'s, ()> {
        // SAFETY: live values of this context.
        self.running(|api, ctx, exception| unsafe {
            (api.JSObjectSetPropertyForKey)(ctx, object.object_ref(), key.value_ref(), value.value_ref(), 0, exception);
        })
    }

    /// `key in object`; `object` must be one.
    pub fn has(self, object: Local<'s>, key: Local<'s>) -> LocalResult<'s, bool> {
        // SAFETY: live values of this context.
        self.running(|api, ctx, exception| unsafe {
            (api.JSObjectHasPropertyForKey)(ctx, object.object_ref(), key.value_ref(), exception)
        })
    }

    /// `delete object[key]`: whether there is no such property any more. `object` must be one.
    pub fn delete(self, object: Local<'s>, key: Local<'s>) -> LocalResult<'s, bool> {
        // SAFETY: live values of this context.
        self.running(|api, ctx, exception| unsafe {
            (api.JSObjectDeletePropertyForKey)(ctx, object.object_ref(), key.value_ref(), exception)
        })
    }

    /// Whether the object itself has the property.
    pub fn has_own(self, object: Local<'s>, key: Local<'s>) -> LocalResult<'s, bool> {
        self.intrinsic(Intrinsic::HasOwn, &[object, key]).map(|own| own == Local::boolean(true))
    }

    /// `object[index]`; `object` must be one.
    pub fn get_index(self, object: Local<'s>, index: u32) -> LocalResult<'s> {
        // SAFETY: live values of this context.
        let value = self.running(|api, ctx, exception| unsafe {
            (api.JSObjectGetPropertyAtIndex)(ctx, object.object_ref(), index, exception)
        })?;
        Ok(Local::adopt(value))
    }

    /// `object[index] = value`; `object` must be one.
    pub fn set_index(self, object: Local<'s>, index: u32, value: Local<'s>) -> LocalResult<'s, ()> {
        // SAFETY: live values of this context.
        self.running(|api, ctx, exception| unsafe {
            (api.JSObjectSetPropertyAtIndex)(ctx, object.object_ref(), index, value.value_ref(), exception);
        })
    }

    /// The value of a property name; kept for the next use when it is short.
    pub fn key(self, name: &str) -> Local<'s> {
        self.context.with_key(name, Local::adopt)
    }

    /// Own keys: `flags` as [`KeyFilter`].
    pub fn keys(self, object: Local<'s>, filter: KeyFilter) -> LocalResult<'s> {
        self.intrinsic(Intrinsic::Keys, &[object, Local::int32(filter.0)])
    }

    /// The prototype, `null` at the end of the chain. `object` must be one.
    pub fn prototype(self, object: Local<'s>) -> LocalResult<'s> {
        self.intrinsic(Intrinsic::PrototypeOf, &[object])
    }

    /// `Object.defineProperty` with a value. `attributes` as [`WRITABLE`] and its kin.
    pub fn define_value(
        self,
        object: Local<'s>,
        key: Local<'s>,
        value: Local<'s>,
        attributes: i32,
    ) -> LocalResult<'s, ()> {
        self.intrinsic(Intrinsic::DefineValue, &[object, key, value, Local::int32(attributes)]).map(drop)
    }

    /// `Object.defineProperty` with functions; `undefined` where there is none.
    pub fn define_accessor(
        self,
        object: Local<'s>,
        key: Local<'s>,
        getter: Local<'s>,
        setter: Local<'s>,
        attributes: i32,
    ) -> LocalResult<'s, ()> {
        self.intrinsic(Intrinsic::DefineAccessor, &[object, key, getter, setter, Local::int32(attributes)]).map(drop)
    }

    /// `Object.freeze(object)`.
    pub fn freeze(self, object: Local<'s>) -> LocalResult<'s, ()> {
        self.intrinsic(Intrinsic::Freeze, &[object]).map(drop)
    }

    /// `Object.seal(object)`.
    pub fn seal(self, object: Local<'s>) -> LocalResult<'s, ()> {
        self.intrinsic(Intrinsic::Seal, &[object]).map(drop)
    }

    /// Calls a function, which must be one, with any `this`.
    pub fn call(self, function: Local<'s>, this: Local<'s>, args: &[Local<'s>]) -> LocalResult<'s> {
        if self.is_object(this) {
            return self.raw_call(function.object_ref(), this.object_ref(), args);
        }
        // The C function takes objects only; `Function.prototype.call` passes any `this` on.
        let call = self.context.intrinsic(Intrinsic::Call);
        if args.len() < INLINE_ARGS {
            let mut all = [Local::UNDEFINED; INLINE_ARGS];
            all[0] = this;
            all[1..=args.len()].copy_from_slice(args);
            return self.raw_call(call, function.object_ref(), &all[..=args.len()]);
        }
        // Copies in the heap, of values that `args` keeps alive.
        let all: Vec<Local<'s>> = std::iter::once(this).chain(args.iter().copied()).collect();
        self.raw_call(call, function.object_ref(), &all)
    }

    /// Whether the value can be called with `new`.
    pub fn is_constructor(self, value: Local<'s>) -> bool {
        // SAFETY: a live object of this context.
        self.is_object(value) && unsafe { (self.api().JSObjectIsConstructor)(self.raw(), value.object_ref()) }
    }

    /// `new constructor(...args)`; `constructor` must be one.
    pub fn construct(self, constructor: Local<'s>, args: &[Local<'s>]) -> LocalResult<'s> {
        // SAFETY: live values; a `Local` is laid out as the engine's value.
        let result = self.running(|api, ctx, exception| unsafe {
            (api.JSObjectCallAsConstructor)(ctx, constructor.object_ref(), args.len(), args.as_ptr().cast(), exception)
        })?;
        Ok(Local::adopt(result))
    }

    /// `value instanceof constructor`; `constructor` must be an object.
    pub fn instance_of(self, value: Local<'s>, constructor: Local<'s>) -> LocalResult<'s, bool> {
        // SAFETY: live values of this context.
        self.running(|api, ctx, exception| unsafe {
            (api.JSValueIsInstanceOfConstructor)(ctx, value.value_ref(), constructor.object_ref(), exception)
        })
    }

    /// `a === b`.
    pub fn strict_equals(self, a: Local<'s>, b: Local<'s>) -> bool {
        // SAFETY: live values of this context.
        unsafe { (self.api().JSValueIsStrictEqual)(self.raw(), a.value_ref(), b.value_ref()) }
    }

    /// `Boolean(value)`.
    pub fn to_boolean(self, value: Local<'s>) -> bool {
        // SAFETY: a live value of this context.
        unsafe { (self.api().JSValueToBoolean)(self.raw(), value.value_ref()) }
    }

    /// `Number(value)`.
    pub fn to_number(self, value: Local<'s>) -> LocalResult<'s, f64> {
        if let Some(n) = value.as_f64() {
            return Ok(n);
        }
        // SAFETY: a live value of this context.
        self.running(|api, ctx, exception| unsafe { (api.JSValueToNumber)(ctx, value.value_ref(), exception) })
    }

    /// ToString of ECMAScript; a symbol throws.
    pub fn to_text(self, value: Local<'s>) -> LocalResult<'s, Text> {
        // SAFETY: a live value of this context.
        let string = self
            .running(|api, ctx, exception| unsafe { (api.JSValueToStringCopy)(ctx, value.value_ref(), exception) })?;
        Ok(Text(JsString::adopt(self.api(), string)))
    }

    /// ToString of ECMAScript, as a value.
    pub fn to_string(self, value: Local<'s>) -> LocalResult<'s> {
        if self.is_string(value) { Ok(value) } else { self.to_text(value).map(|text| self.string_of(&text.0)) }
    }

    /// A big integer of any size: magnitude as 64-bit words, least significant first.
    pub fn bigint(self, negative: bool, words: &[u64]) -> LocalResult<'s> {
        use std::fmt::Write;
        let mut text = String::with_capacity(2 + words.len() * 16);
        text.push_str("0x");
        for word in words.iter().rev() {
            // Writing to a string cannot fail.
            let _ = write!(text, "{word:016x}");
        }
        if words.is_empty() {
            text.push('0');
        }
        let text = self.string(&text);
        self.intrinsic(Intrinsic::MakeBigInt, &[text, Local::boolean(negative)])
    }

    /// Sign and magnitude of a big integer; words least significant first, none for 0.
    pub fn bigint_words(self, value: Local<'s>) -> LocalResult<'s, (bool, Vec<u64>)> {
        let hex = self.intrinsic(Intrinsic::BigIntHex, &[value])?;
        let text = self.to_text(hex)?.to_utf8();
        let (negative, digits) = text.strip_prefix('-').map_or((false, &*text), |digits| (true, digits));
        let mut words: Vec<u64> = digits
            .as_bytes()
            .rchunks(16)
            .filter_map(|chunk| u64::from_str_radix(std::str::from_utf8(chunk).ok()?, 16).ok())
            .collect();
        while words.last() == Some(&0) {
            words.pop();
        }
        Ok((negative, words))
    }

    /// Whether this is a promise.
    pub fn is_promise(self, value: Local<'s>) -> bool {
        self.is_object(value) && self.intrinsic(Intrinsic::IsPromise, &[value]) == Ok(Local::boolean(true))
    }
}

/// The property may be assigned.
pub const WRITABLE: i32 = 1;
/// The property is found by enumerations.
pub const ENUMERABLE: i32 = 2;
/// The property may be deleted and defined anew.
pub const CONFIGURABLE: i32 = 4;

/// Which keys [`Locals::keys`] lists: the bits of `napi_key_filter` (1 writable, 2 enumerable, 4 configurable, 8 no strings, 16 no
/// symbols), 32 to go on with the prototypes, 64 for indices as numbers.
#[derive(Clone, Copy, Debug)]
pub struct KeyFilter(pub i32);

/// A string of the engine, outside of its heap.
pub struct Text(JsString);

impl Text {
    /// UTF-16 code units.
    pub fn utf16(&self) -> &[u16] {
        self.0.utf16()
    }

    /// Length in UTF-16 code units.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As UTF-8; lone surrogates become U+FFFD.
    pub fn to_utf8(&self) -> String {
        self.0.to_utf8()
    }

    /// Writes as many whole characters as fit, then a NUL. The result is the number of bytes before it; `None` where lone surrogates
    /// stand in the way, or the buffer has no room for the NUL.
    pub fn copy_utf8(&self, buffer: &mut [u8]) -> Option<usize> {
        self.0.copy_utf8(buffer)
    }
}

impl Local<'_> {
    /// A handle that keeps the value alive wherever it is stored.
    pub fn to_value(self, context: &Context) -> Value {
        context.adopt(self.value_ref())
    }
}
