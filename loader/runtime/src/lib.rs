//! Bringing modules to life: the module graph over translated bytecode, the registry of system modules, errors and stacks.
//!
//! The loader defines what a system module *is*; shims implement them; `cli` plugs them together. Nothing here names one.
#![forbid(unsafe_code)]

use concord_engine::{Context, JsResult, Value};

/// How much of an API there is. What has no entry is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// All that the documentation says.
    Full,
    /// Usable; the text says what is missing.
    Partial(&'static str),
    /// Present, fails when used with BusinessError 801 and is reported.
    Stub,
}

/// One row of the registration table, which is the documentation (`concord apis`, COMPATIBILITY.md).
#[derive(Debug, Clone, Copy)]
pub struct Api {
    /// `export` or `export.member` as in api.tsv; `export.*` stands for all members.
    pub path: &'static str,
    /// Level.
    pub support: Support,
}

/// A module behind `@ohos:…`, `@hms:…`, `@native:…`.
pub trait SystemModule {
    /// Request as compiled, e.g. `@ohos:file.fs`.
    fn request(&self) -> &'static str;
    /// Registration table.
    fn apis(&self) -> &'static [Api];
    /// Makes the exports object, once per context. `default` imports give this object itself unless it has an own property
    /// `default`; named imports are its properties.
    fn instantiate(&self, scope: &SystemScope<'_>) -> JsResult;
}

/// A native leaf of a face.
pub type Native = fn(&concord_engine::Call<'_>) -> JsResult;

/// The usual system module: a face in JavaScript with leaves in Rust.
///
/// `source` is one function expression `(function (host, system) { 'use strict'; …; return exports; })`, kept in a `.js` file
/// beside the Rust file. `host` holds the natives by name. `system` offers `require(request)`, `BusinessError(code, message)`
/// (a constructor: `throw new system.BusinessError(401, '…')`), `stub(path)` (a function that reports and throws 801),
/// `report(path)`, and `async(f, callback)` (runs `f`, delivers to callback or promise as the platform's APIs do).
pub struct FaceModule {
    /// Request as compiled.
    pub request: &'static str,
    /// Text of the face.
    pub source: &'static str,
    /// Leaves.
    pub natives: &'static [(&'static str, Native)],
    /// Registration table.
    pub apis: &'static [Api],
}

/// What a module gets when it is instantiated.
pub struct SystemScope<'a> {
    /// The context to make values in; process-wide state is in its host data.
    pub context: &'a Context,
    /// The `system` object of [`FaceModule`].
    pub system: &'a Value,
}
