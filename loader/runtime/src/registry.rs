//! What a system module is, and the table of those that there are.

use crate::Runtime;
use concord_engine::{Call, Context, JsResult, Value};
use rustc_hash::FxHashMap;

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
    /// `export` or `export.member` as the platform declares them; a path stands for what is below it too, `*` for the whole
    /// module, `*@20` for what it had at API level 20. The longest path that covers an API decides.
    pub path: &'static str,
    /// Level.
    pub support: Support,
}

/// A module behind `@ohos:…`, `@hms:…`, `@native:…`.
pub trait SystemModule: Sync {
    /// Request as compiled, e.g. `@ohos:file.fs`.
    fn request(&self) -> &'static str;
    /// Registration table.
    fn apis(&self) -> &'static [Api];
    /// Makes the exports object, once per context. `default` imports give this object itself unless it has an own property
    /// `default`; named imports are its properties.
    fn instantiate(&self, scope: &SystemScope<'_>) -> JsResult;
}

/// A native leaf of a face.
pub type Native = fn(&Call<'_>) -> JsResult;

/// The usual system module: a face in JavaScript with leaves in Rust.
///
/// `source` is one function expression `(function (host, system) { 'use strict'; …; return exports; })`, kept in a `.js` file
/// beside the Rust file. `host` holds the natives by name (`host.open(path)`); a native throws by returning
/// [`Err`]. `system` is the same object for all modules of a context and offers
///
/// - `require(request)`: the exports object of another system module;
/// - `BusinessError`: a constructor, `throw new system.BusinessError(401, '…')`; the result is an `Error` with `code` (a
///   number) and optionally `data` (third argument), its name is `BusinessError`;
/// - `stub(path)`: a function that reports `path` (e.g. `'@ohos:file.fs:watch'`) and throws 801 when called;
/// - `report(path)`: counts a use of something that is missing without throwing (warns once per call site);
/// - `async(f, callback, receiver?)`: runs `f` now and delivers later. When `callback` is a function it is called in a
///   later turn of the main loop with `(undefined, result)` or `(error)`; otherwise a promise of the result is returned.
///   `f` may itself return a promise. Check arguments before (a 401 is thrown at once, not delivered);
/// - `sourceOf(function)`: the source text of a function, which guest code cannot see;
/// - `sharing`: objects that threads share. `define(kind)` makes a kind of sendable objects known (see
///   `loader/ark/src/prelude/sharing.js`), `isSendable(value)` tells them, `share(object)` gives the handle of a sendable object
///   (`undefined` for others), `record(names, values)` makes a sendable object, `sendableClass` and `sendableInit` a class of them,
///   `outside` has what is done with handles ([`crate::sharing`]);
/// - `later(f, ...args)`: calls `f` in a later turn of the main loop; what it throws is an uncaught error.
///
/// Members that the registration table calls [`Support::Stub`] and that the exports lack are added as stubs (`member`, and
/// `export.member` where `export` is a plain object).
#[derive(Debug, Clone, Copy)]
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
    /// The runtime that asks.
    pub runtime: &'a Runtime,
}

impl SystemModule for FaceModule {
    fn request(&self) -> &'static str {
        self.request
    }

    fn apis(&self) -> &'static [Api] {
        self.apis
    }

    fn instantiate(&self, scope: &SystemScope<'_>) -> JsResult {
        let context = scope.context;
        let source = source_on_disk(self.request);
        let source = source.as_deref().unwrap_or(self.source);
        let face = context.eval(source, &format!("{}{}", crate::runtime::HIDDEN_URL, self.request))?;
        let host = context.object();
        for &(name, native) in self.natives {
            host.set(name, &context.function(name, 0, native))?;
        }
        face.call(&context.undefined(), &[host, scope.system.clone()])
    }
}

/// For work on faces without building: in debug builds, `CONCORD_FACES=shims/kits/src:shims/kits/net/src` has them read from
/// there, where a file has the place that the name of its module gives it.
#[cfg(debug_assertions)]
fn source_on_disk(request: &str) -> Option<String> {
    let (scope, name) = request.strip_prefix('@')?.split_once(':')?;
    let file = format!("{scope}/{}.js", name.replace('.', "/"));
    let folders = std::env::var_os("CONCORD_FACES")?;
    std::env::split_paths(&folders).find_map(|folder| std::fs::read_to_string(folder.join(&file)).ok())
}

#[cfg(not(debug_assertions))]
fn source_on_disk(_request: &str) -> Option<String> {
    None
}

/// The system modules of a run, by request.
#[derive(Default, Clone)]
pub struct Registry {
    modules: FxHashMap<&'static str, &'static dyn SystemModule>,
    on_platform: Option<fn(&str) -> bool>,
}

impl Registry {
    /// No modules.
    pub fn new() -> Registry {
        Registry::default()
    }

    /// Adds a module; a second one for the same request replaces the first.
    pub fn add(&mut self, module: &'static dyn SystemModule) {
        self.modules.insert(module.request(), module);
    }

    /// Adds many.
    pub fn extend(&mut self, modules: &[&'static dyn SystemModule]) {
        for module in modules {
            self.add(*module);
        }
    }

    /// Says which requests name modules that the platform has, registered here or not. Such a module loads with members that
    /// fail when they are called; any other unknown module has members that are undefined.
    pub fn set_on_platform(&mut self, on_platform: fn(&str) -> bool) {
        self.on_platform = Some(on_platform);
    }

    /// Whether the platform has a module of this request, as far as is known.
    pub fn on_platform(&self, request: &str) -> bool {
        self.on_platform.is_some_and(|on_platform| on_platform(request))
    }

    /// The module behind a request.
    pub fn get(&self, request: &str) -> Option<&'static dyn SystemModule> {
        self.modules.get(request).copied()
    }

    /// All modules, sorted by request.
    pub fn modules(&self) -> Vec<&'static dyn SystemModule> {
        let mut modules: Vec<_> = self.modules.values().copied().collect();
        modules.sort_by_key(|module| module.request());
        modules
    }
}

/// Loads the native libraries that modules import (`@normalized:Y&…&libentry.so&`, `@app:bundle/module/entry`). The contexts
/// of all threads share one.
pub trait NativeLibraries: Send + Sync {
    /// The exports object of a library, the same one for the same context. `name` is the file name (`libentry.so`), `module`
    /// the HAP module that imports it.
    fn load(&self, context: &Context, module: &str, name: &str) -> JsResult;

    /// Has a library initialise its module once more, with an exports object of its own, as for a component that the library draws.
    /// The result is what it exports.
    fn initialise(&self, context: &Context, name: &str, exports: &Value) -> JsResult;

    /// The context ends: what its libraries hold in it is given back.
    fn leave(&self, _context: &Context) {}

    /// Defines the global functions that load libraries, once per context.
    fn install(&self, _context: &Context) -> JsResult<()> {
        Ok(())
    }
}
