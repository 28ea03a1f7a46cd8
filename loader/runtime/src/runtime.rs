//! The runtime of one context.
#![expect(clippy::todo, reason = "interface first")]
use crate::{ApiUse, NativeLibraries, Registry};
use concord_engine::{Context, Exception, JsResult, Value};
use std::rc::Rc;

/// Prefix of the URLs of our own JavaScript; frames with it are hidden from stacks.
pub(crate) const HIDDEN_URL: &str = "concord:";

/// One abc file with what belongs to it.
pub struct AbcSource {
    /// Name of the module of the package (`entry`, `library`, `entry_test`); requests of other modules use it.
    pub module: String,
    /// Bundle that the module belongs to.
    pub bundle: String,
    /// The container.
    pub bytes: Rc<[u8]>,
    /// `ets/sourceMaps.map`, when the package has one.
    pub source_maps: Option<Vec<u8>>,
    /// `pkgContextInfo.json`, when the package has one.
    pub package_context: Option<Vec<u8>>,
}

/// Where work for a later turn of the main loop goes. Implemented by the event loop.
pub trait Tasks {
    /// Calls `function` without arguments in a later turn; what it throws is an uncaught error.
    fn post(&self, function: Value);
}

/// How a runtime is set up.
#[derive(Default)]
pub struct Options {
    /// System modules.
    pub registry: Registry,
    /// Native libraries; without it every library loads and fails when used.
    pub native_libraries: Option<Box<dyn NativeLibraries>>,
    /// The main loop; without it later work runs as a microtask.
    pub tasks: Option<Rc<dyn Tasks>>,
}

/// Why something could not be set up (before any guest code ran).
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The abc is malformed.
    #[error("{module}: {error}")]
    Abc {
        /// Module of the file.
        module: String,
        /// What is wrong.
        error: concord_abi::abc::AbcError,
    },
}

/// What an uncaught error is, for people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorReport {
    /// Class of the error, e.g. `TypeError`; empty when something else than an error was thrown.
    pub name: String,
    /// Message, or the thrown value as a string.
    pub message: String,
    /// `code` of a BusinessError.
    pub code: Option<i64>,
    /// Stack in the platform's form, one `    at …` line per frame, empty when there is none.
    pub stack: String,
}

/// Modules, system modules and errors of one context. Cheap to clone.
#[derive(Clone)]
pub struct Runtime;

#[expect(unused_variables, missing_docs, reason = "interface first")]
impl Runtime {
    /// Sets up the context: evaluates the prelude, installs the runtime as host data of the context.
    pub fn new(context: &Context, options: Options) -> JsResult<Runtime> {
        todo!()
    }
    /// The runtime of a context.
    pub fn of(context: &Context) -> Option<Runtime> {
        todo!()
    }
    pub fn context(&self) -> &Context {
        todo!()
    }
    /// Makes the records of an abc file known. Nothing is translated or run.
    pub fn add_abc(&self, source: AbcSource) -> Result<(), LoadError> {
        todo!()
    }
    /// Loads, links and evaluates a record by the path that the package uses, without extension, e.g. module `entry`, path
    /// `ets/entryability/EntryAbility` or `pages/Index` (`./`, `ets/` and `.ets` may be there or not). Gives the namespace
    /// object (exports object of CommonJS). A module with top-level await is evaluated as far as its first await; ask
    /// [`Runtime::import_async`] for the promise. Loading again gives the same object.
    pub fn import(&self, module: &str, path: &str) -> JsResult {
        todo!()
    }
    /// Like [`Runtime::import`], gives a promise.
    pub fn import_async(&self, module: &str, path: &str) -> Value {
        todo!()
    }
    /// Whether there is such a record.
    pub fn has(&self, module: &str, path: &str) -> bool {
        todo!()
    }
    /// The exports object of a system module, instantiated when it was not yet.
    pub fn require(&self, request: &str) -> JsResult {
        todo!()
    }
    /// Replacements of requests for tests (`setMockList`): request or path → record.
    pub fn set_mocks(&self, mocks: &[(String, String)]) {
        todo!()
    }
    /// Describes a thrown value.
    pub fn describe(&self, exception: &Exception) -> ErrorReport {
        todo!()
    }
    /// Maps an engine stack (`fn@url:line:column` lines) to the platform's form; our own frames are left out.
    pub fn map_stack(&self, stack: &str) -> String {
        todo!()
    }
    /// Missing APIs that were touched so far, in order of first use.
    pub fn report(&self) -> Vec<ApiUse> {
        todo!()
    }
}
