//! The runtime of one context.

use crate::link::ModuleId;
use crate::modules::{Graph, Key, Kind};
use crate::report::Report;
use crate::store::{Store, Target};
use crate::text::{self, Texts, Translator};
use crate::{ApiUse, NativeLibraries, Registry};
use concord_engine::{Call, Context, ErrorKind, Exception, JsResult, Value};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// Prefix of the URLs of our own JavaScript; frames with it are hidden from stacks.
pub(crate) const HIDDEN_URL: &str = "concord:";

/// Reads a file of a package late.
pub type ReadSourceMaps = Box<dyn Fn(&Context) -> Option<Vec<u8>>>;

/// One abc file with what belongs to it.
pub struct AbcSource {
    /// Name of the module of the package (`entry`, `library`, `entry_test`); requests of other modules use it.
    pub module: String,
    /// Bundle that the module belongs to.
    pub bundle: String,
    /// `packageName` of `module.json`; empty in packages of older tools.
    pub package: String,
    /// The container. It stays until the process ends, as a loaded library does (`Vec::leak`, or a leaked memory map).
    pub bytes: &'static [u8],
    /// Reads `ets/sourceMaps.map`, when the package has one; called when the first stack is wanted.
    pub source_maps: Option<ReadSourceMaps>,
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
    pub native_libraries: Option<Arc<dyn NativeLibraries>>,
    /// The main loop; without it later work runs as a microtask.
    pub tasks: Option<Rc<dyn Tasks>>,
    /// Neither read nor write the user's cache of translated text.
    pub without_cache: bool,
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
    /// `pkgContextInfo.json` is malformed.
    #[error("pkgContextInfo.json of {module}: {error}")]
    PackageContext {
        /// Module of the file.
        module: String,
        /// What is wrong.
        error: concord_abi::hap::JsonError,
    },
}

/// Modules, system modules and errors of one context. Cheap to clone.
///
/// The context knows its runtime only weakly: whoever made it keeps it alive.
#[derive(Clone)]
pub struct Runtime(Rc<Inner>);

/// What [`Runtime::of`] finds in the host data of a context.
struct Handle(Weak<Inner>);

pub(crate) struct Inner {
    pub(crate) context: Context,
    pub(crate) registry: Registry,
    pub(crate) native_libraries: Option<Arc<dyn NativeLibraries>>,
    pub(crate) tasks: Option<Rc<dyn Tasks>>,
    pub(crate) store: RefCell<Store>,
    pub(crate) graph: RefCell<Graph>,
    pub(crate) report: RefCell<Report>,
    pub(crate) texts: RefCell<Texts>,
    pub(crate) translator: Translator,
    /// Whether texts are kept in the user's cache.
    pub(crate) cached: bool,
    /// `$`.
    pub(crate) prelude: Value,
    /// Functions of glue.js.
    glue: FxHashMap<String, Value>,
    /// `system` of faces, and `addStubs`.
    system: Value,
    add_stubs: Value,
}

type NativeMethod = fn(&Rc<Inner>, &Call<'_>) -> JsResult;

impl Runtime {
    /// Sets up the context: evaluates the prelude, installs the runtime as host data of the context.
    pub fn new(context: &Context, options: Options) -> JsResult<Runtime> {
        Runtime::with_translator(context, options, text::translate)
    }

    pub(crate) fn with_translator(context: &Context, options: Options, translator: Translator) -> JsResult<Runtime> {
        let handle: Rc<RefCell<Weak<Inner>>> = Rc::default();
        let natives = |list: &[(&'static str, NativeMethod)]| -> JsResult {
            let host = context.object();
            for &(name, method) in list {
                let handle = handle.clone();
                let function = context.function(name, 0, move |call| match handle.borrow().upgrade() {
                    Some(inner) => method(&inner, call),
                    None => Ok(call.context.undefined()),
                });
                host.set(name, &function)?;
            }
            Ok(host)
        };
        let evaluate = |source: &str, name: &str, arguments: &[Value]| -> JsResult {
            context.eval(source, &format!("{HIDDEN_URL}{name}"))?.call(&context.undefined(), arguments)
        };
        // The prelude hides the source text of functions, as the platform does.
        let source_of = context
            .eval("Function.prototype.call.bind(Function.prototype.toString)", &format!("{HIDDEN_URL}source-of"))?;
        let prelude_host = natives(&[
            ("mapStack", |inner, call| inner.native_map_stack(call)),
            ("require", |inner, call| inner.require(&call.arg(0).as_string().unwrap_or_default())),
            ("loadClass", |inner, call| inner.load_shared_class(&call.arg(0).as_string().unwrap_or_default())),
        ])?;
        prelude_host.set("sharing", &crate::sharing::install(context)?)?;
        let prelude = evaluate(concord_ark::PRELUDE, "prelude", &[prelude_host])?;
        let glue_host = natives(&[
            ("namespace", |inner, call| {
                let request = call.arg(1).as_f64().unwrap_or(-1.0);
                inner.requested_namespace(id_of(&call.arg(0)), request as usize)
            }),
            ("namespaceOf", |inner, call| inner.namespace(id_of(&call.arg(0)))),
            ("evaluate", |inner, call| {
                inner.evaluate(id_of(&call.arg(0)))?;
                Ok(inner.context.undefined())
            }),
            ("declare", |inner, call| {
                let script = call.arg(0).as_string().unwrap_or_default();
                inner.context.eval(&script, &format!("{HIDDEN_URL}globals"))
            }),
            ("import", |inner, call| inner.native_import(call)),
            ("require", |inner, call| inner.native_require(call)),
        ])?;
        let glue = evaluate(include_str!("glue.js"), "glue", &[glue_host, prelude.get("hole")?])?;
        let glue = glue.own_keys()?.into_iter().map(|name| glue.get(&name).map(|function| (name, function)));
        let glue = glue.collect::<JsResult<_>>()?;
        let system_host = natives(&[
            ("stub", |inner, call| {
                inner.report_stub(&call.arg(0).as_string().unwrap_or_default());
                Ok(inner.context.undefined())
            }),
            ("post", |inner, call| inner.post(call.arg(0))),
            ("require", |inner, call| inner.require(&call.arg(0).as_string().unwrap_or_default())),
        ])?;
        system_host.set("sourceOf", &source_of)?;
        system_host.set("sharing", &prelude.get("sharing")?)?;
        let faces = evaluate(include_str!("system.js"), "system", &[system_host])?;
        let inner = Rc::new(Inner {
            context: context.clone(),
            registry: options.registry,
            native_libraries: options.native_libraries,
            tasks: options.tasks,
            store: RefCell::default(),
            graph: RefCell::default(),
            report: RefCell::default(),
            texts: RefCell::default(),
            translator,
            cached: !options.without_cache,
            prelude,
            glue,
            system: faces.get("system")?,
            add_stubs: faces.get("addStubs")?,
        });
        *handle.borrow_mut() = Rc::downgrade(&inner);
        context.set_host_data(Rc::new(Handle(Rc::downgrade(&inner))));
        if let Some(libraries) = &inner.native_libraries {
            libraries.install(context)?;
        }
        Ok(Runtime(inner))
    }

    /// The runtime of a context.
    pub fn of(context: &Context) -> Option<Runtime> {
        context.host_data::<Handle>()?.0.upgrade().map(Runtime)
    }

    pub(crate) fn inner(&self) -> &Rc<Inner> {
        &self.0
    }

    /// The context.
    pub fn context(&self) -> &Context {
        &self.0.context
    }

    /// The helpers that translated text calls (`$`), for native code that makes what bytecode can make, such as sendable objects.
    pub fn prelude(&self) -> &Value {
        &self.0.prelude
    }

    /// Loads a native library of the app by its file name, as an import of `module` would: the exports object, or what went
    /// wrong (an import would give an object whose members throw).
    pub fn load_library(&self, module: &str, file: &str) -> JsResult {
        match &self.0.native_libraries {
            Some(libraries) => libraries.load(&self.0.context, module, file),
            None => Err(self.0.no_libraries(file)),
        }
    }

    /// Has a native library of the app (by its file name) initialise its module once more, with an exports object of its own. The
    /// result is what it exports.
    pub fn initialise_library(&self, file: &str, exports: &Value) -> JsResult {
        match &self.0.native_libraries {
            Some(libraries) => libraries.initialise(&self.0.context, file, exports),
            None => Err(self.0.no_libraries(file)),
        }
    }

    /// The namespace object of a record or native library that is named as an import in `module` would name it, loaded and run
    /// when it was not yet.
    pub fn import_request(&self, module: &str, request: &str) -> JsResult {
        let inner = &self.0;
        let file = inner.store.borrow().file_of_module(module).unwrap_or(0);
        let id = inner.request(file, "", request)?;
        inner.context.job(|| {
            inner.run(id)?;
            inner.exported(id)
        })
    }

    /// Makes the records of an abc file known. Nothing is translated or run.
    pub fn add_abc(&self, source: AbcSource) -> Result<(), LoadError> {
        self.0.store.borrow_mut().add(source).map(drop)
    }

    /// Names of the records of a module's abc file that can be imported, in file order.
    pub fn records(&self, module: &str) -> Result<Vec<String>, LoadError> {
        let store = self.0.store.borrow();
        let names = store.file_of_module(module).map_or(Ok(Vec::new()), |file| store.names(file));
        names.map_err(|error| LoadError::Abc { module: module.to_owned(), error })
    }

    /// Loads, links and evaluates a record by the path that the package uses, without extension, e.g. module `entry`, path
    /// `ets/entryability/EntryAbility` or `pages/Index` (`./`, `ets/` and `.ets` may be there or not), or a request with
    /// a prefix (`@bundle:…`, `@normalized:…`). Gives the namespace object (exports object of CommonJS). A module with
    /// top-level await is evaluated as far as its first await; ask [`Runtime::import_async`] for the promise. Loading
    /// again gives the same object.
    pub fn import(&self, module: &str, path: &str) -> JsResult {
        let id = self.0.entry(module, path)?;
        // One job: modules that were called from here one by one would see each other's microtasks.
        self.0.context.job(|| {
            self.0.run(id)?;
            self.0.exported(id)
        })
    }

    /// Like [`Runtime::import`], gives a promise.
    pub fn import_async(&self, module: &str, path: &str) -> Value {
        let inner = &self.0;
        let id = inner.entry(module, path);
        let result = id.and_then(|id| inner.context.job(|| inner.promise_of(id)));
        let (promise, resolver) = inner.context.promise();
        match result {
            Ok(value) => resolver.resolve(&value),
            Err(error) => resolver.reject(&error.0),
        }
        promise
    }

    /// Like [`Runtime::import`], and calls `done` with the namespace object or the error: at once when nothing awaits.
    pub fn import_then(&self, module: &str, path: &str, done: impl Fn(JsResult) + 'static) {
        let inner = &self.0;
        let started = inner.entry(module, path).and_then(|id| {
            inner.context.job(|| {
                inner.load(id)?;
                inner.link(id)?;
                Ok((id, inner.evaluate_promise(id)?))
            })
        });
        let (id, promise) = match started {
            Ok((id, Some(promise))) => (id, promise),
            Ok((id, None)) => return done(inner.exported(id)),
            Err(error) => return done(Err(error)),
        };
        let done = Rc::new(done);
        let (weak, finished) = (Rc::downgrade(inner), done.clone());
        let fulfilled = inner.context.function("", 0, move |call| {
            if let Some(inner) = weak.upgrade() {
                finished(inner.exported(id));
            }
            Ok(call.context.undefined())
        });
        let failed = done.clone();
        let rejected = inner.context.function("", 1, move |call| {
            failed(Err(Exception(call.arg(0))));
            Ok(call.context.undefined())
        });
        if let Err(error) = inner.glue_call("then", &[promise, fulfilled, rejected]) {
            done(Err(error));
        }
    }

    /// Whether there is such a record.
    pub fn has(&self, module: &str, path: &str) -> bool {
        self.0.entry_target(module, path).is_some()
    }

    /// The exports object of a system module, instantiated when it was not yet.
    pub fn require(&self, request: &str) -> JsResult {
        self.0.require(request)
    }

    /// Replacements of requests for tests (`setMockList`): request or path → record.
    pub fn set_mocks(&self, mocks: &[(String, String)]) {
        self.0.store.borrow_mut().mocks.extend(mocks.iter().cloned());
    }

    /// Writes newly translated text to the user's cache. Also done when the last handle of the runtime goes; call it where
    /// the process ends otherwise.
    pub fn save_cache(&self) {
        self.0.texts.borrow_mut().save();
    }

    /// Missing APIs that were touched so far, in order of first use.
    pub fn report(&self) -> Vec<ApiUse> {
        self.0.report.borrow().uses()
    }
}

/// The module id that a native of glue.js was called with.
fn id_of(value: &Value) -> ModuleId {
    ModuleId(value.as_i64().and_then(|id| u32::try_from(id).ok()).unwrap_or(0))
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.texts.get_mut().save();
    }
}

impl Inner {
    pub(crate) fn glue_call(&self, name: &str, arguments: &[Value]) -> JsResult {
        match self.glue.get(name) {
            Some(function) => function.call(&self.context.undefined(), arguments),
            None => Err(self.throw(ErrorKind::ReferenceError, &format!("glue.js has no {name}"))),
        }
    }

    fn entry_target(&self, module: &str, path: &str) -> Option<Target> {
        let store = self.store.borrow();
        let file = store.file_of_module(module)?;
        store.entry(file, path)
    }

    fn entry(self: &Rc<Self>, module: &str, path: &str) -> JsResult<ModuleId> {
        match self.entry_target(module, path) {
            Some(Target::Record(file, index)) => self.module_of(Key::Record(file, index)),
            _ => {
                let text = format!("Cannot find module '{path}' , which is application Entry Point");
                Err(self.throw(ErrorKind::ReferenceError, &text))
            }
        }
    }

    /// Loads, links and evaluates.
    pub(crate) fn run(self: &Rc<Self>, id: ModuleId) -> JsResult<()> {
        self.load(id)?;
        self.link(id)?;
        self.evaluate(id)
    }

    /// What `import()` of a module that has run gives.
    fn exported(self: &Rc<Self>, id: ModuleId) -> JsResult {
        let graph = self.graph.borrow();
        let module = graph.module(id);
        match (&module.kind, &module.exports) {
            (Kind::CommonJs(..), Some(exports)) => Ok(exports.clone()),
            _ => {
                drop(graph);
                self.namespace(id)
            }
        }
    }

    /// The namespace object, or a promise of it when the module awaits.
    fn promise_of(self: &Rc<Self>, id: ModuleId) -> JsResult {
        self.load(id)?;
        self.link(id)?;
        let Some(promise) = self.evaluate_promise(id)? else { return self.namespace(id) };
        let weak = Rc::downgrade(self);
        let namespace = self.context.function("", 0, move |call| match weak.upgrade() {
            Some(inner) => inner.namespace(id),
            None => Ok(call.context.undefined()),
        });
        self.glue_call("after", &[promise, namespace])
    }

    /// `import(specifier)` in a module, after the specifier became a string and one job has passed.
    fn native_import(self: &Rc<Self>, call: &Call<'_>) -> JsResult {
        let importer = id_of(&call.arg(0));
        let specifier = call.arg(1).as_string().unwrap_or_default();
        let target = self.requested(importer, &specifier)?;
        self.promise_of(target)
    }

    /// What is thrown where a native library is asked for and there are none.
    fn no_libraries(&self, file: &str) -> Exception {
        self.throw(ErrorKind::Error, &format!("native library {file}: this run has no native libraries"))
    }

    /// `require(specifier)` in a CommonJS module.
    fn native_require(self: &Rc<Self>, call: &Call<'_>) -> JsResult {
        let importer = id_of(&call.arg(0));
        let specifier = call.arg(1).as_string().unwrap_or_default();
        let target = self.requested(importer, &specifier)?;
        self.run(target)?;
        let (kind, exports, commonjs) = {
            let graph = self.graph.borrow();
            let module = graph.module(target);
            (module.kind.clone(), module.exports.clone(), module.commonjs.clone())
        };
        match (exports, commonjs) {
            (Some(exports), _) => Ok(exports),
            // Still running: what it has exported so far.
            (None, Some(module)) => module.get("exports"),
            (None, None) => {
                let namespace = self.namespace(target)?;
                if matches!(kind, Kind::Json(..)) { namespace.get("default") } else { Ok(namespace) }
            }
        }
    }

    fn requested(&self, importer: ModuleId, specifier: &str) -> JsResult<ModuleId> {
        let (file, record) = {
            let graph = self.graph.borrow();
            let module = graph.module(importer);
            let file = match module.kind {
                Kind::Es(file, _) | Kind::CommonJs(file, _) | Kind::Json(file, _) | Kind::Script(file, _) => file,
                Kind::System(_) | Kind::Library(..) => 0,
            };
            (file, module.name.clone())
        };
        self.request(file, &record, specifier)
    }

    /// Evaluates the text of a record and calls its factory: exported functions exist then, the body has not run.
    pub(crate) fn prepare(self: &Rc<Self>, id: ModuleId) -> JsResult {
        let (place, name, object) = {
            let graph = self.graph.borrow();
            let module = graph.module(id);
            if let Some(main) = &module.main {
                return Ok(main.clone());
            }
            let place = match module.kind {
                Kind::Es(file, index) | Kind::CommonJs(file, index) | Kind::Script(file, index) => (file, index),
                Kind::Json(..) | Kind::System(_) | Kind::Library(..) => return Ok(self.context.undefined()),
            };
            (place, module.name.clone(), module.object.clone())
        };
        let text = self.text(place.0, place.1)?;
        let factory = self.context.eval(&text, &crate::stack::url(place.0, place.1, &name))?;
        let object = object.unwrap_or_else(|| self.context.undefined());
        let main = factory.call(&self.context.undefined(), &[self.prelude.clone(), object])?;
        self.graph.borrow_mut().module_mut(id).main = Some(main.clone());
        Ok(main)
    }

    pub(crate) fn run_main(self: &Rc<Self>, id: ModuleId) -> JsResult {
        let main = self.prepare(id)?;
        self.graph.borrow_mut().module_mut(id).main = None;
        let script = matches!(self.graph.borrow().module(id).kind, Kind::Script(..));
        let this = if script { self.context.global() } else { self.context.undefined() };
        main.call(&this, &[])
    }

    pub(crate) fn run_json(self: &Rc<Self>, id: ModuleId, file: usize, index: usize) -> JsResult<()> {
        let text = self.store.borrow().known_record(file, index).json.as_deref().unwrap_or_default().to_owned();
        let value = self.context.json_parse(&text)?;
        let object = self.graph.borrow().module(id).object.clone();
        match object {
            Some(object) => object.get("e")?.get_index(0)?.set("v", &value),
            None => Ok(()),
        }
    }

    pub(crate) fn run_commonjs(self: &Rc<Self>, id: ModuleId) -> JsResult<()> {
        let main = self.prepare(id)?;
        self.graph.borrow_mut().module_mut(id).main = None;
        let name = self.graph.borrow().module(id).name.clone();
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let weak = Rc::downgrade(self);
        let made = self.context.function("", 1, move |call| {
            if let Some(inner) = weak.upgrade() {
                inner.graph.borrow_mut().module_mut(id).commonjs = Some(call.arg(0));
            }
            Ok(call.context.undefined())
        });
        let number = self.context.number(f64::from(id.0));
        let (filename, dirname) = (self.context.string(&name), self.context.string(folder));
        self.glue_call("commonjs", &[number, main, filename, dirname, made])?;
        let module = self.graph.borrow().module(id).commonjs.clone();
        let exports = match module {
            Some(module) => module.get("exports")?,
            None => self.context.undefined(),
        };
        self.set_exports(id, exports)
    }

    pub(crate) fn require(self: &Rc<Self>, request: &str) -> JsResult {
        let id = self.module_of(Key::System(request.into()))?;
        self.run(id)?;
        let exports = self.graph.borrow().module(id).exports.clone();
        Ok(exports.unwrap_or_else(|| self.context.undefined()))
    }

    /// The exports object of a system module. One that does not exist, or fails to start, gets an object whose members are
    /// undefined and reported.
    pub(crate) fn system_exports(self: &Rc<Self>, request: &str) -> Value {
        let Some(module) = self.registry.get(request) else {
            self.report_missing_module(request);
            if self.registry.on_platform(request) {
                tracing::info!("module {request} is not implemented: its members fail when they are called");
                let placeholder = self.system.call_method("placeholder", &[self.context.string(request)]);
                return placeholder.unwrap_or_else(|_| self.context.object());
            }
            tracing::warn!("module {request} is unknown: its members are undefined");
            return self.missing_exports(request);
        };
        let runtime = Runtime(self.clone());
        let scope = crate::SystemScope { context: &self.context, system: &self.system, runtime: &runtime };
        let exports = module.instantiate(&scope).and_then(|exports| {
            let stubs = module.apis().iter().filter(|api| api.support == crate::Support::Stub);
            let stubs: Vec<Value> = stubs.map(|api| self.context.string(api.path)).collect();
            if !stubs.is_empty() && exports.is_object() {
                let arguments = [exports.clone(), self.context.string(request), self.context.array(&stubs)];
                self.add_stubs.call(&self.context.undefined(), &arguments)?;
            }
            Ok(exports)
        });
        exports.unwrap_or_else(|error| {
            tracing::error!("module {request} failed to start: {}", error.describe());
            self.report_missing_module(request);
            self.missing_exports(request)
        })
    }

    fn missing_exports(self: &Rc<Self>, request: &str) -> Value {
        let weak = Rc::downgrade(self);
        let request = request.to_owned();
        let member = self.context.function("", 1, move |call| {
            if let Some(inner) = weak.upgrade() {
                inner.report_missing_export(&request, &call.arg(0).as_string().unwrap_or_default());
            }
            Ok(call.context.undefined())
        });
        self.glue_call("absent", &[member]).unwrap_or_else(|_| self.context.object())
    }

    /// The exports object of a native library. One that cannot be loaded gets members that throw when they are called.
    pub(crate) fn library_exports(self: &Rc<Self>, module: &str, file: &str) -> Value {
        let reason = match &self.native_libraries {
            Some(libraries) => match libraries.load(&self.context, module, file) {
                Ok(exports) => return exports,
                Err(error) => error.describe(),
            },
            None => "native libraries are not supported yet".to_owned(),
        };
        tracing::warn!("native library {file} of module {module} is not loaded: {reason}");
        self.report_library(file);
        let text = format!("native library {file} is not loaded ({reason})");
        let weak = Rc::downgrade(self);
        let member = self.context.function("", 1, move |call| {
            let name = call.arg(0).as_string().unwrap_or_default();
            let (weak, text) = (weak.clone(), text.clone());
            Ok(call.context.function(&name.clone(), 0, move |call| {
                if let Some(inner) = weak.upgrade() {
                    inner.report_library(&text);
                }
                Err(Exception(call.context.error(ErrorKind::Error, &format!("cannot call {name}: {text}"))))
            }))
        });
        self.glue_call("broken", &[member]).unwrap_or_else(|_| self.context.object())
    }

    /// Runs a function in a later turn.
    fn post(&self, function: Value) -> JsResult {
        match &self.tasks {
            Some(tasks) => tasks.post(function),
            None => {
                let (promise, resolver) = self.context.promise();
                resolver.resolve(&self.context.undefined());
                self.glue_call("then", &[promise, function, self.context.undefined()])?;
            }
        }
        Ok(self.context.undefined())
    }
}
