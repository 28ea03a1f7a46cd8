//! Objects: properties, prototypes, calls.

use crate::intrinsics::Intrinsic;
use crate::string::JsString;
use crate::sys::{ObjectRef, ValueRef};
use crate::{Context, ErrorKind, JsResult, Value, bits};
use std::ptr;

/// Calls with at most this many arguments need no allocation.
const INLINE_ARGS: usize = 8;

impl Context {
    /// `{}`.
    pub fn object(&self) -> Value {
        // SAFETY: the context is alive; a null class asks for a plain object.
        self.adopt(unsafe { (self.api().JSObjectMake)(self.raw(), ptr::null_mut(), ptr::null_mut()) })
    }

    /// An array of `items`.
    pub fn array(&self, items: &[Value]) -> Value {
        let made = with_raw(None, items, |raw| {
            // SAFETY: the items are live values of this context.
            self.catching(|api, ctx, exception| unsafe {
                (api.JSObjectMakeArray)(ctx, raw.len(), raw.as_ptr(), exception)
            })
        });
        // Only exhausted memory or stack can make this fail.
        made.map_or_else(|exception| exception.0, |array| self.adopt(array))
    }

    /// `JSON.parse(text)`.
    pub fn json_parse(&self, text: &str) -> JsResult {
        let string = JsString::new(self.api(), text);
        // SAFETY: string and context are alive.
        let value = unsafe { (self.api().JSValueMakeFromJSONString)(self.raw(), string.raw()) };
        if value.is_null() {
            return Err(self.throw(ErrorKind::SyntaxError, "the text is not valid JSON"));
        }
        Ok(self.adopt(value))
    }

    /// A big integer.
    pub fn bigint(&self, n: i64) -> Value {
        self.bigint_from_text(&n.to_string()).unwrap_or_else(|exception| exception.0)
    }

    /// A big integer of any size, as `BigInt(text)`; throws a `SyntaxError` when `text` is not one.
    pub fn bigint_from_text(&self, text: &str) -> JsResult {
        self.call_intrinsic(Intrinsic::BigInt, &[&self.string(text)])
    }
}

impl Value {
    /// The object itself, or the wrapper of a primitive; `undefined` and `null` throw a TypeError that names `what`.
    fn receiver(&self, what: &dyn Fn() -> String) -> JsResult<Receiver> {
        if self.is_object() {
            return Ok(Receiver { raw: self.raw() as ObjectRef, wrapper: None });
        }
        if self.is_nullish() {
            let name = if self.is_null() { "null" } else { "undefined" };
            return Err(self.context().throw(ErrorKind::TypeError, &format!("cannot access {} of {name}", what())));
        }
        // SAFETY: a live value of this context.
        let raw = self
            .context()
            .catching(|api, ctx, exception| unsafe { (api.JSValueToObject)(ctx, self.value_ref(), exception) })?;
        Ok(Receiver { raw, wrapper: Some(self.context().adopt(raw)) })
    }

    fn with_property<R>(
        &self,
        key: &Key<'_>,
        access: impl FnOnce(&crate::sys::Api, crate::sys::ContextRef, ObjectRef, ValueRef, *mut ValueRef) -> R,
    ) -> JsResult<R> {
        let receiver = self.receiver(&|| key.describe())?;
        let context = self.context();
        let result = match key {
            Key::Name(name) => context.with_key(name, |key| {
                context.running(|api, ctx, exception| access(api, ctx, receiver.raw, key, exception))
            }),
            Key::Value(key) => {
                context.running(|api, ctx, exception| access(api, ctx, receiver.raw, key.value_ref(), exception))
            }
        };
        drop(receiver.wrapper);
        result
    }

    fn get_any(&self, key: &Key<'_>) -> JsResult {
        // SAFETY: receiver and key are live values of this context.
        let value = self.with_property(key, |api, ctx, object, key, exception| unsafe {
            (api.JSObjectGetPropertyForKey)(ctx, object, key, exception)
        })?;
        Ok(self.context().adopt(value))
    }

    fn set_any(&self, key: &Key<'_>, value: &Value) -> JsResult<()> {
        // SAFETY: receiver, key and value are live values of this context.
        self.with_property(key, |api, ctx, object, key, exception| unsafe {
            (api.JSObjectSetPropertyForKey)(ctx, object, key, value.value_ref(), 0, exception);
        })
    }

    /// `this[key]`.
    pub fn get(&self, key: &str) -> JsResult {
        self.get_any(&Key::Name(key))
    }

    /// `this[key]` for any key, symbols included.
    pub fn get_key(&self, key: &Value) -> JsResult {
        self.get_any(&Key::Value(key))
    }

    /// `this[index]`.
    pub fn get_index(&self, index: u32) -> JsResult {
        let receiver = self.receiver(&|| format!("element {index}"))?;
        // SAFETY: the receiver is a live object of this context.
        let value = self.context().running(|api, ctx, exception| unsafe {
            (api.JSObjectGetPropertyAtIndex)(ctx, receiver.raw, index, exception)
        })?;
        Ok(self.context().adopt(value))
    }

    /// `this[key] = value`.
    pub fn set(&self, key: &str, value: &Value) -> JsResult<()> {
        self.set_any(&Key::Name(key), value)
    }

    /// `this[key] = value` for any key, symbols included.
    pub fn set_key(&self, key: &Value, value: &Value) -> JsResult<()> {
        self.set_any(&Key::Value(key), value)
    }

    /// `this[index] = value`.
    pub fn set_index(&self, index: u32, value: &Value) -> JsResult<()> {
        let receiver = self.receiver(&|| format!("element {index}"))?;
        // SAFETY: receiver and value are live values of this context.
        self.context().running(|api, ctx, exception| unsafe {
            (api.JSObjectSetPropertyAtIndex)(ctx, receiver.raw, index, value.value_ref(), exception);
        })
    }

    /// Defines a property that is neither enumerable nor writable (but configurable).
    pub fn define_hidden(&self, key: &str, value: &Value) -> JsResult<()> {
        let key = self.context().string(key);
        self.context().call_intrinsic(Intrinsic::DefineHidden, &[self, &key, value]).map(drop)
    }

    /// `key in this`; `false` for primitives and when a proxy throws.
    pub fn has(&self, key: &str) -> bool {
        if !self.is_object() {
            return false;
        }
        // SAFETY: receiver and key are live values of this context.
        let found = self.with_property(&Key::Name(key), |api, ctx, object, key, exception| unsafe {
            (api.JSObjectHasPropertyForKey)(ctx, object, key, exception)
        });
        found.unwrap_or(false)
    }

    /// `delete this[key]`; `false` when the property cannot be deleted.
    pub fn delete(&self, key: &str) -> JsResult<bool> {
        // SAFETY: receiver and key are live values of this context.
        self.with_property(&Key::Name(key), |api, ctx, object, key, exception| unsafe {
            (api.JSObjectDeletePropertyForKey)(ctx, object, key, exception)
        })
    }

    /// `Object.keys(this)`: own enumerable string keys.
    pub fn own_keys(&self) -> JsResult<Vec<String>> {
        let keys = self.context().call_intrinsic(Intrinsic::ObjectKeys, &[self])?;
        (0..keys.array_len()?).map(|index| keys.get_index(index)?.to_js_string()).collect()
    }

    /// The prototype, `null` at the end of the chain and for primitives.
    pub fn prototype(&self) -> Value {
        if !self.is_object() {
            return self.context().null();
        }
        // SAFETY: a live object of this context.
        self.context().adopt(unsafe {
            (self.context().api().JSObjectGetPrototype)(self.context().raw(), self.raw() as ObjectRef)
        })
    }

    /// Sets the prototype: an object, or `null` for anything else. Does nothing for primitives.
    pub fn set_prototype(&self, prototype: &Value) {
        if self.is_object() {
            let prototype = if prototype.is_object() { prototype.raw() } else { bits::NULL };
            let context = self.context();
            // SAFETY: live values of this context.
            unsafe {
                (context.api().JSObjectSetPrototype)(context.raw(), self.raw() as ObjectRef, bits::value_ref(prototype))
            };
        }
    }

    /// Whether this can be called.
    pub fn is_function(&self) -> bool {
        // SAFETY: a live object of this context.
        self.is_object()
            && unsafe { (self.context().api().JSObjectIsFunction)(self.context().raw(), self.raw() as ObjectRef) }
    }

    /// Whether this can be called with `new`.
    pub fn is_constructor(&self) -> bool {
        // SAFETY: a live object of this context.
        self.is_object()
            && unsafe { (self.context().api().JSObjectIsConstructor)(self.context().raw(), self.raw() as ObjectRef) }
    }

    /// `Array.isArray(this)`, but a proxy of an array is none.
    pub fn is_array(&self) -> bool {
        // SAFETY: a live value of this context.
        self.is_object() && unsafe { (self.context().api().JSValueIsArray)(self.context().raw(), self.value_ref()) }
    }

    /// Whether this is an error object, made by an Error constructor or one that extends it.
    pub fn is_error(&self) -> bool {
        self.is_object() && self.context().call_intrinsic(Intrinsic::IsError, &[self]).is_ok_and(|is| is.to_boolean())
    }

    /// The `length` of an array or array-like object, at most `u32::MAX`.
    pub fn array_len(&self) -> JsResult<u32> {
        let length = self.get("length")?.to_number()?;
        // A float-to-integer cast saturates, and NaN becomes 0, as ToLength does.
        Ok(length as u32)
    }

    /// The value of a big integer that fits.
    pub fn as_bigint(&self) -> Option<i64> {
        self.is_bigint().then(|| self.to_js_string().ok()?.parse().ok())?
    }

    /// `JSON.stringify(this)`; `None` where that gives `undefined`.
    pub fn to_json(&self) -> JsResult<Option<String>> {
        self.context().call_intrinsic(Intrinsic::Stringify, &[self]).map(|text| text.as_string())
    }

    /// Calls the function with `this` and arguments. Something that is no function throws a TypeError.
    pub fn call(&self, this: &Value, args: &[Value]) -> JsResult {
        let context = self.context();
        if !self.is_function() {
            return Err(context.throw(ErrorKind::TypeError, &format!("{self:?} is not a function")));
        }
        let result = if this.is_object() {
            with_raw(None, args, |raw| {
                // SAFETY: all are live values of this context.
                context.running(|api, ctx, exception| unsafe {
                    let (f, this) = (self.raw() as ObjectRef, this.raw() as ObjectRef);
                    (api.JSObjectCallAsFunction)(ctx, f, this, raw.len(), raw.as_ptr(), exception)
                })
            })
        } else {
            // The C function takes objects only; `Function.prototype.call` passes any `this` on.
            let function_call = context.intrinsic(Intrinsic::Call);
            with_raw(Some(this), args, |raw| {
                // SAFETY: as above.
                context.running(|api, ctx, exception| unsafe {
                    (api.JSObjectCallAsFunction)(
                        ctx,
                        function_call,
                        self.raw() as ObjectRef,
                        raw.len(),
                        raw.as_ptr(),
                        exception,
                    )
                })
            })
        };
        Ok(context.adopt(result?))
    }

    /// `this[name](...args)`.
    pub fn call_method(&self, name: &str, args: &[Value]) -> JsResult {
        let method = self.get(name)?;
        if !method.is_function() {
            return Err(self.context().throw(ErrorKind::TypeError, &format!("{name} is not a function")));
        }
        method.call(self, args)
    }

    /// `new this(...args)`. Something that is no constructor throws a TypeError.
    pub fn construct(&self, args: &[Value]) -> JsResult {
        let context = self.context();
        if !self.is_constructor() {
            return Err(context.throw(ErrorKind::TypeError, &format!("{self:?} is not a constructor")));
        }
        let result = with_raw(None, args, |raw| {
            // SAFETY: all are live values of this context.
            context.running(|api, ctx, exception| unsafe {
                (api.JSObjectCallAsConstructor)(ctx, self.raw() as ObjectRef, raw.len(), raw.as_ptr(), exception)
            })
        })?;
        Ok(context.adopt(result))
    }

    /// `this instanceof constructor`.
    pub fn instance_of(&self, constructor: &Value) -> JsResult<bool> {
        let context = self.context();
        if !constructor.is_object() {
            return Err(context.throw(ErrorKind::TypeError, "the right side of instanceof is not an object"));
        }
        // SAFETY: live values of this context.
        context.running(|api, ctx, exception| unsafe {
            (api.JSValueIsInstanceOfConstructor)(ctx, self.value_ref(), constructor.raw() as ObjectRef, exception)
        })
    }
}

struct Receiver {
    raw: ObjectRef,
    /// Keeps the wrapper object of a primitive.
    wrapper: Option<Value>,
}

enum Key<'a> {
    Name(&'a str),
    Value(&'a Value),
}

impl Key<'_> {
    fn describe(&self) -> String {
        match self {
            Key::Name(name) => format!("property '{name}'"),
            Key::Value(_) => "a property".to_owned(),
        }
    }
}

/// Lays the raw arguments out for the C interface, `first` before them.
fn with_raw<R>(first: Option<&Value>, args: &[Value], call: impl FnOnce(&[ValueRef]) -> R) -> R {
    let all = first.into_iter().chain(args).map(Value::value_ref);
    let count = args.len() + usize::from(first.is_some());
    if count <= INLINE_ARGS {
        let mut raw = [ptr::null(); INLINE_ARGS];
        raw.iter_mut().zip(all).for_each(|(slot, arg)| *slot = arg);
        call(&raw[..count])
    } else {
        call(&all.collect::<Vec<_>>())
    }
}
