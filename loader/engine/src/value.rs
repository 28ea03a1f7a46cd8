//! Values: handles, primitives, conversions, comparisons.

use crate::string::JsString;
use crate::sys::{ValueRef, value_type};
use crate::{Context, JsResult, bits};
use std::fmt;

/// A JavaScript value, kept alive by this handle. `'static`, so it may be stored anywhere on its thread; primitives other
/// than strings, symbols and big integers cost nothing to hold or clone.
pub struct Value {
    context: Context,
    raw: usize,
}

impl Value {
    /// A new handle: registers heap cells with the collector.
    pub(crate) fn protect(context: Context, raw: usize) -> Value {
        if bits::is_cell(raw) {
            // SAFETY: a live cell of this context: it was just returned by the library, or another handle holds it.
            unsafe { (context.api().JSValueProtect)(context.raw(), bits::value_ref(raw)) };
        }
        // The library writes null for "no value" where JavaScript has undefined.
        Value { context, raw: if raw == 0 { bits::UNDEFINED } else { raw } }
    }

    /// A handle that owns no registration: only inside `ManuallyDrop`, while something else keeps the cell alive.
    pub(crate) fn borrowed(context: Context, raw: usize) -> Value {
        Value { context, raw }
    }

    pub(crate) fn raw(&self) -> usize {
        self.raw
    }

    pub(crate) fn value_ref(&self) -> ValueRef {
        bits::value_ref(self.raw)
    }
}

impl Clone for Value {
    fn clone(&self) -> Value {
        Value::protect(self.context.clone(), self.raw)
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        if bits::is_cell(self.raw) {
            // SAFETY: registered by `protect`; the context is alive because the handle holds it.
            unsafe { (self.context.api().JSValueUnprotect)(self.context.raw(), self.value_ref()) };
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_string() {
            Some(text) => write!(f, "{text:?}"),
            None if self.is_function() => f.write_str("[function]"),
            None if self.is_object() => f.write_str("[object]"),
            None => f.write_str(&self.to_js_string().unwrap_or_else(|_| "[value]".to_owned())),
        }
    }
}

impl Context {
    fn primitive(&self, raw: usize) -> Value {
        Value { context: self.clone(), raw }
    }

    /// `undefined`.
    pub fn undefined(&self) -> Value {
        self.primitive(bits::UNDEFINED)
    }

    /// `null`.
    pub fn null(&self) -> Value {
        self.primitive(bits::NULL)
    }

    /// A boolean.
    pub fn boolean(&self, b: bool) -> Value {
        self.primitive(if b { bits::TRUE } else { bits::FALSE })
    }

    /// A number.
    pub fn number(&self, n: f64) -> Value {
        self.primitive(bits::number(n))
    }

    /// A string.
    pub fn string(&self, s: &str) -> Value {
        self.string_of(&JsString::new(self.api(), s))
    }

    /// A string of UTF-16 code units, which need not be well formed.
    pub fn string_utf16(&self, s: &[u16]) -> Value {
        self.string_of(&JsString::from_utf16(self.api(), s))
    }

    pub(crate) fn string_of(&self, string: &JsString) -> Value {
        // SAFETY: string and context are alive.
        self.adopt(unsafe { (self.api().JSValueMakeString)(self.raw(), string.raw()) })
    }

    /// A new unique symbol.
    pub fn symbol(&self, description: &str) -> Value {
        let description = JsString::new(self.api(), description);
        // SAFETY: string and context are alive.
        self.adopt(unsafe { (self.api().JSValueMakeSymbol)(self.raw(), description.raw()) })
    }
}

impl Value {
    /// The context that the value belongs to.
    pub fn context(&self) -> &Context {
        &self.context
    }

    fn kind(&self) -> u32 {
        match self.raw {
            bits::UNDEFINED => value_type::UNDEFINED,
            bits::NULL => value_type::NULL,
            bits::TRUE | bits::FALSE => value_type::BOOLEAN,
            raw if bits::as_number(raw).is_some() => value_type::NUMBER,
            // SAFETY: a live value of this context.
            _ => unsafe { (self.context.api().JSValueGetType)(self.context.raw(), self.value_ref()) },
        }
    }

    /// Whether this is `undefined`.
    pub fn is_undefined(&self) -> bool {
        self.raw == bits::UNDEFINED
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        self.raw == bits::NULL
    }

    /// Whether this is `undefined` or `null`.
    pub fn is_nullish(&self) -> bool {
        self.is_undefined() || self.is_null()
    }

    /// Whether this is a primitive boolean.
    pub fn is_boolean(&self) -> bool {
        self.as_bool().is_some()
    }

    /// Whether this is a primitive number.
    pub fn is_number(&self) -> bool {
        self.as_f64().is_some()
    }

    /// Whether this is a primitive string.
    pub fn is_string(&self) -> bool {
        self.kind() == value_type::STRING
    }

    /// Whether this is a symbol.
    pub fn is_symbol(&self) -> bool {
        self.kind() == value_type::SYMBOL
    }

    /// Whether this is a primitive big integer.
    pub fn is_bigint(&self) -> bool {
        self.kind() == value_type::BIGINT
    }

    /// Whether this is an object (functions and arrays are).
    pub fn is_object(&self) -> bool {
        self.kind() == value_type::OBJECT
    }

    /// A primitive boolean, without conversion.
    pub fn as_bool(&self) -> Option<bool> {
        match self.raw {
            bits::TRUE => Some(true),
            bits::FALSE => Some(false),
            _ => None,
        }
    }

    /// A primitive number, without conversion.
    pub fn as_f64(&self) -> Option<f64> {
        bits::as_number(self.raw)
    }

    /// A primitive number that is an integer and exactly representable (up to 2^53 in size).
    pub fn as_i64(&self) -> Option<i64> {
        const SAFE: f64 = 9_007_199_254_740_992.0;
        self.as_f64().filter(|n| n.trunc() == *n && n.abs() <= SAFE).map(|n| n as i64)
    }

    /// A primitive string, without conversion; lone surrogates become U+FFFD.
    pub fn as_string(&self) -> Option<String> {
        self.is_string().then(|| self.string_copy().ok())?.map(|string| string.to_utf8())
    }

    /// The code units of a primitive string, without conversion.
    pub fn as_utf16(&self) -> Option<Vec<u16>> {
        self.is_string().then(|| self.string_copy().ok())?.map(|string| string.utf16().to_vec())
    }

    /// `Boolean(value)`.
    pub fn to_boolean(&self) -> bool {
        // SAFETY: a live value of this context.
        unsafe { (self.context.api().JSValueToBoolean)(self.context.raw(), self.value_ref()) }
    }

    /// `Number(value)`; a symbol throws.
    pub fn to_number(&self) -> JsResult<f64> {
        if let Some(n) = self.as_f64() {
            return Ok(n);
        }
        // SAFETY: a live value of this context.
        self.context.running(|api, ctx, exception| unsafe { (api.JSValueToNumber)(ctx, self.value_ref(), exception) })
    }

    /// ToString of ECMAScript; a symbol throws. Lone surrogates become U+FFFD.
    pub fn to_js_string(&self) -> JsResult<String> {
        Ok(self.string_copy()?.to_utf8())
    }

    fn string_copy(&self) -> JsResult<JsString> {
        // SAFETY: a live value of this context.
        let string = self
            .context
            .running(|api, ctx, exception| unsafe { (api.JSValueToStringCopy)(ctx, self.value_ref(), exception) })?;
        Ok(JsString::adopt(self.context.api(), string))
    }

    /// `this === other`.
    pub fn strict_equals(&self, other: &Value) -> bool {
        // SAFETY: live values of this context.
        unsafe { (self.context.api().JSValueIsStrictEqual)(self.context.raw(), self.value_ref(), other.value_ref()) }
    }
}
