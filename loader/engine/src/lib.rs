//! JavaScriptCore, loaded at run time, behind a typed and safe wrapper. All `unsafe` for JSC lives in this crate.
//!
//! Start with [`Context::new`]; values are [`Value`], thrown ones [`Exception`]. One [`Context`] and its values stay on
//! the thread that made it (every type here is `!Send`, except [`Terminator`]); several contexts may live side by side.

mod bits;
mod bytes;
mod context;
mod exception;
mod function;
mod host;
pub mod icu;
mod intrinsics;
mod library;
mod limits;
mod local;
mod native;
mod object;
mod promise;
mod roots;
mod shared;
mod string;
mod sys;
mod value;

pub use bytes::ArrayKind;
pub use context::Context;
pub use exception::{ErrorKind, Exception, JsResult};
pub use function::{Call, LocalCall, LocalFunction};
pub use library::{Engine, LoadError};
pub use limits::{Termination, Terminator, resident_memory};
pub use local::{
    ArrayType, CONFIGURABLE, ENUMERABLE, KeyFilter, Kind, Local, LocalResult, Locals, Release, Text, View, WRITABLE,
};
pub use promise::Resolver;
pub use roots::{Roots, Weak};
pub use shared::SharedBytes;
pub use value::Value;

#[cfg(test)]
mod tests;
