//! Modules that are native libraries.

use crate::api::ark;
use crate::env::Env;
use crate::loop_side::LoopSide;
use crate::registry::{self, Registration};
use concord_ability::state::AppState;
use concord_elf::Namespace;
use concord_engine::{Context, ErrorKind, Exception, JsResult, Value};
use concord_runtime::{NativeLibraries, Runtime};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::ffi::{CStr, CString, c_char, c_void};
use std::rc::Rc;
use std::sync::{Mutex, PoisonError};

/// Loads the libraries that ArkTS imports and keeps their exports, one object per library and context.
pub struct NativeModules {
    namespace: &'static Namespace,
}

/// The exports objects of a context by the path of the library.
#[derive(Default)]
struct Loaded(RefCell<FxHashMap<String, Value>>);

impl Loaded {
    fn of(context: &Context) -> Rc<Loaded> {
        context.host_data().unwrap_or_else(|| {
            let loaded = Rc::new(Loaded::default());
            context.set_host_data(Rc::clone(&loaded));
            loaded
        })
    }
}

/// What initialises a module.
enum Initialiser {
    /// `nm_register_func` of a registration: fills the exports object; what it returns does not matter to the platform.
    Registered(usize),
    /// `napi_register_module_v1`: may return another exports object.
    WellKnown(usize),
}

impl NativeModules {
    /// Modules of the libraries of `namespace`.
    pub fn new(namespace: &'static Namespace) -> NativeModules {
        NativeModules { namespace }
    }

    /// As [`Self::find`], for a context.
    fn find_for(&self, context: &Context, file: &str) -> JsResult<(String, Initialiser)> {
        if let Some(state) = AppState::of(context) {
            ark::set_seed(&state.seed);
        }
        self.find(file).map_err(|text| Exception(context.error(ErrorKind::Error, &text)))
    }

    /// The library's path and what initialises its module.
    fn find(&self, file: &str) -> Result<(String, Initialiser), String> {
        let before = registry::count();
        let registered = |module: Registration| (module.init != 0).then_some(Initialiser::Registered(module.init));
        let library = match self.namespace.open(file) {
            Ok(library) => library,
            // A library may register modules under more names than its own.
            Err(error) => {
                let other = registry::named(registry::name_of_file(file));
                return other.and_then(registered).map(|init| (file.to_owned(), init)).ok_or_else(|| error.to_string());
            }
        };
        let path = library.path().to_owned();
        let init = registry::module_of(&path, before).and_then(registered).or_else(|| {
            // Not of the libraries that it needs: they have modules of their own.
            library.symbol("napi_register_module_v1").map(Initialiser::WellKnown)
        });
        let init = init.ok_or_else(|| {
            format!(
                "{file} registers no module: it neither calls napi_module_register when it is loaded nor exports napi_register_module_v1"
            )
        })?;
        Ok((path, init))
    }
}

impl NativeLibraries for NativeModules {
    fn load(&self, context: &Context, _module: &str, name: &str) -> JsResult {
        let (path, init) = self.find_for(context, name)?;
        let loaded = Loaded::of(context);
        if let Some(exports) = loaded.0.borrow().get(&path) {
            return Ok(exports.clone());
        }
        let exports = context.object();
        // Before it runs: a library may load itself while it starts.
        loaded.0.borrow_mut().insert(path.clone(), exports.clone());
        match initialise(context, &init, &exports) {
            Ok(exports) => {
                loaded.0.borrow_mut().insert(path, exports.clone());
                Ok(exports)
            }
            Err(exception) => {
                loaded.0.borrow_mut().remove(&path);
                Err(failed(context, name, &exception))
            }
        }
    }

    fn initialise(&self, context: &Context, name: &str, exports: &Value) -> JsResult {
        let (_, init) = self.find_for(context, name)?;
        initialise(context, &init, exports).map_err(|exception| failed(context, name, &exception))
    }

    fn install(&self, context: &Context) -> JsResult<()> {
        install_globals(context)
    }

    fn leave(&self, context: &Context) {
        tear_down(context);
    }
}

/// What is thrown when a module does not start.
fn failed(context: &Context, name: &str, exception: &Exception) -> Exception {
    let error =
        Exception(context.error(ErrorKind::Error, &format!("{name} failed to start: {}", exception.headline())));
    let _ = error.0.define_hidden("cause", &exception.0);
    error
}

/// Calls the initialiser of a module. The result is its exports object.
fn initialise(context: &Context, init: &Initialiser, exports: &Value) -> JsResult {
    let env = Env::of(context);
    let (Initialiser::Registered(address) | Initialiser::WellKnown(address)) = *init;
    let arguments = [env.pointer().word(), env.locals().local(exports).raw() as usize, 0, 0];
    // SAFETY: an initialiser takes these two; `exports` keeps its handle alive.
    let returned = unsafe { env.try_call_guest(address as *const c_void, arguments) }.map_err(Exception)?;
    match (init, returned) {
        // As in Node, from which this way of registering comes.
        (Initialiser::WellKnown(_), Some(other)) if !other.is_nullish() => Ok(other),
        _ => Ok(exports.clone()),
    }
}

/// A C string that stays for the life of the process, one for each text.
pub(crate) fn lasting(text: CString) -> *const c_char {
    static TEXTS: Mutex<Vec<&'static CStr>> = Mutex::new(Vec::new());
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = texts.iter().find(|known| ***known == *text) {
        return known.as_ptr();
    }
    let text: &'static CStr = Box::leak(text.into_boxed_c_str());
    texts.push(text);
    text.as_ptr()
}

/// Defines the global functions that load modules by name: `requireNapi(name, isAppModule)` and `requireNativeModule(name)`.
pub fn install_globals(context: &Context) -> JsResult<()> {
    let require = |name: &'static str, may_be_of_app: bool| {
        context.function(name, 1, move |call| {
            let Some(module) = call.arg(0).as_string() else { return Ok(call.context.undefined()) };
            let of_app = may_be_of_app && call.arg(1).to_boolean();
            require(call.context, &module, of_app)
        })
    };
    let global = context.global();
    for (name, may_be_of_app) in [("requireNapi", true), ("requireInternal", false), ("requireNativeModule", false)] {
        global.define_hidden(name, &require(name, may_be_of_app))?;
    }
    Ok(())
}

/// A system module by its short name (`hilog`, `file.fs`, `system.app`), or a library of the app (`entry` for `libentry.so`).
fn require(context: &Context, name: &str, of_app: bool) -> JsResult {
    let Some(runtime) = Runtime::of(context) else { return Ok(context.undefined()) };
    if of_app {
        let file = if name.ends_with(".so") { name.to_owned() } else { format!("lib{name}.so") };
        return runtime.load_library("", &file);
    }
    let request = match name.strip_prefix("system.") {
        Some(_) => format!("@native:{name}"),
        None => format!("@ohos:{name}"),
    };
    runtime.require(&request)
}

/// Ends the native side of a context: cleanup hooks, then finalizers. The context itself stays.
pub fn tear_down(context: &Context) {
    Env::end_of(context);
    if let Some(side) = LoopSide::known(context) {
        side.close();
    }
    if let Some(loaded) = context.host_data::<Loaded>() {
        loaded.0.borrow_mut().clear();
    }
}
