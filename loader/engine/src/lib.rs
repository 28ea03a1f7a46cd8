//! JavaScriptCore, loaded at run time, behind a typed and safe wrapper. All `unsafe` for JSC lives in this crate.
//!
//! One [`Context`] per thread; nothing of JSC crosses threads (every type here is `!Send`).

use std::rc::Rc;

mod stub;
pub use stub::*;

/// A global object with its own virtual machine. Cheap to clone; lives as long as any value of it.
#[derive(Clone)]
pub struct Context {
    pub(crate) inner: Rc<Inner>,
}

/// A JavaScript value, kept alive by this handle. Clone is cheap; `'static`, so it may be stored anywhere on its thread.
#[derive(Clone)]
pub struct Value {
    pub(crate) context: Context,
    pub(crate) raw: usize,
}

/// A thrown JavaScript value, as the error of every call that can throw.
#[derive(Clone)]
pub struct Exception(pub Value);

/// Result of anything that runs JavaScript.
pub type JsResult<T = Value> = Result<T, Exception>;

/// What a native function sees of its call.
pub struct Call<'a> {
    /// The context that calls.
    pub context: &'a Context,
    /// `this`.
    pub this: Value,
    /// Arguments.
    pub args: &'a [Value],
    /// Whether called with `new`.
    pub construct: bool,
}

/// Kinds of errors to create.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ErrorKind {
    Error,
    TypeError,
    RangeError,
    ReferenceError,
    SyntaxError,
}

/// Element kinds of typed arrays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ArrayKind {
    Int8,
    Uint8,
    Uint8Clamped,
    Int16,
    Uint16,
    Int32,
    Uint32,
    Float32,
    Float64,
    BigInt64,
    BigUint64,
}

impl Call<'_> {
    /// Argument `index`, `undefined` when missing.
    pub fn arg(&self, index: usize) -> Value {
        self.args.get(index).cloned().unwrap_or_else(|| self.context.undefined())
    }
}
